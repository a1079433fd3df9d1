"""Whatever was reported, the database scores and sums as plain arithmetic does, row by row."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from villages.models import Library, LibraryReport, Participation, ThresholdSet
from villages.quarters import Quarter
from villages.querysets.reports import expected_in
from villages.querysets.score_counts import count_indicator, count_outcome, count_reports
from villages.querysets.scores import (
    count_states,
    state_name,
    sums_by_quarter,
    with_indicator,
    with_scores,
)
from villages.reports.fields import FIELDS, Outcome
from villages.reports.indicators import INDICATORS, Limits, indicators_of
from villages.reports.scores import ScoreState, score_outcome

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("scores and sums are counted by the database, in its own arithmetic"),
]

PLACES = ["19.01.06.2002", "19.01.06.2003", "19.02.04.2001", "18.01.04.2001"]
QUARTER = Quarter(2019, 2)
QUARTERS = [QUARTER.moved(-count) for count in range(3)]
STATES = ("draft", "submitted", "returned", "verified")
NUMBERS = st.none() | st.integers(0, 7) | st.sampled_from([30, 150, 1000, 5_000_000])
FIGURES = st.fixed_dictionaries(
    {field.key: st.none() | st.integers(0, field.most) | NUMBERS for field in FIELDS}
).map(
    lambda figures: {
        key: value if value is None else min(value, next(f.most for f in FIELDS if f.key == key))
        for key, value in figures.items()
    }
)
AMOUNTS = st.decimals(0, 5_000_000, places=2) | st.integers(0, 200).map(Decimal)


@st.composite
def threshold_sets(draw):
    """Return an unsaved published set with limits for some of the indicators."""
    one = ThresholdSet(year=QUARTER.year, green_from=draw(st.integers(2, 100)))
    one.yellow_from = draw(st.integers(1, one.green_from - 1))
    one.minimum = draw(st.integers(1, 100))
    one.__dict__["limits"] = {
        indicator.key: Limits(draw(AMOUNTS), draw(AMOUNTS), draw(st.integers(0, 100)))
        for indicator in INDICATORS
        if draw(st.booleans()) or draw(st.booleans())
    }
    return one


REPORTS = st.dictionaries(
    st.tuples(st.integers(0, len(PLACES) - 1), st.sampled_from(QUARTERS)),
    st.tuples(st.sampled_from(STATES), FIGURES),
    max_size=6,
)
QUICKLY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def libraries():
    return [
        factories.library(factories.village(code, f"Desa {n}")) for n, code in enumerate(PLACES)
    ]


def write(libraries, alive, reports):
    """Store the reports; `alive` are the numbers of the libraries that take part since 2018."""
    Participation.objects.bulk_create(
        Participation(library=libraries[number], year=2018) for number in alive
    )
    for (number, quarter), (state, figures) in reports.items():
        report = LibraryReport(state=state, return_reason="Lengkapi.", **figures)
        report.set_library(libraries[number])
        report.quarter = quarter
        LibraryReport.objects.bulk_create([report])


def expected_scores(libraries, reports, sets, states):
    """Return {number: {outcome: its state}} of plain arithmetic."""
    found = {}
    for number, library in enumerate(libraries):
        state, figures = reports.get((number, QUARTER), ("none", {}))
        values = figures | {"visits": 0} if state in states else {}
        thresholds = sets.get(library.province_id, sets.get(None))
        found[number] = {
            outcome: score_outcome(outcome, values, thresholds).state
            if thresholds
            else ScoreState.NONE
            for outcome in Outcome
        }
    return found


SETS = st.dictionaries(st.sampled_from([None, "19"]), threshold_sets(), max_size=2)


@QUICKLY
@given(
    reports=REPORTS,
    sets=SETS,
    alive=st.sets(st.integers(0, len(PLACES) - 1)),
    states=st.sampled_from([("verified",), ("verified", "submitted")]),
)
def test_the_states_of_libraries_regencies_and_provinces(libraries, reports, sets, alive, states):
    with transaction.atomic():
        write(libraries, alive, reports)
        every = Library.objects.filter(pk__in=[one.pk for one in libraries])
        expected = expected_scores(libraries, reports, sets, states)
        scored = with_scores(every, QUARTER, sets, states).in_bulk()
        for number, library in enumerate(libraries):
            row = scored[library.pk]
            found = {outcome: getattr(row, state_name(outcome)) for outcome in Outcome}
            assert found == expected[number]
        for by in ("regency", "province"):
            counted = count_states(every, QUARTER, sets, states, by=by)
            places = {getattr(libraries[number], f"{by}_id") for number in alive}
            assert set(counted) == places
            for place, outcomes in counted.items():
                there = [n for n in alive if getattr(libraries[n], f"{by}_id") == place]
                for outcome, found in outcomes.items():
                    assert sum(found.values()) == len(there)
                    assert found == {
                        state: sum(expected[n][outcome] == state for n in there)
                        for state in ScoreState
                    }
        transaction.set_rollback(True)


@QUICKLY
@given(figures=FIGURES, thresholds=threshold_sets())
def test_the_state_of_each_indicator(libraries, figures, thresholds):
    with transaction.atomic():
        write(libraries, [0], {(0, QUARTER): ("verified", figures)})
        rows = Library.objects.filter(pk=libraries[0].pk)
        for outcome in Outcome:
            score = score_outcome(outcome, figures | {"visits": 0}, thresholds)
            parts = {one.indicator.key: one for one in score.parts}
            for indicator in indicators_of(outcome):
                row = with_indicator(rows, QUARTER, {None: thresholds}, indicator).get()
                one = parts.get(indicator.key)
                assert row.indicator_state == (one.state if one else ScoreState.NONE)
                if one:
                    value = indicator.value(row.indicator_numerator, row.indicator_denominator)
                    assert value == one.value
        transaction.set_rollback(True)


@QUICKLY
@given(reports=REPORTS, alive=st.sets(st.integers(0, len(PLACES) - 1)))
def test_the_sums_of_quarters(libraries, reports, alive):
    keys = ["visitors", "trained_staff", "village_budget"]
    with transaction.atomic():
        write(libraries, alive, reports)
        every = Library.objects.filter(pk__in=[one.pk for one in libraries])
        found = sums_by_quarter(every, QUARTERS, keys)
        for quarter in QUARTERS:
            rows = [
                figures
                for (number, when), (state, figures) in reports.items()
                if when == quarter and state == "verified" and number in alive
            ]
            known = {key: [row[key] for row in rows if row[key] is not None] for key in keys}
            sums = {key: (sum(k) if k else None, len(k)) for key, k in known.items()}
            assert found[quarter] == sums | {"reports": len(rows), "expected": len(alive)}
        transaction.set_rollback(True)


@QUICKLY
@given(
    reports=REPORTS,
    sets=SETS,
    alive=st.sets(st.integers(0, len(PLACES) - 1)),
    states=st.sampled_from([("verified",), ("verified", "submitted")]),
    indicator=st.sampled_from(INDICATORS),
)
def test_what_a_page_counts(libraries, reports, sets, alive, states, indicator):
    """Tabs and sums of an indicator and of an outcome, and how the reports stand."""
    with transaction.atomic():
        write(libraries, alive, reports)
        every = Library.objects.filter(pk__in=[one.pk for one in libraries])
        expected = expected_in(every, QUARTER)
        rows = list(with_indicator(expected, QUARTER, sets, indicator, states))
        parts = [(row.indicator_numerator, row.indicator_denominator) for row in rows]
        told = [above for above, _ in parts if above is not None]
        known = [(above, by) for above, by in parts if above is not None and by]
        assert count_indicator(with_indicator(expected, QUARTER, sets, indicator, states)) == {
            "states": {
                state: sum(row.indicator_state == state for row in rows) for state in ScoreState
            },
            "total": sum(told) if told else None,
            "told": len(told),
            "numerator": sum(above for above, _ in known) if known else None,
            "denominator": sum(by for _, by in known) if known else None,
            "known": len(known),
        }
        scores = expected_scores(libraries, reports, sets, states)
        found = count_outcome(with_scores(expected, QUARTER, sets, states), Outcome.USE)
        assert found == {
            state: sum(scores[n][Outcome.USE] == state for n in alive) for state in ScoreState
        }
        there = {}
        for (number, quarter), (state, _) in reports.items():
            if quarter == QUARTER and number in alive:
                place = there.setdefault(libraries[number].regency_id, {})
                place[state] = place.get(state, 0) + 1
        assert count_reports(every, QUARTER) == there
        transaction.set_rollback(True)
