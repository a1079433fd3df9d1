"""Writes of trips: the trip with the libraries on its way."""

from collections import Counter

from django.db import transaction

from advocacy.models import TripStop


@transaction.atomic
def save_trip(*, trip, stops, by, version=None, idempotency_key=None):
    """
    Write a trip and where it goes: `stops` are (library, day) in the order in which they are
    visited. Raises StaleRecord or Duplicate.

    The trip is written first: its one UPDATE decides whether this page is still the latest.
    """
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
    return trip


@transaction.atomic
def delete_trip(*, trip, by, version=None):
    """Delete a trip with its stops. Raises StaleRecord."""
    for row in trip.stops.all():
        row.delete_as(by=by)
    trip.delete_as(by=by, version=version)
