"""
The branches of the one query over what rules watch: one for each rule of one team.

The team's own day stands in each, for the country has three zones and every team its own intervals.
A branch is a queryset in the columns COLUMNS; `ask` is advocacy.cadence.subjects.Ask.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

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
COLUMNS = ("part", "key", "label", "event", "due", "planned", "number")
NAMES = [f"c_{name}" for name in COLUMNS]
#: Which kinds of meetings count for a rule.
MEETING_KINDS = {
    CadenceKind.INTERNAL: [Meeting.Kind.INTERNAL],
    CadenceKind.STAKEHOLDER: [Meeting.Kind.STAKEHOLDER_PROVINCE, Meeting.Kind.STAKEHOLDER_REGENCY],
    CadenceKind.AUDIENCE: [Meeting.Kind.AUDIENCE],
}


def _branch(ask, rows, by="pk", **given):
    """
    Return these rows in the columns that all branches have; what is not given is NULL. `by` is the
    column with the key of the record.
    """
    fields = {
        "part": CharField(),
        "key": BigIntegerField(),
        "label": CharField(),
        "event": DateField(),
        "due": DateField(),
        "planned": DateField(),
        "number": IntegerField(),
    }
    given = {"part": Value(ask.part), "key": F("pk"), "label": Value("")} | given
    columns = {
        f"c_{name}": Cast(given.get(name, Value(None)), output) for name, output in fields.items()
    }
    if ask.key is not None:
        rows = rows.filter(**{by: ask.key})
    return rows.order_by().annotate(**columns).values_list(*NAMES)


def _meetings(ask):
    """
    Yield the team itself, with its last meeting of the kind and the next one that has a day. One
    whose day is not set is no plan yet: somebody has to set it.
    """
    zone = ZoneInfo(ask.team.province.time_zone)
    begins = datetime.combine(ask.today, time.min, zone)
    ends = datetime.combine(ask.today + ONE_DAY, time.min, zone)
    rows = Meeting.objects.filter(
        province=ask.team.province_id, team=ask.team.pk, kind__in=MEETING_KINDS[ask.rule.kind]
    ).annotate(c_day=TruncDate("starts_at", tzinfo=zone))
    held = rows.took_place().filter(starts_at__lt=ends).order_by("-starts_at")
    ahead = rows.filter(state=Meeting.State.PLANNED, day_is_set=True, starts_at__gte=begins)
    ahead = ahead.order_by("starts_at", "pk")
    yield _branch(
        ask,
        Team.objects.filter(pk=ask.team.pk),
        key=Subquery(ahead.values("pk")[:1]),
        event=Subquery(held.values("c_day")[:1]),
        planned=Subquery(ahead.values("c_day")[:1]),
    )


def _libraries(ask):
    rows = VisitScheduleQuerySet(Library).village().filter(province=ask.team.province_id)
    return rows.filter(regency__in=ask.regencies) if ask.regencies else rows


def _visits(ask):
    """
    Yield libraries whose next visit is near or past, and those of the programme that were never
    visited, whose time runs from the day on which they joined it.
    """
    team, visits = ask.team, Visit.objects.sent().filter(library=OuterRef("pk"))
    visits = visits.filter(visited_on__lte=ask.today).order_by("-visited_on", "-id")
    last = Subquery(visits.values("visited_on")[:1])
    stops = TripStop.objects.filter(library=OuterRef("pk"), day__gte=ask.today).order_by("day")
    planned = Subquery(stops.values("day")[:1])
    usual, shorter = (
        last_day_before(ask.last_warned + ONE_DAY, months)
        for months in (team.visit_interval, team.visit_interval_open)
    )
    rows = _libraries(ask).alias(last=last)
    is_open = GreaterThan(first_open(), 0)
    near = rows.filter(Q(last__lte=usual) | Q(is_open), last__lte=shorter)
    if ask.key is not None:
        near = rows.filter(last__isnull=False, pk=ask.key)
    yield _branch(
        ask,
        near,
        label=F("name"),
        event=last,
        planned=planned,
        number=Case(When(is_open, then=1), default=0),
    )
    parts = Participation.objects.filter(library=OuterRef("pk")).order_by("year")
    now = Quarter(ask.today.year, 1)
    parts = parts.filter(Q(left_on__isnull=True) | Q(left_on__gte=ask.today), year__lte=now.year)
    yield _branch(
        ask,
        _libraries(ask).filter(Exists(parts), ~Exists(visits)),
        label=F("name"),
        due=Subquery(parts.values("joined_on")[:1]),
        planned=planned,
        number=Subquery(parts.values("year")[:1]),
    )


def _reports(ask):
    quarter = Quarter.last_ended(ask.today)
    if quarter.due_on <= ask.last_warned:
        yield _branch(
            ask,
            still_to_come(_libraries(ask), quarter),
            label=F("name"),
            event=Value(quarter.ends_on),
            due=Value(quarter.due_on),
        )


def _decrees(ask):
    """Yield those that end soon; and the last that ended, where the team stands on none now."""
    rows = Decree.objects.filter(team=ask.team.pk)
    names = [When(level=level, then=Value(name)) for level, name in SHORT_NAMES.items()]
    numbered = When(
        ~Q(number=""), then=Concat(Value(" Nomor "), "number", output_field=CharField())
    )
    label = Concat(
        Case(*names, output_field=CharField()),
        Case(numbered, default=Value(""), output_field=CharField()),
        output_field=CharField(),
    )
    last = Decree.objects.filter(pk__in=rows.lapsed(ask.today).values("pk")[:1])
    for part in (rows.expiring(ask.today, ask.rule.warning), last):
        yield _branch(ask, part, label=label, event=F("effective_from"), due=F("in_force_until"))


def _of_institution(column):
    """Return what is asked of, promised by or agreed with an institution, with its name."""
    return Concat("institution__name", Value(": "), column, output_field=CharField())


def _partnerships(ask):
    """
    Yield those that end soon, or ended as many days ago: after that they were meant to end.
    """
    rows = Partnership.objects.filter(province=ask.team.province_id, team=ask.team.pk)
    first = ask.today - timedelta(days=ask.rule.warning)
    yield _branch(
        ask,
        rows.filter(starts_on__lte=ask.today).ending(first, ask.last_warned),
        label=_of_institution("about"),
        event=F("starts_on"),
        due=F("ends_on"),
    )


def _plans(ask):
    """
    Yield the half-years, this one and the next when it is near, of which no plan was handed in;
    their key is that of the plan that is being written.
    """
    for label, first, last in halves_of(ask.today):
        due = max(first, ask.team.formed_on)
        if due > ask.last_warned:
            continue
        plans = WorkPlan.objects.filter(
            team=OuterRef("pk"), starts_on__lte=first, ends_on__gte=last
        ).order_by("pk")
        yield _branch(
            ask,
            Team.objects.filter(~Exists(plans.filter(round__gt=0)), pk=ask.team.pk).alias(
                plan=Subquery(plans.values("pk")[:1])
            ),
            by="plan",
            key=Subquery(plans.values("pk")[:1]),
            label=Value(f"Rencana kerja {label}"),
            # Its clock runs from the day before the first warning, so that it may be put off then.
            event=Value(due - timedelta(days=ask.rule.warning + 1)),
            due=Value(due),
        )


def _cases(ask):
    rows = AdvocacyCase.objects.filter(province=ask.team.province_id, team=ask.team.pk)
    yield _branch(
        ask,
        rows.stalled(ask.today),
        label=_of_institution("asked"),
        event=F("stage_since"),
        number=F("person_in_charge__user"),
    )


def _commitments(ask):
    rows = Commitment.objects.filter(province=ask.team.province_id, team=ask.team.pk)
    yield _branch(
        ask,
        rows.overdue(ask.today),
        label=_of_institution("description"),
        event=Coalesce("came_on", "promised_on"),
        due=F("due_on"),
    )


def _expansions(ask):
    before = ask.today - timedelta(days=ask.team.stall_days)
    rows = ExpansionStep.objects.filter(province=ask.team.province_id).last_on(ask.today)
    yield _branch(
        ask,
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
