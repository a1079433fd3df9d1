"""
The history of a record and of its rows, as old → new, a page at a time.

A history may be read from several tables (a meeting, its agenda, who came, …), merged by day, table
and key. Each is walked by an index to the page asked for: a page costs its own rows at any length.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import models
from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from sinergi.kit.pagination import read_cursor, write_cursor

PAGE = 50  # events

#: Columns of every record, which each change touches, and which say nothing by themselves.
STAMPS = frozenset(
    {
        "id",
        "version",
        "updated_at",
        "updated_by",
        "created_at",
        "created_by",
        "idempotency_key",
    }
)

ADDED, CHANGED, REMOVED = "+", "~", "-"  # as django-simple-history writes them
VERBS = {ADDED: "ditambahkan", CHANGED: "diubah", REMOVED: "dihapus"}
MOVED = "berubah urutannya"


@dataclass(frozen=True)
class StoredFile:
    """A file that a record has or had; `url` is empty where it is no longer in the store."""

    name: str
    size: int = 0  # bytes
    url: str = ""

    @property
    def size_text(self):
        return (
            f"{max(1, round(self.size / 1024)):,} KB".replace(",", ".")
            if self.url
            else "tidak tersimpan lagi"
        )


@dataclass(frozen=True)
class Change:
    """
    A column before and after; None: there was no row yet, or there is none any more.
    """

    what: str
    old: object
    new: object


@dataclass(frozen=True)
class Event:
    at: datetime
    by_name: str
    title: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RowsUnder:
    """
    The rows of a model under several records (the budget lines of a plan's activities): `column` is
    the foreign key to them, `keys` are theirs (`keys_of`).
    """

    model: type[models.Model]
    column: str
    keys: list

    def near(self, where, order, size):
        """
        Return those that may stand among the first `size` of this order: none beyond the place
        where any one of the records has filled the page alone, so that what is read does not grow
        with the length of the history.
        """
        first, rows = order[0].startswith("-"), self.model.history.filter(where)
        records = self.model._meta.get_field(self.column).related_model._base_manager.filter(
            pk__in=self.keys
        )
        last = (
            rows.filter(**{self.column: OuterRef("pk")})
            .order_by(*order)
            .values("history_date")[size : size + 1]
        )
        farthest, step = (Max, "gte") if first else (Min, "lte")
        limit = records.annotate(last=Subquery(last)).aggregate(limit=farthest("last"))["limit"]
        rows = rows.filter(**{f"{self.column}__in": self.keys})
        return rows.filter(**{f"history_date__{step}": limit}) if limit else rows


def keys_of(model, **above):
    """Return the keys of the rows of a model under one record, deleted ones too."""
    stored = model._base_manager.filter(**above).order_by().values_list("pk")
    return [
        key
        for (key,) in stored.union(
            model.history.filter(**above, history_type=REMOVED).order_by().values_list("id")
        )
    ]


class HistoryPage:
    """
    One page of every change to the rows of these history querysets (or RowsUnder), newest first.

    `sentence(row, name, verb)` returns the sentence for a row, where `name(column)` is the text of
    that column. `hidden_columns` are left out, `labels` {column: name} go by another name. A field
    that holds many things tells of a change itself: `display_changes(before, after)` returns
    [(what, before, after)]; where it takes more to know than the field does, the page gives
    `tellers` {column: such a function}; `covers` {column: function of a value} says what is told in
    place of one. At most three queries for each queryset, and one for each model pointed to.
    """

    def __init__(
        self,
        *querysets,
        params,
        sentence,
        hidden_columns=frozenset(),
        tellers=None,
        labels=None,
        covers=None,
        size=PAGE,
    ):
        self.querysets, self.sentence, self.hidden_columns = querysets, sentence, hidden_columns
        self.tellers, self.labels, self.covers = tellers or {}, labels or {}, covers or {}
        before, after = self._read(params.get("sebelum")), self._read(params.get("setelah"))
        backwards = before is not None and after is None
        cursor = before if backwards else after
        found = []
        for number in range(len(querysets)):
            found += [
                (row.history_date, number, row.history_id, row)
                for row in self._part(number, cursor, backwards, size)
            ]
        found.sort(key=lambda entry: entry[:3], reverse=not backwards)
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        self.rows = [row for *_, row in found]
        self.is_first = not cursor or (backwards and not more)
        self.next = self._write(found[-1]) if found and (more or backwards) else None
        self.previous = self._write(found[0]) if found and not self.is_first else None
        self.events = self._told(found)

    def __iter__(self):
        return iter(self.events)

    def __len__(self):
        return len(self.events)

    @property
    def is_whole(self):
        """Return whether this page holds every row there is."""
        return self.is_first and self.next is None

    # Which rows ---------------------------------------------------------------------------------
    def _part(self, number, cursor, backwards, size):
        """
        Return the rows of one table beyond the cursor in the order of all: as many as could stand
        on the page, and one.
        """
        queryset, sign = self.querysets[number], "" if backwards else "-"
        where = beyond(cursor, number, backwards) if cursor else Q()
        order = (f"{sign}history_date", f"{sign}history_id")
        rows = (
            queryset.near(where, order, size)
            if isinstance(queryset, RowsUnder)
            else queryset.filter(where)
        )
        return rows.order_by(*order).select_related("history_user")[: size + 1]

    def _read(self, text):
        fields = [
            self.querysets[0].model._meta.get_field("history_date"),
            models.IntegerField(),
            models.IntegerField(),
        ]
        return read_cursor(text, fields)

    @staticmethod
    def _write(entry):
        when, number, key, _ = entry
        return write_cursor([when.isoformat(), str(number), str(key)])

    # What is told of them -----------------------------------------------------------------------
    def _told(self, found):
        previous = self._before(found)
        names = names_for([row for *_, row in found] + [row for row in previous.values() if row])
        told = [self._event(row, previous[row], names) for *_, row in found]
        return [event for event in told if event]

    def _before(self, found):
        """Return {row: the version of its record before it, or None}; one query a table."""
        versions = defaultdict(list)
        for _, number, _, row in found:  # newest first
            versions[number, row.id].append(row)
        previous, oldest = {}, defaultdict(list)
        for (number, _), rows in versions.items():
            previous |= {row: had_its_place(row, earlier) for row, earlier in pairwise(rows)}
            oldest[number].append(rows[-1])
        for rows in oldest.values():
            earlier = versions_before(rows)
            previous |= {row: had_its_place(row, earlier.get(row.id)) for row in rows}
        return previous

    def _event(self, row, previous, names):
        kind = ADDED if previous is None and row.history_type == CHANGED else row.history_type
        changes = tuple(self._changes(row, previous, kind, names))
        moved = kind == CHANGED and has_moved(row, previous, self.hidden_columns)
        if kind == CHANGED and not (changes or moved or row.history_change_reason):
            return None
        verb = MOVED if moved and not changes else VERBS[kind]
        title = row.history_change_reason or self.sentence(
            row, lambda name: text_of(row, name, names), verb
        )
        return Event(row.history_date, str(row.history_user or "Sistem"), title, changes)

    def _changes(self, row, previous, kind, names):
        for field in displayed_fields(row, self.hidden_columns):
            what = self.labels.get(field.name) or str(field.verbose_name)
            teller = self.tellers.get(field.name) or getattr(field, "display_changes", None)
            if kind == CHANGED and teller:
                values = (getattr(one, field.attname) for one in (previous, row))
                yield from (Change(*told) for told in teller(*values))
            elif kind == CHANGED:
                if getattr(previous, field.attname) != getattr(row, field.attname):
                    yield Change(
                        what, self._text(previous, field, names), self._text(row, field, names)
                    )
            elif says_something(row, field):
                text = self._text(row, field, names)
                yield Change(what, None, text) if kind == ADDED else Change(what, text, None)

    def _text(self, row, field, names):
        cover = self.covers.get(field.name)
        return (cover and cover(getattr(row, field.attname))) or text_of(row, field.name, names)


def beyond(cursor, number, backwards):
    """
    Return the Q of the rows of table `number` that come after the cursor, where all are merged.
    """
    when, at, key = cursor
    step = "gt" if backwards else "lt"
    if number == at:
        # The first condition repeats what the second implies, in the form an index on the column
        # can use.
        later = Q(**{f"history_date__{step}": when}) | Q(**{f"history_id__{step}": key})
        return Q(**{f"history_date__{step}e": when}) & later
    shares_the_moment = (number > at) if backwards else (number < at)
    return Q(**{f"history_date__{step}{'e' if shares_the_moment else ''}": when})


def versions_before(rows):
    """
    Return {record: its version before this one} of history rows of one table, each of another
    record; one query.
    """
    history = type(rows[0])._default_manager
    earlier = Q(history_date__lt=OuterRef("history_date")) | Q(
        history_id__lt=OuterRef("history_id")
    )
    same = history.filter(
        Q(id=OuterRef("id"), history_date__lte=OuterRef("history_date")) & earlier
    )
    last = same.order_by("-history_date", "-history_id").values("history_id")[:1]
    keys = (
        history.filter(history_id__in=[row.history_id for row in rows])
        .order_by()
        .values(before=Subquery(last))
    )
    return {row.id: row for row in history.filter(history_id__in=keys).order_by()}


def had_its_place(row, previous):
    """
    Return the version before, or None where it belonged to nothing yet: a file that waited for its
    meeting is new there.
    """
    columns = [
        f"{name}_id"
        for name in getattr(row.instance_type, "history_parents", ())
        if hasattr(row, f"{name}_id")
    ]
    came = previous and any(getattr(row, name) and not getattr(previous, name) for name in columns)
    return None if came else previous


def title_of(row):
    """Name a row by its kind and what it says: Agenda “Pembentukan tim”."""
    kind = row.instance_type._meta.verbose_name
    kind = kind[:1].upper() + kind[1:]
    name = name_of(row)
    return f"{kind} “{name}”" if name else kind


def name_of(row):
    """Return the first of the model's `history_title` columns that says something, or ""."""
    columns = getattr(row.instance_type, "history_title", ())
    return next((text for name in columns if (text := getattr(row, name))), "")


def has_moved(row, previous, hidden_columns=frozenset()):
    """Return whether the row's place among others (the model's `history_position`) has changed."""
    column = getattr(row.instance_type, "history_position", "")
    if not column or column in hidden_columns:
        return False
    return getattr(row, column) != getattr(previous, column)


def displayed_fields(row, hidden_columns=frozenset()):
    """
    Return the fields of this row that its history shows: not the stamps, nor what the model hides
    (`history_hidden`), nor the record on whose page it stands.
    """
    model = row.instance_type
    hidden = STAMPS | hidden_columns | set(getattr(model, "history_parents", ()))
    hidden |= set(getattr(model, "history_hidden", ())) | {getattr(model, "history_position", "")}
    return [field for field in row.tracked_fields if field.name not in hidden]


def says_something(row, field):
    """Return whether a column of a row that was added or removed is worth showing."""
    value = getattr(row, field.attname)
    if value is None or value is False or value in ("", {}, []):
        return False
    return field.editable or isinstance(field, models.FileField) or value != field.get_default()


# Words ------------------------------------------------------------------------------------------
def names_for(rows):
    """Return {model: {key: name}} of what the rows' foreign keys point to; one query a model."""
    wanted = defaultdict(set)
    for row in rows:
        for field in row.tracked_fields:
            if isinstance(field, models.ForeignKey) and field.name not in STAMPS:
                wanted[field.related_model].add(getattr(row, field.attname))
    return {model: _names_of(model, keys - {None}) for model, keys in wanted.items()}


def _names_of(model, keys):
    """Return {key: name}; what was deleted goes by its last name."""
    names = {
        key: str(row) for key, row in model._base_manager.select_related().in_bulk(keys).items()
    }
    gone = keys - names.keys()
    if gone and hasattr(model, "history"):
        for row in model.history.filter(id__in=gone, history_type=REMOVED):
            names[row.id] = name_of(row) or str(row.id)
    return names


def text_of(row, name, names):
    """
    Return the text of this column of a history row; a day, a moment or a StoredFile as it is.
    """
    field = next(field for field in row.tracked_fields if field.name == name)
    value = getattr(row, field.attname)
    if value is None or value == "":
        return "(kosong)"
    if isinstance(field, models.ForeignKey):
        return names[field.related_model].get(value, str(value))
    if isinstance(field, models.FileField):
        return stored_file(row, field)
    if hasattr(field, "display_value"):
        return field.display_value(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return value


def stored_file(row, field):
    """Return the file of this version of a record; each version's lies in a place of its own."""
    place, model = getattr(row, field.attname), row.instance_type
    try:
        size = field.storage.size(place)
    except FileNotFoundError:
        return StoredFile(row.original_name)
    return StoredFile(row.original_name, size, reverse(model.kept_file, args=[row.history_id]))
