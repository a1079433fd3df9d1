"""
Logs: what is tied to the activities of a plan, whatever kind of record it is.

Each kind is read through a reverse manager of the team (`PlannedActivity.LOGS`), which answers `log_rows(plan)`: a queryset
of the same columns (`as_logs`), so that all of them, and what was noted by hand, are one query.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import BigIntegerField, BooleanField, DateTimeField, ExpressionWrapper, F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from programs.models import Achievement, PlannedActivity

BY_HAND = "by_hand"
SOURCES = (*PlannedActivity.LOGS, BY_HAND)
NOWHERE = Cast(Value(None), TextField())
NOBODY = Cast(Value(None), BigIntegerField())


@dataclass(frozen=True)
class Log:
    """
    Something tied to an activity on a day; one that has not happened yet is only scheduled. `source`: the reverse manager it
    was read through, or BY_HAND, where `amount` counts; `page`: the name of its URL, "" without one.
    """

    source: str
    activity: int
    key: int
    day: date
    happened: bool
    title: str
    page: str
    regency: str | None
    amount: int
    institutions: frozenset[int] = frozenset()

    @property
    def url(self):
        return reverse(self.page, args=[self.key])


def as_logs(rows, source, moment, *, day, title, page="", happened=True, regency=NOWHERE, institution=NOBODY, amount=1):
    """
    The columns of these rows that `logs_of` reads: names of fields (`moment`, by which they are sorted, and `title`), values,
    or expressions. A row may come once for each institution. Sorted afterwards: SQLite would walk the whole table in order.
    """
    happened = Value(happened) if isinstance(happened, bool) else ExpressionWrapper(happened, BooleanField())
    columns = {
        "log_source": Value(source),
        "log_moment": Cast(moment, DateTimeField()),
        "log_day": day,
        "log_happened": happened,
        "log_title": F(title),
        "log_page": Value(page),
        "log_regency": regency,
        "log_amount": Value(amount) if isinstance(amount, int) else amount,
        "log_institution": institution,
    }
    return rows.order_by().annotate(**columns).values_list("log_source", "log_moment", "pk", "activity_id", *list(columns)[2:])


def logs_of(plan):
    """[Log] of the whole plan, of each source in its own order; one query."""
    noted = Achievement.objects.of_plan(plan)
    by_hand = as_logs(noted, BY_HAND, "achieved_on", day=F("achieved_on"), title="note", amount=F("amount"))
    first, *others = (getattr(plan.team, name).log_rows(plan) for name in PlannedActivity.LOGS)
    rows = sorted(first.union(*others, by_hand, all=True), key=lambda row: (SOURCES.index(row[0]), *row[1:3]))
    found = []
    for (source, _, key, activity), same in groupby(rows, key=lambda row: row[:4]):
        same = list(same)
        institutions = frozenset(row[-1] for row in same if row[-1] is not None)
        found.append(Log(source, activity, key, *same[0][4:-1], institutions))
    return found
