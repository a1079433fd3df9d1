"""The team's page and the forms over membership, as a person at a browser meets them."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.cadence.alerts import alerts_of
from programs.models import Membership, Person
from tests import factories
from tests.exporting import downloaded, text_rows, workbook
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def page(client, team, **query):
    answer = client.get(team.get_absolute_url(), query)
    assert answer.status_code == 200
    return html_of(answer)


def member_data(team, **changes):
    office = team.memberships.get(person__name="Perwakilan Bappeda").institution
    data = {
        "idempotency_key": str(uuid.uuid4()),
        "person": "",
        "new_name": "Pengganti",
        "phone": "",
        "role": "member",
    }
    return data | {"institution": office.pk, "position": "", "starts_on": "2019-06-19"} | changes


def reminders(account, team):
    """Return the reminders of decrees that this account has."""
    return [one for one in alerts_of(account, team.today) if one.rule.kind == "decree"]


class TestYear:
    """
    The year is the one on the clock of the team's province: in WIT it begins two hours before that
    of WIB.
    """

    @pytest.mark.parametrize(("hour", "year"), [(14, 2019), (15, 2020), (23, 2020)])
    def test_attendance_counts_in_the_year_of_the_province(self, client, sign_in, hour, year):
        papua = factories.team("91")
        sign_in("secretariat", province_code="91")
        factories.minutes(papua, starts_at=datetime(2019, 3, 1, 2, tzinfo=UTC))
        factories.minutes(papua, starts_at=datetime(2019, 12, 31, hour, tzinfo=UTC))
        members = client.get(papua.get_absolute_url()).context["members"]
        held = {2019: 2, 2020: 1}[year]
        assert {(m.attendance_year, m.present, m.marked) for m in members} == {(year, held, held)}

    def test_the_list_of_meetings_asks_for_that_year_too(self, client, sign_in):
        sign_in("secretariat", province_code=None)
        for code, hour in (("91", 15), ("71", 16), ("19", 17)):  # half past midnight, on each clock
            factories.minutes(
                factories.team(code),
                title=f"Rapat {code}",
                starts_at=datetime(2019, 12, 31, hour, 30, tzinfo=UTC),
            )
        for year, there in ((2019, False), (2020, True)):
            answer = html_of(client.get("/rapat/", {"year": year}))
            assert [f"Rapat {code}" in answer for code in ("91", "71", "19")] == [there] * 3


class TestReplacing:
    """Begins at the member's row."""

    def test_is_one_tap_from_the_teams_page(self, client, sign_in, team):
        sign_in("secretariat")
        leaving = team.memberships.get(person__name="Perwakilan Bappeda")
        url = reverse("programs:membership_replace", args=[leaving.pk])
        shown = page(client, team)
        assert f'href="{url}">Ganti<span class="visually-hidden">Perwakilan Bappeda</span>' in shown
        assert shown.count(">Ganti<") == team.memberships.count()
        data = member_data(
            team, starts_on=str(team.today), reason="Pindah tugas", replaced_version="1"
        )
        assert client.post(url, data).url == team.get_absolute_url()
        assert team.memberships.get(replaces=leaving).person.name == "Pengganti"

    def test_is_not_offered_for_who_leaves_on_another_day_or_to_who_only_reads(
        self, client, sign_in, team
    ):
        sign_in("secretariat")
        leaving = team.memberships.get(person__name="Perwakilan Bappeda")
        leaving.ends_on, leaving.end_reason = team.today, "Pindah tugas"
        leaving.save_as(by=None)
        assert page(client, team).count(">Ganti<") == team.memberships.count() - 1
        assert ">Ganti<" not in page(client, team, per="2019-01-01")
        for role in ("chair", "member", "observer"):
            sign_in(role)
            assert ">Ganti<" not in page(client, team)


class TestPage:
    def test_who_was_a_member_on_a_day(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        url = reverse("programs:membership_replace", args=[old.pk])
        data = member_data(team, reason="Pindah tugas", replaced_version=old.version)
        assert client.post(url, data).status_code == 302
        for day, there, gone in (
            ("2018-11-28", ">Perwakilan Bappeda<", ">Pengganti<"),
            ("2019-08-01", ">Pengganti<", ">Perwakilan Bappeda<"),
        ):
            table = page(client, team, per=day).partition("<tbody")[2].partition("</table>")[0]
            assert there in table and gone not in table, day
        assert "Tidak ada anggota pada 27 November 2018" in page(client, team, per="2018-11-27")

    @pytest.mark.parametrize(
        "per", ["", "kemarin", "2019-02-30", "28/11/2018", "9999-12-31", "0001-01-01"]
    )
    def test_any_day_that_is_asked_for(self, client, sign_in, team, per):
        sign_in("observer")
        text = page(client, team, per=per)
        assert ("Isi tanggal yang benar." in text) is (per in ("kemarin", "2019-02-30"))
        assert downloaded(client, f"{reverse('programs:team_roster', args=[team.pk])}?per={per}")

    def test_what_members_did(self, client, sign_in, team):
        account = sign_in("secretariat")
        factories.minutes(team, by=account)
        text = page(client, team)
        assert "Kehadiran 2019" in text and text.count("1 dari 1") == 8 and "1 terlambat" in text

    def test_the_stairs_and_the_road(self, client, sign_in, team):
        sign_in("secretariat")
        text = page(client, team)
        assert text.count("Tahap berikutnya") == 3 and "Tidak ada SK yang berlaku" in text
        factories.decree(team)
        draft = factories.decree(
            team, state="drafting", level="governor", submit_by=date(2019, 6, 28)
        )
        text = page(client, team)
        assert (
            "in-force" in text
            and "in-progress" in text
            and "Menuju" in text
            and "terlambat" in text
        )
        assert draft.get_absolute_url() in text and "Harmonisasi" in text
        draft.submit(by=None)
        assert "Menunggu penetapan" in page(client, team)

    def test_expiry_is_announced_and_a_successor_ends_the_announcement(self, client, sign_in, team):
        account = sign_in("secretariat")
        decree = factories.decree(team, until=team.today + timedelta(days=60))
        assert "60 hari lagi" in page(client, team)
        (alert,) = reminders(account, team)
        assert alert.due == decree.in_force_until
        factories.decree(team, state="drafting", replaces=decree)
        assert "60 hari lagi" not in page(client, team) and not reminders(account, team)

    def test_not_yet_announced(self, client, sign_in, team):
        account = sign_in("secretariat")
        factories.decree(team, until=team.today + timedelta(days=61))
        assert "hari lagi" not in page(client, team) and not reminders(account, team)

    def test_meetings_without_a_basis_are_shown_as_such(self, client, sign_in, team):
        account = sign_in("secretariat")
        meeting = factories.minutes(team, by=account, title="Rapat Juni")
        planned = factories.meeting(team, title="Rapat nanti")
        assert "Rapat saat tidak ada SK yang berlaku" in page(client, team)
        assert "tidak ada SK tim yang berlaku" in html_of(client.get(meeting.get_absolute_url()))
        assert "tidak ada SK tim yang berlaku" not in html_of(
            client.get(planned.get_absolute_url())
        )
        assert html_of(client.get("/rapat/")).count("tanpa SK yang berlaku") == 1
        factories.decree(
            team, start=date(2019, 6, 19), until=date(2019, 6, 19), roster_on=factories.FOUNDED
        )
        assert "Rapat saat tidak ada SK" not in page(client, team)
        assert "tanpa SK yang berlaku" not in html_of(client.get("/rapat/"))

    def test_the_list_knows_the_day_in_the_provinces_zone(self, client, sign_in):
        """23.30 UTC on the 18th is the 19th in WITA; 15.30 UTC on the 18th still the 18th."""
        team = factories.team("71")
        account = sign_in("secretariat", province_code="71")
        factories.decree(team, start=date(2019, 6, 19), roster_on=factories.FOUNDED)
        morning = factories.datetime(2019, 6, 18, 23, 30, tzinfo=factories.UTC)
        factories.minutes(team, by=account, starts_at=morning)
        assert "tanpa SK" not in html_of(client.get("/rapat/")) and "tidak ada SK" not in page(
            client, team
        )
        factories.minutes(team, by=account, starts_at=morning - timedelta(hours=8))
        assert html_of(client.get("/rapat/")).count("tanpa SK") == 1
        assert page(client, team).count("Rapat saat tidak ada SK") == 1

    def test_the_roster_to_take_along(self, client, sign_in, team):
        sign_in("observer")
        person = team.memberships.get(role="chair").person
        person.name = "=1+1"
        person.save_as(by=None)
        person.phone = "+6281234567890"
        person.save_as(by=None)
        url = reverse("programs:team_roster", args=[team.pk])
        rows = [[cell.value for cell in row] for row in workbook(client, url)[0]]
        assert len(rows) == 9 and rows[2][1] == "=1+1" and rows[2][2] == "Ketua Tim"
        assert "Telepon" not in rows[0], "nobody takes numbers along without the permission"
        account = sign_in("secretariat")
        cells, about = workbook(client, url)
        assert cells[0][8].value == "Telepon" and cells[2][8].value == "0812-3456-7890"
        assert about["Tim"] == team.name and account.exports.get().rows == 8

    def test_the_roster_in_each_form_and_the_way_back_from_it(self, client, sign_in, team):
        account = sign_in("secretariat")
        url = f"{reverse('programs:team_roster', args=[team.pk])}?per=2019-07-01"
        assert text_rows(downloaded(client, f"{url}&unduh=csv"), ";")[2][2] == "Ketua Tim"
        assert client.get(f"{url}&unduh=pdf").status_code == 404
        told = {"title": "Desa", "path": "/desa/", "query": "", "form": "csv"}
        account.exports.begin(account, **told)
        answer = client.get(url)
        assert answer.status_code == 429
        back = answer.context["back"]
        assert back == f"{team.get_absolute_url()}?per=2019-07-01"
        assert client.get(back)["Content-Type"].startswith("text/html")

    def test_history_tells_membership_and_decrees(self, client, sign_in, team):
        sign_in("observer")
        factories.decree(team)
        text = html_of(client.get(reverse("programs:team_history", args=[team.pk])))
        assert "Keanggotaan Perwakilan Bappeda ditambahkan" in text and "SK Kepala Dinas" in text


class TestMembershipForms:
    def test_a_new_person_is_written_down_with_the_membership(self, client, sign_in, team):
        sign_in("secretariat")
        url = reverse("programs:membership_create", args=[team.pk])
        answer = client.post(
            url, data := member_data(team, new_name="Perwakilan Kadin", phone="0812 3456 7890")
        )
        assert answer.status_code == 302
        person = Person.objects.get(name="Perwakilan Kadin")
        assert person.phone == "+6281234567890" and person.memberships.get().team == team
        assert client.post(url, data).status_code == 302, "the same sending again"
        assert (
            Person.objects.filter(name="Perwakilan Kadin").count() == 1
            and team.memberships.count() == 9
        )

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"new_name": ""}, "Pilih orangnya, atau tulis orang baru di bawah."),
            (
                {"new_name": "perwakilan bappeda"},
                "Mirip dengan yang sudah terdaftar. Pilih dari daftar",
            ),
            ({"new_name": "—"}, "Nama memuat paling sedikit satu huruf atau angka."),
            ({"phone": "12"}, "Contoh: 0812 3456 7890"),
            ({"institution": ""}, "Pilih instansinya."),
            ({"starts_on": ""}, "Isi hari pertama keanggotaan."),
            ({"role": "chair"}, "Tim hanya mempunyai satu ketua pada satu waktu."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_written(
        self, client, sign_in, team, changes, message
    ):
        sign_in("secretariat")
        people = Person.objects.count()
        answer = client.post(
            reverse("programs:membership_create", args=[team.pk]), member_data(team) | changes
        )
        text = html_of(answer)
        assert answer.status_code == 422 and message in text and text.count(message) >= 2, (
            "beside the field and in the summary"
        )
        assert team.memberships.count() == 8 and Person.objects.count() == people

    def test_who_is_in_the_team_already(self, client, sign_in, team):
        sign_in("secretariat")
        person = team.memberships.get(role="chair").person
        url = reverse("programs:membership_create", args=[team.pk])
        answer = client.post(url, member_data(team, new_name="", person=person.pk))
        assert answer.status_code == 422 and "sudah menjadi anggota tim pada masa itu" in html_of(
            answer
        )
        there = factories.person("Orang Aceh", province_code="11")
        answer = client.post(url, member_data(team, new_name="", person=there.pk))
        assert answer.status_code == 422 and "tidak ada dalam daftar" in html_of(answer)

    def test_the_eleventh_is_warned_about_and_let_in(self, client, sign_in, team):
        sign_in("secretariat")
        url = reverse("programs:membership_create", args=[team.pk])
        for n in range(3):
            assert ("Tim sudah beranggota" in html_of(client.get(url))) is (n == 2)
            assert client.post(url, member_data(team, new_name=f"Orang {n}")).status_code == 302
        assert "beranggota 11 orang" in page(client, team)

    def test_somebody_was_quicker(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        seen = old.version
        old.position = "Kepala bidang"
        old.save_as(by=None)
        url = reverse("programs:membership_replace", args=[old.pk])
        data = member_data(team, reason="Pindah tugas", replaced_version=seen)
        answer = client.post(url, data)
        text = html_of(answer)
        assert (
            answer.status_code == 409
            and "menyimpan perubahan lebih dulu" in text
            and 'value="Pengganti"' in text
        )
        assert not Person.objects.filter(name="Pengganti").exists()
        assert client.post(url, data | {"replaced_version": old.version}).status_code == 302
        assert client.post(url, member_data(team, reason="Lagi")).status_code == 422, "it has ended"

    def test_ending_and_correcting(self, client, sign_in, team):
        sign_in("secretariat")
        one = team.memberships.get(person__name="Perwakilan media cetak")
        end = reverse("programs:membership_end", args=[one.pk])
        answer = client.post(
            end, {"ends_on": "2018-11-01", "end_reason": "", "version": one.version}
        )
        assert answer.status_code == 422 and "Tuliskan alasannya." in html_of(answer)
        answer = client.post(
            end, {"ends_on": "2018-11-01", "end_reason": "Mundur", "version": one.version}
        )
        assert answer.status_code == 422 and "tidak boleh sebelum hari pertama" in html_of(answer)
        assert (
            client.post(
                end, {"ends_on": "2019-07-01", "end_reason": "Mundur", "version": one.version}
            ).status_code
            == 302
        )
        one.refresh_from_db()
        change = reverse("programs:membership_update", args=[one.pk])
        data = {
            "role": "secretary",
            "institution": one.institution_id,
            "position": "",
            "starts_on": "2018-12-01",
        }
        data |= {"ends_on": "2019-07-01", "end_reason": "Mundur", "version": one.version}
        assert client.post(change, data).status_code == 302
        assert client.post(change, data).status_code == 409, "on the version that was read"
        assert Membership.objects.get(pk=one.pk).role == "secretary"
        history = html_of(client.get(reverse("programs:membership_history", args=[one.pk])))
        assert "Anggota" in history and "Sekretaris Tim" in history


def test_what_members_have_to_do_is_counted_of_their_own_team(client, sign_in):
    """
    Open and late ones, of meetings that were not called off; not what they do for another team.
    """
    account = sign_in("secretariat")
    team, other = factories.team(), factories.team("11")
    first, second = (one.person for one in team.members_on(team.today)[:2])
    held, called_off = factories.minutes(team, by=account), factories.meeting(team)
    elsewhere = factories.minutes(other, by=account)
    for person, meeting, due in (
        (first, held, date(2019, 7, 1)),
        (first, held, team.today + timedelta(days=9)),
        (first, called_off, date(2019, 7, 1)),
        (first, elsewhere, date(2019, 7, 1)),
        (second, elsewhere, date(2019, 7, 1)),
    ):
        factories.followup(meeting, person_in_charge=person, due_on=due)
    done = factories.followup(held, person_in_charge=first)
    type(done).objects.filter(pk=done.pk).update(
        closed_at=timezone.now(), closed_as="done", closing_note="Selesai."
    )
    type(called_off).objects.filter(pk=called_off.pk).update(
        state="cancelled", cancel_reason="Batal."
    )
    members = {one.person_id: one for one in client.get(team.get_absolute_url()).context["members"]}
    assert (members[first.pk].tasks, members[first.pk].late_tasks) == (2, 1)
    assert (members[second.pk].tasks, members[second.pk].late_tasks) == (0, 0)


def test_memberships_read_together_are_those_of_the_day_in_its_order():
    team = factories.team()
    chair = team.memberships.get(role="chair")
    Membership.objects.filter(pk=chair.pk).update(ends_on=date(2020, 1, 1), end_reason="Pindah.")
    office = factories.institution()
    successor = Membership(
        team=team,
        person=factories.person(),
        institution=office,
        role="chair",
        starts_on=date(2020, 1, 2),
        replaces=chair,
    ).save_as(by=None)
    for day in (date(2019, 6, 1), date(2020, 1, 1), date(2020, 1, 2), date(2010, 1, 1)):
        together = [one for one in team.all_memberships() if one.is_on(day)]
        assert together == team.members_on(day)
    found = next(one for one in team.all_memberships() if one.pk == successor.pk)
    assert found.replaces.person == chair.person


def test_the_visits_of_a_member_are_counted_in_the_year_shown(client, sign_in):
    """Sent ones of that year; a draft, and one of the year before, are not."""
    team = factories.team()
    first, second = (one.person for one in team.members_on(team.today)[:2])
    library = factories.library()
    year = team.today.replace(month=1, day=1)
    factories.visit(library, went=[first, second], visited_on=year)
    factories.visit(library, went=[first], visited_on=year)
    factories.visit(library, went=[second], visited_on=year - timedelta(days=1))
    factories.visit(library, went=[second], visited_on=year, send=False)
    sign_in("observer")
    answer = client.get(team.get_absolute_url())
    members = {one.person_id: one.visits for one in answer.context["members"]}
    assert (members[first.pk], members[second.pk]) == (2, 1)
    assert "2 kunjungan" in answer.content.decode()
