"""Who is sent on a trip, and the letter that sends them (surat tugas)."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.actions import save_trip
from advocacy.models import Trip, TripTraveller
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of
from tests.papers import differences
from tests.pdfs import faults_of, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def libraries(team):
    return [
        factories.library(factories.village(f"19.01.06.200{n}", name))
        for n, name in enumerate(["Kapuk", "Merawang", "Rebo"], 2)
    ]


@pytest.fixture
def trip(team, libraries):
    return factories.trip(team, libraries=libraries[:2], days=2, travellers=3)


def names(trip):
    return [row.name for row in trip.travellers.all()]


def url_of(trip, output="document"):
    return reverse(f"advocacy:trip_{output}", args=[trip.pk, "surat-tugas"])


def paper_of(client, trip):
    """Return the text of the PDF, which says the same as the page and is an archive copy."""
    pdf = client.get(url_of(trip, "pdf")).content
    assert differences(client.get(url_of(trip)).content.decode(), pdf) == ([], {})
    assert faults_of(pdf) == []
    return " ".join(text for text, *_ in pages_of(pdf))


@pytest.mark.both("constraints are held by the database")
def test_a_person_is_sent_once(trip):
    first, second, _ = trip.travellers.all()
    refused(second, person=first.person)
    kept(second, name="Lain")


class TestForm:
    def change(self, client, trip, people, **changes):
        stops = [(row.pk, row.day, row.order) for row in trip.stops.all()]
        data = {
            "version": trip.stored().version,
            "title": trip.title,
            "starts_on": trip.starts_on.isoformat(),
            "ends_on": trip.ends_on.isoformat(),
            "travellers": [person.pk for person in people],
        }
        for key, day, order in stops:
            data |= {f"day_{key}": day.isoformat(), f"order_{key}": order}
        return client.post(reverse("advocacy:trip_update", args=[trip.pk]), data | changes)

    def test_members_of_that_day_are_chosen(self, client, sign_in, team, libraries):
        sign_in("secretariat")
        members = team.members_on(team.today)
        gone = members[-1]
        gone.ends_on, gone.end_reason = team.today - timedelta(days=1), "Pindah tugas."
        gone.save_as(by=None)
        url = reverse("advocacy:trip_create")
        form = client.get(url).context["form"]
        offered = {key for key, _ in form.fields["travellers"].choices}
        assert offered == {row.person_id for row in members[:-1]}
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "title": "Bangka",
            "starts_on": team.today.isoformat(),
            "ends_on": team.today.isoformat(),
            "libraries": [libraries[0].pk],
        }
        refused = client.post(url, data | {"travellers": [gone.person_id]})
        assert refused.status_code == 422 and "bukan anggota tim pada hari" in html_of(refused)
        # Before it ended, on the day that is typed, they are offered and taken.
        earlier = (team.today - timedelta(days=3)).isoformat()
        days = {"starts_on": earlier, "ends_on": earlier}
        answer = client.post(url, data | days | {"travellers": [gone.person_id]})
        assert answer.status_code == 302
        row = Trip.objects.get().travellers.get()
        assert (row.name, row.institution) == (gone.person.name, gone.institution.name)

    def test_who_stays_keeps_the_office_of_that_day(self, client, sign_in, trip):
        """Whatever became of them since; who is unticked goes, who is new comes."""
        sign_in("secretariat")
        first = trip.travellers.first()
        person = first.person
        person.name = "Nama baru"
        person.save_as(by=None)
        new = trip.team.members_on(trip.starts_on)[4].person
        assert self.change(client, trip, [person, new]).status_code == 302
        assert names(trip) == [first.name, new.name]
        assert TripTraveller.history.filter(history_type="-").count() == 2
        moved = (trip.starts_on - timedelta(days=1)).isoformat()
        assert self.change(client, trip, [person, new], starts_on=moved).status_code == 302
        assert names(trip) == ["Nama baru", new.name], "as they are on the other day"

    def test_saved_unchanged_it_writes_no_row(self, client, sign_in, trip):
        sign_in("secretariat")
        before = TripTraveller.history.count()
        people = [row.person for row in trip.travellers.all()]
        assert self.change(client, trip, people, title="Lain").status_code == 302
        assert TripTraveller.history.count() == before

    def test_an_action_that_says_nothing_of_them_leaves_them(self, trip, libraries):
        save_trip(trip=trip, stops=[(libraries[2], trip.starts_on)], by=None, version=trip.version)
        assert len(names(trip)) == 3

    def test_nobody_of_another_province(self, client, sign_in, trip):
        sign_in("secretariat")
        other = factories.team("11").members_on(trip.starts_on)[0].person
        assert self.change(client, trip, [other]).status_code == 422
        assert len(names(trip)) == 3

    def test_two_who_change_it_see_both(self, client, sign_in, trip):
        sign_in("secretariat")
        people = [row.person for row in trip.travellers.all()]
        assert self.change(client, trip, people[:2]).status_code == 302
        answer = self.change(client, trip, people[:1], version=1)
        assert answer.status_code == 409 and "Yang ditugaskan" in html_of(answer)

    def test_deleted_with_its_trip_and_told_in_its_history(self, client, sign_in, trip):
        sign_in("secretariat")
        name = names(trip)[0]
        client.post(reverse("advocacy:trip_delete", args=[trip.pk]), {"version": trip.version})
        assert not TripTraveller.objects.exists()
        page = html_of(client.get(reverse("advocacy:trip_history", args=[trip.pk])))
        assert f"“{name}” dihapus" in page


class TestLetter:
    def test_is_a_draft_until_it_has_its_number_and_its_day(self, client, sign_in, trip):
        sign_in("secretariat")
        factories.decree(trip.team)
        draft = paper_of(client, trip)
        assert "DRAF" in draft and "Keputusan" in draft
        for told in (*names(trip), "Desa Kapuk", trip.period_text, "2 (dua) hari"):
            assert told in draft, told
        url = reverse("advocacy:trip_letter", args=[trip.pk])
        sent = {
            "version": trip.version,
            "letter_number": "090/12/DKPUS",
            "letter_on": date(2019, 9, 2).isoformat(),
            "basis": "DPA Dinas 2019\nRencana kerja",
            "copies_to": "Sekretaris Daerah",
        }
        answer = client.post(url, sent)
        assert answer.url == url_of(trip)
        paper = paper_of(client, trip)
        assert "DRAF" not in paper
        for told in ("Nomor: 090/12/DKPUS", "2 September 2019", "DPA Dinas 2019", "Tembusan"):
            assert told in paper, told
        assert client.post(url, sent).status_code == 409

    def test_keeps_who_was_sent(self, client, sign_in, trip):
        sign_in("secretariat")
        before = client.get(url_of(trip, "pdf")).content
        for row in trip.travellers.all():
            row.person.name = "Diganti kemudian"
            row.person.save_as(by=None)
        assert names(trip)[0] in " ".join(text for text, *_ in pages_of(before))
        assert "Diganti" not in paper_of(client, trip)

    def test_nobody_is_sent_yet(self, client, sign_in, team, libraries):
        sign_in("secretariat")
        trip = factories.trip(team, libraries=libraries)
        assert "Belum ada yang ditugaskan." in paper_of(client, trip)

    def test_is_found_on_the_page_of_the_trip(self, client, sign_in, trip):
        sign_in("observer")
        page = html_of(client.get(trip.get_absolute_url()))
        assert url_of(trip) in page and names(trip)[0] in page
        assert reverse("advocacy:trip_letter", args=[trip.pk]) not in html_of(
            client.get(url_of(trip))
        )
