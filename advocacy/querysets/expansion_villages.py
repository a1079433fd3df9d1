"""
Reads of the official villages by their stage of expansion on a day: counted for places, and listed.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, ExtractYear, JSONObject
from django.db.models.lookups import GreaterThan

from advocacy.expansion_stages import OPEN, UNDER_WAY, Stage
from programs.models import Team

#: The columns of a coverage that are no stage: villages without a case, and, where one source is
#: asked for, those whose case is of another.
NONE, OTHER = "none", "other"
#: Those with a case, at whatever stage; and those whose library is open.
BEGUN, OPENED = "begun", "open"
#: Those with a case that the official list no longer has: they are in no sum of it.
GONE = "gone"
#: A step that stands with a reason instead of a record; having stopped needs none.
BARE = ~Q(reason="") & ~Q(stage=Stage.STOPPED)


class StallLimits:
    """
    After how many days a case under way stands still too long, as the teams have set it; read once
    and handed to the database as days.
    """

    def __init__(self, provinces=None):
        rows = (
            Team.objects.all() if provinces is None else Team.objects.filter(province__in=provinces)
        )
        self.by_province = dict(rows.values_list("province", "stall_days"))

    @property
    def only(self):
        """Return the one limit of all these teams, or None where they differ."""
        limits = set(self.by_province.values())
        return limits.pop() if len(limits) == 1 else None

    def passed(self, day):
        """Return a Q over last steps: under way, and longer there than the team allows."""
        provinces = {}
        for province, days in self.by_province.items():
            provinces.setdefault(days, []).append(province)
        where = Q(pk__in=[])
        for days, there in provinces.items():
            before = day - timedelta(days=days)
            where |= Q(province__in=there, reached_on__lt=before)
        return Q(stage__in=UNDER_WAY) & where


class StageTally(NamedTuple):
    """
    How many cases of a source that began in a year stand at a stage in a place; of these, how many
    without evidence and how many still, and since when the one that has stood there longest. All of
    official villages; beside them stands how many are of others (`gone`). A regency's are told by
    district, too, a province's not ("").
    """

    place: str
    district: str
    stage: str
    source: str
    year: int
    cases: int
    bare: int
    still: int
    earliest: date | None
    gone: int


def tally(steps, day, limits, *, by):
    """Return [StageTally] on a day; `by` is "province" or "regency". One query."""
    official = Q(case__village__gone_in="")
    # The first step beside the last: days never go back, so it was there on that day, too.
    rows = steps.last_on(day).in_their_province().filter(case__steps__number=1).order_by()
    year = ExtractYear("case__steps__reached_on")
    district = "case__village__district" if by == "regency" else Value("")
    rows = rows.values_list(by, district, "stage", "case__source", year).annotate(
        cases=Count("pk", filter=official),
        bare=Count("pk", filter=official & BARE),
        still=Count("pk", filter=official & limits.passed(day)),
        earliest=Min("reached_on", filter=official),
        gone=Count("pk", filter=~official),
    )
    return [StageTally(*row) for row in rows]


def still_by_province(steps, day):
    """
    Return of each province, as an object `state`, how many official villages stand still there on a
    day (`cases`), since when the longest (`earliest`), and the limit of its team (`limit`). Not
    read yet: it is a part of another query.
    """
    waited = ExpressionWrapper(Value(day, DateField()) - F("reached_on"), DurationField())
    limit = Cast("case__team__stall_days", IntegerField()) * Value(timedelta(days=1))
    rows = steps.last_on(day).filter(
        GreaterThan(waited, ExpressionWrapper(limit, DurationField())),
        stage__in=UNDER_WAY,
        case__village__gone_in="",
    )
    rows = rows.order_by().values(
        "case__province", "case__province__name", "case__team__stall_days"
    )
    counted = rows.annotate(cases=Count("pk"), earliest=Min("reached_on"))
    state = JSONObject(
        province="case__province",
        name="case__province__name",
        limit="case__team__stall_days",
        cases="cases",
        earliest="earliest",
    )
    return counted.annotate(json_row=state).values("json_row")


def village_kinds(villages, *, by):
    """
    Return ({place: {kind: how many}} of the official villages, [(place, its name)] by name, and the
    keys of the districts that they lie in, where `by` is "regency"). One query.
    """
    found, names, districts = {}, {}, set()
    district = "district" if by == "regency" else Value("")
    rows = villages.filter(gone_in="").order_by()
    rows = rows.values_list(by, f"{by}__name", district, "kind").annotate(n=Count("pk"))
    for place, name, inside, kind, n in rows:
        kinds = found.setdefault(place, {})
        kinds[kind] = kinds.get(kind, 0) + n
        names[place] = name
        districts.add(inside)
    return found, sorted(names.items(), key=lambda pair: pair[1]), districts - {""}


def count_districts(districts, tallied):
    """
    Return (in how many of these districts a library runs or stands by itself, in how many something
    has begun, how many there are).
    """
    begun = {one.district for one in tallied if one.cases}
    opened = {one.district for one in tallied if one.cases and one.stage in OPEN}
    return len(opened & districts), len(begun & districts), len(districts)


def in_cell(villages, steps, day, *, stage="", source=None):
    """
    Return the official villages that a cell of the coverage counts. `stage` is one of `Stage`,
    NONE, OTHER, BEGUN, OPENED, or "" for the whole row; GONE is of those that are not official.
    """
    rows = villages.filter(gone_in="")
    last = steps.last_on(day).filter(case__village=OuterRef("pk"))
    if stage == GONE:
        return villages.exclude(gone_in="").filter(Exists(of_source(last, source)))
    if stage == NONE:
        return rows.filter(~Exists(last))
    if stage == OTHER:
        last = last.none() if source is None else last
        return rows.filter(Exists(last.exclude(case__source=source)))
    if stage:
        stages = {BEGUN: Stage.values, OPENED: OPEN}.get(stage, [stage])
        return rows.filter(Exists(of_source(last.filter(stage__in=stages), source)))
    return rows


def of_source(steps, source):
    """Return the steps of the cases of this source; all of them for None."""
    return steps if source is None else steps.filter(case__source=source)


def begun_in(villages, steps, year):
    """Return those that began in this year."""
    first = steps.filter(number=1, reached_on__year=year, case__village=OuterRef("pk"))
    return villages.filter(Exists(first))


def with_step(villages, steps, day, condition, *, source=None):
    """Return those whose last step is such."""
    last = steps.last_on(day).filter(condition, case__village=OuterRef("pk"))
    return villages.filter(Exists(of_source(last, source)))


def steps_of_villages(villages, steps, day, *, condition=None, source=None):
    """Return the last step of each of these villages, if it is such."""
    keys = villages.order_by().values("pk")
    rows = steps.last_on(day).filter(condition or Q(), case__village__in=keys)
    return of_source(rows, source)


def with_stage(villages, steps, day):
    """Add the case of each and how it stands on a day (`case_id`, `stage`, `since`, `reason`)."""
    last = steps.filter(case__village=OuterRef("pk"), reached_on__lte=day).order_by("-number")
    columns = {"case_key": "case", "stage": "stage", "since": "reached_on", "reason": "reason"}
    return villages.annotate(
        **{name: Subquery(last.values(column)[:1]) for name, column in columns.items()},
        source=Subquery(last.values("case__source")[:1]),
    )
