"""What stands in a calendar of a meeting, a visit and a trip."""

from datetime import timedelta

from sinergi.kit import dates
from sinergi.kit.calendars import CalendarEvent, uid_of

#: How long a meeting is in a calendar when nobody has said until when.
UNKNOWN_LENGTH = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


def meeting_event(meeting, url):
    """
    Return the event of a meeting with its province, regency and team, at the address of its page;
    None without a day, which is no event.
    """
    if not meeting.day_is_set:
        return None
    day, lines = meeting.starts.date(), [f"{meeting.when_text}."]
    if not meeting.time_is_set:
        span = (day, day + ONE_DAY)
    else:
        span = (meeting.starts_at, meeting.ends_at or meeting.starts_at + UNKNOWN_LENGTH)
        if not meeting.ends_at:
            lines.append("Waktu selesai belum diisi; di kalender tertulis satu jam.")
    if meeting.is_cancelled:
        lines.append(f"Dibatalkan: {meeting.cancel_reason}")
    regency = f", {meeting.regency.name}" if meeting.regency_id else ""
    lines.append(f"{meeting.get_kind_display()}{regency}. {meeting.team.name}.")
    if meeting.link:
        lines.append(f"Tautan rapat: {meeting.link}")
    return CalendarEvent(
        uid=uid_of(meeting, "rapat"),
        sequence=meeting.version,
        updated_at=max(meeting.updated_at, meeting.team.updated_at),
        starts=span[0],
        ends=span[1],
        summary=meeting.title,
        description=_description(lines, url),
        location=meeting.place or meeting.link,
        url=url,
        cancelled=meeting.is_cancelled,
    )


def visit_event(visit, url):
    """Return the event of a visit, which lasts all day; a draft is not certain yet."""
    place = visit.kept["place"] if visit.kept else visit.library.place_words
    told = [visit, visit.team, *([] if visit.kept else [visit.library])]
    return CalendarEvent(
        uid=uid_of(visit, "kunjungan"),
        sequence=visit.version,
        updated_at=max(one.updated_at for one in told),
        starts=visit.visited_on,
        ends=visit.visited_on + ONE_DAY,
        summary=f"Kunjungan: {visit.library_name}",
        description=_description([f"{visit.get_purpose_display()}. {visit.team.name}."], url),
        location=place,
        url=url,
        tentative=visit.is_draft,
    )


def trip_event(trip, url, stops=None):
    """
    Return the event of a trip, over all its days, with the libraries of each: `stops`, where they
    are read already.
    """
    stops = trip.stops.all() if stops is None else stops
    told = [trip, trip.team, *(stop.library for stop in stops)]
    lines = [f"{trip.period_text}. {trip.team.name}."]
    lines += [
        f"{dates.full_date(stop.day)}: {stop.library.name}"
        for stop in sorted(stops, key=lambda stop: (stop.day, stop.order, stop.pk))
    ]
    return CalendarEvent(
        uid=uid_of(trip, "perjalanan"),
        sequence=trip.version,
        updated_at=max(one.updated_at for one in told),
        starts=trip.starts_on,
        ends=trip.ends_on + ONE_DAY,
        summary=f"Perjalanan: {trip.title}",
        description=_description(lines, url),
        url=url,
    )


def _description(lines, url):
    return "\n".join([*lines, f"Selengkapnya di Sinergi: {url}"])
