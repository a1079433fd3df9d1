"""Forms over checklists: what one is for, and the questions of a draft."""

from django import forms
from django.forms.utils import ErrorDict

from advocacy.models import Checklist, ChecklistVersion
from advocacy.question_changes import parts_of, question_changes
from advocacy.questions import (
    CHOOSING,
    MAX_CHOICES,
    MAX_HELP,
    MAX_LABEL,
    MAX_QUESTIONS,
    MAX_SECTION,
    MAX_TEXT,
    MAX_UNIT,
    MEASURED,
    Choice,
    Kind,
    Outcome,
    Question,
    label_key,
)
from sinergi.kit.forms import CrispyForm, PlainText, RecordForm, error_links
from sinergi.kit.text import parse_number
from villages.models import Province

ROWS = "pertanyaan"  # the prefix of the questions' fields
NOTHING = "(tidak ada)"


class ChecklistForm(RecordForm):
    """What a checklist is for. Where it is used is chosen once, by those who have a choice."""

    class Meta:
        model = Checklist
        fields = ["name", "level", "purpose", "province", "is_sample"]
        widgets = {"purpose": forms.RadioSelect(attrs={"class": "form-check-input"})}
        labels = {"province": "Dipakai di", "is_sample": "Masih contoh"}
        help_texts = {
            "name": "Misalnya: Kunjungan ke perpustakaan desa.",
            "is_sample": "Hapus tandanya setelah pertanyaannya disesuaikan.",
        }
        error_messages = {
            "name": {"required": "Isi nama daftar periksa."},
            "level": {"required": "Pilih untuk perpustakaan tingkat apa."},
            "purpose": {"required": "Pilih maksud kunjungannya."},
            "province": {
                "required": "Pilih provinsinya.",
                "invalid_choice": "Provinsi ini tidak ada dalam daftar.",
            },
        }

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = Checklist._meta.get_field("purpose").choices
        if not self.instance.is_sample:
            del self.fields["is_sample"]
        if self.instance.pk or self.instance.province_id:
            del self.fields["province"]
        elif scope.national:
            self.fields["province"].empty_label = "Seluruh Indonesia"
        else:
            self.fields["province"].queryset = Province.objects.filter(pk__in=scope.provinces)
            self.fields["province"].required = True


class QuestionForm(PlainText, CrispyForm, forms.Form):
    """One question of a draft; `question` is what it says, once it is valid."""

    text = forms.CharField(max_length=MAX_TEXT, error_messages={"required": "Tulis pertanyaannya."})
    kind = forms.ChoiceField(
        choices=Kind.choices,
        error_messages={
            "required": "Pilih bentuk jawabannya.",
            "invalid_choice": "Pilih bentuk jawaban dari daftarnya.",
        },
    )
    unit = forms.CharField(max_length=MAX_UNIT, required=False)
    choices = forms.CharField(
        max_length=MAX_CHOICES * (MAX_LABEL + 1), required=False, widget=forms.Textarea
    )
    section = forms.CharField(max_length=MAX_SECTION, required=False)
    outcome = forms.ChoiceField(choices=[("", "Tidak terkait"), *Outcome.choices], required=False)
    help = forms.CharField(max_length=MAX_HELP, required=False)
    required = forms.BooleanField(required=False)
    key = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def values(self):
        """Return what each field holds, to be drawn."""
        return {name: self[name].value() for name in self.fields}

    @property
    def kind_label(self):
        return dict(Kind.choices).get(self["kind"].value(), "")

    @property
    def is_removed(self):
        return self.fields["DELETE"].to_python(self["DELETE"].value())

    @property
    def is_blank(self):
        """Return whether it is a new row in which nothing was typed."""
        typed = ("text", "unit", "choices", "help", "key")
        return not any(str(self[name].value() or "").strip() for name in typed)

    @property
    def place(self):
        """Return where it stands among the others, as the page said."""
        return parse_number(self["order"].value())

    def full_clean(self):
        """Find nothing wrong with a blank row."""
        super().full_clean()
        if self.is_bound and self.is_blank:
            self._errors = ErrorDict()

    def clean(self):
        cleaned = super().clean()
        kind, unit, labels = cleaned.get("kind"), cleaned.get("unit"), self._labels(cleaned)
        if unit and kind not in MEASURED:
            self.add_error("unit", "Satuan hanya untuk jumlah dan ukuran; kosongkan.")
        if labels and kind not in CHOOSING:
            self.add_error("choices", "Pilihan hanya untuk jawaban yang memilih; kosongkan.")
        elif kind in CHOOSING and (problem := self._problem_of(labels)):
            self.add_error("choices", problem)
        return cleaned

    @staticmethod
    def _labels(cleaned):
        lines = (cleaned.get("choices") or "").split("\n")
        return [" ".join(line.split()) for line in lines if line.strip()]

    @staticmethod
    def _problem_of(labels):
        seen = [label_key(label) for label in labels]
        twice = next((label for label in labels if seen.count(label_key(label)) > 1), None)
        if len(labels) < 2:
            return "Tulis paling sedikit dua pilihan, satu per baris."
        if len(labels) > MAX_CHOICES:
            return f"Paling banyak {MAX_CHOICES} pilihan."
        if twice:
            return f"Pilihan “{twice}” tertulis dua kali."
        if any(len(label) > MAX_LABEL for label in labels):
            return f"Satu pilihan paling banyak {MAX_LABEL} huruf."
        return ""

    @property
    def question(self):
        """Return the question with the key it came with; its choices get theirs in the action."""
        cleaned = self.cleaned_data
        return Question(
            key=cleaned.get("key") or "",
            text=cleaned.get("text") or "",
            section=cleaned.get("section") or "",
            kind=Kind(cleaned.get("kind") or Kind.YES_NO),
            unit=cleaned.get("unit") or "",
            choices=tuple(Choice("", label) for label in self._labels(cleaned)),
            required=bool(cleaned.get("required")),
            help=cleaned.get("help") or "",
            outcome=cleaned.get("outcome") or "",
        )


class QuestionSet(forms.BaseFormSet):
    """The questions on the page, in the order in which they stand there."""

    deletion_widget = forms.HiddenInput
    default_error_messages = {
        "missing_management_form": (
            "Isian tidak lengkap sampai ke peladen. Muat ulang, lalu pulihkan draf di perangkat"
            " ini."
        ),
        "too_many_forms": f"Paling banyak {MAX_QUESTIONS} pertanyaan.",
    }

    @property
    def in_order(self):
        """Return (number in the request, form) of every row that was not removed."""
        rows = [(n, form) for n, form in enumerate(self.forms) if not form.is_removed]
        return sorted(rows, key=lambda row: row[1].place)

    @property
    def removed(self):
        return [form for form in self.forms if form.is_removed]

    @property
    def live(self):
        """Return the rows that count: neither removed nor blank."""
        return [form for _, form in self.in_order if not form.is_blank]


QuestionRows = forms.formset_factory(
    QuestionForm,
    formset=QuestionSet,
    extra=0,
    can_delete=True,
    max_num=MAX_QUESTIONS,
    validate_max=True,
    absolute_max=MAX_QUESTIONS + 10,
)


def initial_of(questions):
    """Return what the rows of stored questions begin with."""
    return [
        {
            "key": one.key,
            "text": one.text,
            "kind": one.kind.value,
            "unit": one.unit,
            "choices": "\n".join(choice.label for choice in one.choices),
            "section": one.section,
            "outcome": one.outcome,
            "help": one.help,
            "required": one.required,
            "order": number,
        }
        for number, one in enumerate(questions)
    ]


class DraftForm(RecordForm):
    """The questions of a draft on one page."""

    class Meta:
        model = ChecklistVersion
        fields = []

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.bind_rows()

    def bind_rows(self):
        self.rows = QuestionRows(
            self.data if self.is_bound else None,
            initial=None if self.is_bound else initial_of(self.instance.asked),
            prefix=ROWS,
            form_kwargs={"use_required_attribute": False},
        )

    def is_valid(self):
        return all([super().is_valid(), self.rows.is_valid()])  # both, so that all is told at once

    @property
    def summary(self):
        if not self.is_bound:
            return []
        told = [(None, message) for message in self.rows.non_form_errors()]
        for number, (_, form) in enumerate(self.rows.in_order, 1):
            told += [(key, f"Pertanyaan {number}: {text}") for key, text in error_links(form)]
        return super().summary + told

    @property
    def sections(self):
        """Return the headings on the page, to be chosen again."""
        return dict.fromkeys(filter(None, (form["section"].value() for form in self.rows.live)))

    @property
    def questions(self):
        """Return what the page says, in its order."""
        return [form.question for form in self.rows.live]

    def change_rows(self, data, verb, number):
        """
        Add a row to what was sent, take one away or move it, and show it all again unjudged: how
        the page is used without JavaScript. Returns the number of the row that one goes on with.
        """
        self.data, self.is_bound = data, True
        self.bind_rows()
        shown = [n for n, _ in self.rows.in_order]
        if verb == "tambah":
            number = self._add_row(data)
        elif verb == "hapus" and number in shown:
            data[f"{ROWS}-{number}-DELETE"] = "on"
        elif verb in ("naik", "turun") and number in shown:
            at = shown.index(number)
            to = min(max(at + (1 if verb == "turun" else -1), 0), len(shown) - 1)
            shown.insert(to, shown.pop(at))
            for place, n in enumerate(shown):
                data[f"{ROWS}-{n}-order"] = place
        self.bind_rows()
        return number

    def add_rows_of(self, saved):
        """
        Add the questions that somebody else added to the draft meanwhile, so that saving the page
        again does not take them away.
        """
        self.data = self.data.copy()
        here = {form["key"].value() for form in self.rows.forms}
        for values in initial_of(saved.asked):
            if values["key"] not in here:
                self._add_row(self.data, values)
        self.bind_rows()
        self.rows.is_valid()

    def _add_row(self, data, values=None):
        """Add a row at the end of what was sent, and return its number."""
        number = min(parse_number(data.get(f"{ROWS}-TOTAL_FORMS")), MAX_QUESTIONS + 10)
        data[f"{ROWS}-TOTAL_FORMS"] = number + 1
        places = [form.place for form in self.rows.forms] or [-1]
        given = {"kind": Kind.YES_NO.value} | (values or {}) | {"order": max(places) + 1}
        for name, value in given.items():
            if name != "required" or value:
                data[f"{ROWS}-{number}-{name}"] = value
        if not values and self.rows.in_order:  # most often the next question of the same section
            data[f"{ROWS}-{number}-section"] = self.rows.in_order[-1][1]["section"].value() or ""
        return number

    def is_stored_as(self, saved):
        """Return whether that version says all of this already, whichever keys it gave to it."""
        return [parts_of(one) for one in self.questions] == [parts_of(one) for one in saved.asked]

    def differences(self, saved):
        """Return (label, yours, theirs) wherever this page and that version differ."""
        rows = []
        for change in question_changes(saved.asked, self.questions):
            label = f"Pertanyaan “{change.question.text}”"
            if change.before is None:
                rows.append((label, change.after.outline, NOTHING))
            elif change.after is None:
                rows.append((label, NOTHING, change.before.outline))
            else:
                rows += [
                    (f"{label}: {what.lower()}", mine or NOTHING, theirs or NOTHING)
                    for what, theirs, mine in change.parts
                ]
        return rows
