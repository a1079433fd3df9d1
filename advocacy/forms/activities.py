"""
Choosing the planned activity that a meeting, commitment, partnership or publication counts for.
"""

from collections import Counter

from django import forms

from programs.models import PlannedActivity
from sinergi.kit.forms import CrispyForm
from sinergi.kit.text import parse_number

ACTIVITY_LIMIT = 150  # to choose from: those of the newest plans, and the one chosen


def activity_choices(rows):
    """Return choices grouped by plan, newest first, each with its number in the plan."""
    rows = list(rows.select_related("plan").order_by("-plan__starts_on", "role", "order", "pk"))
    numbers, so_far = {}, Counter()
    whole = PlannedActivity.objects.filter(plan__in={row.plan_id for row in rows}).in_order()
    for key, *place in whole.values_list("pk", "plan_id", "role"):
        so_far[tuple(place)] += 1
        numbers[key] = so_far[tuple(place)]
    groups = {}
    for row in rows:
        groups.setdefault(str(row.plan), []).append(
            (row.pk, f"{row.role}.{numbers[row.pk]} {row.title}")
        )
    return list(groups.items())


def offer_activities(form, *, log, words=""):
    """
    Fill the form's field `activity` with what counts such logs in the team's plans; return whether
    there are more than the list holds.

    Which of them may have it depends on the day that is typed (`check_activity`). The newest plans
    come first, of those with these words before the others, and the chosen one. The field is
    deleted when there is nothing to choose.
    """
    rows = PlannedActivity.objects.counting(log).filter(plan__team=form.instance.team)
    keys = rows.order_by("-plan__starts_on", "role", "order", "pk").values_list("pk", flat=True)
    listed = list(keys.filter(title__icontains=words)[:ACTIVITY_LIMIT]) if words else []
    listed += list(keys.exclude(pk__in=listed)[: ACTIVITY_LIMIT + 1 - len(listed)])
    has_more = len(listed) > ACTIVITY_LIMIT
    chosen = {parse_number(form["activity"].value()), form.instance.activity_id} - {None}
    shown = rows.filter(pk__in=[*listed[:ACTIVITY_LIMIT], *chosen])
    form.fields["activity"].queryset = rows
    form.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(shown)]
    if len(form.fields["activity"].choices) == 1:
        del form.fields["activity"]
    return has_more


def check_activity(form, day, *, log):
    """
    Add an error unless the activity chosen is of a plan of that day or near it; the stored one may
    stay.
    """
    activity = form.cleaned_data.get("activity")
    if activity is None or day is None or activity.pk == form.instance.activity_id:
        return
    offered = PlannedActivity.objects.offered_to(form.instance.team, day, log=log)
    if not offered.contains(activity):
        form.add_error(
            "activity", "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."
        )


class TieForm(CrispyForm, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    activity = forms.ModelChoiceField(
        PlannedActivity.objects.none(),
        label="Kegiatan dalam rencana",
        required=False,
        empty_label="Di luar rencana",
        error_messages={"invalid_choice": "Kegiatan ini bukan bagian dari rencana pada masa itu."},
    )

    def __init__(self, *args, record, day, log, **kwargs):
        super().__init__(*args, **kwargs)
        rows = PlannedActivity.objects.offered_to(
            record.team, day, log=log, chosen=record.activity_id
        )
        self.fields["activity"].queryset = rows
        self.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(rows)]
