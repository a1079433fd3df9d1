"""Quarters of a year: Triwulan II 2019 is April to June 2019."""

from dataclasses import dataclass
from datetime import date, timedelta

from sinergi.kit.dates import MONTHS

NUMBERS = ("I", "II", "III", "IV")
#: Days after the end of a quarter by which its report is due; the office's own rule.
DUE_DAYS = 10
#: Years that an address may ask for: far enough from both ends of the calendar to count from.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter, 1 to 4, of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day):
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def last_ended(cls, today):
        """Return the last quarter that is over: the one that reports are due for."""
        return cls.of(today).previous

    @classmethod
    def read(cls, text):
        """Return the quarter written as 2019-2, as addresses have it, or None."""
        year, dash, number = (text or "").partition("-")
        is_number = year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")
        known = dash and is_number and FIRST_YEAR <= int(year) <= LAST_YEAR
        return cls(int(year), int(number)) if known else None

    def __str__(self):
        return f"Triwulan {NUMBERS[self.number - 1]} {self.year}"

    @property
    def in_sentence(self):
        """The same within a sentence: triwulan II 2019."""
        return f"{str(self)[:1].lower()}{str(self)[1:]}"

    @property
    def short(self):
        """Tw II 2019"""
        return f"Tw {NUMBERS[self.number - 1]} {self.year}"

    @property
    def key(self):
        """The quarter as addresses have it: 2019-2."""
        return f"{self.year}-{self.number}"

    @property
    def months_text(self):
        """April sampai Juni 2019"""
        first = self.starts_on.month
        return f"{MONTHS[first - 1]} sampai {MONTHS[first + 1]} {self.year}"

    @property
    def starts_on(self):
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_on(self):
        return self.next.starts_on - timedelta(days=1)

    @property
    def due_on(self):
        return self.ends_on + timedelta(days=DUE_DAYS)

    @property
    def previous(self):
        return self.moved(-1)

    @property
    def next(self):
        return self.moved(1)

    @property
    def year_before(self):
        return Quarter(self.year - 1, self.number)

    def moved(self, count):
        """Return the quarter so many later, or, below zero, earlier."""
        year, number = divmod(self.year * 4 + self.number - 1 + count, 4)
        return Quarter(year, number + 1)

    def days_late(self, today):
        """Return the days since its report was due, else 0."""
        return max((today - self.due_on).days, 0)
