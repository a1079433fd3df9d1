"""
Storylines of the trips of the team: the one of last week, whose libraries were visited, and the one
that comes. Both are samples.
"""

from advocacy.actions import save_trip
from advocacy.documents.assignment_letters import assignment_letter_to_keep
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
        travellers=3,
        letter_number="090/47/DKPUS (contoh)",
        letter_on=workday_before(world.days_ago(4)),
        signer_name="Nama penanda tangan (contoh)",
        copies_to="Kepala Dinas Perpustakaan dan Kearsipan Kabupaten Belitung",
    )


def trip_storyline(world, title, *, written_on, stops, travellers=0, **letter):
    """Yield the moments of a trip on which so many of the team's members are sent."""
    yield at(written_on, "13.45")
    days = [day for _, day in stops]
    trip = Trip(title=title, starts_on=min(days), ends_on=max(days), **letter, **world.team_fields)
    stops = [(village_library(name), day) for name, day in stops]
    members = trip.team.members_on(trip.starts_on)[1 : travellers + 1]
    sent = [(row.person, row) for row in members]
    save_trip(trip=trip, stops=stops, travellers=sent, by=world.secretariat)
    if trip.is_letter_complete:
        trip.keep_letter(assignment_letter_to_keep(trip), by=world.secretariat)
