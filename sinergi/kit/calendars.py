"""
Calendar files (iCalendar, RFC 5545): events as bytes, and as a link to Google's form of a new
event.

Times are written in UTC, so no file names a zone; the hour on the place's clock stands in the
description. Nobody is named as a guest, and what looks like a telephone number or an e-mail address
in a typed text is left out: a file of a calendar is copied on.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from icalendar import STATUS, Calendar, Event, vDuration

from sinergi.kit.contacts import without_contacts
from sinergi.kit.text import plain_text

PRODUCER = "-//Sinergi//Sinergi//ID"
CONTENT_TYPE = "text/calendar; charset=utf-8"
#: How far back a feed goes; and how long it tells of what was called off, after its day.
PAST_TOLD, CANCELLED_TOLD = timedelta(days=366), timedelta(days=30)
#: How often a calendar should ask again; Google asks when it likes.
REFRESH = timedelta(hours=4)
CANCELLED_PREFIX = "DIBATALKAN: "
LONGEST = {"summary": 250, "location": 300, "description": 4000}
#: Of the description in a link.
LONGEST_IN_LINK = 600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GOOGLE = "https://calendar.google.com/calendar/render"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """
    One event. `starts` and `ends` are moments, or days for one that lasts all day: the day after
    the last, as iCalendar counts. `sequence` rises with each change of the record; `updated_at` is
    also the last change of what else is told (the team, a library), by which a calendar knows the
    newer of two with the same sequence. `cancelled` keeps the event to say that it was called off.
    """

    uid: str
    sequence: int
    updated_at: datetime
    starts: date | datetime
    ends: date | datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False
    tentative: bool = False

    def text(self, name):
        """Return one of its texts as it goes out: no hidden characters, no longer than fits."""
        text = plain_text(getattr(self, name), multiline=name == "description")
        text = without_contacts(text)
        if name == "summary" and self.cancelled:
            text = CANCELLED_PREFIX + text
        return shortened(text, LONGEST[name])

    @property
    def status(self):
        if self.cancelled:
            return STATUS.CANCELLED
        return STATUS.TENTATIVE if self.tentative else STATUS.CONFIRMED


def uid_of(record, kind):
    """
    Return the UID of a record, the same for ever: of its key and the moment it was made, which no
    change touches, so that two portals never share one.
    """
    made = (record.created_at - EPOCH) // timedelta(microseconds=1)
    return f"{kind}-{record.pk}-{made:x}@sinergi"


def shortened(text, longest):
    """
    Return a text of so many letters at most. Of several lines the last one stays whole: it holds
    the address at which the rest can be read.
    """
    if len(text) <= longest:
        return text
    head, _, last = text.rpartition("\n")
    if not head or len(last) > longest // 2:
        return f"{text[: longest - 1]}…"
    return f"{head[: longest - len(last) - 2]}…\n{last}"


def calendar_of(events, *, name):
    """Return these events as the bytes of a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event):
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", _in_utc(event.updated_at))
    made.add("last-modified", _in_utc(event.updated_at))
    made.add("sequence", event.sequence)
    made.add("dtstart", _in_utc(event.starts))
    made.add("dtend", _in_utc(event.ends))
    made.add("status", event.status.value)
    for name in LONGEST:
        if text := event.text(name):
            made.add(name, text)
    if event.url:
        made.add("url", event.url)
    return made


def _in_utc(when):
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def google_url(event):
    """Return the address at which Google offers to add the event to one's own calendar."""
    mark = "%Y%m%dT%H%M%SZ" if isinstance(event.starts, datetime) else "%Y%m%d"
    told = {
        "action": "TEMPLATE",
        "text": event.text("summary"),
        "dates": "/".join(_in_utc(when).strftime(mark) for when in (event.starts, event.ends)),
        "details": shortened(event.text("description"), LONGEST_IN_LINK),
        "location": event.text("location"),
    }
    return f"{GOOGLE}?{urlencode({name: text for name, text in told.items() if text})}"


def calendar_response(event, *, filename):
    """Return the answer that hands over the file of one event, to be opened by a calendar."""
    answer = HttpResponse(calendar_of([event], name="Sinergi"), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return answer
