"""Guests of a meeting: invited with its schedule, marked in its minutes as members are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Attendance, Meeting
from tests.conftest import rows

pytestmark = pytest.mark.django_db
NEW = "/rapat/baru/"
HEAD = {"name": "Kepala bidang", "position": "", "institution": "Bappeda"}
BANK = {"name": "Perwakilan bank", "position": "", "institution": "Bank daerah"}
AHEAD = (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def invited(client, team, secretariat, meeting_data):
    """Return a meeting to which two guests were invited, on its day."""
    sent = meeting_data(
        team, aksi="jadwal", untuk="jadwal", day=AHEAD, **rows("tamu", [HEAD, BANK])
    )
    assert client.post(NEW, sent).status_code == 302
    Meeting.objects.update(starts_at=datetime(2018, 11, 28, 2, tzinfo=UTC))
    return Meeting.objects.get()


@pytest.fixture
def minutes_data(meeting_data):
    """Build the minutes of a stored meeting with its guests marked so, in their order."""

    def build(meeting, *marks, **changes):
        data = meeting_data(meeting.team, version=str(meeting.version))
        del data["idempotency_key"], data["tamu-0-presence"]
        guests = zip(meeting.attendance.filter(is_guest=True), (HEAD, BANK), marks, strict=True)
        sent = [
            told | {"id": row.pk} | ({"presence": mark} if mark else {})
            for row, told, mark in guests
        ]
        return data | rows("tamu", sent) | changes

    return build


def form_of(meeting):
    return reverse("advocacy:meeting_update", args=[meeting.pk])


def marks_of(meeting):
    return dict(meeting.attendance.filter(is_guest=True).values_list("name", "presence"))


def ticked(page, row):
    """Return what is ticked in this row of the form; check that it asks at all."""
    boxes = re.findall(
        rf'<input type="radio" name="tamu-{row}-presence" value="(\w+)"([^>]*)>', page
    )
    assert [value for value, _ in boxes] == ["present", "excused", "absent"]
    return [value for value, rest in boxes if "checked" in rest]


class TestMarking:
    def test_who_was_invited_is_not_marked_yet(self, client, invited):
        page = client.get(form_of(invited)).content.decode()
        assert (ticked(page, 0), ticked(page, 1)) == ([], [])
        assert ticked(page, "__prefix__") == ["present"], "whoever is added to minutes was there"

    def test_saved_as_a_draft_they_are_still_invited(self, client, invited, minutes_data):
        assert client.post(form_of(invited), minutes_data(invited, "", "")).status_code == 302
        invited.refresh_from_db()
        assert invited.state == "held" and marks_of(invited) == {
            "Kepala bidang": "",
            "Perwakilan bank": "",
        }
        page = client.get(invited.get_absolute_url()).content.decode()
        assert "Hadir 8 dari 8 anggota dan 0 dari 2 tamu." in page
        assert page.count("belum ditandai") == 2 and "Hadir: </span>Kepala bidang" not in page

    def test_as_it_was(self, client, invited, minutes_data):
        assert (
            client.post(form_of(invited), minutes_data(invited, "present", "absent")).status_code
            == 302
        )
        assert marks_of(invited) == {"Kepala bidang": "present", "Perwakilan bank": "absent"}
        page = client.get(invited.get_absolute_url()).content.decode()
        assert "Hadir 8 dari 8 anggota dan 1 dari 2 tamu." in page
        assert "Hadir: </span>Kepala bidang" in page and "Hadir: </span>Perwakilan bank" not in page
        assert (
            page.count('<li class="absent">') == 1
            and "<small>Tamu, Bank daerah, tidak</small>" in page
        )
        page = client.get(form_of(invited)).content.decode()
        assert (ticked(page, 0), ticked(page, 1)) == (["present"], ["absent"])

    def test_only_the_mark_is_changed(self, client, invited, minutes_data):
        client.post(form_of(invited), minutes_data(invited, "present", "present"))
        invited.refresh_from_db()
        agenda = [
            {"id": row.pk, "topic": row.topic, "notes": "", "decision": ""}
            for row in invited.agenda.all()
        ]
        data = minutes_data(
            invited, "present", "excused", **rows("agenda", agenda), **rows("tindak", [])
        )
        assert client.post(form_of(invited), data).status_code == 302
        assert marks_of(invited) == {"Kepala bidang": "present", "Perwakilan bank": "excused"}

    def test_when_all_came_it_is_said_as_before(self, client, team, secretariat, make):
        meeting = make.minutes(team, by=secretariat, state="approved")
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert (
            "Hadir 8 dari 8 anggota dan 1 tamu." in page and "<small>Tamu, Bappeda</small>" in page
        )

    def test_an_answer_made_by_hand(self, client, invited, minutes_data):
        response = client.post(form_of(invited), minutes_data(invited, "present", "mungkin"))
        assert response.status_code == 422 and set(marks_of(invited).values()) == {""}


class TestAdded:
    def test_without_scripts_a_new_row_is_present(self, client, team, secretariat, meeting_data):
        page = client.post(NEW, meeting_data(team, aksi="tambah-tamu")).content.decode()
        assert ticked(page, 1) == ["present"]

    def test_a_row_with_nothing_but_a_mark_is_blank(self, client, team, secretariat, meeting_data):
        blank = {"name": "", "position": "", "institution": ""}
        marks = ("present", "absent", "")
        sent = meeting_data(team) | rows("tamu", [blank | {"presence": mark} for mark in marks])
        assert client.post(NEW, sent).status_code == 302
        assert not Attendance.objects.filter(is_guest=True).exists()

    def test_to_minutes_begun_before_the_day_they_are_invited(
        self, client, team, secretariat, meeting_data
    ):
        sent = meeting_data(team, untuk="notula", day=AHEAD, **rows("tindak", []))
        assert sent["tamu-0-presence"] == "present", "as the form has it"
        assert client.post(NEW, sent).status_code == 302
        assert marks_of(Meeting.objects.get()) == {"Kepala bidang": ""}
        assert client.post(NEW, sent).status_code == 302, "sent again it is the same"
        assert Meeting.objects.count() == 1

    def test_who_said_before_the_day_that_they_will_not_come_is_kept_so(
        self, client, team, secretariat, meeting_data
    ):
        sent = meeting_data(team, untuk="notula", day=AHEAD, **rows("tindak", []))
        assert client.post(NEW, sent | {"tamu-0-presence": "excused"}).status_code == 302
        assert marks_of(Meeting.objects.get()) == {"Kepala bidang": "excused"}

    def test_of_a_meeting_that_began_early_a_new_guest_has_come(
        self, client, team, secretariat, make, meeting_data
    ):
        in_20_minutes = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=20)
        meeting = make.meeting(team, by=secretariat, starts_at=in_20_minutes)
        meeting.hold(by=secretariat)
        soon = meeting.starts
        times = {"day": f"{soon:%Y-%m-%d}", "start": f"{soon:%H:%M}", "end": ""}
        data = meeting_data(team, version=str(meeting.version), **times, **rows("tindak", []))
        del data["idempotency_key"]
        assert client.post(form_of(meeting), data).status_code == 302
        assert marks_of(meeting) == {"Kepala bidang": "present"}

    def test_copied_from_the_last_meeting_they_are_invited(
        self, client, team, secretariat, make, meeting_data
    ):
        earlier = make.minutes(team, by=secretariat)
        blank = {"name": "", "position": "", "institution": "", "presence": "present"}
        sent = meeting_data(team, aksi=f"salin-{earlier.pk}", **rows("tamu", [blank]))
        page = client.post(NEW, sent).content.decode()
        assert 'name="tamu-0-name" value="Kepala bidang"' in page and ticked(page, 0) == []

    def test_all_present_marks_guests_too(self, client, invited, minutes_data):
        page = client.post(
            form_of(invited), minutes_data(invited, "", "excused", aksi="semua-hadir")
        ).content.decode()
        assert (ticked(page, 0), ticked(page, 1)) == (["present"], ["excused"])


class TestSending:
    def test_asks_for_who_is_not_marked(self, client, invited, minutes_data):
        response = client.post(form_of(invited), minutes_data(invited, "present", "", aksi="kirim"))
        page = response.content.decode()
        assert response.status_code == 422
        assert '<a href="#id_tamu-1-presence">Tandai kehadiran: Perwakilan bank.</a>' in page
        assert 'id="id_tamu-1-presence"' in page and page.count("Belum ditandai.") == 1

    def test_and_so_does_the_page_that_sends(self, client, invited, minutes_data):
        client.post(form_of(invited), minutes_data(invited, "present", ""))
        page = client.get(reverse("advocacy:meeting_submit", args=[invited.pk])).content.decode()
        assert (
            f'<a href="{form_of(invited)}#kehadiran">Tandai kehadiran: Perwakilan bank.</a>' in page
        )

    def test_with_everybody_marked_it_is_sent(self, client, invited, minutes_data):
        assert (
            client.post(
                form_of(invited), minutes_data(invited, "present", "absent", aksi="kirim")
            ).status_code
            == 302
        )
        assert Meeting.objects.get().state == "submitted"


class TestAfterwards:
    def test_who_stayed_away_is_no_contact_of_the_institution(
        self, client, invited, minutes_data, make
    ):
        bank = make.institution("Bank daerah")
        case = make.case(institution=bank)
        found = type(case).objects.contacts_of
        client.post(form_of(invited), minutes_data(invited, "present", "absent"))
        assert invited.title not in {contact.title for contact in found(bank)}

    def test_two_versions_say_how_they_differ(self, client, invited, minutes_data):
        stale = minutes_data(invited, "present", "absent")
        client.post(form_of(invited), minutes_data(invited, "present", "present"))
        Meeting.objects.update(updated_by=None)
        response = client.post(form_of(invited), stale)
        page = response.content.decode()
        assert response.status_code == 409
        assert (
            "Perwakilan bank, Bank daerah: Tidak" in page
            and "Perwakilan bank, Bank daerah: Hadir" in page
        )
