"""
Storylines of the trips of the team: the one of last week, whose libraries were visited, and the one
that comes. Both are samples.
"""

from advocacy.actions import save_trip
from advocacy.models import Trip
from sinergi.home.demo.timeline import at, workday_after, workday_before
from sinergi.home.demo.visits import village_library


def trip_storylines(world):
    """Yield the storylines of this module."""
    first, second = (workday_before(world.days_ago(days)) for days in (9, 8))
    yield trip_storyline(
        world,
        "Bangka",
        written_on=workday_before(world.days_ago(16)),
        stops=[("Kapuk", first), ("Rebo", first), ("Merawang", second)],
    )
    first, second = (workday_after(world.days_ago(-days)) for days in (6, 7))
    yield trip_storyline(
        world,
        "Belitung",
        written_on=workday_before(world.days_ago(5)),
        stops=[("Badau", first), ("Air Saga", first), ("Sijuk", second)],
        note="Kapal cepat pagi, kendaraan dinas kabupaten menjemput di pelabuhan.",
    )


def trip_storyline(world, title, *, written_on, stops, note=""):
    yield at(written_on, "13.45")
    days = [day for _, day in stops]
    trip = Trip(title=title, starts_on=min(days), ends_on=max(days), note=note, **world.team_fields)
    stops = [(village_library(name), day) for name, day in stops]
    save_trip(trip=trip, stops=stops, by=world.secretariat)
