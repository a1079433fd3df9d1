"""How long a calendar of a person takes that is read by a programme."""

import time

from django.utils import timezone

from advocacy.calendar_events import meeting_event
from advocacy.models import Meeting
from sinergi.kit.calendars import calendar_of

EVENTS = 400


def time_calendar(user, rounds=5):
    """Return the ms to read so many meetings and to write them as a file; the fastest round."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        rows = Meeting.objects.visible_to(user).for_calendar(timezone.now())[:EVENTS]
        events = [meeting_event(row, f"https://example.go.id/rapat/{row.pk}/") for row in rows]
        calendar_of(events, name="Sinergi")
        taken.append(time.perf_counter() - began)
    assert len(events) == EVENTS
    return min(taken) * 1000
