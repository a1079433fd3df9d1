"""
Rows of several models in one query: each row comes as one JSON object with what is asked of it.

Composing a page of little pieces of many models costs more in building objects and their wide
queries than in reading; a union of models has no common columns. JSON is both narrow and common.
"""

import json
from contextlib import suppress
from datetime import UTC, date, datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime

AS_ARRAY = {
    "postgresql": "(SELECT JSONB_AGG(json_row) FROM ({}) AS rows)",
    "sqlite": "(SELECT JSON_GROUP_ARRAY(JSON(json_row)) FROM ({}) AS rows)",
}


def json_rows_of_each(parts):
    """
    Return {key: [{name: value}]} of {key: (queryset, {name: column or expression})}, the rows in
    the order of their queryset; one query.

    Days and moments come as text, see `day_of` and `moment_of`; SQLite gives 0 and 1 for truth.
    """
    return {key: [] for key in parts} | json_rows_of(compiled_rows(parts))


def compiled_rows(parts):
    """
    Return ((key, SQL, parameters), …) of parts as `json_rows_of_each` takes them, without those
    that cannot have a row. What Django writes holds as long as the querysets would be the same.
    """
    found = []
    for key, (rows, columns) in parts.items():
        # Compiled one by one: as expressions of one queryset they would be copied several times
        # over.
        with suppress(EmptyResultSet):
            states = rows.annotate(json_row=JSONObject(**columns)).values("json_row")
            sql, parameters = states.query.sql_with_params()
            found.append((key, AS_ARRAY[connection.vendor].format(sql), parameters))
    return tuple(found)


def json_rows_of(asked):
    """Return {key: [{name: value}]} of compiled parts; one query."""
    if not asked:
        return {}
    with connection.cursor() as cursor:
        sql = ", ".join(sql for _, sql, _ in asked)
        cursor.execute(f"SELECT {sql}", [one for _, _, parameters in asked for one in parameters])
        row = cursor.fetchone()
    return {key: json.loads(text or "[]") for (key, _, _), text in zip(asked, row, strict=True)}


def day_of(text):
    """Return the date that a JSON row has as text, or None."""
    return date.fromisoformat(text) if text else None


def moment_of(text):
    """Return the aware moment that a JSON row has as text (SQLite: in UTC, unsaid), or None."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def local_day_of(text):
    """Return the day of a moment that a JSON row has as text, on the reader's clock."""
    return localtime(moment_of(text)).date()
