"""The libraries of a trip, with what is to be known of each before one goes there."""

from advocacy.querysets.visit_schedule import Intervals, scheduled_libraries
from advocacy.visit_intervals import due_status
from sinergi.kit.status import Status, Tone


def stops_of(trip):
    """
    Return the stops of a trip in their order; each with the `visits` of its library (a row of
    `VisitScheduleQuerySet.for_list`) and its `status`. Three queries for any number.
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
