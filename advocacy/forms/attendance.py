"""Who is invited and who came: the roster and the guests of the meeting form."""

from django import forms
from django.core.exceptions import ValidationError

from advocacy.models import Attendance
from sinergi.kit.forms import CrispyForm, PlainText
from sinergi.kit.formsets import RowForm, row_set

ROSTER_FIELDS = ("presence", "note")  # of a member


#: What a row begins with that is added to the minutes: who was not invited is written down because
#: they came.
ADDED_TO_MINUTES = {"tamu": {"presence": Attendance.Presence.PRESENT}}


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

    def __init__(self, *args, is_schedule=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "known-guests", "autocomplete": "off"}
        self.instance.is_guest = True
        if is_schedule:  # whoever is invited has not come yet
            del self.fields["presence"]
            return
        self.fields["presence"].choices = Attendance.Presence.choices
        if not self.instance.pk:
            self.initial |= ADDED_TO_MINUTES["tamu"]

    def has_changed(self):
        """Leave a new row blank as long as nothing is typed in it, whatever is ticked."""
        return bool(set(self.changed_data) - (set() if self.instance.pk else {"presence"}))

    def clean_institution(self):
        """Fill in the institution under which somebody of this name was a guest before."""
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
    """Return a guest in one line, as two versions of the minutes are compared."""
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

    def __init__(self, *args, is_schedule=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_schedule:
            del self.fields["presence"], self.fields["note"]
            return
        self.fields["presence"].choices = Attendance.Presence.choices
        self.fields["presence"].label = f"Kehadiran {self.instance.name}"

    def outline(self):
        sent = {
            name: (
                self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)
            )
            for name in ROSTER_FIELDS
        }
        presence = dict(Attendance.Presence.choices).get(sent["presence"], "belum ditandai")
        return {"": " ".join(filter(None, [presence, sent["note"]]))}


GuestRows = row_set(GuestForm, "tamu")
