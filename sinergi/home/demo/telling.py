"""
How the demonstration is told: by threads that each say when they go on, on a clock that follows
them.

A thread is a generator. What it writes after `yield moment` is stamped with that moment, and of all
threads the one with the earliest moment goes on first. So nothing is approved before it was sent,
or known before it happened, and what would come after the day of loading is not told at all.
"""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Jakarta")  # WIB, the clock of Kepulauan Bangka Belitung
SATURDAY = 5


class Clock:
    """What `timezone.now` answers while a story is told."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment


@contextmanager
def clock_at(moment):
    """
    A clock that stands at this moment until it is set to another; everything that asks for the time
    is told it.
    """
    clock, real = Clock(moment), timezone.now
    timezone.now = clock.now
    try:
        yield clock
    finally:
        timezone.now = real


def at(day: date, clock: str) -> datetime:
    """That day at that time ("09.15") in the zone of the province."""
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day, time(hour, minute), ZONE)


def workday_before(day: date) -> date:
    """That day, or the Friday before it: offices are closed at the weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def workday_after(day: date) -> date:
    """That day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def tell(threads, *, clock, until):
    """Let the threads go on, each in its turn, as long as it is before `until`."""
    waiting = [
        (moment, order, thread)
        for order, thread in enumerate(threads)
        if (moment := next(thread, None))
    ]
    heapify(waiting)
    while waiting:
        moment, order, thread = heappop(waiting)
        if moment >= until:
            return
        clock.moment = moment
        following = next(thread, None)
        if following is None:
            continue
        if following < moment:
            raise ValueError(f"{thread.__name__} goes back from {moment} to {following}")
        heappush(waiting, (following, order, thread))
