"""
The branches of the one query over what rules watch: one for each rule of one team.

The team's own day stands in each, for the country has three zones and every team its own intervals.
A branch is a queryset in the columns COLUMNS. To write them takes Django longer than the database
to answer, so what it wrote for the same terms is kept (`sql_of`).
"""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.db.models.lookups import GreaterThan

from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.states import halves_of
from advocacy.expansion_stages import UNDER_WAY
from advocacy.models import (
    AdvocacyCase,
    Commitment,
    ExpansionStep,
    Meeting,
    Partnership,
    TripStop,
    Visit,
)
from advocacy.querysets.visit_schedule import VisitScheduleQuerySet, first_open
from advocacy.visit_intervals import last_day_before
from programs.models import Decree, Team, WorkPlan
from programs.models.decrees import SHORT_NAMES
from villages.models import Library, Participation
from villages.quarters import Quarter
from villages.querysets.reports import still_to_come

ONE_DAY = timedelta(days=1)
COLUMNS = ("key", "label", "event", "due", "planned", "number")
NAMES = [f"c_{name}" for name in COLUMNS]
#: NULL in each column, of its type: PostgreSQL would take the first for a text.
TYPES = (BigIntegerField, CharField, DateField, DateField, DateField, IntegerField)
NOTHING = {name: Cast(Value(None), output()) for name, output in zip(COLUMNS, TYPES, strict=True)}
#: Which kinds of meetings count for a rule.
MEETING_KINDS = {
    CadenceKind.INTERNAL: [Meeting.Kind.INTERNAL],
    CadenceKind.STAKEHOLDER: [Meeting.Kind.STAKEHOLDER_PROVINCE, Meeting.Kind.STAKEHOLDER_REGENCY],
    CadenceKind.AUDIENCE: [Meeting.Kind.AUDIENCE],
}


class Terms(NamedTuple):
    """
    All that the branches of a rule depend on: the rule, its team and the day; of some regencies
    alone, or of one record (`key`), then whether or not its day is near.
    """

    kind: CadenceKind
    team: int
    province: str
    time_zone: str
    formed_on: date
    stall_days: int
    visit_interval: int
    visit_interval_open: int
    warning: int
    today: date
    regencies: frozenset
    key: int | None

    @property
    def last_warned(self):
        """The last due day of which one is warned today."""
        return self.today + timedelta(days=self.warning)


@lru_cache(maxsize=512)
def sql_of(terms):
    """Return [(SQL, parameters)] of the branches of a rule, each in the columns COLUMNS."""
    found = []
    for branch in BRANCHES[terms.kind](terms):
        with suppress(EmptyResultSet):
            found.append(branch.query.sql_with_params())
    return found


def _branch(terms, rows, by="pk", **given):
    """
    Return these rows in the columns that all branches have; what is not given is NULL. `by` is the
    column with the key of the record.
    """
    given = {"key": F("pk"), "label": Value("")} | given
    columns = {f"c_{name}": given.get(name, nothing) for name, nothing in NOTHING.items()}
    if terms.key is not None:
        rows = rows.filter(**{by: terms.key})
    return rows.order_by().annotate(**columns).values_list(*NAMES)


def _meetings(terms):
    """
    Yield the team itself, with its last meeting of the kind and the next one that has a day. One
    whose day is not set is no plan yet: somebody has to set it.
    """
    zone = ZoneInfo(terms.time_zone)
    begins = datetime.combine(terms.today, time.min, zone)
    ends = datetime.combine(terms.today + ONE_DAY, time.min, zone)
    rows = Meeting.objects.filter(
        province=terms.province, team=terms.team, kind__in=MEETING_KINDS[terms.kind]
    ).annotate(c_day=TruncDate("starts_at", tzinfo=zone))
    held = rows.took_place().filter(starts_at__lt=ends).order_by("-starts_at")
    ahead = rows.filter(state=Meeting.State.PLANNED, day_is_set=True, starts_at__gte=begins)
    ahead = ahead.order_by("starts_at", "pk")
    yield _branch(
        terms,
        Team.objects.filter(pk=terms.team),
        key=Subquery(ahead.values("pk")[:1]),
        event=Subquery(held.values("c_day")[:1]),
        planned=Subquery(ahead.values("c_day")[:1]),
    )


def _libraries(terms):
    rows = VisitScheduleQuerySet(Library).village().filter(province=terms.province)
    return rows.filter(regency__in=terms.regencies) if terms.regencies else rows


def _visits(terms):
    """
    Yield libraries whose next visit is near or past, and those of the programme that were never
    visited, whose time runs from the day on which they joined it.
    """
    visits = Visit.objects.sent().filter(library=OuterRef("pk"))
    visits = visits.filter(visited_on__lte=terms.today).order_by("-visited_on", "-id")
    last = Subquery(visits.values("visited_on")[:1])
    stops = TripStop.objects.filter(library=OuterRef("pk"), day__gte=terms.today).order_by("day")
    planned = Subquery(stops.values("day")[:1])
    usual, shorter = (
        last_day_before(terms.last_warned + ONE_DAY, months)
        for months in (terms.visit_interval, terms.visit_interval_open)
    )
    rows = _libraries(terms).alias(last=last)
    is_open = GreaterThan(first_open(), 0)
    near = rows.filter(Q(last__lte=usual) | Q(is_open), last__lte=shorter)
    if terms.key is not None:
        near = rows.filter(last__isnull=False, pk=terms.key)
    yield _branch(
        terms,
        near,
        label=F("name"),
        event=last,
        planned=planned,
        number=Case(When(is_open, then=1), default=0),
    )
    parts = Participation.objects.filter(library=OuterRef("pk")).order_by("year")
    now = Quarter(terms.today.year, 1)
    parts = parts.filter(Q(left_on__isnull=True) | Q(left_on__gte=terms.today), year__lte=now.year)
    yield _branch(
        terms,
        _libraries(terms).filter(Exists(parts), ~Exists(visits)),
        label=F("name"),
        due=Subquery(parts.values("joined_on")[:1]),
        planned=planned,
        number=Subquery(parts.values("year")[:1]),
    )


def _reports(terms):
    quarter = Quarter.last_ended(terms.today)
    if quarter.due_on <= terms.last_warned:
        yield _branch(
            terms,
            still_to_come(_libraries(terms), quarter),
            label=F("name"),
            event=Value(quarter.ends_on),
            due=Value(quarter.due_on),
        )


def _decrees(terms):
    """Yield those that end soon; and the last that ended, where the team stands on none now."""
    rows = Decree.objects.filter(team=terms.team)
    names = [When(level=level, then=Value(name)) for level, name in SHORT_NAMES.items()]
    numbered = When(
        ~Q(number=""), then=Concat(Value(" Nomor "), "number", output_field=CharField())
    )
    label = Concat(
        Case(*names, output_field=CharField()),
        Case(numbered, default=Value(""), output_field=CharField()),
        output_field=CharField(),
    )
    last = Decree.objects.filter(pk__in=rows.lapsed(terms.today).values("pk")[:1])
    for part in (rows.expiring(terms.today, terms.warning), last):
        yield _branch(terms, part, label=label, event=F("effective_from"), due=F("in_force_until"))


def _of_institution(column):
    """Return what is asked of, promised by or agreed with an institution, with its name."""
    return Concat("institution__name", Value(": "), column, output_field=CharField())


def _partnerships(terms):
    """
    Yield those that end soon, or ended as many days ago: after that they were meant to end.
    """
    rows = Partnership.objects.filter(province=terms.province, team=terms.team)
    first = terms.today - timedelta(days=terms.warning)
    yield _branch(
        terms,
        rows.filter(starts_on__lte=terms.today).ending(first, terms.last_warned),
        label=_of_institution("about"),
        event=F("starts_on"),
        due=F("ends_on"),
    )


def _plans(terms):
    """
    Yield the half-years, this one and the next when it is near, of which no plan was handed in;
    their key is that of the plan that is being written.
    """
    for label, first, last in halves_of(terms.today):
        due = max(first, terms.formed_on)
        if due > terms.last_warned:
            continue
        plans = WorkPlan.objects.filter(
            team=OuterRef("pk"), starts_on__lte=first, ends_on__gte=last
        ).order_by("pk")
        yield _branch(
            terms,
            Team.objects.filter(~Exists(plans.filter(round__gt=0)), pk=terms.team).alias(
                plan=Subquery(plans.values("pk")[:1])
            ),
            by="plan",
            key=Subquery(plans.values("pk")[:1]),
            label=Value(f"Rencana kerja {label}"),
            # Its clock runs from the day before the first warning, so that it may be put off then.
            event=Value(due - timedelta(days=terms.warning + 1)),
            due=Value(due),
        )


def _cases(terms):
    rows = AdvocacyCase.objects.filter(province=terms.province, team=terms.team)
    yield _branch(
        terms,
        rows.stalled(terms.today),
        label=_of_institution("asked"),
        event=F("stage_since"),
        number=F("person_in_charge__user"),
    )


def _commitments(terms):
    rows = Commitment.objects.filter(province=terms.province, team=terms.team)
    yield _branch(
        terms,
        rows.overdue(terms.today),
        label=_of_institution("description"),
        event=Coalesce("came_on", "promised_on"),
        due=F("due_on"),
    )


def _expansions(terms):
    before = terms.today - timedelta(days=terms.stall_days)
    rows = ExpansionStep.objects.filter(province=terms.province).last_on(terms.today)
    yield _branch(
        terms,
        rows.in_official_villages().filter(stage__in=UNDER_WAY, reached_on__lt=before),
        by="case",
        key=F("case"),
        label=F("case__village__name"),
        event=F("reached_on"),
    )


BRANCHES = dict.fromkeys(MEETINGS, _meetings) | {
    CadenceKind.VISIT: _visits,
    CadenceKind.REPORT: _reports,
    CadenceKind.DECREE: _decrees,
    CadenceKind.PARTNERSHIP: _partnerships,
    CadenceKind.PLAN: _plans,
    CadenceKind.CASE: _cases,
    CadenceKind.COMMITMENT: _commitments,
    CadenceKind.EXPANSION: _expansions,
}
