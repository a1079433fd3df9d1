"""The next visits: who is in which list, from the last visit and what is still open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from advocacy.models import Visit
from advocacy.querysets.visit_schedule import Intervals, day_number, scheduled_libraries
from advocacy.visit_intervals import due_status, last_day_before, months_later
from tests import factories
from tests.pages import html_of
from villages.models import Library

DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
TABS = ("belum", "terlambat", "segera")


class TestIntervals:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            (date(2019, 3, 15), 6, date(2019, 9, 15)),
            (date(2019, 8, 31), 6, date(2020, 2, 29)),
            (date(2018, 12, 31), 2, date(2019, 2, 28)),
            (date(2019, 12, 1), 24, date(2021, 12, 1)),
        ],
    )
    def test_months_later_is_the_same_day_or_the_last(self, day, months, later):
        assert months_later(day, months) == later

    @given(DAYS, DAYS, st.integers(1, 24))
    def test_the_cutoff_says_the_same_as_the_day_itself(self, last, due, months):
        assert (months_later(last, months) < due) == (last <= last_day_before(due, months))

    @given(DAYS, DAYS, st.integers(1, 24))
    def test_so_does_the_number_of_the_day(self, last, due, months):
        number = day_number(last) + 31 * months
        assert (months_later(last, months) < due) == (number < day_number(due))

    @pytest.mark.parametrize(
        ("due", "label"),
        [
            (None, "Belum pernah dikunjungi"),
            (date(2019, 6, 1), "Terlambat 11 hari"),
            (date(2019, 6, 12), "Hari ini"),
            (date(2019, 6, 20), "8 hari lagi"),
        ],
    )
    def test_is_said_in_words(self, due, label):
        assert due_status(due, date(2019, 6, 12)).label == label


@pytest.fixture
def team(db):
    return factories.team()


@pytest.fixture
def today():
    return timezone.localdate()


def places(count, regency="19.01"):
    """Return so many libraries of villages."""
    return [
        factories.library(factories.village(f"{regency}.06.2{n:03}", f"Desa {n}"))
        for n in range(1, count + 1)
    ]


def listed(client, **asked):
    """Return {tab: (its number, its rows by name)} of the page."""
    url, found = reverse("advocacy:visit_schedule"), {}
    for tab in TABS:
        context = client.get(url, asked | {"daftar": tab}).context
        rows = [one.row.name for _, libraries in context["groups"] for one in libraries]
        found[tab] = ({key: count for key, _, count in context["tabs"]}[tab], sorted(rows))
    return found


class TestLists:
    def visited(self, library, today, months, *, late=0, **fields):
        """Visit it so that the next visit is due so many days before today, with that interval."""
        day = last_day_before(today - timedelta(days=late) + timedelta(days=1), months)
        return factories.visit(library, visited_on=day, **fields)

    def test_each_library_is_in_the_list_of_its_last_visit(self, client, sign_in, team, today):
        never, late, due, recent, drafted = places(5)
        self.visited(late, today, 6, late=1)
        self.visited(due, today, 6)
        factories.visit(recent, visited_on=today - timedelta(days=20))
        factories.visit(drafted, visited_on=today - timedelta(days=300), send=False)
        sign_in("secretariat")
        assert listed(client) == {
            "belum": (2, sorted([never.name, drafted.name])),
            "terlambat": (1, [late.name]),
            "segera": (1, [due.name]),
        }

    def test_open_recommendations_bring_it_forward_until_they_are_answered(
        self, client, sign_in, team, today
    ):
        (library,) = places(1)
        visit = self.visited(library, today, 3, late=5, recommended=["Rawat komputer"])
        sign_in("secretariat")
        assert listed(client)["terlambat"] == (1, [library.name])
        row = visit.followups.get()
        row.close(by=visit.created_by, note="Sudah menyala.", visit=visit)
        assert listed(client)["terlambat"] == (0, [])

    def test_the_team_sets_how_often(self, client, sign_in, team, today):
        (library,) = places(1)
        self.visited(library, today, 6, late=1)
        sign_in("secretariat")
        assert listed(client)["terlambat"][0] == 1
        team.visit_interval = 12
        team.save_as(by=None)
        assert listed(client)["terlambat"][0] == 0

    def test_a_later_visit_takes_it_out(self, client, sign_in, team, today):
        (library,) = places(1)
        self.visited(library, today, 6, late=100)
        sign_in("secretariat")
        assert listed(client)["terlambat"][0] == 1
        factories.visit(library, visited_on=today)
        assert [count for count, _ in listed(client).values()] == [0, 0, 0]

    def test_every_number_counts_what_it_leads_to_within_the_filter(
        self, client, sign_in, team, today
    ):
        here, there = places(4), places(3, "19.02")
        for library in (*here[:2], there[0]):
            self.visited(library, today, 6, late=2)
        sign_in("secretariat")
        for asked, late, never in (
            ({}, 3, 4),
            ({"regency": "19.02"}, 1, 2),
            ({"q": "Desa 1"}, 2, 0),
        ):
            found = listed(client, **asked)
            assert all(count == len(rows) for count, rows in found.values())
            assert (found["terlambat"][0], found["belum"][0]) == (late, never)

    def test_levels_are_kept_apart(self, client, sign_in, team):
        (village,) = places(1)
        regency = factories.library(factories.regency())
        province = factories.library(factories.province())
        sign_in("secretariat")
        for level, library in (("", village), ("regency", regency), ("province", province)):
            assert listed(client, level=level)["belum"] == (1, [library.name])

    def test_every_library_is_read_once_page_by_page(self, client, sign_in, team):
        names = {library.name for library in (*places(40), *places(30, "19.02"))}
        sign_in("secretariat")
        url, seen = reverse("advocacy:visit_schedule") + "?daftar=belum", []
        asked = url
        while asked:
            context = client.get(asked).context
            seen += [one.row.id for _, libraries in context["groups"] for one in libraries]
            cursor = context["page"].next
            asked = f"{url}&setelah={cursor}" if cursor else ""
        assert len(seen) == 70 and len(set(seen)) == 70
        assert len(names) == Library.objects.filter(pk__in=seen).values("name").distinct().count()

    def test_without_a_team_there_are_no_visits(self, client, sign_in, team):
        factories.library(factories.village("11.01.01.2001", "Gampong"))
        sign_in("administrator", province_code=None)
        assert [count for count, _ in listed(client).values()] == [0, 0, 0]

    def test_of_another_province_none(self, client, sign_in, team):
        places(2)
        sign_in("secretariat", province_code="11")
        assert [count for count, _ in listed(client).values()] == [0, 0, 0]


class TestPage:
    def test_says_the_last_visit_the_next_and_what_is_open(self, client, sign_in, team, today):
        (library,) = places(1)
        day = today - timedelta(days=100)
        visit = factories.visit(library, visited_on=day, recommended=["Rawat", "Tata"])
        sign_in("secretariat")
        page = html_of(client.get(reverse("advocacy:visit_schedule")))
        assert "2 rekomendasi terbuka" in page and visit.get_absolute_url() in page
        assert reverse("advocacy:visit_create", args=[library.pk]) in page
        assert f'name="perpustakaan" value="{library.pk}"' in page

    def test_whoever_only_reads_is_offered_nothing_to_do(self, client, sign_in, team):
        (library,) = places(1)
        sign_in("observer")
        page = html_of(client.get(reverse("advocacy:visit_schedule")))
        assert library.name in page and "Rencanakan perjalanan" not in page
        assert reverse("advocacy:visit_create", args=[library.pk]) not in page

    def test_the_officer_of_a_regency_sees_that_regency(self, client, sign_in, team):
        (mine,), (other,) = places(1), places(1, "19.02")
        other.name = "Perpustakaan Lain"
        other.save_as(by=None)
        sign_in("regency_officer", regency_code="19.01")
        assert listed(client)["belum"] == (1, [mine.name])

    @pytest.mark.parametrize(
        "asked", ["daftar=lain", "setelah=xx", "level=x", "regency=99", "q=%00%00%00", "q=a"]
    )
    def test_a_strange_address_is_no_error(self, client, sign_in, team, asked):
        places(1)
        sign_in("secretariat")
        assert client.get(f"{reverse('advocacy:visit_schedule')}?{asked}").status_code == 200


@pytest.mark.both("days are compared, and rows of the last visit are looked up, by the database")
@pytest.mark.django_db
def test_the_lists_agree_with_plain_python(team, today):
    """Every library stands in at most one list, the one that the rows say in Python."""
    libraries = places(30)
    for n, library in enumerate(libraries[3:]):
        recommended = ["Rawat"] if n % 3 == 0 else []
        for gap in (n * 13 % 250, n * 13 % 250 + 40):
            factories.visit(
                library, visited_on=today - timedelta(days=gap), recommended=recommended
            )
    expected = {"belum": set(), "terlambat": set(), "segera": set()}
    for library in libraries:
        last = Visit.objects.filter(library=library).order_by("-visited_on").first()
        if last is None:
            expected["belum"].add(library.pk)
            continue
        due = months_later(last.visited_on, 3 if last.followups.exists() else 6)
        if due < today:
            expected["terlambat"].add(library.pk)
        elif due <= today + timedelta(days=30):
            expected["segera"].add(library.pk)
    intervals = Intervals()
    rows = scheduled_libraries(intervals)
    found = {
        "belum": rows.never_visited(),
        "terlambat": rows.overdue(today, intervals),
        "segera": rows.due_soon(today, intervals),
    }
    assert {key: set(rows.values_list("pk", flat=True)) for key, rows in found.items()} == expected
    assert all(expected.values())
