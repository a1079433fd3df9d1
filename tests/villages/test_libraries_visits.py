"""What the pages of places tell of visits: the library's, the regency's, the list of regencies."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.pages import html_of
from tests.test_pages import assert_alike, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    factories.team()
    return factories.library()


@pytest.fixture
def today():
    return timezone.localdate()


class TestLibrary:
    def test_the_last_visits_their_findings_and_what_is_open(self, client, sign_in, library, today):
        first = factories.visit(
            library,
            visited_on=today - timedelta(days=200),
            findings="Rak kurang.",
            recommended=["Tambah rak", "Rawat komputer"],
        )
        factories.answered(
            first.followups.get(what="Tambah rak"), on=today - timedelta(days=100), answer="done"
        )
        last = factories.visit(
            library, visited_on=today - timedelta(days=95), findings="Jam buka bertambah."
        )
        sign_in("secretariat")
        answer = client.get(library.get_absolute_url())
        page, context = html_of(answer), answer.context
        assert context["last_visits"][0].pk == last.pk
        assert len(context["last_visits"]) == 3 and "Jam buka bertambah." in page
        assert [row.what for row in context["recommendations"]] == ["Rawat komputer"]
        assert "pengelola perpustakaan" in page.lower() and "Tambah rak" not in page
        # Sooner than usual, for something is open.
        assert context["next_visit_status"].label.startswith("Terlambat")
        assert reverse("advocacy:visit_create", args=[library.pk]) in page

    def test_ones_own_draft_is_there_and_nobody_elses(self, client, sign_in, library, today):
        factories.visit(library, visited_on=today, send=False)
        account = sign_in("member")
        own = factories.visit(library, visited_on=today, send=False, by=account)
        context = client.get(library.get_absolute_url()).context
        assert [visit.pk for visit in context["visit_drafts"]] == [own.pk]
        assert context["last_visits"] == []
        assert context["next_visit_status"].label == "Belum pernah dikunjungi"

    def test_the_officer_of_the_regency_reads_and_is_led_to_the_report(
        self, client, sign_in, library, today
    ):
        visit = factories.visit(library, visited_on=today, recommended=["Rawat komputer"])
        sign_in("regency_officer", regency_code="19.01")
        page = html_of(client.get(library.get_absolute_url()))
        assert f"{visit.get_absolute_url()}#tindak-lanjut-" in page
        assert visit.followups.get().get_absolute_url() not in page
        assert reverse("advocacy:visit_create", args=[library.pk]) not in page

    def test_asks_as_often_with_many_visits(self, client, sign_in, library, today):
        sign_in("secretariat")
        url = {"page": library.get_absolute_url()}
        factories.visit(library, visited_on=today, recommended=["Satu"])
        few = {name: queries(client, path) for name, path in url.items()}
        for n in range(8):
            factories.visit(
                library, visited_on=today - timedelta(days=n), recommended=[f"Rawat {n}", "Tata"]
            )
        assert_alike({name: queries(client, path) for name, path in url.items()}, few)


class TestRegency:
    def test_counts_what_its_link_lists(self, client, sign_in, library, today):
        this_year = today.replace(month=1, day=1)
        for day in (this_year, this_year, this_year - timedelta(days=1)):
            factories.visit(library, visited_on=day)
        factories.visit(library, visited_on=this_year, send=False)
        sign_in("administrator", province_code=None)
        regency = library.regency
        rows = client.get(reverse("villages:regency_list")).context["regencies"]
        assert {row.pk: row.visits_count for row in rows}[regency.pk] == 2
        page = client.get(regency.get_absolute_url())
        assert page.context["visits_count"] == 2 and len(page.context["last_visits"]) == 3
        asked = {"state": "sent", "province": "19", "regency": regency.pk, "year": today.year}
        listed = client.get(reverse("advocacy:visit_list"), asked)
        assert len(listed.context["page"].rows) == 2
        assert f"regency={regency.pk}" in html_of(page)
