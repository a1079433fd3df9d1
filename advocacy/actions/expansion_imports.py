"""Entering the villages of a list into the expansion, in one go."""

from django.db import transaction

from advocacy.expansion_stages import NoEvidence
from advocacy.models import ExpansionCase, ExpansionStep
from programs.models import Team
from sinergi.kit import bulk, dates
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def open_cases(*, villages, stage, reached_on, by, source="", note="", batch=None):
    """
    Write a case for each of these villages, with a first step that stands with the list (`batch`)
    as its reason: all of them, or none. Return how many there are. Raises TransitionError, or
    IntegrityError where somebody has opened one of them meanwhile.
    """
    provinces = {village.province_id for village in villages}
    teams = {
        team.province_id: team
        for team in Team.objects.select_related("province").filter(province__in=provinces)
    }
    cases = []
    for village in villages:
        case = ExpansionCase(source=source, batch=batch)
        case.set_village(village, teams[village.province_id])
        cases.append(case)
    first = {"number": 1, "stage": stage, "reached_on": reached_on, "note": note}
    steps = [ExpansionStep(reason=NoEvidence.LIST, **first) for _ in cases]
    if cases:
        _refuse(steps[0], teams.values())
    bulk.insert_records(cases, by=by)
    keys = {}
    for part in bulk.parts(village.pk for village in villages):
        rows = ExpansionCase.objects.filter(village__in=part)
        keys |= rows.values_list("village", "pk")
        bulk.keep_history(rows, "+", by=by)
    for case, step in zip(cases, steps, strict=True):
        case.pk = keys[case.village_id]
        step.set_case(case)
    bulk.insert_records(steps, by=by)
    for part in bulk.parts(keys.values()):
        bulk.keep_history(ExpansionStep.objects.filter(case__in=part), "+", by=by)
    return len(cases)


def _refuse(step, teams):
    """Refuse a first step that none of these villages could have; they differ in their today."""
    today = min(dates.today_in(team.province.time_zone) for team in teams)
    if problems := step.problems(None, today):
        raise TransitionError(" ".join(problems.values()))
