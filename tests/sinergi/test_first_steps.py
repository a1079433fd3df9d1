"""
The first-run list on home: computed, for who sets a province up, and at no cost beyond what home
may take.
"""

import pytest

from programs.actions import disable_account
from programs.models import Assignment, Membership
from tests import factories
from tests.sinergi.home_world import begin, pile_up
from tests.sinergi.test_home import MOST_QUERIES
from tests.test_pages import queries
from villages.models import (
    Library,
    LibraryReport,
    Participation,
    Province,
    ReportSubmission,
    Village,
)

pytestmark = pytest.mark.django_db

STEPS = ["Daftar wilayah", "Tim Sinergi Provinsi", "Anggota tim", "Akun", "Daftar desa"]


@pytest.fixture
def home(client, sign_in):
    def see(account):
        sign_in(account)
        return client.get("/")

    return see


def listed(answer):
    """{step: done} of the page, or None."""
    found = answer.context["first_steps"]
    return found and {step.title: step.done for step in found.steps}


def next_url(answer):
    return answer.context["first_steps"].next.url


class TestFromNothing:
    def test_step_by_step_until_nothing_is_left(self, home):
        """
        Each is done by itself as soon as it is true, and the next one is a page of the portal.
        """
        account = factories.user(is_superuser=True)
        assert (
            listed(home(account)) == dict.fromkeys(STEPS, False)
            and next_url(home(account)) == "/wilayah/muat/"
        )

        factories.village()
        assert listed(home(account)) == dict(
            zip(STEPS, [True, False, False, False, False], strict=True)
        )
        assert next_url(home(account)) == "/tim/baru/"

        team = factories.team(members=factories.ROSTER[:1])
        assert (
            listed(home(account))["Tim Sinergi Provinsi"]
            and not listed(home(account))["Anggota tim"]
        )
        assert next_url(home(account)) == f"/tim/{team.pk}/anggota/baru/"

        person = factories.person("Sekretaris Dinas")
        office = person.institution
        Membership(
            team=team, person=person, role="chair", institution=office, starts_on=team.formed_on
        ).save_as(by=None)
        assert listed(home(account))["Anggota tim"]
        assert next_url(home(account)) == "/akun/undang/?provinsi=19&peran=secretariat"

        factories.user("secretariat")
        assert (
            not listed(home(account))["Akun"]
            and next_url(home(account)) == "/akun/undang/?provinsi=19&peran=chair"
        )
        factories.user("chair")
        assert listed(home(account))["Akun"] and next_url(home(account)) == "/desa/impor/"

        factories.library()
        assert listed(home(account)) is None

    def test_what_has_to_wait_says_for_what(self, home):
        page = home(factories.user(is_superuser=True))
        regions, team = "Setelah wilayahnya dimuat.", "Setelah tim dibentuk."
        waits = [step.waits_for for step in page.context["first_steps"].steps]
        assert waits == ["", regions, team, team, regions]
        assert (
            "Lima langkah lagi" in page.content.decode()
            and "Tidak ada yang menunggu" not in page.content.decode()
        )

    def test_every_step_that_can_be_done_leads_to_a_page(self, client, home):
        for prepare in (lambda: None, factories.village, factories.team):
            prepare()
            account = factories.user(is_superuser=True)
            for step in home(account).context["first_steps"].steps:
                if not step.done and not step.waits_for:
                    assert client.get(step.url).status_code == 200, step.url

    def test_is_computed_not_remembered(self, home):
        account = ready("19")
        assert listed(home(account)) is None
        Assignment.objects.get(role="chair").end(by=account, reason="Pindah tugas.")
        assert [title for title, done in listed(home(account)).items() if not done] == ["Akun"]
        assert (
            "Ketua Tim, yang mengesahkan notula, belum mempunyai akun."
            in home(account).content.decode()
        )

    @pytest.mark.parametrize("lost", ["closed", "elsewhere"])
    def test_an_account_that_does_not_work_here_does_not_count(self, home, lost):
        account = ready("19")
        held = Assignment.objects.select_related("user").get(role="chair")
        if lost == "closed":
            disable_account(account=held.user, by=account, reason="Pindah tugas.")
        else:
            factories.province("11")
            Assignment.objects.filter(pk=held.pk).update(province="11")
        assert not listed(home(account))["Akun"]


def ready(code):
    """Return the administrator of a province that has everything."""
    account = factories.user("administrator", province_code=code)
    factories.team(code)
    factories.user("chair", province_code=code)
    factories.library(factories.village(f"{code}.01.06.2002"))
    return account


class TestWhose:
    def test_a_province_that_joins_later_has_the_list_of_its_own(self, home):
        first = ready("19")
        later = factories.user("administrator", province_code="11")
        factories.village("11.01.01.2001", "Keude")
        assert listed(home(first)) is None
        page = home(later)
        assert "Menyiapkan Provinsi Aceh" in page.content.decode()
        assert listed(page) == dict(zip(STEPS, [True, False, False, False, False], strict=True))
        assert listed(home(factories.user(is_superuser=True))) is None, (
            "the portal itself is past its beginning"
        )

    def test_of_several_provinces_the_first_that_is_not_ready(self, home):
        account = factories.assign(
            factories.assign(ready("19"), "administrator", "18"), "administrator", "11"
        )
        assert "Menyiapkan Provinsi Aceh" in home(account).content.decode()
        for code in ("11", "18"):
            ready(code)
        assert listed(home(account)) is None

    def test_the_whole_country_looks_at_the_one_that_has_begun(self, home):
        factories.village("11.01.01.2001", "Keude")
        factories.village()
        account = factories.user("administrator", province_code=None)
        assert "Menyiapkan portal" in home(account).content.decode()
        factories.team("19")
        assert "Menyiapkan Provinsi Kepulauan Bangka Belitung" in home(account).content.decode()

    def test_a_code_that_is_gone_is_nobodys_beginning(self, home):
        account = ready("19")
        factories.assign(account, "administrator", "11")
        assert listed(home(account)) is not None
        Province.objects.filter(pk="11").update(gone_in="Edisi lama")
        assert listed(home(account)) is None

    @pytest.mark.parametrize(
        "role", ["secretariat", "chair", "member", "regency_officer", "observer", None]
    )
    def test_nobody_else_sees_it(self, home, role):
        account = factories.user(role, regency_code="19.01" if role == "regency_officer" else None)
        page = home(account)
        assert listed(page) is None and "langkah lagi" not in page.content.decode()


class TestCost:
    """
    Administrators stand at fifteen queries: the list comes along with another one, or instead of
    some.
    """

    @pytest.mark.parametrize("role", ["administrator", "all at once", "superuser"])
    @pytest.mark.parametrize("lacks", ["nothing", "libraries", "accounts", "plan"])
    def test_home_stays_at_fifteen(self, client, sign_in, role, lacks):
        team = begin("19")
        account = factories.user(is_superuser=role == "superuser")
        if role != "superuser":
            factories.assign(account, "administrator")
        if role == "all at once":
            factories.assign(factories.assign(account, "secretariat"), "chair")
            for code in ("11", "18"):
                factories.assign(account, "administrator", code)
        pile_up(team, range(2), holder=factories.person(account=account))
        if lacks != "accounts" and role != "all at once":
            factories.user("chair")
        if lacks == "libraries":
            for model in (ReportSubmission, LibraryReport, Participation, Library):
                model.objects.all().delete()
        if lacks == "plan":
            team.plans.update(approved_at=None)
        sign_in(account)
        assert queries(client, "/") <= MOST_QUERIES

    def test_who_sets_up_nothing_asks_nothing_for_it(
        self, client, sign_in, django_assert_num_queries
    ):
        """Without it, what a chair of an empty province asks for."""
        sign_in("chair")
        few = queries(client, "/")
        factories.village()
        Village.objects.all().delete()
        assert queries(client, "/") == few


class TestOpenings:
    """An empty home says where one begins, by role."""

    @pytest.mark.parametrize(
        ("role", "words", "url"),
        [
            ("secretariat", "Catat rapat pertama", "/rapat/baru/"),
            ("chair", "untuk Anda sahkan", "/tim/"),
            ("member", "yang Anda pegang", "/tim/"),
            ("regency_officer", "di kabupaten/kota Anda", "/perpustakaan/"),
            ("observer", "dapat Anda baca", "/rapat/"),
            (None, "belum bertugas", ""),
        ],
    )
    def test_by_role(self, client, home, role, words, url):
        page = home(
            factories.user(role, regency_code="19.01" if role == "regency_officer" else None)
        )
        empty_state = page.context["empty_state"]
        assert words in page.content.decode() and empty_state.url == url
        assert not url or client.get(url).status_code == 200

    def test_not_once_there_is_something(self, home):
        factories.library()
        assert home(factories.user("chair")).context["empty_state"] is None
