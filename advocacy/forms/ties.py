"""To which planned activity a meeting belongs."""

from django import forms

from programs.models import PlannedActivity
from sinergi.kit.forms import CrispyForm


def activity_choices(rows):
    """Activities by plan, with their number there."""
    groups, numbers = {}, {}
    for row in rows.select_related("plan"):
        numbers[row.plan_id, row.role] = number = numbers.get((row.plan_id, row.role), 0) + 1
        groups.setdefault(str(row.plan), []).append((row.pk, f"{row.role}.{number} {row.title}"))
    return list(groups.items())


class TieForm(CrispyForm, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    activity = forms.ModelChoiceField(
        PlannedActivity.objects.none(),
        label="Kegiatan dalam rencana",
        required=False,
        empty_label="Di luar rencana",
        error_messages={"invalid_choice": "Kegiatan ini bukan bagian dari rencana pada masa rapat ini."},
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        rows = PlannedActivity.objects.offered_to(meeting.team, meeting.starts.date(), chosen=meeting.activity_id)
        self.fields["activity"].queryset = rows
        self.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(rows)]
