"""The arithmetic of a calendar's page: a month, its weeks from Monday on, and its neighbours."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from sinergi.kit.dates import MONTHS, SHORT_MONTHS

#: The first year that a calendar opens, and how many beyond this one: an agreement may last long.
FIRST_YEAR, YEARS_AHEAD = 2018, 10
WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day):
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text, today):
        """Return the month written as 2019-11, or None: no month, or too far from that day."""
        year, dash, number = (text or "").partition("-")
        if not dash or not (len(year) == 4 and len(number) == 2):
            return None
        if not (year + number).isdecimal() or not (year + number).isascii():
            return None
        month = cls(int(year), int(number))
        return month if 1 <= month.number <= 12 and month.is_near(today) else None

    def is_near(self, today):
        return FIRST_YEAR <= self.year <= today.year + YEARS_AHEAD

    def __str__(self):
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def short_name(self):
        return SHORT_MONTHS[self.number - 1]

    @property
    def key(self):
        """The month as addresses have it: 2019-11."""
        return f"{self.year}-{self.number:02}"

    @property
    def first(self):
        return date(self.year, self.number, 1)

    @property
    def last(self):
        return self.moved(1).first - timedelta(days=1)

    def moved(self, count):
        """Return the month so many later, or, below zero, earlier."""
        year, number = divmod(self.year * 12 + self.number - 1 + count, 12)
        return Month(year, number + 1)

    def __contains__(self, day):
        return (day.year, day.month) == (self.year, self.number)

    @property
    def days(self):
        """Every day of its weeks, Monday to Sunday, those of its neighbours included."""
        return list(WEEKS.itermonthdates(self.year, self.number))


def near_day(text, today):
    """Return the day written as 2019-11-20, or None: no day, or too far from that one."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.isoformat() == text and Month.of(day).is_near(today) else None
