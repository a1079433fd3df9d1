"""Writes of trips: the trip with the libraries on its way, and who is sent."""

from collections import Counter

from django.db import transaction

from advocacy.models import TripStop, TripTraveller


@transaction.atomic
def save_trip(*, trip, stops, travellers=None, by, version=None, idempotency_key=None):
    """
    Write a trip, where it goes and who: `stops` are (library, day) in the order in which they are
    visited, `travellers` (person, membership of the first day, or None where they were sent before
    and are no members then); None leaves them as they are. Raises StaleRecord or Duplicate.

    The trip is written first: its one UPDATE decides whether this page is still the latest.
    """
    moved = trip.pk is not None and trip.differs_from_stored("starts_on")
    trip.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    kept, taken = {}, Counter()
    for row in trip.stops.order_by("day", "order", "pk"):
        kept.setdefault(row.library_id, []).append(row)
    wanted = []
    for library, day in stops:
        row = next(iter(kept.get(library.pk, [])), None)
        if row is None:
            row = TripStop(trip=trip, library=library)
        else:
            kept[library.pk].remove(row)
        taken[day] += 1
        row.day, row.order = day, taken[day]
        wanted.append(row)
    for rows in kept.values():
        for row in rows:
            row.delete_as(by=by)
    for row in wanted:
        if row.pk is None or row.differs_from_stored("day", "order"):
            row.save_as(by=by)
    if travellers is not None:
        _write_travellers(trip, travellers, moved=moved, by=by)
    return trip


def _write_travellers(trip, travellers, *, moved, by):
    """Who stays keeps the name and office of then, unless the trip begins on another day."""
    kept = {row.person_id: row for row in trip.travellers.all()}
    for person in kept.keys() - {person.pk for person, _ in travellers}:
        kept.pop(person).delete_as(by=by)
    for order, (person, membership) in enumerate(travellers):
        row = kept.get(person.pk) or TripTraveller(trip=trip, person=person)
        if membership and (moved or row.pk is None):
            row.take_from(membership)
        row.order = order
        if row.pk is None or row.differs_from_stored():
            row.save_as(by=by)


@transaction.atomic
def delete_trip(*, trip, by, version=None):
    """Delete a trip with its stops and who was sent. Raises StaleRecord."""
    for row in [*trip.stops.all(), *trip.travellers.all()]:
        row.delete_as(by=by)
    trip.delete_as(by=by, version=version)
