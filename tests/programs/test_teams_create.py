"""Making the team of a province on a page of the portal, and what pages say while there is none."""

import uuid
from datetime import date

import pytest

from programs.actions import form_team
from programs.models import Institution, Membership, Team
from programs.views import teams
from tests import factories
from villages.models import Province

pytestmark = pytest.mark.django_db

PAGE = "/tim/baru/"


def sent(**changes):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "province": "19",
        "name": "Tim Sinergi Provinsi Kepulauan Bangka Belitung",
        "office": "Dinas Kearsipan dan Perpustakaan",
        "seat": "Pangkalpinang",
        "formed_on": "2018-11-28",
    } | changes


class TestMaking:
    def test_by_the_administrator_of_the_province(self, client, sign_in):
        account = sign_in("administrator")
        answer = client.post(PAGE, sent())
        team = Team.objects.get()
        assert answer.url == team.get_absolute_url()
        assert (team.province_id, team.office, team.formed_on) == (
            "19",
            sent()["office"],
            date(2018, 11, 28),
        )
        assert team.created_by == account and team.history.get().history_user == account

    def test_its_office_is_the_first_institution(self, client, sign_in):
        sign_in("administrator")
        client.post(PAGE, sent())
        office = Institution.objects.get()
        assert (office.name, office.sector, office.affair) == (
            sent()["office"],
            "gov_province",
            "library",
        )

    @pytest.mark.parametrize(
        "known",
        [{"name": "DINAS  KEARSIPAN DAN PERPUSTAKAAN"}, {"name": "DKPUS", "affair": "library"}],
    )
    def test_an_office_that_is_there_is_not_written_twice(self, known):
        province = factories.province()
        Institution(province=province, sector="gov_province", **known).save_as(by=None)
        team = Team(
            province=province,
            name="Tim",
            office="Dinas Kearsipan dan Perpustakaan",
            formed_on=factories.FOUNDED,
        )
        form_team(team=team, by=None)
        assert Institution.objects.count() == 1

    def test_sent_twice_is_one_team(self, client, sign_in):
        sign_in("administrator")
        data = sent()
        urls = {client.post(PAGE, data).url for _ in range(2)}
        assert urls == {Team.objects.get().get_absolute_url()} and Institution.objects.count() == 1

    def test_the_only_province_and_its_name_are_offered(self, client, sign_in):
        sign_in("administrator")
        form = client.get(PAGE).context["form"]
        assert (form["province"].value(), form["name"].value()) == (
            "19",
            "Tim Sinergi Provinsi Kepulauan Bangka Belitung",
        )

    def test_the_province_of_the_address_is_offered_to_who_works_everywhere(self, client, sign_in):
        factories.province("18"), factories.province("19")
        sign_in(factories.user(is_superuser=True))
        assert client.get(PAGE).context["form"]["province"].value() is None
        assert client.get(f"{PAGE}?provinsi=18").context["form"]["province"].value() == "18"

    def test_says_where_its_way_goes_on(self, client, sign_in):
        sign_in("administrator")
        page = client.post(PAGE, sent(), follow=True).content.decode()
        assert "Sekarang tambahkan anggotanya" in page and "Belum ada anggota" in page
        assert f"/tim/{Team.objects.get().pk}/anggota/baru/" in page


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"province": ""}, "province", "Pilih provinsinya."),
            ({"name": " "}, "name", "Isi nama tim."),
            ({"office": ""}, "office", "Isi nama dinas"),
            ({"formed_on": ""}, "formed_on", "Isi tanggal tim dibentuk."),
            ({"formed_on": "0018-11-28"}, "formed_on", "Periksa tahunnya."),
        ],
    )
    def test_beside_the_field_with_the_text_kept(self, client, sign_in, changes, field, words):
        sign_in("administrator")
        answer = client.post(PAGE, sent(**changes))
        assert answer.status_code == 422 and words in answer.context["form"].errors[field][0]
        assert "Pangkalpinang" in answer.content.decode() and not Team.objects.exists()

    def test_in_another_province(self, client, sign_in):
        factories.province("18")
        sign_in("administrator")
        answer = client.post(PAGE, sent(province="18"))
        assert answer.status_code == 422 and "di luar wilayah Anda" in answer.content.decode()
        assert not Team.objects.exists()

    def test_a_second_one(self, client, sign_in):
        factories.team()
        factories.province("18")
        sign_in("administrator", province_code=None)
        answer = client.post(PAGE, sent())
        assert answer.status_code == 422 and "sudah mempunyai tim" in answer.content.decode()
        assert Team.objects.count() == 1

    @pytest.mark.both("the key's own error")
    def test_one_made_meanwhile_is_told(self, client, sign_in, monkeypatch):
        """After the form was found in order, and before it was written."""
        sign_in("administrator")

        def late(**what):
            factories.team(members=[])
            return form_team(**what)

        monkeypatch.setattr(teams, "form_team", late)
        answer = client.post(PAGE, sent())
        assert (
            answer.status_code == 422 and "baru saja dibentuk orang lain" in answer.content.decode()
        )

    def test_where_every_team_is_there_it_is_opened(self, client, sign_in):
        factories.team()
        sign_in("administrator")
        answer = client.get(PAGE)
        assert answer.status_code == 200 and 'href="/tim/"' in answer.content.decode()


NEEDS_A_TEAM = [
    "/tim/",
    "/rapat/baru/",
    "/advokasi/baru/",
    "/komitmen/baru/",
    "/kerja-sama/baru/",
    "/publikasi/baru/",
]


class TestWithoutATeam:
    """A page that stands on a team says what comes first, instead of refusing."""

    @pytest.mark.parametrize("path", NEEDS_A_TEAM)
    def test_leads_an_administrator_there(self, client, sign_in, path):
        sign_in("administrator")
        answer = client.get(path)
        assert (
            answer.status_code == 200
            and 'btn-primary" href="/tim/baru/"' in answer.content.decode()
        )

    @pytest.mark.parametrize("path", NEEDS_A_TEAM)
    def test_tells_others_who_makes_it(self, client, sign_in, path):
        sign_in("secretariat")
        answer = client.get(path)
        assert (
            answer.status_code == 200 and "Administrator portal di dinas" in answer.content.decode()
        )
        assert "/tim/baru/" not in answer.content.decode()

    @pytest.mark.parametrize("path", NEEDS_A_TEAM[1:])
    def test_who_may_not_at_all_is_refused_as_ever(self, client, sign_in, path):
        sign_in("observer")
        assert client.get(path).status_code == 403

    @pytest.mark.parametrize(
        ("role", "words"),
        [
            ("administrator", "Bentuk tim"),
            ("secretariat", "administrator portal membentuk"),
            ("chair", "disusun sekretariat"),
        ],
    )
    def test_the_list_of_plans_says_it_by_role(self, client, sign_in, role, words):
        sign_in(role)
        assert words in client.get("/rencana/").content.decode()


class TestFirstMembers:
    def test_begin_with_the_team_until_somebody_joins_later(self, client, sign_in):
        team = factories.team(members=factories.ROSTER[:2])
        sign_in("secretariat")
        page = f"/tim/{team.pk}/anggota/baru/"
        assert client.get(page).context["form"]["starts_on"].value() == team.formed_on
        person = factories.person()
        Membership(
            team=team, person=person, institution=person.institution, starts_on=date(2019, 6, 19)
        ).save_as(by=None)
        assert client.get(page).context["form"]["starts_on"].value() == team.today

    def test_an_institution_that_is_missing_is_written_down_on_the_way(self, client, sign_in):
        team = factories.team(members=[])
        sign_in("secretariat")
        page = f"/tim/{team.pk}/anggota/baru/"
        way = f"/mitra/baru/?provinsi=19&tim={team.pk}"
        assert way.replace("&", "&amp;") in client.get(page).content.decode()
        answer = client.post(
            way, {"name": "Bappeda", "sector": "gov_province", "idempotency_key": str(uuid.uuid4())}
        )
        office = Institution.objects.get()
        assert answer.url == f"{page}?instansi={office.pk}"
        assert client.get(answer.url).context["form"]["institution"].value() == office.pk

    def test_a_team_elsewhere_is_no_way_back(self, client, sign_in):
        team = factories.team("11", members=[])
        sign_in("secretariat")
        data = {"name": "Bappeda", "sector": "gov_province", "idempotency_key": str(uuid.uuid4())}
        answer = client.post(f"/mitra/baru/?tim={team.pk}", data)
        assert answer.url == Institution.objects.get(province="19").get_absolute_url()

    def test_an_invitation_from_the_list_has_its_province_and_role(self, client, sign_in):
        factories.province("18"), factories.province("19")
        sign_in(factories.user(is_superuser=True))
        form = client.get("/akun/undang/?provinsi=18&peran=chair").context["form"]
        assert (form["province"].value(), form["role"].value()) == ("18", "chair")
        assert Province.objects.count() == 2
