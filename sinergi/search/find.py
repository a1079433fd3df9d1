"""
The questions to the database: which records have the words, the best of each kind, and what of
them to quote. Three queries, however many kinds and rows there are.

First of each kind and each relation come the keys of at most MANY rows, in no order. Where there
are fewer, that is all there is: they are counted, put in order and read by their keys. Where there
are as many, the words are common, and walking the order of the list meets enough of them soon. So
neither database ever sorts what is common or walks past what is rare.
"""

from contextlib import suppress
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, Concat, Length

from sinergi.kit.search.filters import keys_along, places_in
from sinergi.kit.search.matches import Matches
from sinergi.search.kinds import BY_DAY, BY_NAME, expression

#: The page says "100+" rather than count on.
MANY = 101
#: Rows of a relation that are read: a record may have several with the words.
MANY_RELATED = 1_000
#: Rows that SQLite reads of what is common, from the newest or the first on.
BOUND = 1_000
SEPARATOR = "\x1f"
FIELDS = ("hit_key", "hit_title", "hit_day", "hit_link", "hit_details", "hit_texts")


@dataclass
class Found:
    """What one kind has: `keys` of records, all there are unless `common` names relations."""

    keys: set = field(default_factory=set)
    common: list = field(default_factory=list)  # None: the kind's own words

    @property
    def count(self):
        """Return how many records there are, or None where they were not counted."""
        return None if self.common else len(self.keys)


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
    """
    Return the rows of several queries, [(sql, params)], in one. A query that can have no row is
    left out.
    """
    if not parts:
        return []
    sql = " UNION ALL ".join(sql for sql, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in parts for value in params])
        return cursor.fetchall()


def with_rows(parts):
    """Yield (key, sql, params) of (key, queryset), without those that can have no row."""
    for key, rows in parts:
        with suppress(EmptyResultSet):
            yield key, *rows.query.sql_with_params()


# First: which ------------------------------------------------------------------------------------
def find_keys(user, kinds, words, code=""):
    """Return {kind: Found} of the kinds that have the words, in their order, by one query."""
    asked = [
        ((number, name), rows)
        for number, kind in enumerate(kinds)
        for name, rows in _sources(user, kind, words)
    ]
    places = list(with_rows(asked))
    joined = (
        "string_agg(DISTINCT CAST(found_key AS text), ',')"
        if connection.vendor == "postgresql"
        else "group_concat(DISTINCT found_key)"
    )
    rows = rows_of_union(
        [
            (f"SELECT {n}, {joined}, COUNT(*) FROM ({sql}) AS hits", params)  # noqa: S608
            for n, (_, sql, params) in enumerate(places)
        ]
    )
    found = {}
    for n, keys, count in rows:
        if not count:
            continue
        number, name = places[n][0]
        one = found.setdefault(number, Found())
        if count >= (MANY_RELATED if name else MANY):
            one.common.append(name)
        else:
            one.keys.update(str(keys).split(","))
    for one in found.values():
        if len(one.keys) >= MANY and not one.common:
            one.common.append("")  # together they are many
    return {kinds[number]: found[number] for number in sorted(found)}


def _sources(user, kind, words):
    """Yield (relation or None, rows of keys `k`) of what a kind is found by."""
    own = kind.model.objects.visible_to(user).order_by()
    if not own.query.is_empty():
        if kind.has_own_words:
            match = Matches(words, **_bound(kind), places=places_in(kind.model, user))
            yield None, own.filter(match).values(found_key=F("pk"))[:MANY]
        for name in kind.related or ():
            keys = keys_along(kind.model, name, words, user, newest=BOUND)
            yield name, keys[:MANY_RELATED]


def _bound(kind):
    return {"first": BOUND} if kind.order == BY_NAME else {"newest": BOUND}


# Then: the best of each --------------------------------------------------------------------------
def read_rows(user, found, words, typed, limit):
    """Return {kind: its first rows, in their order}, by one query."""
    kinds, parts = list(found), []
    for number, kind in enumerate(kinds):
        for rows in _first_rows(user, kind, found[kind], words, typed, limit):
            parts += with_rows([(number, rows)])
    read = {}
    for number, *values in rows_of_union(
        [
            (f"SELECT {n}, hits.* FROM ({sql}) AS hits", params)  # noqa: S608
            for n, sql, params in parts
        ]
    ):
        row = _row(kinds[number], values)
        read.setdefault(kinds[number], {})[row.key] = row
    return {kind: sorted_rows(kind, read[kind].values()) for kind in kinds if kind in read}


def _first_rows(user, kind, found, words, typed, limit):
    visible = kind.model.objects.visible_to(user)
    if found.keys:
        exact = [When(**{f"{name}__iexact": typed}, then=0) for name in kind.numbers]
        first = [Case(*exact, default=1)] if exact else []
        names = [Length(kind.title), kind.title] if kind.order == BY_NAME else []
        rows = visible.filter(pk__in=found.keys)
        order = [*first, *names, "pk"] if names else [*first, *_newest(kind)]
        yield _told(kind, rows).order_by(*order)[:limit]
    for name in found.common:
        if name == "":
            continue
        if name is None:
            match = Matches(words, **_bound(kind), places=places_in(kind.model, user))
            rows = visible.filter(match)
        else:
            rows = visible.filter(pk__in=keys_along(kind.model, name, words, user, newest=BOUND))
        order = ["pk"] if kind.order == BY_NAME else _newest(kind)
        yield _told(kind, rows).order_by(*order)[:limit]


def _newest(kind):
    return [f"-{kind.day}", "-pk"] if kind.order == BY_DAY else ["-pk"]


def _told(kind, rows):
    """Add what is told of each, all of it as text: the rows of every kind come in one answer."""
    return rows.annotate(
        hit_key=_text("pk"),
        hit_title=_text(kind.title),
        hit_day=_text(kind.day) if kind.day else Value("", TextField()),
        hit_link=_text(kind.link_key),
        hit_details=_joined(kind.details),
        hit_texts=_joined([column for _, column in kind.texts]),
    ).values_list(*FIELDS)


def _text(path):
    return Cast(expression(path), TextField())


def _joined(paths):
    parts = [Value("", TextField())]
    for path in paths:
        parts += [_text(path), Value(SEPARATOR, TextField())]
    return Concat(*parts, output_field=TextField()) if len(parts) > 1 else parts[0]


def _row(kind, values):
    key, title, day, link, details, texts = (value or "" for value in values)
    return FoundRow(
        kind,
        key,
        title,
        day,
        link,
        [one for one in details.split(SEPARATOR) if one],
        texts.split(SEPARATOR)[: len(kind.texts)],
    )


def sorted_rows(kind, rows):
    if kind.order == BY_NAME:
        return sorted(rows, key=lambda row: (len(row.title), row.title, row.key))
    return sorted(rows, key=lambda row: (row.day, int(row.key)), reverse=True)


# Last: what to quote of related rows -------------------------------------------------------------
def read_related(user, rows):
    """
    Return {(kind, key): [(label, text), …]} of what belongs to these rows, each kind's relations
    with texts of their own, by one query.
    """
    asked, parts = [], []
    for kind in {row.kind: None for row in rows}:
        keys = [row.key for row in rows if row.kind is kind]
        for name, texts in (kind.related or {}).items():
            if not texts:
                continue
            relation = kind.model._meta.get_field(name)
            owner = relation.field.name
            related = relation.related_model.objects.visible_to(user)
            related = related.filter(**{f"{owner}__in": keys}).annotate(
                hit_owner=_text(owner), hit_texts=_joined([column for _, column in texts])
            )
            shown = related.order_by("-pk").values_list("hit_owner", "hit_texts")[:200]
            for key, sql, params in with_rows([((kind, texts), shown)]):
                asked.append(key)
                parts.append((sql, params))
    told = {}
    for n, owner, texts in rows_of_union(
        [
            (f"SELECT {n}, hits.* FROM ({sql}) AS hits", params)  # noqa: S608
            for n, (sql, params) in enumerate(parts)
        ]
    ):
        kind, labels = asked[n]
        values = texts.split(SEPARATOR)
        told.setdefault((kind, owner), []).extend(
            (label, value) for (label, _), value in zip(labels, values, strict=False)
        )
    return told
