"""The pages of a trip that are read, and written on, without a signal."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import reverse

from advocacy.models import FollowUp, Visit
from sinergi.kit.dates import long_date


@dataclass
class OfflinePages:
    """
    The pages of one thing, as the queue's page offers them; `changed_at` is when what they show was
    changed last.
    """

    title: str
    note: str
    urls: list[str]
    changed_at: datetime | None = None


def pages_of_trip(trip, stops):
    """
    Return [OfflinePages] of a trip: its own page, and of each library its form and its page. The
    stops are those of `advocacy.trip_stops.stops_of`. Two queries.
    """
    keys = [stop.library_id for stop in stops]
    changed = last_changes(keys)
    own = OfflinePages("Perjalanan ini", trip.period_text, [trip.get_absolute_url()])
    return [own] + [
        OfflinePages(
            stop.library.village.place_name if stop.library.village_id else stop.library.name,
            visits_words(stop.visits),
            [
                reverse("advocacy:visit_create", args=[stop.library_id]),
                stop.library.get_absolute_url(),
            ],
            changed.get(stop.library_id),
        )
        for stop in stops
    ]


def last_changes(libraries):
    """Return {key of the library: when a visit to it, or a recommendation, was changed last}."""
    found = {}
    for model, path in ((Visit, "library"), (FollowUp, "visit__library")):
        rows = model.objects.filter(**{f"{path}__in": libraries}).order_by()
        for key, at in rows.values_list(path).annotate(at=Max("updated_at")):
            found[key] = max(at, found.get(key, at))
    return found


def visits_words(row):
    """Return how a library stands before it is visited: 12 Juni 2019, 2 rekomendasi terbuka."""
    if not row.last_visited_on:
        return "Belum pernah dikunjungi"
    last = long_date(row.last_visited_on)
    return f"{last}, {row.open_count} rekomendasi terbuka" if row.open_count else last
