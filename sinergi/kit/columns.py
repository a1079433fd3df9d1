"""
Columns of a list's download, declared once with the list: what each is called, which columns of the
database it is read from, and what kind of value it holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from typing import Any

from django.urls import reverse

from sinergi.kit.dates import in_zone

#: Who may take telephone numbers and addresses of mail away in bulk, and where.
CONTACTS = "accounts.export_contacts"
#: The source of a column that is read of the row itself, where rows are read as objects.
ROW = "*"


class Cell(Enum):
    """What a column holds; the value is how the sheet about the data tells it."""

    TEXT = "teks"
    NUMBER = "bilangan"
    RUPIAH = "rupiah utuh"
    DATE = "tanggal"
    MOMENT = "tanggal dan jam setempat"
    YES_NO = "ya atau tidak"
    PHONE = "nomor telepon"
    LINK = "alamat halaman di portal ini"


@dataclass(frozen=True)
class Column:
    """
    `source`: one path of the list's queryset, or several ("library__name"); `read` makes the value
    of theirs, else it is the first. None and "" are a cell without anything in it, never 0.

    `about` says how it is counted. With a `permission` the column is there only for those who have
    it, and holds a value only in rows that lie where they have it: `places` are the paths to
    province and regency, none of rows that lie nowhere.
    """

    label: str
    source: str | tuple[str, ...]
    kind: Cell = Cell.TEXT
    read: Callable[..., Any] | None = None
    about: str = ""
    permission: str = ""
    places: tuple[str, ...] = ("province_id", "regency_id")

    @property
    def paths(self):
        source = (self.source,) if isinstance(self.source, str) else self.source
        return (*source, *self.places) if self.permission else source

    def value_of(self, values):
        """Return the value, of those of `paths`."""
        return self.read(*values) if self.read else values[0]

    def within(self, scope):
        """Return the column as it is read in the places of this Scope."""
        if not self.places:
            return self
        own = len(self.paths) - len(self.places)

        def read(*values):
            province, regency = values[own:]
            if scope.national or province in scope.provinces or regency in scope.regencies:
                return self.read(*values[:own]) if self.read else values[0]
            return None

        return Column(self.label, self.paths, self.kind, read, self.about)


def open_columns(columns, user):
    """Return the columns that this account may take away."""
    found = []
    for one in columns:
        if not one.permission:
            found.append(one)
        elif scope := user.scope(one.permission):
            found.append(one.within(scope))
    return found


def phone_column(label="Telepon", source="phone", kind=Cell.PHONE):
    """Return a column of one telephone number; of text that may hold several, `kind` is TEXT."""
    return Column(label, source, kind, permission=CONTACTS)


def mail_column(label="Surel", source="email"):
    return Column(label, source, permission=CONTACTS)


def moment_column(label, source, zone="province__time_zone", about=""):
    """Return a column of a moment on the clock of its own province."""
    return Column(label, (source, zone), Cell.MOMENT, _on_its_clock, about)


def page_column(url_name, source="pk", label="Alamat"):
    """Return a column with the address of the record's page, whose argument is `source`."""
    return Column(label, source, Cell.LINK, partial(_address, url_name))


def labels_of(choices):
    """Return a function: a stored value of these TextChoices → its label."""
    found = dict(choices.choices)
    return lambda value: found.get(value, value)


def first_known(*values):
    """Return the first of these that holds anything."""
    return next((value for value in values if value not in (None, "")), None)


def _on_its_clock(moment, zone):
    return in_zone(moment, zone) if moment and zone else moment


@cache
def _around_the_key(url_name):
    """Return what stands before and behind the key, a number or a code, in an address."""
    before, _, behind = reverse(url_name, args=[0]).rpartition("0")
    return before, behind


def _address(url_name, key):
    if key is None:
        return None
    # Found anew for each of 50,000 rows, addresses would take a fifth of the time.
    before, behind = _around_the_key(url_name)
    return f"{before}{key}{behind}"
