"""Who changed what: the stored versions of a record and of its rows, told as old → new."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import models

#: Columns that every change touches, and that say nothing by themselves.
SILENT = {"id", "version", "updated_at", "updated_by", "created_at", "created_by", "client_key", "order", "name_key", "key"}
SILENT |= {"file"}  # where it lies; `original_name` says which it is


#: The columns by which a person knows a row, the first that says something.
TELLING = ("topic", "what", "original_name", "name", "title")


@dataclass(frozen=True)
class Change:
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    when: datetime
    who: str
    title: str
    changes: tuple[Change, ...] = ()


def events_of(*querysets, title, unspoken=frozenset()):
    """
    Every change to the rows of these history querysets, newest first. `title(row)` names the row; `unspoken` columns are
    not told.

    One query for each queryset and one for each model that the rows point to, at any number of rows.
    """
    rows_by_record = defaultdict(list)
    for queryset in querysets:
        for row in queryset.select_related("history_user").order_by("history_date", "history_id"):
            rows_by_record[(type(row), row.id)].append(row)
    names = _names([row for rows in rows_by_record.values() for row in rows])
    events = []
    for rows in rows_by_record.values():
        previous = None
        for row in rows:
            changes = _changes(previous, row, names, unspoken)
            if changes or previous is None or row.history_type != "~":
                verb = (
                    "ditambahkan" if previous is None else {"+": "ditambahkan", "~": "diubah", "-": "dihapus"}[row.history_type]
                )
                events.append(Event(row.history_date, str(row.history_user or "Sistem"), f"{title(row)} {verb}", changes))
            previous = row
    return sorted(events, key=lambda event: event.when, reverse=True)


def title_of(row):
    """How a row is named: by its kind and what it says."""
    kind = row.instance_type._meta.verbose_name.capitalize()
    words = next((text for name in TELLING if (text := getattr(row, name, ""))), "")
    return f"{kind} “{words}”" if words else kind


def _told(row):
    return [f for f in row.tracked_fields if f.name not in SILENT]


def _changes(previous, row, names, unspoken):
    if previous is None or row.history_type == "-":
        return ()
    return tuple(
        Change(str(field.verbose_name), _text(field, previous, names), _text(field, row, names))
        for field in _told(row)
        if field.name not in unspoken and getattr(previous, field.attname) != getattr(row, field.attname)
    )


def _names(rows):
    """The names of everything the rows' foreign keys point to, one query a model."""
    wanted = defaultdict(set)
    for row in rows:
        for field in _told(row):
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model].add(getattr(row, field.attname))
    return {model: _names_of(model, keys - {None}) for model, keys in wanted.items()}


def _names_of(model, keys):
    """{key: name}; what is there no more goes by its last name."""
    names = {key: str(row) for key, row in model._base_manager.select_related().in_bulk(keys).items()}
    gone = keys - names.keys()
    if gone and hasattr(model, "history"):
        for row in model.history.filter(id__in=gone, history_type="-"):
            names[row.id] = next((text for name in TELLING if (text := getattr(row, name, ""))), str(row.id))
    return names


def _text(field, row, names):
    value = getattr(row, field.attname)
    if value is None or value == "":
        return "(kosong)"
    if isinstance(field, models.ForeignKey):
        return names[field.related_model].get(value, str(value))
    if hasattr(field, "spoken"):
        return field.spoken(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return value
