"""The libraries of a trip, with what is to be known of each before one goes there."""

from django.db.models import Max
from django.urls import reverse

from advocacy.models import FollowUp, Visit
from advocacy.querysets.visit_schedule import Intervals, scheduled_libraries
from advocacy.visit_intervals import due_status
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone

NEVER = "Belum pernah dikunjungi"


def stops_of(trip):
    """
    Return the stops of a trip in their order; each with the `visits` of its library (a row of
    `VisitScheduleQuerySet.for_list`) and its `status`. The same queries for any number.
    """
    stops = list(trip.stops.with_places().order_by("day", "order", "pk"))
    today, intervals = trip.team.today, Intervals()
    known = scheduled_libraries(intervals).filter(pk__in=[stop.library_id for stop in stops])
    rows = {row.id: row for row in known.for_list()}
    for stop in stops:
        stop.visits = rows[stop.library_id]
        last = stop.visits.last_visited_on
        if last is not None and last >= trip.starts_on:
            stop.status = Status("Sudah dikunjungi", Tone.APPROVED)
        else:
            stop.status = due_status(intervals.next_visit(stop.visits), today)
    return stops


def offline_pages(stops):
    """
    Return the pages that are read without a signal on the way: of each library the form of a visit
    and its own (templates/home/_queue_prepare.html).
    """
    changed = _last_changes([stop.library_id for stop in stops])
    return [
        {
            "title": stop.library.name,
            "note": visits_words(stop.visits),
            "urls": [
                reverse("advocacy:visit_create", args=[stop.library_id]),
                stop.library.get_absolute_url(),
            ],
            "changed_at": max([stop.library.updated_at, *changed.get(stop.library_id, [])]),
        }
        for stop in stops
    ]


def visits_words(row):
    """Return how a library stands before it is visited: 12 Juni 2019, 2 rekomendasi terbuka."""
    if not row.last_visited_on:
        return NEVER
    last = long_date(row.last_visited_on)
    return f"{last}, {row.open_count} rekomendasi terbuka" if row.open_count else last


def _last_changes(libraries):
    """Return {library: [when its visits and their recommendations were last changed]}."""
    found = {}
    for rows, path in ((Visit.objects, "library"), (FollowUp.objects, "visit__library")):
        here = rows.filter(**{f"{path}__in": libraries}).order_by()
        for library, moment in here.values_list(path).annotate(Max("updated_at")):
            found.setdefault(library, []).append(moment)
    return found
