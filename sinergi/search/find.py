"""
The questions to the database: which records have the words, the best of each kind, and what of
them to quote. Three queries, however many kinds and rows there are.

First of each kind and each relation come the keys of at most MANY rows, in no order. Where there
are fewer, that is all there is: they are counted, put in order and read by their keys. Where there
are as many, the words are common, and walking the order of the list meets enough of them soon. So
neither database ever sorts what is common or walks past what is rare.
"""

from dataclasses import dataclass, field

from django.db import connection

from sinergi.search.kinds import BY_NAME
from sinergi.search.queries import (
    MANY,
    MANY_RELATED,
    SEPARATOR,
    Viewer,
    common_sqls,
    exact_sql,
    keys_sql,
    known_sql,
    related_sql,
    with_typed,
)


@dataclass
class Found:
    """
    What one kind has: `keys` of records, which are all there are unless it is `common`; then
    `walked` names the relations (None: the kind's own words) of which there are more.
    """

    keys: set = field(default_factory=set)
    walked: list = field(default_factory=list)

    @property
    def count(self):
        """Return how many records there are, or None where they were not counted."""
        return None if self.walked or len(self.keys) >= MANY else len(self.keys)


@dataclass
class FoundRow:
    kind: object
    key: str
    title: str
    day: str
    link: str
    details: list
    texts: list


def rows_of_union(parts):
    """Return the rows of several queries, [(sql, params)], in one."""
    if not parts:
        return []
    sql = " UNION ALL ".join(sql for sql, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in parts for value in params])
        return cursor.fetchall()


def with_numbers(queries):
    """Return queries of which the first column is their place in the list."""
    return [
        (f"SELECT {n}, hits.* FROM ({sql}) AS hits", params)  # noqa: S608
        for n, (sql, params) in enumerate(queries)
    ]


def find_keys(user, kinds, words):
    """Return {kind: Found} of the kinds that have the words, in their order, by one query."""
    asked, parts, vendor = [], [], connection.vendor
    joined = (
        "string_agg(DISTINCT CAST(found_key AS text), ',')"
        if vendor == "postgresql"
        else "group_concat(DISTINCT found_key)"
    )
    for kind in kinds:
        viewer = Viewer.of(user, kind)
        for name in kind.sources:
            if made := keys_sql(kind, name, viewer, vendor):
                sql, params = made
                parts.append(
                    (
                        f"SELECT {len(asked)}, {joined}, COUNT(*) FROM ({sql}) AS hits",  # noqa: S608
                        with_typed(params, words=words),
                    )
                )
                asked.append((kind, name))
    found = {}
    for n, keys, count in sorted(rows_of_union(parts)):
        if not count:
            continue
        kind, name = asked[n]
        one = found.setdefault(kind, Found())
        if count >= (MANY_RELATED if name else MANY):
            one.walked.append(name)
        else:
            one.keys.update(str(keys).split(","))
    return found


def read_rows(user, found, words, typed, limit):
    """Return {kind: its first rows, in their order}, by one query."""
    asked, queries, vendor = [], [], connection.vendor
    for kind, one in found.items():
        viewer = Viewer.of(user, kind)
        if one.keys:
            sql, params = known_sql(kind, viewer, limit, vendor)
            keys = one.keys if kind.has_text_key else map(int, one.keys)
            queries.append((sql, with_typed(params, keys=keys, typed=typed)))
            asked.append(kind)
        if one.walked and (made := exact_sql(kind, viewer, limit, vendor)):
            sql, params = made
            queries.append((sql, with_typed(params, typed=typed)))
            asked.append(kind)
        for name in one.walked:
            for sql, params in common_sqls(kind, name, viewer, limit, vendor):
                queries.append((sql, with_typed(params, words=words)))
                asked.append(kind)
    read = {}
    for n, *values in rows_of_union(with_numbers(queries)):
        row = _row(asked[n], values)
        read.setdefault(row.kind, {})[row.key] = row
    return {kind: sorted_rows(kind, read[kind].values()) for kind in found if kind in read}


def _row(kind, values):
    key, title, day, link, details, texts = (value or "" for value in values)
    details = [one for one in details.split(SEPARATOR) if one]
    day = day.strip(SEPARATOR)
    return FoundRow(kind, key, title, day, link, details, texts.split(SEPARATOR))


def sorted_rows(kind, rows):
    if kind.order == BY_NAME:
        return sorted(rows, key=lambda row: (len(row.title), row.title, row.key))
    if kind.order == "day":
        return sorted(rows, key=lambda row: (row.day, int(row.key)), reverse=True)
    return sorted(rows, key=lambda row: int(row.key), reverse=True)


def read_related(user, rows):
    """
    Return {(kind, key): [(label, text), …]} of what belongs to these rows, each kind's relations
    with texts of their own, by one query.
    """
    keys, asked, queries = {}, [], []
    for row in rows:
        keys.setdefault(row.kind, []).append(row.key)
    for kind, its_keys in keys.items():
        viewer = Viewer.of(user, kind)
        for name, texts in (kind.related or {}).items():
            if texts and (made := related_sql(kind, name, viewer, connection.vendor)):
                sql, params = made
                queries.append((sql, with_typed(params, keys=map(int, its_keys))))
                asked.append((kind, texts))
    told = {}
    for n, owner, texts in rows_of_union(with_numbers(queries)):
        kind, labels = asked[n]
        told.setdefault((kind, owner), []).extend(
            (label, value)
            for (label, _), value in zip(labels, texts.split(SEPARATOR), strict=False)
        )
    return told
