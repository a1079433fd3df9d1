"""
What a calendar shows, read in one query: of each kind the rows of a span of days, and of each day
no more than it shows, with how many there are.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, DateTimeField, Value
from django.db.models.functions import Cast
from django.utils.dateparse import parse_date, parse_datetime

#: The columns of a part, in their order. `until`: the last of several days; `starts` and `ends`:
#: moments, with the zone in which they are told.
COLUMNS = ("id", "day", "until", "starts", "ends", "zone", "title", "state")
NO_DAY = Cast(Value(None), DateField())
NO_MOMENT = Cast(Value(None), DateTimeField())
NO_TEXT = Value("", CharField())


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """
    A row of a kind. `number` counts those of its kind that begin on that day, of which there are
    `of_day`.
    """

    part: str
    id: int
    day: date
    until: date | None
    starts: datetime | None
    ends: datetime | None
    zone: str
    title: str
    state: str
    number: int
    of_day: int


def calendar_columns(
    rows, day, title, *, state=NO_TEXT, until=NO_DAY, starts=NO_MOMENT, ends=NO_MOMENT, zone=NO_TEXT
):
    """Return a queryset of the columns of a part."""
    return rows.order_by().values_list("pk", day, until, starts, ends, zone, title, state)


def rows_of_span(parts, *, most=None, start=0, count=None):
    """
    Return [CalendarRow] of {part: its `calendar_columns`}, each in the order of its days; one
    query. `most`: of a part on a day, but for what goes on for several; `start` and `count`: a
    slice of all of them, in the order of the parts.
    """
    named, asked, parameters = [], [], []
    for rank, (part, rows) in enumerate(parts.items()):
        with suppress(EmptyResultSet):
            sql, given = rows.query.sql_with_params()
            named.append(f"part_{rank} ({', '.join(COLUMNS)}) AS ({sql})")
            asked.append(_numbered(rank, part, most))
            parameters += given
    if not asked:
        return []
    text = f"WITH {', '.join(named)} {' UNION ALL '.join(asked)}"
    if count is not None:
        text += f" ORDER BY 1, starts, id LIMIT {int(count)} OFFSET {int(start)}"
    names = list(parts)
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return [_row_of(names[row[0]], row[1:]) for row in cursor.fetchall()]


def _numbered(rank, part, most):
    limit = f" WHERE number <= {int(most)} OR until > day" if most else ""
    return (
        f"SELECT {rank} AS part, {', '.join(COLUMNS)}, number, of_day FROM"  # noqa: S608
        f" (SELECT {', '.join(COLUMNS)},"
        " ROW_NUMBER() OVER (PARTITION BY day ORDER BY starts, id) AS number,"
        f" COUNT(*) OVER (PARTITION BY day) AS of_day FROM part_{rank}) AS counted{limit}"
    )


def _row_of(part, row):
    """SQLite hands out days and moments as text."""
    key, day, until, starts, ends, *rest = row
    return CalendarRow(part, key, _day(day), _day(until), _moment(starts), _moment(ends), *rest)


def _day(value):
    return parse_date(value) if isinstance(value, str) else value


def _moment(value):
    value = parse_datetime(value) if isinstance(value, str) else value
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def totals_of(rows):
    """Return {part: how many there are}, also of those that were not read."""
    totals = {}
    for row in rows:
        if row.number == 1:
            totals[row.part] = totals.get(row.part, 0) + row.of_day
    return totals
