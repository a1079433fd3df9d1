"""
Scores and sums over the reports of many libraries, asked of the database; nothing of it is stored.
What one library's score is made of is said by villages.reports.scores.
"""

from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
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

from villages.querysets.participations import is_alive
from villages.querysets.reports import expected_in
from villages.reports.fields import Outcome
from villages.reports.indicators import INDICATOR_BY_KEY, Limits, indicators_of
from villages.reports.scores import ScoreState

VERIFIED, WAITING = ("verified",), ("verified", "submitted")
#: Limits have two places after the comma; the database compares hundredths, which are whole.
HUNDREDTHS = 100


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
    rows = with_counted(rows, quarter, weighted_keys(sets))
    return rows.annotate(**outcome_states(sets))


def weighted_keys(sets):
    """Return the keys of the indicators that count in one of these sets."""
    return {key for one in sets.values() for key, limits in one.limits.items() if limits.weight}


def outcome_states(sets, prefix=""):
    """Return {name of the annotation: the state of each outcome}."""
    keys, rules = weighted_keys(sets), rules_by_place(sets)
    return {
        f"{prefix}{state_name(outcome)}": OutcomeState(
            part_columns([one for one in indicators_of(outcome) if one.key in keys]), rules, outcome
        )
        for outcome in Outcome
    }


def with_indicator(libraries, quarter, sets, indicator, states=VERIFIED):
    """
    Add to each library how one indicator stands (`indicator_state`), and its parts
    (`indicator_numerator`, `indicator_denominator`, or None).
    """
    rows = with_counted(with_report(libraries, quarter, states), quarter, {indicator.key})

    columns = part_columns([indicator])
    return rows.annotate(
        indicator_state=IndicatorState(columns, rules_by_place(sets), indicator.key),
        indicator_numerator=columns[indicator.numerator],
        indicator_denominator=columns.get(indicator.denominator) or Value(indicator.divisor),
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


# Expressions ------------------------------------------------------------------------------------
def part_columns(indicators):
    """
    Return {name of a part of these indicators: its column}, as whole numbers of eight bytes. Of who
    has not reported nothing is known, not even what Sinergi counts itself: there is no data.
    """
    columns = {}
    for indicator in indicators:
        if indicator.counted:
            columns[indicator.numerator] = Case(
                When(report__pk__isnull=False, then=F(f"counted_{indicator.numerator}")),
                output_field=BigIntegerField(),
            )
        for name in [indicator.numerator, indicator.denominator]:
            if name and name not in columns:
                columns[name] = Cast(F(f"report__{name}"), BigIntegerField())
    return columns


@dataclass(frozen=True)
class Rules:
    """What a set of thresholds says, as values: {key of an indicator: Limits} as pairs."""

    limits: tuple[tuple[str, Limits], ...]
    green_from: int
    yellow_from: int
    minimum: int

    @classmethod
    def of(cls, one):
        return cls(tuple(one.limits.items()), one.green_from, one.yellow_from, one.minimum)


def rules_by_place(sets):
    """Return ((Rules, keys of the provinces that they hold for, or None for all others), …)."""
    others, own = None, {}
    for province, one in sets.items():
        if province is None:
            others = Rules.of(one)
        else:
            own.setdefault(Rules.of(one), []).append(province)
    found = [(rules, tuple(provinces)) for rules, provinces in own.items()]
    return (*found, *([(others, None)] if others else []))


class StateBySet(Func):
    """
    The state of a library by the rules of its province. Written as SQL of its own, for the same in
    Django's expressions takes a second to build where every province has a set of its own.
    """

    def __init__(self, columns, rules_by_place):
        self.names = tuple(columns)
        self.rules_by_place = rules_by_place
        super().__init__(F("province"), *columns.values(), output_field=CharField())

    def as_sql(self, compiler, connection, **context):
        place, *columns = [compiler.compile(one) for one in self.get_source_expressions()]
        columns = dict(zip(self.names, columns, strict=True))
        cases, others = [], sql(f"'{ScoreState.NONE}'")
        for rules, provinces in self.rules_by_place:
            state = self.state(rules, columns)
            if provinces is None:
                others = state
            else:
                marks = ", ".join(["%s"] * len(provinces))
                cases.append(join("WHEN ", place, (f" IN ({marks}) THEN ", provinces), state))
        return join("CASE ", *cases, " ELSE ", others, " END") if cases else others

    def state(self, rules, columns):
        raise NotImplementedError


class IndicatorState(StateBySet):
    """The state of one indicator."""

    def __init__(self, columns, rules_by_place, key):
        self.key = key
        super().__init__(columns, rules_by_place)

    def state(self, rules, columns):
        limits = dict(rules.limits).get(self.key)
        if limits is None:
            return sql(f"'{ScoreState.NONE}'")
        indicator = INDICATOR_BY_KEY[self.key]
        return join(
            "CASE WHEN NOT (",
            is_known(indicator, columns),
            f") THEN '{ScoreState.NONE}' WHEN ",
            reaches(indicator, limits.green, columns),
            f" THEN '{ScoreState.GREEN}' WHEN ",
            reaches(indicator, limits.yellow, columns),
            f" THEN '{ScoreState.YELLOW}' ELSE '{ScoreState.RED}' END",
        )


class OutcomeState(StateBySet):
    """The state of an outcome."""

    def __init__(self, columns, rules_by_place, outcome):
        self.outcome = outcome
        super().__init__(columns, rules_by_place)

    def state(self, rules, columns):
        limits, scored, known, total = dict(rules.limits), [], [], 0
        for indicator in indicators_of(self.outcome):
            one = limits.get(indicator.key)
            if one is None or not one.weight:
                continue
            total += one.weight
            condition = is_known(indicator, columns)
            known += [" + " if known else "", "CASE WHEN ", condition, f" THEN {one.weight:d}"]
            known += [" ELSE 0 END"]
            scored += [" + " if scored else "", "CASE WHEN NOT (", condition, ") THEN 0 WHEN "]
            scored += [reaches(indicator, one.green, columns), f" THEN {2 * one.weight:d} WHEN "]
            scored += [reaches(indicator, one.yellow, columns), f" THEN {one.weight:d} ELSE 0 END"]
        if not scored:
            return sql(f"'{ScoreState.NONE}'")
        score, weight = join("(", *scored, ")"), join("(", *known, ")")
        least = max(rules.minimum * total, 1)
        # halves ÷ (2 × weight) ≥ percent ÷ 100, without a division
        return join(
            "CASE WHEN ",
            weight,
            f" * 100 < {least:d} THEN '{ScoreState.NONE}' WHEN ",
            score,
            " * 50 >= ",
            weight,
            f" * {rules.green_from:d} THEN '{ScoreState.GREEN}' WHEN ",
            score,
            " * 50 >= ",
            weight,
            f" * {rules.yellow_from:d} THEN '{ScoreState.YELLOW}' ELSE '{ScoreState.RED}' END",
        )


def sql(text, params=()):
    return text, tuple(params)


def join(*parts):
    """Return (SQL, its parameters) of parts: text, or (text, parameters)."""
    parts = [sql(part) if isinstance(part, str) else part for part in parts]
    return "".join(text for text, _ in parts), [one for _, params in parts for one in params]


def divisor(indicator, columns):
    if indicator.denominator:
        return columns[indicator.denominator]
    return sql(f"{indicator.divisor:d}")


def is_known(indicator, columns):
    """Return the condition that an indicator has a value: true or false, never NULL."""
    parts = [columns[indicator.numerator], " IS NOT NULL"]
    if indicator.denominator:
        parts += [" AND COALESCE(", columns[indicator.denominator], ", 0) > 0"]
    return join(*parts)


def reaches(indicator, limit, columns):
    """Return the condition that an indicator lies on the good side of a limit: exact, in wholes."""
    compare = "<=" if indicator.lower_is_better else ">="
    factor, hundredths = indicator.factor * HUNDREDTHS, int(limit * HUNDREDTHS)
    left = join(columns[indicator.numerator], f" * {factor:d} {compare} {hundredths:d} * ")
    return join(left, divisor(indicator, columns))


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


def compare_sets(libraries, quarter, before, after, states=VERIFIED):
    """
    Return [(key of the regency, {outcome: (state by the sets `before`, state by `after`)}, how
    many)] over the libraries expected in a quarter: what publishing a set would change. One query.
    """
    rows = with_report(expected_in(libraries, quarter), quarter, states)
    rows = with_counted(rows, quarter, weighted_keys(before) | weighted_keys(after))
    rows = rows.annotate(**outcome_states(before, "old_"), **outcome_states(after, "new_"))
    names = [f"{prefix}{state_name(one)}" for prefix in ("old_", "new_") for one in Outcome]
    return [
        (
            row["regency"],
            {
                one: tuple(
                    ScoreState(row[f"{prefix}{state_name(one)}"]) for prefix in ("old_", "new_")
                )
                for one in Outcome
            },
            row["n"],
        )
        for row in rows.order_by().values("regency", *names).annotate(n=Count("pk"))
    ]


def sums_by_quarter(libraries, quarters, keys, states=VERIFIED, *, reports=None):
    """
    Return {quarter: {key of a field: (sum, how many know it)}} with "reports" (how many there
    are) and "expected" beside them: over the libraries expected in each quarter. What nobody knows
    has None for a sum. Two queries. `reports` may be narrowed to the place of the libraries, by
    columns of its own that an index holds.
    """
    reports = libraries.model_of("reports").objects.all() if reports is None else reports
    within = libraries.order_by().values("pk")
    reports = reports.filter(state__in=states, library__in=within)
    sums = {f"sum_{key}": Sum(key) for key in keys} | {f"n_{key}": Count(key) for key in keys}
    rows = reports.expected_among(quarters).order_by().values("year", "quarter_number")
    found = {
        (row["year"], row["quarter_number"]): row
        for row in rows.annotate(reports=Count("pk"), **sums)
    }
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
    counts = {
        f"at_{number}": Count(
            "library",
            distinct=True,
            filter=is_alive(quarter.year, quarter.starts_on, quarter.ends_on),
        )
        for number, quarter in enumerate(quarters)
    }
    rows = (
        libraries.model_of("participations")
        .objects.filter(library__in=libraries.order_by().values("pk"))
        .order_by()
    )
    found = rows.aggregate(**counts)
    return {quarter: found[f"at_{number}"] for number, quarter in enumerate(quarters)}
