"""
The SQL of the search, made once for each kind and each set of places: putting it together by
Django takes longer than either database needs for the answer.

What a row's visibility follows from is the places in which somebody has a permission and nothing
else, so the SQL is made for a Viewer, who is just that; what was typed comes in later, where a slot
stands for it.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Length, Replace
from django.db.models.lookups import IExact

from sinergi.kit.search.filters import keys_along, places_in
from sinergi.kit.search.matches import FEW as FEW_OF_THEM
from sinergi.kit.search.matches import MANY as MANY_OF_THEM
from sinergi.kit.search.matches import Matches
from sinergi.kit.search.operations import IN_NUMBERS
from sinergi.kit.search.words import Words
from sinergi.search.kinds import BY_DAY, BY_NAME, expression

#: The page says "100+" rather than count on.
MANY = 101
#: Rows of a relation that are read: a record may have several with the words.
MANY_RELATED = 1_000
#: Rows that SQLite reads of what is common, from the newest or the first on.
BOUND = 1_000
#: Related rows that are looked through for something to quote.
QUOTED_FROM = 200
SEPARATOR = "\x1f"
WORDS, KEYS, TYPED = "\x02words\x02", "\x02keys\x02", "\x02typed\x02"
EXACT, CODE, PLAIN = "\x02exact\x02", "\x02code\x02", "\x02plain\x02"


@dataclass(frozen=True)
class Viewer:
    """The places in which somebody has the permissions to view: all that `visible_to` asks."""

    scopes: tuple  # (permission, Scope)
    is_authenticated = True

    @classmethod
    def of(cls, user, kind):
        return cls(tuple((name, user.scope(name)) for name in kind.permissions))

    def scope(self, permission):
        return dict(self.scopes)[permission]


class WordsSlot:
    """Stands for Words."""

    for_postgresql = for_fts5 = WORDS


class KeyIs(Func):
    """Whether the row's key is one of those that come in the slot KEYS."""

    def __init__(self, path="pk"):
        super().__init__(F(path), output_field=BooleanField())

    def as_postgresql(self, compiler, connection, **context):
        column = self.get_source_expressions()[0]
        sql, params = compiler.compile(column)
        kind = column.target.db_type(connection)
        kind = "bigint" if "int" in kind or "serial" in kind else "text"
        return f"{sql} = ANY(%s::{kind}[])", [*params, KEYS]

    def as_sqlite(self, compiler, connection, **context):
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, KEYS]  # noqa: S608


def code_of(text):
    """Return the code of a region, typed with its points or without: 19.02.05.2001."""
    digits = text.replace(".", "")
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def with_typed(params, *, words=None, keys=(), typed=""):
    """Return the parameters of a query with what was typed in the slots."""
    on_postgresql = connection.vendor == "postgresql"
    if words is not None:
        words = words.for_postgresql if on_postgresql else words.for_fts5
    given = []
    for value in params:
        if value == KEYS:
            value = list(keys) if on_postgresql else json.dumps(list(keys))
        elif isinstance(value, str) and WORDS in value:
            value = value.replace(WORDS, words)
        elif isinstance(value, str) and EXACT in value:
            whole = Words.of(typed).whole
            value = value.replace(EXACT, whole.for_postgresql if on_postgresql else whole.for_fts5)
        elif value == PLAIN:
            plain = typed.translate({ord(mark): None for mark in IN_NUMBERS})
            value = connection.ops.prep_for_iexact_query(plain)
        elif value == CODE:
            value = code_of(typed)
        elif value == TYPED:
            value = connection.ops.prep_for_iexact_query(typed)
        given.append(value)
    return given


def _sql(rows):
    """Return (sql, params), or None of a query that can have no row."""
    with suppress(EmptyResultSet):
        return rows.query.sql_with_params()
    return None


def _bound(kind):
    return {"first": BOUND} if kind.order == BY_NAME else {"newest": BOUND}


def _own_match(kind, viewer):
    return Matches(WordsSlot, **_bound(kind), places=places_in(kind.model, viewer))


def _keys_along(kind, name, viewer):
    """Return the keys of records of which a row of the relation has the words."""
    keys = keys_along(kind.model, name, WordsSlot, viewer, newest=BOUND)
    return (
        keys.filter(Exists(kind.rows().filter(pk=OuterRef("found_key")))) if kind.narrow else keys
    )


@lru_cache(maxsize=4_096)
def keys_sql(kind, name, viewer, vendor):
    """Return the query of the keys of records with the words; `name`: in a relation's rows."""
    if name:
        return _sql(_keys_along(kind, name, viewer)[:MANY_RELATED])
    rows = kind.rows().visible_to(viewer)
    return _sql(rows.filter(_own_match(kind, viewer)).values(found_key=F("pk"))[:MANY])


class ExactSlot:
    """Stands for the words of a whole name, or a whole number, none of which goes on."""

    for_postgresql = for_fts5 = EXACT


def _is_exact(kind):
    """Return the condition that a title or a number, written with its marks or not, was typed."""
    where = Q(**{f"{kind.title}__iexact": TYPED}) if isinstance(kind.title, str) else Q()
    for name in kind.numbers:
        where |= Q(**{f"{name}__iexact": TYPED}) | Q(IExact(_without_marks(name), PLAIN))
    return where


def _without_marks(name):
    whole = F(name)
    for mark in IN_NUMBERS:
        whole = Replace(whole, Value(mark), Value(""))
    return whole


@lru_cache(maxsize=4_096)
def exact_sql(kind, viewer, limit, vendor):
    """
    Return the query of the records of which a title or a number is what was typed, where the words
    are common: it would else stand behind a hundred others. None: the words are not its own.
    """
    if not kind.has_own_words or "__" in kind.title:
        return None
    match = Matches(ExactSlot, places=places_in(kind.model, viewer))
    rows = kind.rows().visible_to(viewer).filter(match).filter(_is_exact(kind))
    return _sql(_told(kind, rows).order_by("-pk")[:limit])


@lru_cache(maxsize=4_096)
def known_sql(kind, viewer, limit, vendor):
    """Return the query of the first of the records with known keys."""
    first = Case(When(_is_exact(kind), then=0), default=1)
    rows = kind.rows().visible_to(viewer).filter(KeyIs())
    if kind.has_text_key:
        first = Case(When(pk=CODE, then=0), When(_is_exact(kind), then=1), default=2)
    if kind.order == BY_NAME:
        return _sql(_told(kind, rows).order_by(first, Length(kind.title), kind.title, "pk")[:limit])
    return _sql(_told(kind, rows).order_by(first, *_newest(kind))[:limit])


@lru_cache(maxsize=4_096)
def common_sqls(kind, name, viewer, limit, vendor):
    """
    Return the queries of the first records with the words, where these are common. On SQLite it
    takes two, one of which has no row, unless the keys have the order that is asked for.
    """
    order = ["pk"] if kind.order == BY_NAME else _newest(kind)
    in_keys_order = not name and kind.order != BY_DAY
    is_pointed_to = name and kind.model._meta.get_field(name).concrete
    if vendor == "postgresql" or in_keys_order or is_pointed_to:
        halves = [_bound(kind)]
    else:
        halves = [{"only_if": FEW_OF_THEM}, {"only_if": MANY_OF_THEM}]
    rows = kind.rows().visible_to(viewer)
    found = [rows.filter(_has_words(kind, name, viewer, half)) for half in halves]
    return [_sql(_told(kind, one).order_by(*order)[:limit]) for one in found]


def _has_words(kind, name, viewer, half):
    if not name:
        return Matches(WordsSlot, places=places_in(kind.model, viewer), **half)
    if half.get("only_if") != MANY_OF_THEM:
        return Q(pk__in=keys_along(kind.model, name, WordsSlot, viewer, **half))
    relation = kind.model._meta.get_field(name)
    related = relation.related_model
    match = Matches(WordsSlot, places=places_in(related, viewer), **half)
    rows = related.objects.visible_to(viewer).filter(match)
    return Exists(rows.filter(**{relation.field.name: OuterRef("pk")}))


@lru_cache(maxsize=4_096)
def related_sql(kind, name, viewer, vendor):
    """Return the query of the texts that belong to records with known keys: (key, texts)."""
    relation = kind.model._meta.get_field(name)
    owner = relation.field.name
    columns = [column for _, column in kind.related[name]]
    rows = relation.related_model.objects.visible_to(viewer).filter(KeyIs(owner))
    rows = rows.annotate(hit_owner=_text(owner), hit_texts=_texts(columns))
    return _sql(rows.order_by("-pk").values_list("hit_owner", "hit_texts")[:QUOTED_FROM])


def _newest(kind):
    return [f"-{kind.day}", "-pk"] if kind.order == BY_DAY else ["-pk"]


def _told(kind, rows):
    """Add what is told of each, all of it as text: the rows of every kind come in one answer."""
    told = {
        "hit_key": _text("pk"),
        "hit_title": _text(kind.title),
        "hit_day": _texts([kind.day, *kind.day_terms]) if kind.day else Value("", TextField()),
        "hit_link": _text(kind.link_key),
        "hit_details": _texts(kind.details),
        "hit_texts": _texts([column for _, column in kind.texts]),
    }
    return rows.annotate(**told).values_list(*told)


def _text(path):
    return Cast(expression(path), TextField())


def _texts(paths):
    parts = [
        part
        for path in paths
        for part in (Coalesce(_text(path), Value("")), Value(SEPARATOR, TextField()))
    ]
    return JoinedTexts(*parts) if parts else Value("", TextField())


class JoinedTexts(Func):
    """Texts one after the other, flat: nested as by Concat, SQLite's parser finds them too deep."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()
