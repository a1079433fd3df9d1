"""
Keyset pagination, which costs the same on page 1 and on page 500.

A page is asked for by the sort key of the row it follows, not by its number: the database walks an
index to that row and reads one page, and never counts or skips rows. The cursor in the URL is the
key, as JSON in base64; a cursor that cannot be read means the first page.
"""

import base64
import binascii
import json
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone


def write_cursor(texts):
    """Return the cursor of a row, given its key as the texts of its columns."""
    return base64.urlsafe_b64encode(json.dumps(list(texts)).encode()).decode().rstrip("=")


def read_cursor(text, fields):
    """
    Return the key in this cursor, one value of each field, or None for one that was made by hand
    and does not fit them.
    """
    try:
        key = json.loads(base64.urlsafe_b64decode((text or "") + "=" * (-len(text or "") % 4)))
        if not isinstance(key, list) or len(key) != len(fields):
            return None
        if not all(isinstance(part, str) and "\x00" not in part for part in key):
            return None
        "".join(key).encode()  # no half of a character
        values = tuple(field.to_python(part) for field, part in zip(fields, key, strict=True))
        naive = any(isinstance(value, datetime) and timezone.is_naive(value) for value in values)
        return None if naive else values
    except (ValidationError, ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        return None


def after_key(column, unique, cursor, descending):
    """Return a Q: the rows that follow the one of this key (the values of both columns)."""
    value, key = cursor
    step = "lt" if descending else "gt"
    # The first condition repeats what the second implies, in the form an index on the column can
    # use.
    return Q(**{f"{column}__{step}e": value}) & (
        Q(**{f"{column}__{step}": value}) | Q(**{f"{unique}__{step}": key})
    )


def parts_by_key(queryset, *, order, size=2_000):
    """
    Yield lists of every row, in the order of the list's pages and each read by key as they are: one
    query for `size` rows, with what is prefetched, whatever their number. Of `values_list` the
    first two columns are those of the order.
    """
    column, unique = (name.lstrip("-") for name in order)
    descending = order[0].startswith("-")
    rows = queryset.order_by(*order)
    part = list(rows[:size])
    while part:
        yield part
        if len(part) < size:
            return
        last = part[-1]
        by_place = type(last) is tuple
        key = last[:2] if by_place else (getattr(last, column), getattr(last, unique))
        part = list(rows.filter(after_key(column, unique, key, descending))[:size])


class KeysetPage:
    """
    One page of `queryset`, ordered by two columns: `order = ("-starts_at", "-id")` or `("name",
    "id")`.

    Both columns must run the same way, the second must be unique, and neither may be null.
    """

    def __init__(self, queryset, params, *, order, size=50):
        self.column, self.unique = (name.lstrip("-") for name in order)
        self.descending = order[0].startswith("-")
        self.size = size
        self.fields = [queryset.model._meta.get_field(name) for name in (self.column, self.unique)]
        before, after = self._read(params.get("sebelum")), self._read(params.get("setelah"))
        backwards = before is not None and after is None
        cursor = before if backwards else after
        descending = self.descending ^ backwards
        if cursor:
            queryset = queryset.filter(after_key(self.column, self.unique, cursor, descending))
        sign = "-" if descending else ""
        rows = list(queryset.order_by(sign + self.column, sign + self.unique)[: size + 1])
        more = len(rows) > size
        rows = rows[:size]
        if backwards:
            rows.reverse()
        self.rows = rows
        self.is_first = not cursor or (backwards and not more)
        self.next = self._write(rows[-1]) if rows and (more or backwards) else None
        self.previous = self._write(rows[0]) if rows and not self.is_first else None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def is_whole(self):
        """Return whether this page holds every row there is."""
        return self.is_first and self.next is None

    def _write(self, row):
        return write_cursor(
            field.value_to_string(row) for field in self.fields
        )  # of a model's object or a named row

    def _read(self, text):
        return read_cursor(text, self.fields)
