"""The sources of a plan's new year: its own page, and what an earlier year offers to begin from."""

import pytest
from django.urls import reverse

from programs.models import FundingSource
from tests import factories

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def team():
    of = factories.team()
    factories.source(of, year=2020, kind="apbn", ceiling=60_000_000)
    factories.source(
        of, year=2020, kind="private", support="in_kind", name="Perusahaan", ceiling=5_000_000
    )
    return of


def list_url(team, year):
    return f"{reverse('programs:funding_list', args=[team.pk])}?tahun={year}"


def copy_url(team):
    return reverse("programs:funding_copy", args=[team.pk])


def of_year(team, year):
    return list(
        team.sources.filter(year=year)
        .order_by("kind")
        .values_list("kind", "support", "name", "ceiling")
    )


COPIED = [("apbn", "cash", "", None), ("private", "in_kind", "Perusahaan", None)]


class TestThePage:
    def test_is_of_the_year_asked_for_before_it_has_a_source(self, client, sign_in, team):
        sign_in("secretariat")
        page = client.get(list_url(team, 2021)).content.decode()
        assert "<h1>Sumber dana 2021</h1>" in page and "dana/baru/?tahun=2021" in page
        assert "Salin sumber dana dari 2020" in page and "tahun=2020" in page

    @pytest.mark.parametrize("year", ["1999", "2100", "x", "", "20211"])
    def test_of_no_year_of_a_budget_is_the_last_one(self, client, sign_in, team, year):
        sign_in("secretariat")
        assert "<h1>Sumber dana 2020</h1>" in client.get(list_url(team, year)).content.decode()

    @pytest.mark.parametrize("year", [2019, 2020])
    def test_offers_nothing_from_the_same_or_a_later_year(self, client, sign_in, team, year):
        sign_in("secretariat")
        assert "Salin sumber dana dari" not in client.get(list_url(team, year)).content.decode()

    def test_offers_nothing_that_is_there_already_and_nothing_to_who_only_reads(
        self, client, sign_in, team
    ):
        sign_in("chair")
        assert "Salin sumber dana dari" not in client.get(list_url(team, 2021)).content.decode()
        sign_in("secretariat")
        factories.source(team, year=2021, kind="apbn")
        page = client.get(list_url(team, 2021)).content.decode()
        assert (
            "Salin sumber dana dari 2020" in page and "Swasta/CSR (Perusahaan), barang/jasa" in page
        )
        factories.source(team, year=2021, kind="private", support="in_kind", name="Perusahaan")
        assert "Salin sumber dana dari" not in client.get(list_url(team, 2021)).content.decode()


class TestTheForms:
    def test_a_plans_form_leads_to_its_own_year_and_back(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, year=2021, activities=0)
        form = reverse("programs:activity_create", args=[plan.pk])
        page = client.get(form).content.decode()
        assert "Belum ada sumber dana untuk 2021" in page and "Salin sumber dana dari 2020" in page
        assert f"dana/baru/?tahun=2021&amp;kembali={form}" in page
        answer = client.post(
            copy_url(team), {"tahun": "2021", "dari": "2020", "kembali": form}, follow=True
        )
        assert answer.redirect_chain == [(form, 302)]
        page = answer.content.decode()
        assert "Salin sumber dana dari" not in page and page.count('name="dana-') == len(COPIED)

    def test_a_new_source_lands_in_that_year_and_leads_back(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, year=2021, activities=0)
        form = reverse("programs:activity_create", args=[plan.pk])
        url = f"{reverse('programs:funding_create', args=[team.pk])}?tahun=2021&kembali={form}"
        assert 'value="2021"' in client.get(url).content.decode()
        data = {"year": "2021", "kind": "apbdes", "support": "cash", "name": "", "ceiling": ""}
        answer = client.post(url, data)
        assert (answer.status_code, answer.url) == (302, form)
        assert team.sources.get(kind="apbdes").year == 2021

    @pytest.mark.parametrize(
        "away", ["https://example.com/", "//example.com/x", "javascript:alert(1)"]
    )
    def test_never_lead_to_another_host(self, client, sign_in, team, away):
        sign_in("secretariat")
        url = reverse("programs:funding_create", args=[team.pk])
        data = {"year": "2021", "kind": "apbdes", "support": "cash"}
        assert client.post(f"{url}?kembali={away}", data).url == list_url(team, 2021)
        copied = client.post(copy_url(team), {"tahun": "2021", "dari": "2020", "kembali": away})
        assert copied.url == list_url(team, 2021)


class TestCopying:
    def test_leaves_the_ceilings_to_be_known(self, client, sign_in, team):
        by = sign_in("secretariat")
        answer = client.post(copy_url(team), {"tahun": "2021", "dari": "2020"}, follow=True)
        assert (
            of_year(team, 2021) == COPIED
            and "2 sumber dana disalin dari 2020, tanpa pagunya." in answer.content.decode()
        )
        for row in team.sources.filter(year=2021):
            (kept,) = row.history.all()
            assert (row.created_by, kept.history_user, kept.history_type) == (by, by, "+")

    def test_takes_them_along_when_asked(self, client, sign_in, team):
        sign_in("secretariat")
        sent = {"tahun": "2021", "dari": "2020", "pagu": "1"}
        answer = client.post(copy_url(team), sent, follow=True)
        assert of_year(team, 2021) == of_year(team, 2020)
        assert "2 sumber dana disalin dari 2020 beserta pagunya." in answer.content.decode()

    def test_twice_is_once_and_changes_nothing_that_is_there(self, client, sign_in, team):
        sign_in("secretariat")
        factories.source(team, year=2021, kind="apbn", ceiling=7)
        for message in ("1 sumber dana disalin dari 2020", "sudah ada untuk 2021"):
            sent = {"tahun": "2021", "dari": "2020", "pagu": "1"}
            assert message in client.post(copy_url(team), sent, follow=True).content.decode()
        assert of_year(team, 2021) == [
            ("apbn", "cash", "", 7),
            ("private", "in_kind", "Perusahaan", 5_000_000),
        ]
        assert FundingSource.history.filter(year=2021).count() == 2

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"tahun": "2021"},
            {"tahun": "1999", "dari": "2020"},
            {"tahun": "2100", "dari": "2020"},
        ],
    )
    def test_of_no_year_writes_nothing(self, client, sign_in, team, sent):
        sign_in("secretariat")
        assert client.post(copy_url(team), sent).status_code in (302, 404)
        assert team.sources.count() == len(COPIED)

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [("chair", "19", 403), ("observer", "19", 403), ("secretariat", "11", 404)],
    )
    def test_is_for_who_may_add(self, client, sign_in, team, role, where, status):
        sign_in(role, province_code=where)
        assert client.post(copy_url(team), {"tahun": "2021", "dari": "2020"}).status_code == status
        assert team.sources.count() == len(COPIED)
