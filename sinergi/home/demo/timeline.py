"""
Run the storylines of the demonstration in the order of their dates, on a simulated clock.

A storyline is a generator that yields the moment at which it continues. What it writes after
`yield moment` is stamped with that moment, and of all storylines the one with the earliest moment
continues first. So nothing is approved before it was sent, or known before it happened, and what
would come after the day of loading is not written at all.
"""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Jakarta")  # WIB, the clock of Kepulauan Bangka Belitung
SATURDAY = 5


class SimulatedClock:
    """The source of `timezone.now` while storylines run."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment


@contextmanager
def simulated_time(moment):
    """Replace `timezone.now` by a clock that stands at `moment` until it is set to another."""
    clock, real = SimulatedClock(moment), timezone.now
    timezone.now = clock.now
    try:
        yield clock
    finally:
        timezone.now = real


def at(day: date, clock: str) -> datetime:
    """Return that day at that time ("09.15") in the zone of the province."""
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day, time(hour, minute), ZONE)


def workday_before(day: date) -> date:
    """Return that day, or the Friday before it: offices are closed at the weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def workday_after(day: date) -> date:
    """Return that day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def run_storylines(storylines, *, clock, until):
    """
    Continue the storylines, each in its turn, up to the moment `until`.

    Raises ValueError for a storyline that goes back in time.
    """
    waiting = [
        (moment, order, storyline)
        for order, storyline in enumerate(storylines)
        if (moment := next(storyline, None))
    ]
    heapify(waiting)
    while waiting:
        moment, order, storyline = heappop(waiting)
        if moment >= until:
            return
        clock.moment = moment
        following = next(storyline, None)
        if following is None:
            continue
        if following < moment:
            raise ValueError(f"{storyline.__name__} goes back from {moment} to {following}")
        heappush(waiting, (following, order, storyline))
