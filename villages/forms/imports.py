"""Forms of the import: the list itself, its columns, and the answers to its problems."""

import hashlib
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from sinergi.kit.forms import CrispyForm, PlainText
from sinergi.kit.spreadsheets import read as sheets
from villages.forms.years import YearField
from villages.imports.cells import CellError, tidy, year
from villages.imports.columns import LABELS
from villages.imports.desk import CELL, DISTRICTS, SKIP, SWAPPED
from villages.imports.problems import choices_of, hint_of, place_named, takes_other, title_of
from villages.imports.rows import Row
from villages.matching import Match
from villages.models import ImportBatch, Province, Regency
from villages.row_numbers import told

MAX_PASTED, MAX_TYPED = 2_000_000, 32_767  # characters
TOO_LONG = (
    "Paling banyak 20.000 baris sekali impor. Bagi daftarnya, atau minta pengelola sistem"
    " menjalankan perintah import_villages."
)


class ImportForm(PlainText, CrispyForm, forms.ModelForm):
    """A file, or what was copied from Excel. `sheets` and `data` are what was read."""

    asked = frozenset({"file", "pasted"})  # either of them
    file = forms.FileField(
        label="Berkas",
        required=False,
        widget=forms.FileInput(attrs={"accept": sheets.ACCEPT}),
        help_text=(
            "Excel (.xlsx, .xls), LibreOffice (.ods), atau .csv; paling besar 10 MB dan 20.000"
            " baris."
        ),
    )
    pasted = forms.CharField(
        label="Atau tempel dari Excel",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Salin tabelnya di Excel beserta baris judulnya, lalu tempel di sini.",
    )
    year = YearField(required=False, help_text="Kosongkan bila tahunnya tertulis dalam daftar.")
    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ImportBatch
        fields = ["province", "source", "year"]
        help_texts = {
            "source": (
                "Kantor yang membuat daftar ini. Pasangan kolomnya diingat untuk daftar berikutnya."
            ),
        }

    field_order = ["file", "pasted", "province", "source", "year"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["idempotency_key"] = uuid.uuid4()
        scope = user.scope("villages.add_importbatch")
        provinces = Province.objects.visible_to(user, "villages.add_importbatch")
        if not scope.national and len(scope.provinces) == 1:
            del self.fields["province"]
            self.instance.province = provinces.get()
        else:
            field = self.fields["province"]
            field.queryset, field.required = provinces, not scope.national
            field.empty_label = "Seluruh Indonesia" if scope.national else "Pilih provinsi"
            field.error_messages["required"] = "Pilih provinsi."

    def clean(self):
        cleaned = super().clean()
        upload, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip("\r\n")
        self.came_by = "file" if upload else "pasted"
        if "file" in self.errors or "pasted" in self.errors:
            return cleaned
        if bool(upload) == bool(pasted.strip()):
            self.add_error(
                "file",
                (
                    "Pilih salah satu: berkas atau tempelan."
                    if upload
                    else "Pilih berkasnya, atau tempel isinya di bawah."
                ),
            )
            return cleaned
        try:
            self.data_read, self.name = self._bytes(upload, pasted)
            self.sheets = sheets.read_sheets(self.data_read, self.name)
        except ValidationError as error:
            self.add_error(self.came_by, error)
        return cleaned

    def _bytes(self, upload, pasted):
        if not upload:
            if len(pasted) > MAX_PASTED:
                raise ValidationError(
                    "Tempelannya terlalu panjang. Simpan sebagai berkas, lalu unggah."
                )
            return pasted.encode(), "Tempelan"
        if upload.size > sheets.MAX_BYTES:
            raise ValidationError(f"{upload.name}: lebih besar dari 10 MB.")
        return upload.read(), upload.name


class ColumnsForm(CrispyForm, forms.Form):
    """Which sheet, which row is the header, and what each column holds."""

    asked = frozenset({"year"})  # where no column has it
    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.TypedChoiceField(label="Lembar", coerce=int)
    header = forms.TypedChoiceField(label="Baris judul kolom", coerce=int)
    regency = forms.ModelChoiceField(
        label="Kabupaten/kota",
        queryset=Regency.objects.none(),
        required=False,
        empty_label="Menurut kolomnya",
        help_text="Untuk daftar yang tidak mempunyai kolom kabupaten/kota.",
    )
    year = YearField(required=False, help_text="Untuk baris yang tidak menyebut tahunnya.")

    def __init__(self, *args, batch, read, layout, **kwargs):
        super().__init__(*args, **kwargs)
        self.layout, sheet = layout, read[layout.sheet]
        self.fields["sheet"].choices = [(n, one.name or "Isi daftar") for n, one in enumerate(read)]
        self.fields["header"].choices = [
            (-1, "Tidak ada"),
            *(
                (n, f"Baris {told(number, sheet.tables)}: {' | '.join(filter(None, cells))[:70]}")
                for n, (number, cells) in enumerate(sheet.rows[:40])
            ),
        ]
        regencies = Regency.objects.filter(gone_in="")
        self.fields["regency"].queryset = (
            regencies.filter(province=batch.province_id) if batch.province_id else regencies
        )
        self.initial |= {
            name: getattr(batch, name) for name in ("version", "sheet", "header", "year", "regency")
        }
        below = sheet.rows[layout.header + 1 : layout.header + 60]
        width = max([len(layout.parts), *(len(cells) for _, cells in below)], default=0)
        self.columns = [f"kolom-{column}" for column in range(width)]
        for column, name in enumerate(self.columns):
            samples = list(
                dict.fromkeys(
                    cells[column] for _, cells in below if column < len(cells) and cells[column]
                )
            )[:3]
            title = (
                layout.names[column]
                if column < len(layout.parts) and layout.names[column]
                else f"Kolom {column + 1}"
            )
            self.fields[name] = forms.ChoiceField(
                label=title[:80],
                required=False,
                choices=[("", "(diabaikan)"), *LABELS.items()],
                help_text=", ".join(samples)[:90],
            )
            self.initial[name] = layout.fields.get(column, "")

    @property
    def rereads(self):
        """Whether another sheet or header was chosen, so that the columns have to be read anew."""
        return (
            self.cleaned_data["sheet"] != self.layout.sheet
            or self.cleaned_data["header"] != self.layout.header
        )

    @property
    def chosen(self):
        """Column → field, as chosen."""
        return {
            int(name[6:]): field for name in self.columns if (field := self.cleaned_data.get(name))
        }

    def differences(self, saved):
        """(label, yours, theirs) for what differs from the batch as another person has saved it."""
        theirs = {f"kolom-{column}": field for column, field in saved.columns.items()}
        theirs |= {name: getattr(saved, name) for name in ("sheet", "header", "year", "regency")}
        rows = [
            (self.fields[name], self.cleaned_data.get(name), theirs.get(name))
            for name in self.fields
            if name != "version"
        ]
        return [
            (f.label, self._told(f, yours), self._told(f, other))
            for f, yours, other in rows
            if (yours or "") != (other or "")
        ]

    @staticmethod
    def _told(field, value):
        choices = (
            dict(field.choices)
            if isinstance(field, forms.ChoiceField) and not hasattr(field, "queryset")
            else {}
        )
        return str(choices.get(value) or value or "(kosong)")

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.rereads:
            return cleaned
        fields = list(self.chosen.values())
        for name in self.columns:
            if (field := cleaned.get(name)) and fields.count(field) > 1:
                self.add_error(name, f"“{LABELS[field]}” dipilih untuk dua kolom.")
        if "village" not in fields:
            first = self.columns[0] if self.columns else None
            self.add_error(first, "Pilih kolom yang berisi nama desa atau kelurahan.")
        if not self.errors and "year" not in fields and cleaned.get("year") is None:
            self.add_error("year", "Isi tahun program; tidak ada kolom yang memuatnya.")
        return cleaned


#: In which order a problem shows its row.
CELLS = (
    "village",
    "regency",
    "district",
    *(name for name in Row._fields[1:] if name not in ("village", "regency", "district")),
)


#: What may be named instead of what is offered, where it is not a village.
OTHER = {Match.UNKNOWN_REGENCY: "Kabupaten/kota lain", Match.UNLISTED: "Kecamatan lain"}
#: Which cell a problem is about, where it is not the village.
WRONG = {
    Match.UNKNOWN_REGENCY: "regency",
    Match.NO_REGENCY: "regency",
    **dict.fromkeys([Match.DISTRICT, Match.UNLISTED, Match.NEARER, DISTRICTS, SWAPPED], "district"),
}


class Question:
    """
    A problem as it stands on the page: its rows, its choices, and what was answered. What is not
    shown costs nothing.
    """

    def __init__(self, problem, rows, plan, answer=None):
        self.problem, self.rows, self.plan, self.answer = problem, rows, plan, answer
        self.token = hashlib.sha256(problem.key.encode()).hexdigest()[:12]
        self.is_cell, self.takes_other = problem.kind == CELL, takes_other(problem)
        self.other = OTHER.get(problem.kind, "Desa lain")
        self.cell = getattr(self.row, problem.field, "") if self.is_cell else ""
        self.label = LABELS.get(problem.field, "")
        self.error, self.sent, self.unanswered = "", None, ""

    @property
    def row(self):
        return self.rows[0].row

    @property
    def title(self):
        return title_of(self.problem, self.row, self.plan.atlas)

    @property
    def hint(self):
        return hint_of(self.problem, self.row, self.plan.atlas, len(self.rows))

    @cached_property
    def choices(self):
        return choices_of(self.problem, self.row, self.plan.atlas)

    @cached_property
    def values(self):
        return {choice.value for choice in self.choices}

    @property
    def checked(self):
        """The value of the choice that is marked."""
        if self.sent:
            return self.sent[0]
        return self.answer if self.answer in self.values else ""

    @property
    def typed(self):
        if self.sent:
            return self.sent[1]
        if self.answer is None or (self.is_cell and self.answer == SKIP):
            return self.cell
        return "" if self.checked else self.answer

    def display_value(self, answer):
        """An answer in words."""
        if answer is None:
            return "(belum dipilih)"
        names = {choice.value: choice.label for choice in self.choices}
        atlas = self.plan.atlas
        places = (
            atlas.villages.get(answer) or atlas.districts.get(answer) or atlas.regencies.get(answer)
        )
        return names.get(answer) or places or answer or "(dikosongkan)"

    def demand(self):
        """Say beside the question that it needs an answer."""
        self.unanswered = (
            "Betulkan isinya, kosongkan, atau keluarkan barisnya."
            if self.is_cell
            else "Pilih artinya."
        )

    @property
    def cells(self):
        """(text, whether it is what is wrong, name) of each cell of the row."""
        wrong = WRONG.get(self.problem.kind, "village")
        return [
            (
                getattr(self.row, field),
                field == (self.problem.field or wrong),
                LABELS[field].lower(),
            )
            for field in CELLS
            if getattr(self.row, field) or field in ("regency", "district", "village")
        ]

    @property
    def numbers(self):
        """ "7", "7 dan 9", "7, 9, 12 dan 40 lain" """
        numbers = [self.plan.told(one.number) for one in self.rows[:4]]
        if len(self.rows) > 4:
            return f"{', '.join(numbers[:3])} dan {len(self.rows) - 3} lain"
        return " dan ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))

    def read(self, data):
        """Take the answer from a POST; what cannot be taken stays as it was typed, with `error`."""
        if f"jawab-{self.token}" not in data and f"isi-{self.token}" not in data:
            return  # it was not on the page
        checked, before = data.get(f"jawab-{self.token}", ""), self.typed
        typed = data.get(f"isi-{self.token}", "").replace("\x00", "").strip()[:MAX_TYPED]
        self.sent, self.answer = (checked, typed), None
        if self.is_cell:
            self._read_cell(checked, typed)
        elif typed and checked in ("", "lain"):
            code, self.error = place_named(typed, self.problem, self.plan.atlas)
            self.answer = code or None
        elif typed and typed != before:
            self.error = "Anda memilih dan juga menulis. Pilih salah satu."
        elif checked == "lain":
            self.error = "Tulis namanya, atau pilih yang lain."
        elif checked in self.values:
            self.answer = checked

    def _read_cell(self, checked, typed):
        if checked == SKIP:
            self.answer = SKIP
        elif typed != self.cell[:MAX_TYPED]:
            try:
                if typed or not self.cell:
                    year(typed) if self.problem.field == "year" else tidy(self.problem.field, typed)
                self.answer = typed
            except CellError as error:
                self.error = str(error)


def questions_of(plan):
    """The open questions of the plan, and those that have been answered."""
    open_ones = [Question(problem, rows, plan) for problem, rows in plan.questions().items()]
    settled = [
        Question(problem, plan.settled[problem], plan, answer)
        for problem, answer in plan.answers.items()
    ]
    return open_ones, settled
