"""The form of a meeting's letter of invitation: what it says beside the meeting itself."""

from django import forms

from advocacy.models import Meeting
from sinergi.kit.forms import DateInput, RecordForm


class LetterForm(RecordForm):
    class Meta:
        model = Meeting
        fields = [
            "invitation_number",
            "invited_on",
            "inviter_position",
            "inviter_name",
            "copies_to",
        ]
        widgets = {"invited_on": DateInput(), "copies_to": forms.Textarea(attrs={"rows": 4})}
