"""The list of follow-ups: by person, by date, by how they stand; and closing one from home."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.models import FollowUp
from sinergi.home.tasks import tasks_of
from tests.test_pages import queries

pytestmark = pytest.mark.django_db
LIST = "/tindak-lanjut/"


@pytest.fixture
def tasks(make, team, secretariat):
    """Four in the hands of two, the last of them closed."""
    meeting = make.meeting(team, by=secretariat)
    people = [team.memberships.get(role=role).person for role in ("secretary", "chair")]
    made = {}
    for what, holder, due in (
        ("Menyusun SK", people[0], date(2019, 7, 5)),
        ("Mengirim surat", people[1], date(2019, 7, 20)),
        ("Membuat daftar", people[0], date(2019, 8, 1)),
        ("Mencetak buku", people[0], date(2019, 8, 2)),
    ):
        made[what] = make.followup(
            meeting, what=what, person_in_charge=holder, due_on=due, by=secretariat
        )
    made["Mencetak buku"].close(by=secretariat, note="Sudah.")
    return made


def shown(client, tasks, **asked):
    page = client.get(LIST, asked).content.decode()
    table = page[page.index("<table") :] if "<table" in page else ""
    return [what for what in tasks if what in table]


class TestEmpty:
    """
    An empty list says so in its own words, and leads on: to what is open, or to where follow-ups
    come from.
    """

    def shown(self, client, **asked):
        return client.get(LIST, asked).content.decode()

    @pytest.mark.parametrize(
        ("role", "url", "button"),
        [
            ("secretariat", "/rapat/baru/", "Catat rapat"),
            ("member", "/rapat/", "Buka rapat"),
            ("observer", "/rapat/", "Buka rapat"),
        ],
    )
    def test_leads_to_the_meetings_by_role(self, client, sign_in, team, role, url, button):
        sign_in(role)
        page = self.shown(client, daftar="tim")
        assert "Tidak ada tindak lanjut yang terbuka" in page
        assert f'<a class="btn btn-secondary-line" href="{url}">{button}</a>' in page

    def test_leads_to_what_is_open_in_other_hands(self, client, tasks):
        page = self.shown(client, daftar="saya")
        assert "Tidak ada tindak lanjut yang menunggu Anda" in page
        assert (
            '<a class="btn btn-secondary-line" href="?daftar=tim">Lihat semua yang terbuka</a>'
            in page
        )

    @pytest.mark.parametrize(
        ("tab", "told"),
        [("terlambat", "Tidak ada yang lewat tenggat"), ("selesai", "Belum ada yang selesai")],
    )
    def test_each_list_in_its_own_words(self, client, secretariat, team, tab, told):
        assert told in self.shown(client, daftar=tab)


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"daftar": "tim"}, ["Menyusun SK", "Mengirim surat", "Membuat daftar"]),
            ({"daftar": "selesai"}, ["Mencetak buku"]),
            ({"daftar": "tim", "since": "2019-07-20"}, ["Mengirim surat", "Membuat daftar"]),
            ({"daftar": "tim", "until": "2019-07-20"}, ["Menyusun SK", "Mengirim surat"]),
            ({"daftar": "tim", "since": "2019-07-06", "until": "2019-07-31"}, ["Mengirim surat"]),
            ({"daftar": "selesai", "since": "2019-08-03"}, []),
            ({"daftar": "terlambat", "until": "2019-07-05"}, ["Menyusun SK"]),
        ],
    )
    def test_by_date_and_status(self, client, tasks, asked, expected):
        assert shown(client, tasks, **asked) == expected

    def test_by_person(self, client, tasks, team):
        secretary, chair = (
            team.memberships.get(role=role).person_id for role in ("secretary", "chair")
        )
        assert shown(client, tasks, person=secretary) == ["Menyusun SK", "Membuat daftar"]
        assert shown(client, tasks, person=secretary, daftar="selesai") == ["Mencetak buku"]
        assert shown(client, tasks, person=chair, daftar="terlambat") == ["Mengirim surat"]
        assert shown(client, tasks, person=chair, since="2019-07-21") == []

    def test_somebodys_are_looked_for_among_all_not_among_ones_own(
        self, client, tasks, team, secretariat, make
    ):
        own = make.person(account=secretariat)
        make.followup(tasks["Menyusun SK"].meeting, what="Milik sendiri", person_in_charge=own)
        chair = team.memberships.get(role="chair").person_id
        assert shown(client, tasks, daftar="saya", person=chair) == ["Mengirim surat"]

    def test_whoever_holds_it_today_counts(self, client, tasks, team, make):
        secretary, chair = (
            team.memberships.get(role=role).person for role in ("secretary", "chair")
        )
        make.progress(
            tasks["Mengirim surat"], person=secretary, due_on=team.today + timedelta(days=3)
        )
        assert shown(client, tasks, person=chair.pk) == []
        assert shown(client, tasks, person=secretary.pk) == [
            "Menyusun SK",
            "Mengirim surat",
            "Membuat daftar",
        ]
        page = client.get(LIST, {"daftar": "tim"}).content.decode()
        assert "semula 20 Juli 2019" in page

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"since": "kemarin"}, "Masukkan tanggal yang valid."),
            ({"person": "999999"}, "Masukkan pilihan yang valid"),
        ],
    )
    def test_what_cannot_be_read_is_told_and_shows_nothing(self, client, tasks, asked, message):
        page = client.get(LIST, {"daftar": "tim"} | asked).content.decode()
        assert message in page and "<table" not in page

    def test_of_people_of_the_own_province(self, client, tasks, make, sign_in):
        make.team("11")
        page = client.get(LIST).content.decode()
        assert page.count(">Perwakilan Bappeda</option>") == 1 and 'name="province"' not in page
        there = make.team("51", members=[("Kepala Dinas Bali", "responsible", "gov_province")])
        stranger = there.memberships.get().person_id
        assert "<table" not in client.get(LIST, {"person": stranger}).content.decode()

    def test_across_provinces_people_are_offered_within_one(
        self, client, tasks, make, sign_in, team
    ):
        make.team("11")
        sign_in("observer", province_code=None)
        assert 'name="person"' not in client.get(LIST).content.decode()
        page = client.get(LIST, {"province": "19"}).content.decode()
        assert page.count(">Perwakilan Bappeda</option>") == 1
        chair = team.memberships.get(role="chair").person_id
        assert shown(client, tasks, province="19", person=chair) == ["Mengirim surat"]
        assert shown(client, tasks, province="11") == []

    def test_the_tabs_keep_the_filter_and_ask_the_database_as_often(
        self, client, tasks, make, team
    ):
        person = team.memberships.get(role="secretary").person_id
        asked = f"{LIST}?daftar=tim&person={person}&since=2019-07-01"
        page = client.get(asked).content.decode()
        assert f"person={person}&amp;since=2019-07-01" in page
        few = queries(client, asked)
        for n in range(20):
            make.followup(
                tasks["Menyusun SK"].meeting,
                what=f"Lagi {n}",
                person_in_charge=team.memberships.first().person,
            )
        assert queries(client, asked) == few


class TestFromHome:
    @pytest.fixture
    def mine(self, tasks, secretariat):
        row = tasks["Menyusun SK"]
        row.person_in_charge.user = secretariat
        row.person_in_charge.save_as(by=None)
        return row

    def test_closed_in_two_taps(self, client, mine):
        """The button of the task, and the button of the page it leads to."""
        close = reverse("advocacy:followup_close", args=[mine.pk])
        page = client.get("/").content.decode()
        assert (
            f'href="{close}">Selesaikan<span' in page
            and f'<h4 class="m-0"><a href="{mine.get_absolute_url()}">' in page
        )
        page = client.get(close).content.decode()
        assert "autofocus" in page and ">Selesaikan</button>" in page
        answer = client.post(close, {"version": mine.version, "note": "SK terbit."})
        assert answer.status_code == 302 and not mine.stored().is_open
        assert close not in client.get("/").content.decode()

    def test_who_may_not_close_it_is_led_to_its_page(self, mine, make, secretariat):
        observer = make.user("observer")
        mine.person_in_charge.user = observer
        mine.person_in_charge.save_as(by=None)
        task = tasks_of(observer, date(2019, 7, 1))[0]
        assert (task.button, task.button_url) == ("Buka", mine.get_absolute_url())

    def test_put_off_it_is_no_longer_late(self, client, mine, make, team):
        make.progress(mine, due_on=team.today + timedelta(days=3))
        late = [
            task
            for task in tasks_of(FollowUp.objects.get(pk=mine.pk).person_in_charge.user, team.today)
            if task.late_days
        ]
        assert mine.what not in [task.title for task in late]
