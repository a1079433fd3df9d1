"""
The rows of the meeting form: roster, guests, agenda, follow-ups; as many as needed, with and
without JavaScript.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from advocacy.models import AgendaItem, Attendance, FollowUp
from programs.models import Person
from sinergi.kit import dates
from sinergi.kit.forms import CrispyForm, DateInput, PlainText

MAX_ROWS = 60
NOTED = ("presence", "note")  # of a member
#: What a row begins with that is added to the minutes: who was not invited is written down because
#: they came.
ADDED_TO_MINUTES = {"tamu": {"presence": Attendance.Presence.PRESENT}}


class RowForm(PlainText, CrispyForm, forms.ModelForm):
    """
    One row. `id` says which stored row it is; an id that is gone makes it a new row, so the text is
    not lost.
    """

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["id"] = self.instance.pk

    @property
    def is_removed(self):
        return bool(self.cleaned_data.get("DELETE")) if hasattr(self, "cleaned_data") else False

    @property
    def is_blank(self):
        """A new row in which nothing was typed."""
        return not self.instance.pk and not self.has_changed()


class AgendaForm(RowForm):
    carried_from = forms.ModelChoiceField(
        AgendaItem.objects.none(), required=False, widget=forms.HiddenInput
    )
    carried_followup = forms.ModelChoiceField(
        FollowUp.objects.none(), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = AgendaItem
        fields = ["topic", "notes", "decision"]
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 3}),
            "decision": forms.Textarea(
                attrs={"rows": 2, "placeholder": "Kosongkan bila tidak ada keputusan"}
            ),
        }
        error_messages = {"topic": {"required": "Isi topik agenda."}}

    def __init__(self, *args, team, is_plan=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_plan:
            del self.fields["notes"], self.fields["decision"]
        self.fields["carried_from"].queryset = AgendaItem.objects.filter(meeting__team=team)
        self.fields["carried_followup"].queryset = FollowUp.objects.filter(meeting__team=team)
        self.initial.setdefault("carried_from", self.instance.carried_from_id)
        self.initial.setdefault("carried_followup", self.instance.carried_followup_id)

    def _post_clean(self):
        super()._post_clean()
        self.instance.carried_from = self.cleaned_data.get("carried_from")
        self.instance.carried_followup = self.cleaned_data.get("carried_followup")

    def outline(self):
        row = self.instance  # and not cleaned_data, which a row sent back unchanged does not have
        return {"topik": row.topic, "catatan": row.notes, "keputusan": row.decision}


class FollowUpForm(RowForm):
    class Meta:
        model = FollowUp
        fields = ["what", "person_in_charge", "due_on"]
        widgets = {"due_on": DateInput()}
        error_messages = {
            "what": {"required": "Isi apa yang perlu dikerjakan."},
            "person_in_charge": {
                "required": "Pilih siapa yang memegang tindak lanjut ini.",
                "invalid_choice": (
                    "Yang memegang tindak lanjut dipilih dari anggota tim pada tanggal rapat."
                ),
            },
            "due_on": {"required": "Isi kapan tindak lanjut ini harus selesai."},
        }

    def __init__(self, *args, people, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        row = self.instance
        self.initial |= (
            {"person_in_charge": row.person_in_minutes_id, "due_on": row.due_in_minutes}
            if row.is_moved
            else {}
        )
        field = self.fields["person_in_charge"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])
        field.choices = [
            ("", "Belum dipilih"),
            *((person.pk, person.name) for person in people),
        ]  # read once for all rows

    def _post_clean(self):
        """
        The form is of the minutes: of a follow-up that was moved since it writes what they say, not
        how it stands.
        """
        row = self.instance
        now = (row.person_in_charge_id, row.due_on)
        super()._post_clean()
        if row.is_moved:
            row.minuted_person_id, row.minuted_due_on = row.person_in_charge_id, row.due_on
            row.person_in_charge_id, row.due_on = now

    def clean_due_on(self):
        due = self.cleaned_data["due_on"]
        if self.meeting.starts_at and (problem := FollowUp.implausible_due(due, self.meeting)):
            raise ValidationError(problem)
        return due

    def outline(self):
        row = self.instance
        who = str(row.person_in_minutes) if row.person_in_minutes_id else ""
        return {
            "apa": row.what,
            "siapa": who,
            "kapan": dates.long_date(row.due_in_minutes) if row.due_in_minutes else "",
        }


class GuestForm(RowForm):
    """A guest, invited with the schedule; the minutes say whether they came, as of a member."""

    asked = frozenset({"institution"})  # of who was no guest before
    is_unmarked = False  # and the minutes were to be sent

    class Meta:
        model = Attendance
        fields = ["name", "position", "institution", "presence"]
        labels = {"name": "Nama atau sebutan"}
        widgets = {"presence": forms.RadioSelect}
        error_messages = {"name": {"required": "Isi nama atau sebutan tamu."}}

    def __init__(self, *args, is_plan=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "known-guests", "autocomplete": "off"}
        self.instance.is_guest = True
        if is_plan:  # whoever is invited has not come yet
            del self.fields["presence"]
            return
        self.fields["presence"].choices = Attendance.Presence.choices
        if not self.instance.pk:
            self.initial |= ADDED_TO_MINUTES["tamu"]

    def has_changed(self):
        """A new row in which nothing is typed stays blank, whatever is ticked in it."""
        return bool(set(self.changed_data) - (set() if self.instance.pk else {"presence"}))

    def clean_institution(self):
        """Left empty for somebody who has been a guest before: what was written then."""
        institution = self.cleaned_data["institution"]
        name = self.cleaned_data.get("name")
        if not institution and name:
            institution = self.instance.institution_known_for(name) or ""
        if not institution:
            raise ValidationError("Isi instansi tamu.")
        return institution

    def outline(self):
        return {"": line_of_guest(self.instance)}


def line_of_guest(row):
    """A guest in one line, as two versions of the minutes are compared."""
    who = ", ".join(filter(None, [row.name, row.position, row.institution]))
    return f"{who}: {row.get_presence_display() or 'belum ditandai'}"


class RosterForm(PlainText, CrispyForm, forms.ModelForm):
    """
    One member's presence; who they are comes from the membership of that day, never from the
    request.
    """

    is_unmarked = False  # and the minutes were to be sent

    class Meta:
        model = Attendance
        fields = ["presence", "note"]
        widgets = {"presence": forms.RadioSelect}

    def __init__(self, *args, is_plan=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_plan:
            del self.fields["presence"], self.fields["note"]
            return
        self.fields["presence"].choices = Attendance.Presence.choices
        self.fields["presence"].label = f"Kehadiran {self.instance.name}"

    def outline(self):
        sent = {
            name: (
                self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)
            )
            for name in NOTED
        }
        presence = dict(Attendance.Presence.choices).get(sent["presence"], "belum ditandai")
        return {"": " ".join(filter(None, [presence, sent["note"]]))}


class RowSet(forms.BaseFormSet):
    """
    The rows of one section. `rows` are the stored ones, `offered` are initial values of rows that
    are not stored yet.
    """

    deletion_widget = forms.HiddenInput
    default_error_messages = {
        "missing_management_form": (
            "Isian tidak lengkap sampai ke peladen. Muat ulang, lalu pulihkan draf di perangkat"
            " ini."
        ),
        "too_many_forms": f"Paling banyak {MAX_ROWS} baris.",
    }

    def __init__(self, data=None, *, rows=(), offered=(), new=None, **kwargs):
        self.rows, self.offered, self.new = list(rows), list(offered), new
        self.by_id = {row.pk: row for row in self.rows}
        super().__init__(data, **kwargs)

    def total_form_count(self):
        return super().total_form_count() if self.is_bound else len(self.rows) + len(self.offered)

    def initial_form_count(self):
        return 0

    def _construct_form(self, i, **kwargs):
        if self.is_bound:
            stored = str(self.data.get(f"{self.prefix}-{i}-id") or "")
            instance = (
                self.by_id.pop(int(stored), None)
                if stored.isdecimal() and len(stored) < 19
                else None
            )
        else:
            instance = self.rows[i] if i < len(self.rows) else None
            if instance is None:
                kwargs["initial"] = self.offered[i - len(self.rows)]
        kwargs["instance"] = instance or self.new()
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        form.use_required_attribute = False
        return form

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs | ({"instance": self.new()} if index is None else {})

    @property
    def live(self):
        """The rows that count: neither removed nor blank."""
        return [form for form in self.forms if not form.is_removed and not form.is_blank]

    @property
    def removed(self):
        return [form.instance for form in self.forms if form.is_removed and form.instance.pk]


def row_set(form, prefix):
    """A formset class for these rows and the prefix under which they are sent."""
    made = forms.formset_factory(
        form,
        formset=RowSet,
        extra=0,
        can_delete=True,
        max_num=MAX_ROWS,
        validate_max=True,
        absolute_max=MAX_ROWS + 10,
    )
    made.default_prefix = prefix
    made.get_default_prefix = classmethod(lambda cls: cls.default_prefix)
    return made


AgendaRows = row_set(AgendaForm, "agenda")
FollowUpRows = row_set(FollowUpForm, "tindak")
GuestRows = row_set(GuestForm, "tamu")


def row_total(data, prefix):
    """How many rows this request says it has, within reason."""
    text = data.get(f"{prefix}-TOTAL_FORMS") or ""
    return min(int(text), MAX_ROWS + 10) if text.isdecimal() and len(text) < 6 else 0


def add_blank_row(data, prefix):
    """Make room for one row more in what was sent."""
    n = row_total(data, prefix)
    data[f"{prefix}-TOTAL_FORMS"] = str(n + 1)
    for name, value in ADDED_TO_MINUTES.get(prefix, {}).items():
        data[f"{prefix}-{n}-{name}"] = value


def clear_errors(form):
    """Show what was typed without judging it yet: the person only asked for another row."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
