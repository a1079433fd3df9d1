"""
After how long a library is to be visited again: arithmetic of months, and its words.

How many months that are is for the team to say (advocacy.querysets.visit_schedule.Intervals): the
usual interval, and a shorter one while recommendations are open. An interval by the library's score
belongs there too, once there are scores.
"""

import calendar
from datetime import date, timedelta

from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands


def months_later(day, months):
    """Return the same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day_before(due, months):
    """
    Return the last day from which `months_later` comes before `due`: whoever was visited on it or
    earlier was to be visited before `due`.
    """
    years, month = divmod(due.year * 12 + due.month - 1 - months, 12)
    day = date(years, month + 1, 1)
    # From the first of that month on, for several days of its end may lead to one and the same.
    while months_later(day, months) < due:
        day += timedelta(days=1)
    return day - timedelta(days=1)


def due_status(due, today):
    """Return how far a library's next visit is; `due` is None where there was no visit yet."""
    if due is None:
        return Status("Belum pernah dikunjungi", Tone.NEW)
    if late := max((today - due).days, 0):
        return Status(f"Terlambat {thousands(late)} hari", Tone.LATE)
    if due == today:
        return Status("Hari ini", Tone.WAITING)
    return Status(f"{thousands((due - today).days)} hari lagi", Tone.SCHEDULED)
