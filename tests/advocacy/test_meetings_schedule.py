"""
Scheduling a meeting: the same form, asking for what an invitation needs; and starting from an
earlier meeting.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Attendance, Meeting
from tests.conftest import rows

pytestmark = pytest.mark.django_db
NEW = "/rapat/baru/"
AHEAD = (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def plan_data(meeting_data):
    """Build the form of a schedule as a browser sends it: without what is not on the page."""

    def build(team, **changes):
        sent = meeting_data(team, aksi="jadwal", untuk="jadwal", day=AHEAD)
        absent = re.compile(r"hadir-.*|tamu-\d-presence|tindak-.*|agenda-\d-(notes|decision)")
        return {name: value for name, value in sent.items() if not absent.fullmatch(name)} | changes

    return build


def ahead(make, team, by, **fields):
    starts_at = timezone.now() + timedelta(days=30)
    return make.meeting(team, by=by, starts_at=starts_at, **fields)


class TestTwoButtonsOfOneForm:
    def test_the_list_offers_both(self, client, team, secretariat):
        page = client.get("/rapat/").content.decode()
        assert 'href="/rapat/baru/?untuk=jadwal"' in page and "Jadwalkan rapat" in page
        assert 'href="/rapat/baru/"' in page and "Catat rapat" in page

    def test_each_page_leads_to_the_other_with_what_was_typed(
        self, client, team, secretariat, meeting_data
    ):
        page = client.get(NEW).content.decode()
        assert 'value="untuk-jadwal"' in page and "<h1>Catat rapat</h1>" in page
        page = client.post(
            NEW, meeting_data(team, aksi="untuk-jadwal", untuk="notula")
        ).content.decode()
        assert (
            "<h1>Jadwalkan rapat</h1>" in page
            and 'value="Ruang rapat"' in page
            and 'value="Pembentukan tim"' in page
        )
        assert not Meeting.objects.exists()

    def test_a_schedule_asks_nothing_of_what_happened(self, client, team, secretariat):
        page = client.get(f"{NEW}?untuk=jadwal").content.decode()
        assert "Yang diundang: semua anggota tim" in page and "Perwakilan Bappeda" in page
        for told in (
            "Kehadiran",
            "Tandai semua hadir",
            "Keputusan",
            "Catatan",
            "Tindak lanjut 1",
            "Tambah foto",
            "Kirim notula",
        ):
            assert told not in page[page.index('id="meeting-form"') :], told


class TestScheduling:
    def test_plans_and_invites(self, client, team, secretariat, plan_data):
        response = client.post(NEW, plan_data(team))
        meeting = Meeting.objects.get()
        assert response.url == meeting.get_absolute_url()
        assert meeting.state == "planned" and not meeting.followups.exists()
        assert meeting.attendance.filter(is_guest=False).count() == 8
        assert set(meeting.attendance.values_list("presence", flat=True)) == {""}, (
            "nobody has come yet, nor stayed away"
        )
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "8 anggota tim dan 1 tamu diundang." in page
        for absent in ("Hadir 0 dari 8", "belum ditandai", 'class="absent"'):
            assert absent not in page

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"day": "2018-11-28"}, "Tanggal ini sudah lewat."),
            ({"day": "2018-11-28", "month_only": "on"}, "Tanggal ini sudah lewat."),
            ({"start": "", "end": ""}, "Isi waktu mulai."),
            ({"title": ""}, "Isi judul rapat."),
        ],
    )
    def test_what_an_invitation_needs(self, client, team, secretariat, plan_data, changes, message):
        response = client.post(NEW, plan_data(team, **changes))
        page = response.content.decode()
        assert response.status_code == 422 and message in page
        assert (
            "<h1>Jadwalkan rapat</h1>" in page
            and "Kepala bidang" in page
            and not Meeting.objects.exists()
        )

    def test_sent_twice_is_one_meeting(self, client, team, secretariat, plan_data):
        data = plan_data(team)
        assert [client.post(NEW, data).status_code for _ in range(2)] == [302, 302]
        assert Meeting.objects.count() == 1

    def test_the_roster_follows_the_day(self, client, team, secretariat):
        page = client.get(
            reverse("advocacy:roster", args=[team.pk]), {"day": AHEAD, "untuk": "jadwal"}
        ).content.decode()
        assert "Yang diundang" in page and "radio" not in page


class TestChangingASchedule:
    def url(self, meeting):
        return reverse("advocacy:meeting_update", args=[meeting.pk])

    def test_still_ahead_it_is_a_schedule_and_later_minutes(self, client, team, secretariat, make):
        meeting = ahead(make, team, secretariat)
        assert "<h1>Ubah jadwal rapat</h1>" in client.get(self.url(meeting)).content.decode()
        assert (
            "<h1>Ubah rapat</h1>"
            in client.get(f"{self.url(meeting)}?untuk=notula").content.decode()
        )
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "Ubah jadwal" in page and "Catat sudah berlangsung" not in page
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=1))
        assert "<h1>Ubah rapat</h1>" in client.get(self.url(meeting)).content.decode()
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert (
            "Isi notula" in page and "Catat sudah berlangsung" in page and "Ubah jadwal" not in page
        )

    def test_what_was_prepared_stays(self, client, team, secretariat, make, plan_data):
        """Notes, marks and follow-ups are not on the page, so it does not touch them."""
        meeting = make.minutes(team, by=secretariat, kind="audience", points="Disiapkan.")
        Meeting.objects.filter(pk=meeting.pk).update(
            state="planned", starts_at=timezone.now() + timedelta(days=30)
        )
        meeting = Meeting.objects.get(pk=meeting.pk)
        agenda = [{"id": row.pk, "topic": f"{row.topic} lagi"} for row in meeting.agenda.all()]
        guest = meeting.attendance.get(is_guest=True)
        data = plan_data(team, version=str(meeting.version), kind="audience") | rows(
            "agenda", agenda
        )
        data |= rows(
            "tamu",
            [
                {
                    "id": guest.pk,
                    "name": guest.name,
                    "position": "",
                    "institution": guest.institution,
                }
            ],
        )
        assert client.post(self.url(meeting), data).status_code == 302
        meeting.refresh_from_db()
        assert [(row.topic, row.notes, row.decision) for row in meeting.agenda.all()] == [
            ("Dasar hukum lagi", "Dibahas.", "Disetujui."),
            ("Belum dibahas lagi", "", ""),
        ]
        assert meeting.points == "Disiapkan." and meeting.followups.count() == 1
        assert meeting.attendance.filter(presence="present").count() == 9

    def test_of_minutes_it_is_not_asked(self, client, team, secretariat, make, plan_data):
        """
        A page kept open until the meeting was held, or a request made by hand, takes nothing out of
        the minutes.
        """
        meeting = make.minutes(team, by=secretariat)
        data = plan_data(team, version=str(meeting.version), aksi="simpan")
        assert client.post(self.url(meeting), data).status_code == 422, (
            "the rows of minutes are missing"
        )
        assert meeting.attendance.filter(presence="present").count() == 9

    def test_two_people(self, client, team, secretariat, make, plan_data):
        meeting = ahead(make, team, secretariat)
        first = plan_data(team, version=str(meeting.version), place="Aula")
        second = plan_data(team, version=str(meeting.version), place="Ruang rapat Bappeda")
        del first["idempotency_key"], second["idempotency_key"]
        assert client.post(self.url(meeting), first).status_code == 302
        response = client.post(self.url(meeting), second)
        page = response.content.decode()
        assert response.status_code == 409 and "Ruang rapat Bappeda" in page and "Aula" in page
        assert "<h1>Ubah jadwal rapat</h1>" in page

    def test_called_off_it_still_speaks_of_invitations(
        self, client, team, secretariat, make, plan_data
    ):
        client.post(NEW, plan_data(team))
        meeting = Meeting.objects.get()
        meeting.cancel(by=secretariat, reason="Ditunda.")
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "8 anggota tim dan 1 tamu diundang." in page and "belum ditandai" not in page


class TestCopying:
    @pytest.fixture
    def earlier(self, make, team, secretariat):
        return make.minutes(team, by=secretariat, place="Ruang rapat DKPUS")

    def copied(self, client, data):
        response = client.post(NEW, data)
        assert response.status_code == 200
        return response.content.decode()

    def test_is_offered_from_the_last_that_took_place(
        self, client, team, secretariat, make, earlier
    ):
        make.minutes(
            team,
            by=secretariat,
            title="Audiensi",
            kind="audience",
            starts_at=datetime(2019, 7, 1, 2, tzinfo=UTC),
        )
        ahead(make, team, secretariat, title="Berikutnya")
        for url in (NEW, f"{NEW}?untuk=jadwal"):
            page = client.get(url).content.decode()
            assert f'value="salin-{earlier.pk}"' in page
            assert (
                "Salin dari rapat 19 Juni 2019" in page
                and "Tempat, tamu, dan agenda “Rapat internal”." in page
            )
        assert (
            "salin-"
            not in client.get(
                reverse("advocacy:meeting_update", args=[earlier.pk])
            ).content.decode()
        )

    def test_fills_in_place_guests_and_agenda(self, client, team, earlier, plan_data):
        blank = rows("agenda", [{"topic": ""}]) | rows("tamu", [])
        page = self.copied(client, plan_data(team, aksi=f"salin-{earlier.pk}", place="") | blank)
        assert 'name="place" value="Ruang rapat DKPUS"' in page
        assert (
            'name="tamu-0-name" value="Kepala bidang"' in page
            and 'name="tamu-0-institution" value="Bappeda"' in page
        )
        assert (
            'name="agenda-0-topic" value="Dasar hukum"' in page
            and 'name="agenda-1-topic" value="Belum dibahas"' in page
        )
        assert "Disetujui." not in page, "what was decided then is not copied"

    def test_replaces_nothing_and_doubles_nothing(self, client, team, earlier, plan_data):
        typed = rows("agenda", [{"topic": "dasar hukum"}])
        page = self.copied(
            client, plan_data(team, aksi=f"salin-{earlier.pk}", place="Aula") | typed
        )
        assert 'name="place" value="Aula"' in page
        assert page.count('value="Kepala bidang"') == 2, "the row, and the list of known guests"
        assert "Dasar hukum" not in page and 'name="agenda-1-topic" value="Belum dibahas"' in page

    def test_not_from_another_team(self, client, team, earlier, sign_in, make, plan_data):
        """Neither offered, nor by a key made by hand."""
        other = make.team("11")
        sign_in("secretariat", province_code="11")
        assert "salin-" not in client.get(NEW).content.decode()
        data = (
            plan_data(other, aksi=f"salin-{earlier.pk}", place="")
            | rows("tamu", [])
            | rows("agenda", [])
        )
        page = self.copied(client, data)
        assert "Ruang rapat DKPUS" not in page and "Dasar hukum" not in page

    @pytest.mark.parametrize(
        "action", ["salin-", "salin-x", "salin-99999999999999999999", "untuk-", "untuk-lain"]
    )
    def test_a_button_made_by_hand(self, client, team, secretariat, plan_data, action):
        self.copied(client, plan_data(team, aksi=action, kind="\x00"))
        assert not Attendance.objects.exists()
