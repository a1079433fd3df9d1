"""Trips: several libraries on the days of one way."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import save_trip
from advocacy.models import Trip, TripStop
from programs.choices import FEW
from sinergi.kit.models import StaleRecord
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of
from villages.models import Library

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def libraries(team):
    return [
        factories.library(factories.village(f"19.01.06.200{n}", name))
        for n, name in enumerate(["Kapuk", "Merawang", "Rebo", "Pemali"], 2)
    ]


@pytest.fixture
def trip(team, libraries):
    return factories.trip(team, libraries=libraries[:3], days=2)


def way(trip):
    return [(row.library.name, row.day, row.order) for row in trip.stops.order_by("day", "order")]


@pytest.mark.both("constraints are held by the database")
class TestConstraints:
    def test_ends_after_it_starts(self, trip):
        refused(trip, ends_on=trip.starts_on - timedelta(days=1))
        kept(trip, ends_on=trip.starts_on)

    def test_a_library_is_there_once_a_day(self, trip):
        first, second, third = trip.stops.order_by("day", "order")
        refused(second, library=first.library)
        kept(third, library=first.library)  # on another day

    def test_a_library_of_a_trip_is_not_deleted(self, trip, libraries):
        assert "1 perjalanan" in libraries[0].why_kept()


class TestSaving:
    def test_what_stays_keeps_its_row_and_the_rest_goes(self, trip, libraries):
        by, stored = factories.user("member"), {row.library_id: row.pk for row in trip.stops.all()}
        first, second = trip.days
        stops = [(libraries[2], first), (libraries[0], first), (libraries[3], second)]
        save_trip(trip=trip, stops=stops, by=by, version=trip.version)
        rows = {row.library_id: row for row in trip.stops.all()}
        assert set(rows) == {libraries[n].pk for n in (0, 2, 3)}
        assert rows[libraries[0].pk].pk == stored[libraries[0].pk]
        assert (rows[libraries[2].pk].order, rows[libraries[0].pk].order) == (1, 2)

    def test_saved_unchanged_it_writes_no_stop(self, trip):
        before = TripStop.history.count()
        stops = [(row.library, row.day) for row in trip.stops.order_by("day", "order")]
        save_trip(trip=trip, stops=stops, by=None, version=trip.version)
        assert TripStop.history.count() == before

    def test_of_two_who_change_it_the_second_is_told(self, trip, libraries):
        one, other = trip.stored(), trip.stored()
        save_trip(trip=one, stops=[(libraries[0], one.starts_on)], by=None, version=one.version)
        with pytest.raises(StaleRecord):
            save_trip(trip=other, stops=[], by=None, version=other.version)
        assert trip.stops.count() == 1

    def test_two_days_on_one_library(self, trip, libraries):
        stops = [(libraries[0], day) for day in trip.days]
        save_trip(trip=trip, stops=stops, by=None, version=trip.version)
        assert [day for _, day, _ in way(trip)] == trip.days


def many(village, count):
    """Add so many libraries of villages in the district of this one."""
    for n in range(count):
        factories.library(factories.village(f"{village.district_id}.3{n:03}", f"Desa {n}"))


class TestForm:
    def data(self, ticked, **changes):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "title": "Bangka bagian utara",
            "starts_on": timezone.localdate().isoformat(),
            "ends_on": (timezone.localdate() + timedelta(days=1)).isoformat(),
            "libraries": [library.pk for library in ticked],
        } | changes

    def test_is_written_once_and_spread_over_its_days(self, client, sign_in, libraries):
        sign_in("member")
        data = self.data(libraries)
        for _ in range(2):
            assert client.post(reverse("advocacy:trip_create"), data).status_code == 302
        trip = Trip.objects.get()
        assert [day for _, day, _ in way(trip)] == [*[trip.days[0]] * 2, *[trip.days[1]] * 2]

    def test_the_address_ticks_libraries_and_leaves_out_those_of_other_provinces(
        self, client, sign_in, libraries
    ):
        other = factories.library(factories.village("11.01.01.2001", "Gampong"))
        factories.team("11")
        sign_in("administrator", province_code=None)
        keys = [libraries[0].pk, libraries[1].pk, other.pk, 0, 10**17]
        url = reverse("advocacy:trip_create") + "?" + "&".join(f"perpustakaan={k}" for k in keys)
        context = client.get(url + "&perpustakaan=xx").context
        ticked = set(context["form"]["libraries"].value())
        assert ticked in ({libraries[0].pk, libraries[1].pk}, {other.pk})
        assert context["left_out"] == 3 - len(ticked)

    def test_libraries_out_of_sight_are_not_ticked_nor_taken(self, client, sign_in, libraries):
        factories.team("11")
        sign_in("member", province_code="11")
        url = reverse("advocacy:trip_create")
        context = client.get(f"{url}?perpustakaan={libraries[0].pk}").context
        assert context["form"]["libraries"].value() == []
        assert client.post(url, self.data(libraries)).status_code == 422
        assert not Trip.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"title": " "}, "Isi tujuannya."),
            ({"starts_on": ""}, "Isi hari pertamanya."),
            ({"starts_on": "0019-01-01", "ends_on": "0019-01-02"}, "Periksa tahunnya."),
            ({"ends_on": "2018-01-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
            ({"ends_on": "2099-01-01"}, "paling lama 31 hari"),
            ({"libraries": []}, "Pilih paling sedikit satu perpustakaan."),
            ({"libraries": ["999999"]}, "tidak ada lagi dalam daftar"),
            ({"libraries": ["x\x00"]}, "tidak ada lagi dalam daftar"),
        ],
    )
    def test_what_is_wrong_is_told(self, client, sign_in, libraries, changes, told):
        sign_in("secretariat")
        answer = client.post(reverse("advocacy:trip_create"), self.data(libraries, **changes))
        assert answer.status_code == 422 and told in html_of(answer)
        assert not Trip.objects.exists()

    def test_looking_for_a_library_keeps_what_was_typed(self, client, sign_in, team, libraries):
        above = libraries[0].village
        many(above, FEW + 5)
        sign_in("secretariat")
        data = self.data(libraries[:1], title="Ke utara", aksi="cari", cari="Merawang")
        answer = client.post(reverse("advocacy:trip_create"), data)
        form = answer.context["form"]
        assert answer.status_code == 200 and not form.errors and form["title"].value() == "Ke utara"
        offered = {key for _, group in form.fields["libraries"].choices for key, _ in group}
        assert offered == {libraries[0].pk, libraries[1].pk}
        assert form["libraries"].value() == [str(libraries[0].pk)]

    def change(self, trip, **changes):
        data = {
            "version": trip.version,
            "title": trip.title,
            "starts_on": trip.starts_on.isoformat(),
            "ends_on": trip.ends_on.isoformat(),
        }
        for row in trip.stops.all():
            data |= {f"day_{row.pk}": row.day.isoformat(), f"order_{row.pk}": row.order}
        return data | changes

    def test_days_and_order_change_and_an_emptied_day_takes_it_out(
        self, client, sign_in, trip, libraries
    ):
        sign_in("secretariat")
        one, two, three = trip.stops.order_by("day", "order")
        changes = {f"order_{one.pk}": 2, f"order_{two.pk}": 1, f"day_{three.pk}": ""}
        data = self.change(trip, libraries=[libraries[3].pk], **changes)
        answer = client.post(reverse("advocacy:trip_update", args=[trip.pk]), data)
        assert answer.status_code == 302
        names = [name for name, _, _ in way(trip)]
        assert names == [two.library.name, one.library.name, libraries[3].name]

    def test_a_day_outside_the_trip_is_refused(self, client, sign_in, trip):
        sign_in("secretariat")
        row = trip.stops.first()
        data = self.change(trip, **{f"day_{row.pk}": "2001-01-01"})
        answer = client.post(reverse("advocacy:trip_update", args=[trip.pk]), data)
        assert answer.status_code == 422 and "di luar masa perjalanan" in html_of(answer)

    def test_what_somebody_else_has_added_meanwhile_stays(self, client, sign_in, trip, libraries):
        account = sign_in("secretariat")
        data = self.change(trip, title="Ke selatan")
        stops = [(row.library, row.day) for row in trip.stops.order_by("day", "order")]
        stops.append((libraries[3], trip.ends_on))
        save_trip(trip=trip.stored(), stops=stops, by=factories.user("member"), version=1)
        url = reverse("advocacy:trip_update", args=[trip.pk])
        answer = client.post(url, data)
        assert answer.status_code == 409
        form = answer.context["form"]
        data |= {name: form[name].value() for name in form.fields if form[name].value() is not None}
        assert client.post(url, data).status_code == 302
        trip.refresh_from_db()
        assert (trip.title, trip.stops.count(), trip.updated_by) == ("Ke selatan", 4, account)


class TestPages:
    def test_libraries_by_day_with_what_is_known_of_them(self, client, sign_in, trip, libraries):
        factories.visit(libraries[0], visited_on=date(2019, 6, 12), recommended=["Rawat", "Tata"])
        sign_in("member")
        answer = client.get(trip.get_absolute_url())
        page = html_of(answer)
        assert [len(stops) for _, stops in answer.context["days"]] == [2, 1]
        assert "Terakhir 12 Juni 2019" in page and "2 rekomendasi terbuka" in page
        assert [one.note for one in answer.context["prepare"][1:]] == [
            "12 Juni 2019, 2 rekomendasi terbuka",
            "Belum pernah dikunjungi",
            "Belum pernah dikunjungi",
        ]
        form, library = answer.context["prepare"][1].urls
        assert form == reverse("advocacy:visit_create", args=[libraries[0].pk])
        assert library == libraries[0].get_absolute_url()

    def test_what_was_visited_on_the_way_says_so(self, client, sign_in, trip, libraries):
        factories.visit(libraries[1], visited_on=trip.starts_on)
        sign_in("observer")
        answer = client.get(trip.get_absolute_url())
        stops = [stop for _, stops in answer.context["days"] for stop in stops]
        labels = {stop.library.pk: stop.status.label for stop in stops}
        assert labels[libraries[1].pk] == "Sudah dikunjungi"
        assert labels[libraries[0].pk] == "Belum pernah dikunjungi"
        assert not answer.context["prepare"]

    def test_the_list_and_the_history(self, client, sign_in, trip, libraries):
        sign_in("secretariat")
        assert "3 perpustakaan" in html_of(client.get(reverse("advocacy:trip_list")))
        save_trip(trip=trip, stops=[(libraries[0], trip.starts_on)], by=None, version=trip.version)
        page = html_of(client.get(reverse("advocacy:trip_history", args=[trip.pk])))
        assert f"Tujuan “{libraries[1].name}”" in page

    def test_deleted_it_is_told_with_its_history(self, client, sign_in, trip):
        sign_in("secretariat")
        url = reverse("advocacy:trip_delete", args=[trip.pk])
        answer = client.post(url, {"version": trip.version}, follow=True)
        assert answer.status_code == 200 and not Trip.objects.exists()
        assert client.get(reverse("advocacy:trip_history", args=[trip.pk])).status_code == 200
        assert Library.objects.count() == 4
