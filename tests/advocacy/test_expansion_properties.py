"""Under any order of steps, stages and "belum ada" add up to the villages of every regency."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.actions.expansion import add_step, correct_last_step, open_case, take_back_last_step
from advocacy.expansion_coverage import COLUMNS, coverage_rows
from advocacy.expansion_stages import Stage
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.querysets.expansion_villages import (
    GONE,
    NONE,
    StallLimits,
    in_cell,
    tally,
    village_kinds,
)
from sinergi.kit.transitions import TransitionError
from tests import factories
from villages.models import Village

pytestmark = pytest.mark.django_db
CODES = ["19.01.06.2002", "19.01.06.2003", "19.02.04.2001", "18.01.04.2001"]
BEGINNING = date(2019, 1, 1)
STEPS = st.tuples(
    st.sampled_from(["add", "correct", "take back"]),
    st.integers(0, len(CODES) - 1),
    st.sampled_from(Stage.values),
    st.integers(-5, 60),  # days from the beginning
    st.sampled_from(["", "list", "other"]),
    st.sampled_from(["", "Sebab."]),
)


def play(villages, teams, by, moves):
    """Do what can be done of these moves; return {number of a village: [(stage, day)]}."""
    told = {}
    for what, number, stage, days, reason, note in moves:
        step = ExpansionStep(
            stage=stage, reached_on=BEGINNING + timedelta(days=days), reason=reason, note=note
        )
        case = ExpansionCase.objects.filter(village=villages[number]).first()
        steps = told.setdefault(number, [])
        try:
            if what == "add" and case is None:
                case = ExpansionCase()
                case.set_village(villages[number], teams[villages[number].province_id])
                open_case(case=case, step=step, by=by)
                steps.append((stage, step.reached_on))
            elif what == "add":
                add_step(case=case, step=step, by=by)
                steps.append((stage, step.reached_on))
            elif what == "correct" and case:
                last = case.steps.order_by("number").last()
                last.reached_on, last.reason, last.note = step.reached_on, reason, note
                correct_last_step(step=last, by=by)
                steps[-1] = (steps[-1][0], step.reached_on)
            elif case:
                take_back_last_step(case=case, by=by, version=case.version)
                steps.pop()
        except TransitionError:
            continue
    return told


def counted(villages, steps, day, by):
    """Return {key of a place: {column: how many}}, as the page of the coverage counts."""
    kinds, places, _ = village_kinds(villages, by=by)
    rows = coverage_rows(
        places,
        kinds,
        tally(steps, day, StallLimits(), by=by),
        source=None,
        columns=COLUMNS,
        row=lambda key, name, counts, kinds: (key, counts),
    )
    assert set(kinds) == {getattr(village, f"{by}_id") for village in villages.filter(gone_in="")}
    return dict(rows)


@pytest.mark.both("coverage is counted by the database")
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    moves=st.lists(STEPS, max_size=14),
    days=st.integers(-6, 70),
    gone=st.sets(st.integers(0, len(CODES) - 1), max_size=2),
)
def test_stages_and_none_add_up_to_the_villages(db, moves, days, gone):
    with transaction.atomic():
        by = factories.user()
        villages = [factories.village(code, f"Desa {n}") for n, code in enumerate(CODES)]
        teams = {code: factories.team(code) for code in ("19", "18")}
        told = play(villages, teams, by, moves)
        day = BEGINNING + timedelta(days=days)
        stages = {
            number: next((stage for stage, when in reversed(steps) if when <= day), NONE)
            for number, steps in told.items()
        }
        Village.objects.filter(pk__in=[CODES[n] for n in gone]).update(gone_in="2025")
        every, steps = Village.objects.filter(code__in=CODES), ExpansionStep.objects.all()
        begun = {villages[n] for n in gone if stages.get(n, NONE) != NONE}
        assert set(in_cell(every, steps, day, stage=GONE)) == begun
        assert sum(one.gone for one in tally(steps, day, StallLimits(), by="regency")) == len(begun)
        for by_place in ("regency", "province"):
            for place, counts in counted(every, steps, day, by_place).items():
                there = [n for n, v in enumerate(villages) if getattr(v, f"{by_place}_id") == place]
                there = [n for n in there if n not in gone]
                assert sum(counts.values()) == len(there)
                for column in COLUMNS:
                    numbers = [n for n in there if stages.get(n, NONE) == column]
                    assert counts[column] == len(numbers)
                    listed = in_cell(every, steps, day, stage=column).filter(**{by_place: place})
                    assert set(listed) == {villages[n] for n in numbers}
        assert not ExpansionStep.objects.filter(reason="").exists()
        for case in ExpansionCase.objects.all():
            kept = list(case.steps.order_by("number"))
            left = [step.reached_on for step in kept[1:]] + [None]
            assert [step.left_on for step in kept] == left
            places = {(step.province_id, step.regency_id) for step in kept}
            assert places == {(case.province_id, case.regency_id)}
        transaction.set_rollback(True)
