"""
Logs: what is tied to the activities of a plan, whatever kind of record it is.

Each kind has a manager of LogQuerySet, which the team reaches under the name in
`PlannedActivity.LOGS`. All of them answer the same columns (`as_logs`), so that they, and what was
noted by hand, are one query. A plan counts its logs; only the page of one activity names them, a
page at a time.
"""

from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from programs.models import Achievement, PlannedActivity
from programs.models.activities import EXPANSION, REPORTS, quarters_due
from programs.months import months_of
from sinergi.kit.querysets import ScopedQuerySet
from villages.quarters import Quarter

BY_HAND = "by_hand"
SOURCE_ORDER = {source: n for n, source in enumerate((*PlannedActivity.LOGS, BY_HAND))}
NO_REGENCY = Cast(Value(None), TextField())
NO_INSTITUTION = Cast(Value(None), BigIntegerField())


class Log(NamedTuple):
    """
    Something tied to an activity on a day; one that has not happened yet is only scheduled.

    `source` is the reverse manager it was read through, or BY_HAND, where `amount` counts; `key` is
    the primary key there.
    """

    activity: int
    key: int
    day: date
    happened: bool
    regency: str | None = None
    institutions: frozenset[int] = frozenset()
    source: str = "meetings"
    amount: int = 1


def tied_to(plan, activity=None, path="activity"):
    """
    Return the condition of being tied to an activity of this plan, or to this activity (its key)
    alone; `path` leads to the activity.
    """
    return Q(**{path: activity}) if activity else Q(**{f"{path}__plan": plan})


def as_logs(
    rows,
    source,
    moment,
    *,
    day,
    happened=True,
    regency=NO_REGENCY,
    institution=NO_INSTITUTION,
    amount=1,
):
    """
    Return the columns of these rows that `logs_of` reads: the field `moment`, by which they are
    sorted, then values or expressions.

    A row may come once for each institution. They are sorted afterwards: SQLite would walk the
    whole table in order.
    """
    happened = (
        Value(happened)
        if isinstance(happened, bool)
        else ExpressionWrapper(happened, BooleanField())
    )
    columns = {
        "log_source": Value(source),
        "log_moment": Cast(moment, DateTimeField()),
        "log_day": day,
        "log_happened": happened,
        "log_regency": regency,
        "log_amount": Value(amount) if isinstance(amount, int) else amount,
        "log_institution": institution,
    }
    return (
        rows.order_by()
        .annotate(**columns)
        .values_list("log_source", "log_moment", "pk", "activity_id", *list(columns)[2:])
    )


def logs_of(plan, activity=None):
    """
    Return [Log] of the whole plan, or of one of its activities (its key), of each source in its own
    order. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(*sql_of_logs(plan, plan.team, plan.team.today, activity))
        rows = sorted(cursor.fetchall(), key=lambda row: (SOURCE_ORDER[row[0]], *row[1:3]))
    found = []
    for (source, _, key, of), same in groupby(rows, key=lambda row: row[:4]):
        same = list(same)
        *_, day, happened, regency, amount, _ = same[0]
        institutions = frozenset(row[-1] for row in same if row[-1] is not None)
        day = date.fromisoformat(day) if isinstance(day, str) else day  # SQLite: a text
        found.append(Log(of, key, day, bool(happened), regency, institutions, source, amount))
    return found


@lru_cache(maxsize=512)
def sql_of_logs(plan, team, today, activity):
    """
    Return (SQL, parameters) of the rows of `logs_of`. Django takes longer to write them than the
    database to answer, and they depend on the keys of plan, team and activity and on the team's
    day alone.
    """
    noted = Achievement.objects.filter(tied_to(plan, activity))
    by_hand = as_logs(noted, BY_HAND, "achieved_on", day=F("achieved_on"), amount=F("amount"))
    first, *others = (getattr(team, name).log_rows(plan, activity) for name in PlannedActivity.LOGS)
    return first.union(*others, by_hand, all=True).query.sql_with_params()


def report_logs(plan, items):
    """
    Return [Log] of the verified quarterly reports that these items of a plan count: those that were
    due in its months, of its place, from libraries that were to report. At most one query.

    A report stands on a lower floor and is of no activity: what is counted follows from what the
    plan says, as it was approved. Its day is the one on which it was due: how long it lay with
    whoever verified it makes no activity late.
    """
    asked = {
        item: set(quarters_due(plan.year, item.months))
        for item in items
        if item.way == PlannedActivity.Way.REPORT
    }
    quarters = set().union(*asked.values())
    if not quarters:
        return []
    found = []
    columns = ("pk", "year", "quarter_number", "regency_id", "library__village_id")
    rows = plan.team.reports.verified_in(quarters).values_list(*columns)
    for key, year, number, regency, village in rows:
        quarter = Quarter(year, number)
        found += [
            Log(item.id, key, quarter.due_on, True, regency, source=REPORTS)
            for item, due in asked.items()
            if quarter in due
            and item.regency_code in ("", regency)
            and item.village_code in ("", village)
        ]
    return found


def expansion_logs(plan, items):
    """
    Return [Log] of the villages that these items of a plan count: those of its place that came
    further than ever, shown by a record, in its months; of each the first such day. At most one
    query.

    A step is of no activity, as a report is of none: what is counted follows from what the plan
    says. What stands without evidence, or with one that was taken back since, counts for nothing
    here.
    """
    asked = {
        item: set(months_of(item.months))
        for item in items
        if item.way == PlannedActivity.Way.EXPANSION
    }
    if not asked:
        return []
    found, seen = [], set()
    for key, day, regency, village in plan.team.expansion_cases.moved_in(plan.year):
        for item, months in asked.items():
            here = item.regency_code in ("", regency) and item.village_code in ("", village)
            if here and day.month in months and (item, key) not in seen:
                seen.add((item, key))
                found.append(Log(item.id, key, day, True, regency, source=EXPANSION))
    return found


class LogQuerySet(ScopedQuerySet):
    """
    Base of the querysets whose rows have a foreign key `activity`. `titled` is the column with a
    row's title.
    """

    titled = "title"

    def log_rows(self, plan, activity=None):
        """
        Return the rows tied to the activities of this plan, or to one of them (its key) alone, in
        the columns of `as_logs`.
        """
        raise NotImplementedError

    def titles_of(self, keys):
        """Return {key: (title, address)} of these."""
        rows = self.filter(pk__in=keys).order_by().values_list("pk", self.titled)
        return {key: (title, self.model(pk=key).get_absolute_url()) for key, title in rows}


def name_logs(team, logs):
    """
    Return [(Log, title, address)] of these logs of the team. One query for each kind among them.
    """
    keys = {}
    for log in logs:
        keys.setdefault(log.source, []).append(log.key)
    titles = {source: getattr(team, source).titles_of(found) for source, found in keys.items()}
    return [(log, *titles[log.source][log.key]) for log in logs]
