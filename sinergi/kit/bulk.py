"""
Write tens of thousands of records at once, with versions, stamps and history as for every record.

PostgreSQL is fed by COPY, SQLite by executemany: both several times faster than model objects.
History is copied inside the database, one statement for each kind of change. Call these inside a
transaction.
"""

import io
import json
from collections import defaultdict
from itertools import islice

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils import timezone
from psycopg2.extras import execute_values

from sinergi.kit.fields import PlainTextMixin
from sinergi.kit.models import StaleRecord

PAGE = 2_000  # rows of one UPDATE on PostgreSQL
IN_LIST = 5_000  # keys of one IN (…)
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)


def insert(model, names, rows):
    """
    Insert rows of values in the order of `names` (column attnames). Raises IntegrityError as any
    insert does.

    Defaults are the caller's: a column that is not named must be null or have its default in the
    database.
    """
    fields = [_field(model, name) for name in names]
    rows = _plain(fields, rows)
    table, columns = (
        _quoted(model._meta.db_table),
        ", ".join(_quoted(field.column) for field in fields),
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", CopyStream(fields, rows))
        else:
            places = ", ".join(["%s"] * len(fields))
            insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
            cursor.executemany(insert, _adapted(fields, rows))


def insert_records(rows, *, by):
    """
    Insert new records of one model, given as instances that are not saved, with the stamps of
    `Record.save_as`: one statement. Nothing is checked but by the database (IntegrityError). The
    caller, who can tell which rows they became, gives them their keys and keeps their history
    (`keep_history`).
    """
    if not rows:
        return
    model, now = type(rows[0]), timezone.now()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    for row in rows:
        row.created_at = row.updated_at = now
        row.created_by = row.updated_by = by
    insert(
        model,
        [field.attname for field in fields],
        ([field.pre_save(row, True) for field in fields] for row in rows),
    )


def update(model, names, rows, *, by):
    """
    Change records under the same condition as `Record.save_as`: rows are (pk, version that was
    read, *values of `names`).

    Stamps each and takes its next version; raises StaleRecord (for the
    first of the rows, by its key) when any was changed by somebody else meanwhile: the caller's
    transaction then ends with nothing written.
    """
    fields, now = [_field(model, name) for name in names], timezone.now()
    rows = list(_plain([None, None, *fields], rows))
    table = _quoted(model._meta.db_table)
    columns = [_quoted(field.column) for field in fields]
    if connection.vendor == "postgresql":
        done = 0
        kinds = map(_kind_of, fields)
        values = ", ".join(
            f"{column} = new.{column}{kind}" for column, kind in zip(columns, kinds, strict=True)
        )
        adapted = list(_adapted([None, None, *fields], rows))
        sql = (
            f"UPDATE {table} SET {values}, version = {table}.version + 1, "  # noqa: S608
            "updated_at = new.now, updated_by_id = new.user_id "
            f"FROM (VALUES %s) AS new (id, version, {', '.join(columns)}, now, user_id) "
            f"WHERE {table}.id = new.id AND {table}.version = new.version"
        )
        template = f"({', '.join(['%s'] * (len(columns) + 3))}, %s::bigint)"
        with connection.cursor() as cursor, connection.wrap_database_errors:
            for start in range(0, len(rows), PAGE):
                page = [(*row, now, by and by.pk) for row in adapted[start : start + PAGE]]
                execute_values(cursor.cursor, sql, page, template=template, page_size=PAGE)
                done += cursor.rowcount
    else:
        values = ", ".join(f"{column} = %s" for column in columns)
        sql = (
            f"UPDATE {table} SET {values}, version = version + 1, "  # noqa: S608
            "updated_at = %s, updated_by_id = %s "
            "WHERE id = %s AND version = %s"
        )
        moment, user = connection.ops.adapt_datetimefield_value(now), by.pk if by else None
        with connection.cursor() as cursor:
            adapted = _adapted([None, None, *fields], rows)
            cursor.executemany(
                sql, [(*new, moment, user, pk, version) for pk, version, *new in adapted]
            )
            done = cursor.rowcount if rows else 0
    if done != len(rows):
        raise StaleRecord(model._base_manager.filter(pk=rows[0][0]).first())


def keep_history(queryset, kind, *, by, reason=None):
    """
    Copy the rows of this queryset into their model's history, as added ("+"), changed ("~") or
    deleted ("-") by `by`. `reason`, in at most 100 characters, is what happened where the columns
    do not say it.

    For a deletion, before it; otherwise after the change. One statement, whatever the number of
    rows.
    """
    history = queryset.model.history.model
    names = [field.attname for field in history.tracked_fields]
    columns = [_quoted(_field(history, name).column) for name in names]
    try:
        rows, params = (
            queryset.order_by()
            .values_list(*names)
            .query.get_compiler(connection=connection)
            .as_sql()
        )
    except EmptyResultSet:  # of no keys
        return
    sql = (
        f"INSERT INTO {_quoted(history._meta.db_table)} "  # noqa: S608
        f"({', '.join(columns)}, history_date, history_type, history_user_id,"
        " history_change_reason) "
        f"SELECT kept.*, %s, %s, %s, %s FROM ({rows}) AS kept"
    )
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(sql, [moment, kind, by.pk if by else None, reason, *params])


def delete(model, rows, *, by):
    """
    Delete records, given as (pk, version that was read), with their history kept. What still refers
    to them makes the database refuse: IntegrityError. Raises StaleRecord when any was changed by
    somebody else meanwhile.
    """
    by_version = defaultdict(list)
    for pk, version in rows:
        by_version[version].append(pk)
    for version, pks in by_version.items():
        for part in parts(pks):
            going = model._base_manager.filter(pk__in=part, version=version)
            keep_history(going, "-", by=by)
            if going._raw_delete(connection.alias) != len(part):
                raise StaleRecord(model._base_manager.filter(pk__in=part).first())


def parts(keys, size=IN_LIST):
    """Yield the keys in lists short enough for one IN (…)."""
    keys = iter(keys)
    while part := list(islice(keys, size)):
        yield part


class CopyStream(io.TextIOBase):
    """
    Rows in PostgreSQL's COPY format, encoded while they are read: they never stand in memory all at
    once.
    """

    ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

    def __init__(self, fields, rows):
        self.json = [isinstance(field, models.JSONField) for field in fields]
        self.rows, self.rest = iter(rows), ""

    def read(self, size=-1):
        if not self.rest:
            self.rest = "".join(map(self._line, islice(self.rows, 500)))
        given, self.rest = (self.rest, "") if size < 0 else (self.rest[:size], self.rest[size:])
        return given

    def _line(self, row):
        texts = []
        for value, is_json in zip(row, self.json, strict=True):
            if is_json:
                value = json.dumps(value)
            if isinstance(value, str):
                texts.append(value.translate(self.ESCAPES))
            else:
                texts.append("\\N" if value is None else str(value))
        return "\t".join(texts) + "\n"


def _field(model, name):
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _kind_of(field):
    """
    Return the cast of a value for this column: of nothing but NULLs PostgreSQL would make text.
    Text is not cast, which would cut it.
    """
    is_text = isinstance(field, models.CharField | models.TextField)
    return "" if is_text else f"::{field.db_type(connection)}"


def _quoted(name):
    return connection.ops.quote_name(name)


def _plain(fields, rows):
    """Yield the rows, with the text of plain columns as a save would store it."""
    plain = [field.plain if isinstance(field, PlainTextMixin) else None for field in fields]
    for row in rows:
        yield [clean(value) if clean else value for value, clean in zip(row, plain, strict=True)]


def _adapted(fields, rows):
    """Yield the rows with values as SQLite's driver takes them."""
    fits = [
        None if field is None or isinstance(field, PLAIN) else field.get_db_prep_save
        for field in fields
    ]
    for row in rows:
        yield [
            value if fit is None or value is None else fit(value, connection)
            for value, fit in zip(row, fits, strict=True)
        ]
