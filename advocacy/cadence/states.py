"""The arithmetic of reminders: a state follows from days alone."""

from datetime import date, timedelta
from enum import StrEnum

from advocacy.visit_intervals import months_later


class State(StrEnum):
    LATE = "late"
    SOON = "soon"
    SCHEDULED = "scheduled"
    KEPT = "kept"


def state_of(due, today, *, warn_days=0, planned=None):
    """
    Return how a thing stands that is to happen by the day `due`. What is planned by then is
    quiet; what is planned for later is not in time.
    """
    if due < today:
        return State.LATE
    if planned is not None and today <= planned <= due:
        return State.SCHEDULED
    return State.SOON if due - timedelta(days=warn_days) <= today else State.KEPT


def next_due(event, start, months):
    """
    Return the day by which it is to happen again: so many months after the last time, or after
    the day from which it is counted, whichever is later.
    """
    return months_later(max(filter(None, (event, start))), months)


def is_asleep(snooze, event, today):
    """
    Return whether a snooze still quiets a thing: its day has not come, nobody has ended it, and
    nothing has happened since it was made.
    """
    known = snooze.starts_on - timedelta(days=1)
    if snooze.event_on is not None:
        known = max(known, snooze.event_on)
    return snooze.ended_at is None and today < snooze.until and (event is None or event <= known)


def longest_snooze(starts_on, months, days):
    """Return the last day until which a reminder may be put off: the rule's own interval."""
    return months_later(starts_on, months) if months else starts_on + timedelta(days=days)


def halves_of(today):
    """Return [(label, first day, last day)] of the half-year of that day, and of the next."""
    found = []
    year, second = today.year, today.month > 6
    for _ in range(2):
        first, last = (7, 31) if second else (1, 30)
        ends = date(year, 12 if second else 6, last)
        found.append((f"Semester {'II' if second else 'I'} {year}", date(year, first, 1), ends))
        year, second = (year + 1, False) if second else (year, True)
    return found
