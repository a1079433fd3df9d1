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


def offer_activities(form, day, *, log):
    """
    In the form's field `activity`, what a log of the day typed in the field of that name may belong to; the field goes when
    there is nothing to choose.
    """
    record, chosen = form.instance, form["activity"].value()
    typed = form[day].value() or getattr(record, day)
    try:
        typed = form.fields[day].to_python(typed)
    except forms.ValidationError:
        typed = None
    rows = PlannedActivity.objects.offered_to(
        record.team, typed or record.team.today, log=log, chosen=record.activity_id or None
    )
    form.fields["activity"].queryset = rows
    form.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(rows)]
    if len(form.fields["activity"].choices) == 1 and not chosen:
        del form.fields["activity"]


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
        rows = PlannedActivity.objects.offered_to(
            meeting.team, meeting.starts.date(), log="meetings", chosen=meeting.activity_id
        )
        self.fields["activity"].queryset = rows
        self.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(rows)]
