"""
Holidays and working days of the country, behind the library `holidays`.

National holidays and days of collective leave (cuti bersama) are set each year by a joint decree of
three ministers (SKB Tiga Menteri); days of moon calendars in a year without one are an estimate.
"""

from datetime import timedelta
from functools import cache

from holidays import country_holidays

FRIDAY = 4
ONE_DAY = timedelta(days=1)


@cache
def holidays_of(year):
    """Return {day: name} of the holidays of a year, collective leave included."""
    days = country_holidays(
        "ID", years=year, categories=("public", "government"), language="id", expand=False
    )
    return {day: days[day] for day in sorted(days)}


@cache
def holidays_are_set(year):
    """
    Return whether the holidays of that year are final: the joint decree always sets some collective
    leave, so a year without any has no decree yet (or lies before 2002, when it began).
    """
    return bool(country_holidays("ID", years=year, categories=("government",), expand=False))


def holiday_of(day):
    """Return the name of the holiday on that day, or ""."""
    return holidays_of(day.year).get(day, "")


def is_workday(day):
    """Return whether offices are open on that day: Monday to Friday, and no holiday."""
    return day.weekday() <= FRIDAY and not holiday_of(day)


def workday_on_or_after(day):
    """Return that day, or the first working day after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day
