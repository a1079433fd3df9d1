"""
Scores and sums over the reports of many libraries, asked of the database; nothing of it is stored.
What one library's score is made of is said by villages.reports.scores.
"""

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual

from villages.querysets.reports import expected_in
from villages.reports.fields import Outcome
from villages.reports.indicators import INDICATOR_BY_KEY, indicators_of
from villages.reports.scores import ScoreState

VERIFIED, WAITING = ("verified",), ("verified", "submitted")
#: Limits have two places after the comma; the database compares hundredths, which are whole.
HUNDREDTHS = 100
NO_DATA, GREEN = Value(ScoreState.NONE), Value(ScoreState.GREEN)
YELLOW = Value(ScoreState.YELLOW)


def state_name(outcome):
    """Return the annotation of an outcome's state: service_state."""
    return f"{outcome}_state"


def with_scores(libraries, quarter, sets, states=VERIFIED):
    """
    Add to each library the state of every outcome in a quarter (`service_state`, `use_state`,
    `commitment_state`), of its report in one of these states, by the set of its province in `sets`
    ({key of a province, or None for all others: ThresholdSet}).
    """
    rows = with_report(libraries, quarter, states)
    keys = {key for one in sets.values() for key, limits in one.limits.items() if limits.weight}
    rows = with_counted(rows, quarter, keys)
    return rows.annotate(
        **{state_name(outcome): outcome_state(outcome, sets) for outcome in Outcome}
    )


def with_indicator(libraries, quarter, sets, indicator, states=VERIFIED):
    """
    Add to each library how one indicator stands (`indicator_state`), and its parts
    (`indicator_numerator`, `indicator_denominator`, or None).
    """
    rows = with_counted(with_report(libraries, quarter, states), quarter, {indicator.key})

    def of(one):
        limits = one.limits.get(indicator.key)
        return Case(
            *[When(halves(indicator, limits, count), then=Value(state)) for count, state in LEVELS]
            if limits
            else [],
            default=Value(ScoreState.NONE),
            output_field=CharField(),
        )

    return rows.annotate(
        indicator_state=by_province(sets, of),
        indicator_numerator=numerator(indicator),
        indicator_denominator=denominator(indicator),
    )


def with_report(libraries, quarter, states):
    """Join to each library its report of a quarter, where it is in one of these states."""
    condition = Q(reports__year=quarter.year, reports__quarter_number=quarter.number)
    condition &= Q(reports__state__in=states)
    return libraries.annotate(report=FilteredRelation("reports", condition=condition))


def with_counted(libraries, quarter, keys):
    """Add what Sinergi counts itself for those of these indicators that ask for it."""
    counted = {}
    for key in keys:
        if INDICATOR_BY_KEY[key].counted:
            counted[f"counted_{key}"] = count_of_rows(libraries, key, quarter)
    return libraries.annotate(**counted)


def count_of_rows(libraries, key, quarter):
    """
    Return the number of rows of a relation of libraries in a quarter: the model at its other end,
    which stands above this one, says with `in_quarter` which they are.
    """
    rows = libraries.model_of(key).objects.in_quarter(quarter).filter(library=OuterRef("pk"))
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Coalesce(Subquery(counted, output_field=BigIntegerField()), 0)


def counted_values(library, quarter):
    """Return {key: number} of all that Sinergi counts itself, of one library. A query each."""
    return {
        key: getattr(library, key).in_quarter(quarter).count()
        for key, indicator in INDICATOR_BY_KEY.items()
        if indicator.counted
    }


# One indicator ----------------------------------------------------------------------------------
def numerator(indicator):
    if indicator.counted:
        return F(f"counted_{indicator.numerator}")
    return Cast(F(f"report__{indicator.numerator}"), BigIntegerField())


def denominator(indicator):
    if indicator.denominator:
        return Cast(F(f"report__{indicator.denominator}"), BigIntegerField())
    return Value(indicator.divisor, output_field=BigIntegerField())


def is_known(indicator):
    """Return the condition that the value of an indicator can be told."""
    known = Q() if indicator.counted else Q(**{f"report__{indicator.numerator}__isnull": False})
    if indicator.denominator:
        known &= Q(**{f"report__{indicator.denominator}__gt": 0})
    return known


def reaches(indicator, limit):
    """Return the condition that an indicator lies on the good side of a limit: exact, in wholes."""
    compare = LessThanOrEqual if indicator.lower_is_better else GreaterThanOrEqual
    hundredths = Value(int(limit * HUNDREDTHS), output_field=BigIntegerField())
    return compare(
        numerator(indicator) * Value(indicator.factor * HUNDREDTHS, output_field=BigIntegerField()),
        hundredths * denominator(indicator),
    )


#: (halves that count, the state): the best first.
LEVELS = ((2, ScoreState.GREEN), (1, ScoreState.YELLOW), (0, ScoreState.RED))


def halves(indicator, limits, count):
    """
    Return the condition that an indicator counts this many halves; asked from 2 down to 0.
    """
    known = is_known(indicator)
    if count == 0:
        return known if known else Q(pk__isnull=False)
    reached = Q(reaches(indicator, limits.green if count == 2 else limits.yellow))
    return known & reached


# Outcomes ---------------------------------------------------------------------------------------
def whole(number):
    return Value(number, output_field=BigIntegerField())


def outcome_state(outcome, sets):
    return by_province(sets, lambda one: state_in_set(outcome, one))


def by_province(sets, expression_of):
    """Return what `expression_of` makes of the set in force for a library; without one: no data."""
    others = expression_of(sets[None]) if None in sets else Value(ScoreState.NONE)
    own = [
        When(province=province, then=expression_of(one))
        for province, one in sets.items()
        if province is not None
    ]
    return Case(*own, default=others, output_field=CharField())


def state_in_set(outcome, thresholds):
    """Return the state of an outcome by one set, as an expression."""
    scored, known, total = [], [], 0
    for indicator in indicators_of(outcome):
        limits = thresholds.limits.get(indicator.key)
        if limits is None or not limits.weight:
            continue
        total += limits.weight
        counts = [
            When(halves(indicator, limits, count), then=whole(count * limits.weight))
            for count in (2, 1)
        ]
        scored.append(Case(*counts, default=whole(0), output_field=BigIntegerField()))
        condition = is_known(indicator)
        known.append(
            Case(
                When(condition, then=whole(limits.weight)),
                default=whole(0),
                output_field=BigIntegerField(),
            )
            if condition
            else whole(limits.weight)
        )
    if not scored:
        return Value(ScoreState.NONE)
    score, weight = sum(scored[1:], scored[0]), sum(known[1:], known[0])
    # score ÷ (2 × weight) ≥ percent ÷ 100, without a division
    return Case(
        When(LessThan(weight * whole(100), whole(max(thresholds.minimum * total, 1))), NO_DATA),
        When(GreaterThanOrEqual(score * whole(50), weight * whole(thresholds.green_from)), GREEN),
        When(GreaterThanOrEqual(score * whole(50), weight * whole(thresholds.yellow_from)), YELLOW),
        default=Value(ScoreState.RED),
        output_field=CharField(),
    )


def count_indicator(libraries):
    """
    Return the states of an indicator (`with_indicator`) and its sums over these libraries:
    {"states": {state: how many}, "total", "told"} of the numerator wherever it is known, and
    {"numerator", "denominator", "known"} of those alone whose value is known. One query.
    """
    known = Q(indicator_numerator__isnull=False, indicator_denominator__gt=0)
    states = {
        f"n_{state}": Count("pk", filter=Q(indicator_state=state.value)) for state in ScoreState
    }
    found = libraries.order_by().aggregate(
        **states,
        total=Sum("indicator_numerator"),
        told=Count("indicator_numerator"),
        numerator=Sum("indicator_numerator", filter=known),
        denominator=Sum("indicator_denominator", filter=known),
        known=Count("pk", filter=known),
    )
    return {"states": {state: found.pop(f"n_{state}") for state in ScoreState}} | found


def count_outcome(libraries, outcome):
    """Return {state: how many} of an outcome over these libraries (`with_scores`). One query."""
    name = state_name(outcome)
    found = dict(libraries.order_by().values_list(name).annotate(n=Count("pk")))
    return {state: found.get(state.value, 0) for state in ScoreState}


# Sums -------------------------------------------------------------------------------------------
def count_states(libraries, quarter, sets, states=VERIFIED, *, by="regency"):
    """
    Return {key of the place: {outcome: {state: how many}}} over the libraries expected in a
    quarter, in one query; `by` is "regency" or "province". The four states of an outcome add up to
    the libraries of the place.
    """
    names = [state_name(outcome) for outcome in Outcome]
    rows = with_scores(expected_in(libraries, quarter), quarter, sets, states)
    found = {}
    for row in rows.order_by().values(by, *names).annotate(n=Count("pk")):
        place = found.setdefault(
            row[by], {outcome: dict.fromkeys(ScoreState, 0) for outcome in Outcome}
        )
        for outcome in Outcome:
            place[outcome][ScoreState(row[state_name(outcome)])] += row["n"]
    return found


def count_reports(libraries, quarter, *, by="regency"):
    """
    Return {key of the place: {state of a report: how many}} of the reports of a quarter, over the
    libraries expected in it. One query.
    """
    expected = expected_in(libraries, quarter).order_by().values("pk")
    rows = libraries.model_of("reports").objects.of(quarter).filter(library__in=expected)
    found = {}
    for place, state, n in rows.order_by().values_list(f"library__{by}", "state").annotate(
        n=Count("pk")
    ):
        found.setdefault(place, {})[state] = n
    return found


def sums_by_quarter(libraries, quarters, keys, states=VERIFIED):
    """
    Return {quarter: {key of a field: (sum, how many know it)}} with "reports" (how many there
    are) and "expected" beside them: over the libraries expected in each quarter. What nobody knows
    has None for a sum. Two queries.
    """
    reports = libraries.model_of("reports").objects.filter(state__in=states)
    alive = libraries.model_of("participations").objects
    where = Q(pk__in=[])
    for quarter in quarters:
        takes_part = Exists(alive.alive_in(quarter).filter(library=OuterRef("library")))
        where |= Q(takes_part, year=quarter.year, quarter_number=quarter.number)
    sums = {f"sum_{key}": Sum(key) for key in keys} | {f"n_{key}": Count(key) for key in keys}
    rows = reports.filter(where, library__in=libraries.order_by().values("pk")).order_by()
    found = {}
    for row in rows.values("year", "quarter_number").annotate(reports=Count("pk"), **sums):
        found[row["year"], row["quarter_number"]] = row
    expected = count_expected(libraries, quarters)
    return {
        quarter: sums_of(found.get((quarter.year, quarter.number)), keys)
        | {"expected": expected[quarter]}
        for quarter in quarters
    }


def sums_of(row, keys):
    if row is None:
        return dict.fromkeys(keys, (None, 0)) | {"reports": 0}
    return {key: (row[f"sum_{key}"], row[f"n_{key}"]) for key in keys} | {"reports": row["reports"]}


def count_expected(libraries, quarters):
    """Return {quarter: how many of these libraries are to report}. One query."""
    alive = libraries.model_of("participations").objects
    counts = {
        f"at_{number}": Count(
            "pk", filter=Exists(alive.alive_in(quarter).filter(library=OuterRef("pk")))
        )
        for number, quarter in enumerate(quarters)
    }
    found = libraries.order_by().aggregate(**counts)
    return {quarter: found[f"at_{number}"] for number, quarter in enumerate(quarters)}
