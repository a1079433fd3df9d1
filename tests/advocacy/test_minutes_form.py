"""The meeting form, as a browser sends it."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from advocacy.models import AgendaItem, Attachment, Attendance, FollowUp, Meeting
from sinergi.accounts.roles import ROLES
from tests.conftest import rows
from tests.sinergi.test_uploads import jpeg

pytestmark = pytest.mark.django_db
NEW = "/rapat/baru/"


def edit_data(meeting, meeting_data, **changes):
    """Return the form of a stored meeting, as it is sent back unchanged but for `changes`."""
    data = meeting_data(
        meeting.team, version=str(meeting.version), title=meeting.title, place=meeting.place
    )
    del data["idempotency_key"]
    data |= {
        "day": f"{meeting.starts:%Y-%m-%d}",
        "start": f"{meeting.starts:%H:%M}",
        "end": f"{meeting.ends:%H:%M}" if meeting.ends else "",
        "chair": str(meeting.chair_id or ""),
        "note_taker": str(meeting.note_taker_id or ""),
    }
    guests = meeting.attendance.filter(is_guest=True)
    told = ("name", "position", "institution", "presence")
    data |= rows(
        "tamu",
        [{"id": guest.pk} | {name: getattr(guest, name) for name in told} for guest in guests],
    )
    data |= rows(
        "agenda",
        [
            {"id": a.pk, "topic": a.topic, "notes": a.notes, "decision": a.decision}
            for a in meeting.agenda.all()
        ],
    )
    held = [
        {
            "id": f.pk,
            "what": f.what,
            "person_in_charge": f.person_in_charge_id,
            "due_on": f"{f.due_on}",
        }
        for f in meeting.followups.order_by("order", "pk")
    ]
    return data | rows("tindak", held) | changes


class TestSaving:
    def test_writes_the_whole_page(self, client, team, secretariat, meeting_data):
        response = client.post(NEW, meeting_data(team))
        meeting = Meeting.objects.get()
        assert response.url == meeting.get_absolute_url()
        assert meeting.state == "held"
        assert meeting.when_text == "Rabu, 28 November 2018, pukul 09.00–11.15 WIB"
        assert meeting.created_by == secretariat
        assert [a.topic for a in meeting.agenda.all()] == ["Pembentukan tim", "Tugas"]
        assert meeting.attendance.filter(is_guest=False, presence="present").count() == 8
        assert meeting.attendance.get(is_guest=True).institution == "Bappeda"
        assert meeting.followups.get().due_on == date(2018, 12, 28)

    def test_sends_the_minutes(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team, aksi="kirim"))
        assert Meeting.objects.get().state == "submitted"

    def test_province_and_state_are_not_taken_from_the_request(
        self, client, team, secretariat, meeting_data, make
    ):
        make.team("11", members=[])
        client.post(
            NEW,
            meeting_data(team)
            | {
                "province": "11",
                "team": "2",
                "state": "approved",
                "approved_by": "1",
            },
        )
        meeting = Meeting.objects.get()
        assert (meeting.province_id, meeting.team, meeting.state) == ("19", team, "held")

    def test_a_month_without_a_day_is_planned(self, client, team, secretariat, meeting_data):
        data = meeting_data(team, day="2019-07-20", month_only="on", start="", end="")
        client.post(NEW, data | {"tindak-0-due_on": "2019-08-01"})
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.day_is_set, meeting.when_text) == (
            "planned",
            False,
            "Juli 2019, tanggal belum ditetapkan",
        )

    def test_blank_rows_do_not_count(self, client, team, secretariat, meeting_data):
        blank = {"topic": "", "notes": "", "decision": ""}
        client.post(
            NEW,
            meeting_data(team)
            | rows("agenda", [blank, {"topic": "Satu", "notes": "", "decision": ""}, blank]),
        )
        assert [a.topic for a in AgendaItem.objects.all()] == ["Satu"]

    def test_a_removed_row_goes(self, client, team, secretariat, meeting_data, make):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        client.post(url, edit_data(meeting, meeting_data, **{"agenda-0-DELETE": "on"}))
        assert [a.topic for a in meeting.agenda.all()] == ["Belum dibahas"]
        assert "Dasar hukum" in AgendaItem.history.values_list("topic", flat=True)

    def test_a_row_of_another_meeting_is_not_touched(
        self, client, team, secretariat, meeting_data, make
    ):
        other = make.minutes(team, by=secretariat, title="Lain").agenda.first()
        client.post(
            NEW,
            meeting_data(team)
            | rows("agenda", [{"id": other.pk, "topic": "Curian", "notes": "", "decision": ""}]),
        )
        other.refresh_from_db()
        assert other.topic == "Dasar hukum"
        assert AgendaItem.objects.filter(topic="Curian").exclude(pk=other.pk).exists()

    def test_nothing_is_written_when_the_last_row_fails(
        self, client, team, secretariat, meeting_data, monkeypatch
    ):
        """A crash in the middle leaves nothing."""

        def crash(self, **kwargs):
            raise RuntimeError("putus")

        monkeypatch.setattr(FollowUp, "save_as", crash)
        with pytest.raises(RuntimeError):
            client.post(NEW, meeting_data(team))
        assert (
            not Meeting.objects.exists()
            and not AgendaItem.objects.exists()
            and not Attendance.objects.exists()
        )


@pytest.mark.both("a key that is there already is settled by the database")
class TestSendingTwice:
    def test_makes_one_record(self, client, team, secretariat, meeting_data):
        data = meeting_data(team)
        first, second = client.post(NEW, data), client.post(NEW, data)
        assert Meeting.objects.count() == 1
        assert first.url == second.url

    def test_with_more_text_keeps_the_text(self, client, team, secretariat, meeting_data):
        """
        The answer to the first sending got lost; the person went on typing and sent the restored
        draft.
        """
        data = meeting_data(team)
        client.post(NEW, data)
        response = client.post(NEW, data | {"agenda-1-notes": "Ditulis belakangan."})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Ditulis belakangan." in page
        assert Meeting.objects.count() == 1
        again = data | {
            "agenda-1-notes": "Ditulis belakangan.",
            "version": str(Meeting.objects.get().version),
            **{f"agenda-{n}-id": str(a.pk) for n, a in enumerate(AgendaItem.objects.all())},
            "tamu-0-id": str(Attendance.objects.get(is_guest=True).pk),
            "tindak-0-id": str(FollowUp.objects.get().pk),
        }
        meeting = Meeting.objects.get()
        assert (
            client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), again).status_code
            == 302
        )
        assert meeting.agenda.count() == 2
        assert meeting.agenda.last().notes == "Ditulis belakangan."

    def test_the_key_of_somebody_else_opens_nothing(self, client, team, sign_in, meeting_data):
        data = meeting_data(team)
        sign_in("secretariat")
        client.post(NEW, data)
        sign_in("administrator")
        response = client.post(NEW, data)
        assert response.status_code == 422
        assert Meeting.objects.count() == 1


@pytest.mark.both("versions are compared in the write")
class TestTwoPeople:
    def test_the_second_is_told_and_keeps_the_text(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        first = edit_data(meeting, meeting_data, place="Aula")
        second = edit_data(
            meeting,
            meeting_data,
            place="Ruang rapat Bappeda",
            **{"agenda-0-notes": "Catatan orang kedua."},
        )
        assert client.post(url, first).status_code == 302
        response = client.post(url, second)
        page = response.content.decode()
        assert response.status_code == 409
        assert "menyimpan perubahan lebih dulu" in page
        assert "Aula" in page and "Ruang rapat Bappeda" in page and "Catatan orang kedua." in page
        meeting.refresh_from_db()
        assert meeting.place == "Aula"
        assert meeting.agenda.first().notes == "Dibahas."
        # Having seen both, the second decides.
        second["version"] = str(meeting.version)
        assert client.post(url, second).status_code == 302
        meeting.refresh_from_db()
        assert meeting.place == "Ruang rapat Bappeda"

    def test_the_same_text_sent_twice_is_no_conflict(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        data = edit_data(meeting, meeting_data, place="Aula")
        assert client.post(url, data).status_code == 302
        assert client.post(url, data).status_code == 302

    def test_a_form_without_a_version_is_stale(self, client, team, secretariat, meeting_data, make):
        meeting = make.minutes(team, by=secretariat)
        data = edit_data(meeting, meeting_data, place="Aula", version="")
        assert (
            client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data).status_code
            == 409
        )
        meeting.refresh_from_db()
        assert meeting.place == ""

    def test_minutes_approved_meanwhile_stay_as_they_are(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        data = edit_data(meeting, meeting_data, place="Aula")
        meeting.submit(by=secretariat)
        meeting.approve(by=make.user("chair"))
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        assert client.post(url, data).status_code == 409
        data["version"] = str(meeting.version)
        response = client.post(url, data)
        assert response.status_code == 422
        assert "Aula" in response.content.decode()
        meeting.refresh_from_db()
        assert meeting.place == ""

    def test_a_row_the_other_one_removed_comes_back_with_the_text(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        mine = edit_data(meeting, meeting_data, **{"agenda-0-notes": "Tulisan saya."})
        client.post(url, edit_data(meeting, meeting_data, **{"agenda-0-DELETE": "on"}))
        assert client.post(url, mine).status_code == 409
        meeting.refresh_from_db()
        client.post(url, mine | {"version": str(meeting.version)})
        assert meeting.agenda.filter(notes="Tulisan saya.").exists()


class TestBadInput:
    """A clear message, and the rest kept."""

    def refused(self, client, data, *messages):
        response = client.post(NEW, data)
        page = response.content.decode()
        assert response.status_code == 422
        for message in messages:
            assert page.count(message) >= 1, message
        assert "Tim dibentuk." in page, "the text of the rest is gone"
        assert not Meeting.objects.exists()
        return page

    def test_end_before_start(self, client, team, secretariat, meeting_data):
        page = self.refused(
            client,
            meeting_data(team, end="08:00"),
            "Waktu selesai harus sesudah waktu mulai, 09.00.",
        )
        assert 'href="#id_end"' in page and 'id="id_end_error"' in page

    def test_no_title(self, client, team, secretariat, meeting_data):
        self.refused(client, meeting_data(team, title=""), "Isi judul rapat.")

    def test_thirty_years_off(self, client, team, secretariat, meeting_data):
        self.refused(
            client,
            meeting_data(team, day="1988-11-28"),
            "Periksa tahunnya: tim dibentuk 28 November 2018.",
        )

    def test_no_date_at_all(self, client, team, secretariat, meeting_data):
        self.refused(client, meeting_data(team, day="kemarin"), "Masukkan tanggal yang valid.")

    def test_a_guest_twice(self, client, team, secretariat, meeting_data):
        guest = {"name": "Kepala bidang", "position": "", "institution": "Bappeda"}
        twice = meeting_data(team) | rows("tamu", [guest, guest | {"name": "KEPALA  bidang"}])
        self.refused(client, twice, "tercatat dua kali dalam daftar hadir")

    def test_a_member_as_a_guest(self, client, team, secretariat, meeting_data):
        guest = {"name": "Perwakilan DPMD", "position": "", "institution": "DPMD"}
        self.refused(
            client, meeting_data(team) | rows("tamu", [guest]), "sudah ada dalam daftar hadir"
        )

    def test_a_follow_up_with_no_one_in_charge(self, client, team, secretariat, meeting_data):
        self.refused(
            client,
            meeting_data(team, **{"tindak-0-person_in_charge": ""}),
            "Pilih siapa yang memegang tindak lanjut ini.",
        )

    def test_a_follow_up_before_the_meeting(self, client, team, secretariat, meeting_data):
        late = meeting_data(team, **{"tindak-0-due_on": "2018-11-01"})
        self.refused(
            client,
            late,
            "Tanggal tindak lanjut tidak boleh sebelum tanggal rapat, 28 November 2018.",
        )

    def test_an_unknown_regency(self, client, team, secretariat, meeting_data, make):
        make.regency("11.01", "Kabupaten Aceh Selatan")
        for code in ("99.99", "11.01"):
            self.refused(
                client,
                meeting_data(team, regency=code),
                "Kabupaten/kota ini tidak dikenal di provinsi tim.",
            )

    def test_a_regency_meeting_without_its_regency(self, client, team, secretariat, meeting_data):
        self.refused(client, meeting_data(team, kind="stakeholder_regency"), "Pilih kabupaten/kota")

    def test_somebody_who_was_no_member_that_day(
        self, client, team, secretariat, meeting_data, make
    ):
        stranger = make.person("Orang lain")
        self.refused(
            client,
            meeting_data(team, chair=str(stranger.pk)),
            "dipilih dari anggota tim pada tanggal rapat",
        )

    def test_two_megabytes_of_text(self, client, team, secretariat, meeting_data):
        self.refused(
            client,
            meeting_data(team, **{"agenda-0-notes": "a" * 2_000_000}),
            "paling banyak 20000 karakter",
        )

    def test_more_text_than_a_form_may_carry(self, client, team, secretariat, meeting_data):
        response = client.post(NEW, meeting_data(team, **{"agenda-0-notes": "a" * 6_000_000}))
        assert response.status_code == 400
        assert "Kiriman tidak terbaca" in response.content.decode()

    def test_null_characters(self, client, team, secretariat, meeting_data):
        self.refused(
            client, meeting_data(team, title="Rapat\x00"), "Karakter null tidak diizinkan."
        )

    def test_a_script_in_the_text_is_only_text(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team, title="<script>alert(1)</script>"))
        page = client.get(Meeting.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page

    @pytest.mark.parametrize(
        "field", ["agenda-TOTAL_FORMS", "tamu-TOTAL_FORMS", "tindak-TOTAL_FORMS"]
    )
    @pytest.mark.parametrize("value", ["", "x", "-1", "99999999999", None])
    def test_a_tampered_row_count(self, client, team, secretariat, meeting_data, field, value):
        data = meeting_data(team, **{field: value})
        if value is None:
            del data[field]
        assert client.post(NEW, data).status_code in (302, 422)


class TestRowsWithoutJavaScript:
    def page(self, client, data, action):
        response = client.post(NEW, data | {"aksi": action})
        assert response.status_code == 200
        assert not Meeting.objects.exists()
        return response.content.decode()

    def test_another_row_keeps_what_was_typed(self, client, team, secretariat, meeting_data):
        page = self.page(client, meeting_data(team, title=""), "tambah-agenda")
        assert 'name="agenda-2-topic"' in page and "Tim dibentuk." in page
        assert "Isi judul rapat." not in page, "nothing is judged before it is sent"

    def test_a_row_fewer(self, client, team, secretariat, meeting_data):
        page = self.page(client, meeting_data(team), "hapus-agenda-0")
        assert 'name="agenda-0-DELETE" value="on"' in page and "Tim dibentuk." not in page

    def test_everybody_present(self, client, team, secretariat, meeting_data):
        members = list(team.memberships.in_order_of_role())
        data = meeting_data(team, **{f"hadir-{members[0].person_id}-presence": "excused"})
        for member in members[1:]:
            del data[f"hadir-{member.person_id}-presence"]
        page = self.page(client, data, "semua-hadir")
        assert (
            page.count('value="present" class="') == 0
        )  # drawn by the widget, without a class of its own
        assert (
            page.count("checked") == 1 + 8 + 1 + 1
        )  # the kind, each of the eight, the guest, and the row to be added

    @pytest.mark.parametrize(
        "action", ["", "apa saja", "tambah-", "hapus-agenda-99", "tambah-tidak-ada"]
    )
    def test_an_unknown_button_changes_nothing(
        self, client, team, secretariat, meeting_data, action
    ):
        assert client.post(NEW, meeting_data(team, aksi=action)).status_code == 200
        assert not Meeting.objects.exists()


class TestRoster:
    def test_is_of_the_day_of_the_meeting(self, client, team, secretariat, make):
        leaving = team.memberships.get(person__name="Perwakilan Bappeda")
        leaving.ends_on, leaving.end_reason = date(2019, 3, 31), "Pindah tugas"
        leaving.save_as(by=None)
        url = reverse("advocacy:roster", args=[team.pk])
        assert "Perwakilan Bappeda" in client.get(url, {"day": "2018-11-28"}).content.decode()
        assert "Perwakilan Bappeda" in client.get(url, {"day": "2019-03-31"}).content.decode()
        assert "Perwakilan Bappeda" not in client.get(url, {"day": "2019-04-01"}).content.decode()

    def test_freezes_who_they_were(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team))
        row = Attendance.objects.get(name="Perwakilan Bappeda")
        row.person.name = "Nama baru"
        row.person.save_as(by=secretariat)
        office = row.person.institution
        office.name = "Kantor baru"
        office.save_as(by=secretariat)
        page = client.get(Meeting.objects.get().get_absolute_url()).content.decode()
        assert "Perwakilan Bappeda" in page and "Nama baru" not in page
        row.refresh_from_db()
        assert row.institution == "Instansi Perwakilan Bappeda"

    def test_moved_to_another_day_it_follows_the_team(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        leaving = team.memberships.get(person__name="Perwakilan Bappeda")
        leaving.ends_on, leaving.end_reason = date(2019, 3, 31), "Pindah tugas"
        leaving.save_as(by=None)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        assert client.post(url, edit_data(meeting, meeting_data)).status_code == 302
        assert meeting.attendance.filter(name="Perwakilan Bappeda").exists(), (
            "on the same day nobody is taken off"
        )
        meeting.refresh_from_db()
        assert (
            client.post(url, edit_data(meeting, meeting_data, day="2019-06-20")).status_code == 302
        )
        assert not meeting.attendance.filter(name="Perwakilan Bappeda").exists()

    def test_presence_of_a_stranger_is_not_written(
        self, client, team, secretariat, meeting_data, make
    ):
        stranger = make.person("Orang lain")
        client.post(NEW, meeting_data(team, **{f"hadir-{stranger.pk}-presence": "present"}))
        assert not Attendance.objects.filter(person=stranger).exists()


class TestGuests:
    def test_found_again_with_their_institution(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team))
        assert 'value="Kepala bidang"' in client.get(NEW).content.decode()
        guest = {"name": "kepala bidang", "position": "", "institution": ""}
        data = meeting_data(
            team, idempotency_key=str(uuid.uuid4()), day="2019-02-01", **rows("tamu", [guest])
        )
        data["tindak-0-due_on"] = "2019-03-01"
        assert client.post(NEW, data).status_code == 302
        assert Attendance.objects.filter(is_guest=True, institution="Bappeda").count() == 2

    def test_of_another_province_stay_there(self, client, team, secretariat, meeting_data, sign_in):
        client.post(NEW, meeting_data(team))
        sign_in("secretariat", province_code="11")
        assert "Kepala bidang" not in client.get("/rapat/").content.decode()

    def test_linked_to_the_register_when_there_is_one_of_that_name(
        self, client, team, secretariat, meeting_data, make
    ):
        known = make.person("Kepala bidang", institution=make.institution("Bappeda"))
        client.post(NEW, meeting_data(team))
        assert Attendance.objects.get(is_guest=True).person == known


class TestCarryOver:
    @pytest.fixture
    def last(self, make, team, secretariat):
        return make.minutes(team, by=secretariat, state="approved")

    def test_is_offered(self, client, last):
        page = client.get(NEW).content.decode()
        assert "Belum selesai dari rapat 19 Juni 2019" in page
        assert "Agenda: Belum dibahas" in page and "Tindak lanjut: Menyusun usulan" in page
        assert "Agenda: Dasar hukum" not in page

    def test_becomes_agenda_once(self, client, last, team, meeting_data):
        data = meeting_data(team, aksi="bawa") | rows(
            "agenda", [{"topic": "", "notes": "", "decision": ""}]
        )
        page = client.post(NEW, data).content.decode()
        assert 'value="Belum dibahas"' in page and 'value="Tindak lanjut: Menyusun usulan"' in page
        item, followup = last.agenda.last(), last.followups.get()
        data |= rows(
            "agenda",
            [
                {
                    "topic": "Belum dibahas",
                    "notes": "Dibahas.",
                    "decision": "",
                    "carried_from": item.pk,
                    "carried_followup": "",
                },
                {
                    "topic": "Lanjut",
                    "notes": "",
                    "decision": "",
                    "carried_from": "",
                    "carried_followup": followup.pk,
                },
            ],
        )
        again = client.post(NEW, data | {"aksi": "bawa"}).content.decode()
        assert again.count('value="Belum dibahas"') == 1
        assert client.post(NEW, data | {"aksi": "simpan"}).status_code == 302
        assert item.carried_to.get().notes == "Dibahas."
        assert followup.discussions.get().topic == "Lanjut"

    def test_nothing_open_nothing_offered(self, client, make, team, secretariat):
        assert "Belum selesai dari rapat" not in client.get(NEW).content.decode()

    def test_not_from_another_team(self, client, last, sign_in, make):
        make.team("11")
        sign_in("secretariat", province_code="11")
        assert "Belum selesai dari rapat" not in client.get(NEW).content.decode()


class TestFiles:
    def test_stored_with_the_meeting(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team) | {"photos": jpeg("../../etc/foto rapat.jpg")})
        row = Attachment.objects.get()
        assert row.meeting == Meeting.objects.get()
        assert row.original_name == "foto rapat.jpg"
        assert "foto" not in row.file.name and ".." not in row.file.name

    def test_kept_when_something_else_is_wrong(self, client, team, secretariat, meeting_data):
        """The photo need not be chosen again."""
        data = meeting_data(team, title="")
        response = client.post(NEW, data | {"photos": jpeg("foto.jpg")})
        waiting = Attachment.objects.get()
        assert response.status_code == 422 and waiting.meeting is None
        assert f'name="lampiran" value="{waiting.key}"' in response.content.decode()
        client.post(NEW, data | {"title": "Rapat", "lampiran": str(waiting.key)})
        waiting.refresh_from_db()
        assert waiting.meeting == Meeting.objects.get()

    def test_refused_files_do_not_lose_the_text(self, client, team, secretariat, meeting_data):
        fake = SimpleUploadedFile(
            "foto.jpg", b"<html><script>alert(1)</script>", content_type="image/jpeg"
        )
        response = client.post(NEW, meeting_data(team) | {"photos": fake})
        assert response.status_code == 422
        assert "foto.jpg: isinya bukan PDF, JPEG, PNG, atau WebP." in response.content.decode()
        assert "Tim dibentuk." in response.content.decode()
        assert not Meeting.objects.exists() and not Attachment.objects.exists()

    def test_pictures_beyond_the_budget_are_named_and_the_others_kept(
        self, client, team, secretariat, meeting_data, monkeypatch
    ):
        monkeypatch.setattr("sinergi.kit.uploads.MAX_PIXELS", 50_000)
        photos = [jpeg(f"foto-{name}.jpg", size=(200, 150)) for name in "abc"] + [
            jpeg("foto-kecil.jpg", size=(20, 20))
        ]
        response = client.post(NEW, meeting_data(team) | {"photos": photos})
        page = response.content.decode()
        assert (
            response.status_code == 422 and "Tim dibentuk." in page and not Meeting.objects.exists()
        )
        assert (
            page.count("foto-b.jpg: belum diambil") == page.count("foto-c.jpg: belum diambil") >= 1
        )
        waiting = list(Attachment.objects.order_by("pk"))
        assert [row.original_name for row in waiting] == ["foto-a.jpg", "foto-kecil.jpg"]
        keys = [str(row.key) for row in waiting]
        again = client.post(NEW, meeting_data(team, lampiran=keys) | {"photos": jpeg("foto-b.jpg")})
        assert again.status_code == 302 and Meeting.objects.get().attachments.count() == 3

    def test_files_beyond_the_number_are_named_and_the_others_kept(
        self, client, team, secretariat, meeting_data, monkeypatch
    ):
        monkeypatch.setattr("advocacy.forms.minutes.MAX_FILES", 2)
        photos = [jpeg(f"foto-{name}.jpg") for name in "abc"]
        response = client.post(
            NEW, meeting_data(team) | {"photos": photos, "attendance_lists": [jpeg("hadir.jpg")]}
        )
        page = response.content.decode()
        assert response.status_code == 422 and Attachment.objects.count() == 2
        assert "foto-c.jpg: belum diambil. Paling banyak 2 berkas" in page
        assert "hadir.jpg: belum diambil. Paling banyak 2 berkas" in page

    def test_a_waiting_file_is_its_senders_alone(self, client, team, sign_in, meeting_data):
        sign_in("secretariat")
        client.post(NEW, meeting_data(team, title="") | {"photos": jpeg("foto.jpg")})
        waiting = Attachment.objects.get()
        sign_in("administrator")
        assert client.get(waiting.get_absolute_url()).status_code == 404
        client.post(NEW, meeting_data(team, lampiran=str(waiting.key)))
        waiting.refresh_from_db()
        assert waiting.meeting is None

    def test_thrown_away_on_request(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg")})
        meeting, row = Meeting.objects.get(), Attachment.objects.get()
        data = edit_data(meeting, meeting_data, buang=str(row.key))
        assert (
            client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data).status_code
            == 302
        )
        assert not meeting.attachments.exists()

    def test_served_as_what_it_is_and_nothing_else(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg")})
        response = client.get(Attachment.objects.get().get_absolute_url())
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        for close in response._resource_closers:
            close()

    def test_what_was_never_saved_is_purged_after_a_week(
        self, client, team, secretariat, meeting_data
    ):
        client.post(NEW, meeting_data(team, title="") | {"photos": jpeg("lama.jpg")})
        old = Attachment.objects.get()
        Attachment.objects.update(created_at=timezone.now() - timedelta(days=8))
        client.post(NEW, meeting_data(team, title="") | {"photos": jpeg("baru.jpg")})
        client.post(NEW, meeting_data(team) | {"photos": jpeg("tersimpan.jpg")})
        Attachment.objects.filter(original_name="tersimpan.jpg").update(
            created_at=timezone.now() - timedelta(days=8)
        )
        call_command("purge_uploads", stdout=StringIO())
        assert set(Attachment.objects.values_list("original_name", flat=True)) == {
            "baru.jpg",
            "tersimpan.jpg",
        }
        assert not old.file.storage.exists(old.file.name)


class TestAfterAFailedSave:
    """What was rolled back leaves nothing behind on the page."""

    def test_a_new_meeting_is_still_new(self, client, team, secretariat, meeting_data):
        data = meeting_data(team, aksi="kirim", chair="")
        response = client.post(NEW, data)
        page = response.content.decode()
        assert response.status_code == 422
        assert f'action="{NEW}"' in page and f'value="{data["idempotency_key"]}"' in page
        data |= {"chair": str(team.memberships.get(role="chair").person_id)}
        assert client.post(NEW, data).status_code == 302
        assert Meeting.objects.get().state == "submitted"

    def test_a_photo_of_a_stored_meeting_is_still_there(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        data = edit_data(meeting, meeting_data, aksi="kirim", chair="")
        page = client.post(url, data | {"photos": jpeg("foto.jpg")}).content.decode()
        waiting = Attachment.objects.get()
        assert waiting.meeting is None and f'name="lampiran" value="{waiting.key}"' in page
        meeting.refresh_from_db()
        client.post(url, edit_data(meeting, meeting_data, lampiran=str(waiting.key)))
        assert meeting.attachments.count() == 1

    def test_a_file_to_be_thrown_away_stays_marked(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg")})
        meeting, row = Meeting.objects.get(), Attachment.objects.get()
        data = edit_data(meeting, meeting_data, buang=str(row.key), title="")
        answer = client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data)
        page = " ".join(answer.content.decode().split())
        assert f'name="buang" value="{row.key}" checked' in page


class TestSendingAgain:
    def test_with_a_photo_is_not_the_same_sending(self, client, team, secretariat, meeting_data):
        data = meeting_data(team)
        client.post(NEW, data)
        response = client.post(NEW, data | {"photos": jpeg("foto.jpg")})
        assert response.status_code == 409
        assert (
            f'name="lampiran" value="{Attachment.objects.get().key}"' in response.content.decode()
        )
        again = meeting_data(team) | {"photos": jpeg("lain.jpg")}
        assert [
            client.post(NEW, again | {"photos": jpeg("lain.jpg")}).status_code for _ in range(2)
        ] == [302, 302]

    def test_to_submit_is_not_a_saved_draft(self, client, team, secretariat, meeting_data):
        data = meeting_data(team)
        client.post(NEW, data)
        assert client.post(NEW, data | {"aksi": "kirim"}).status_code == 409
        assert Meeting.objects.get().state == "held"

    def test_rows_find_their_stored_selves(self, client, team, secretariat, meeting_data):
        blank = {"topic": "", "notes": "", "decision": ""}
        data = meeting_data(team) | rows(
            "agenda", [blank, {"topic": "Satu", "notes": "", "decision": ""}]
        )
        client.post(NEW, data)
        page = client.post(NEW, data | {"place": "Aula"}).content.decode()
        assert f'name="agenda-1-id" value="{AgendaItem.objects.get().pk}"' in page
        assert 'name="agenda-0-id" value=' not in page

    def test_row_buttons_keep_to_the_page(self, client, team, secretariat, meeting_data):
        page = client.post(
            NEW, meeting_data(team, aksi="tambah-agenda", idempotency_key="")
        ).content.decode()
        assert f'formaction="{NEW}#agenda"' in page and 'name="idempotency_key" value="' in page


class TestWhatMayNotBeWritten:
    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_minutes_out_of_the_writers_hands(
        self, client, team, secretariat, meeting_data, make, state
    ):
        meeting = make.minutes(team, by=secretariat, state=state)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        response = client.post(
            url, edit_data(meeting, meeting_data, place="Aula", **{"agenda-0-decision": "Lain."})
        )
        assert response.status_code == 422 and "Aula" in response.content.decode()
        meeting.refresh_from_db()
        assert (meeting.place, meeting.agenda.first().decision) == ("", "Disetujui.")

    def test_a_cancelled_meeting(self, client, team, secretariat, meeting_data, make):
        meeting = make.meeting(team, by=secretariat)
        meeting.cancel(by=secretariat, reason="Ditunda.")
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        assert client.post(url, edit_data(meeting, meeting_data, place="Aula")).status_code == 422

    @pytest.mark.parametrize("change", [{"tindak-0-DELETE": "on"}, {"tindak-0-what": "Lain"}])
    def test_a_follow_up_that_was_closed(
        self, client, team, secretariat, meeting_data, make, change
    ):
        meeting = make.minutes(team, by=secretariat)
        data = edit_data(meeting, meeting_data, **change)
        meeting.followups.get().close(by=secretariat, note="Sudah dikirim.")
        response = client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data)
        assert response.status_code == 422 and "sudah diselesaikan" in response.content.decode()
        assert meeting.followups.get().closing_note == "Sudah dikirim."

    def test_a_held_meeting_keeps_its_day(self, client, team, secretariat, meeting_data, make):
        meeting = make.minutes(team, by=secretariat)
        data = edit_data(meeting, meeting_data, month_only="on")
        response = client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data)
        assert (
            response.status_code == 422
            and "tanggalnya perlu ditetapkan" in response.content.decode()
        )


@pytest.mark.both("each database refuses other values")
class TestStrangeRequests:
    @pytest.mark.parametrize("key", ["a" * 36, "-----" + "a" * 31, "x", "{}", "\x00"])
    def test_a_file_key_that_is_none(self, client, team, secretariat, meeting_data, key):
        assert client.post(NEW, meeting_data(team, lampiran=key)).status_code in (302, 422)

    @pytest.mark.parametrize("action", ["tambah-agenda", "bawa"])
    @pytest.mark.parametrize("total", ["9" * 5000, "99999", "-1", "x"])
    def test_a_row_count_that_is_none(
        self, client, team, secretariat, meeting_data, make, action, total
    ):
        make.minutes(team, by=secretariat, state="approved")
        data = meeting_data(team, aksi=action) | {"agenda-TOTAL_FORMS": total}
        assert client.post(NEW, data).status_code == 200

    def test_one_row_id_twice_keeps_both_texts(self, client, team, secretariat, meeting_data, make):
        meeting = make.minutes(team, by=secretariat)
        item = meeting.agenda.first()
        twice = [
            {"id": item.pk, "topic": topic, "notes": "", "decision": ""}
            for topic in ("Satu", "Dua")
        ]
        data = edit_data(meeting, meeting_data) | rows("agenda", twice)
        client.post(reverse("advocacy:meeting_update", args=[meeting.pk]), data)
        assert {"Satu", "Dua"} <= set(meeting.agenda.values_list("topic", flat=True))

    def test_a_date_typed_the_indonesian_way(self, client, team, secretariat, meeting_data):
        leaving = team.memberships.get(person__name="Perwakilan Bappeda")
        leaving.ends_on, leaving.end_reason = date(2019, 3, 31), "Pindah tugas"
        leaving.save_as(by=None)
        client.post(NEW, meeting_data(team, day="28/11/2018"))
        assert Attendance.objects.filter(name="Perwakilan Bappeda", presence="present").exists()

    def test_a_waiting_file_is_hidden_from_national_accounts_too(
        self, client, team, sign_in, meeting_data
    ):
        sign_in("secretariat")
        client.post(NEW, meeting_data(team, title="") | {"photos": jpeg("foto.jpg")})
        sign_in("observer", province_code=None)
        assert client.get(Attachment.objects.get().get_absolute_url()).status_code == 404


class TestLater:
    def test_a_planned_roster_follows_the_team_until_it_is_marked(
        self, client, team, secretariat, meeting_data
    ):
        """Planned in June for July; in between one leaves and one changes office."""
        members = list(team.memberships.in_order_of_role())
        unmarked = {f"hadir-{m.person_id}-presence": "" for m in members}
        data = meeting_data(team, day="2019-07-20", **unmarked) | {"tindak-0-due_on": "2019-08-01"}
        client.post(NEW, data)
        meeting = Meeting.objects.get()
        leaving, moving = members[4], members[3]
        leaving.ends_on, leaving.end_reason = date(2019, 7, 1), "Pindah tugas"
        leaving.save_as(by=None)
        moving.position = "Kepala bidang yang baru"
        moving.save_as(by=None)
        marked = {f"hadir-{m.person_id}-presence": "present" for m in members if m != leaving}
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        assert (
            client.post(url, edit_data(meeting, meeting_data, **unmarked | marked)).status_code
            == 302
        )
        assert not meeting.attendance.filter(person=leaving.person).exists()
        assert meeting.attendance.get(person=moving.person).position == "Kepala bidang yang baru"

    def test_a_lost_answer_to_a_change_makes_no_second_rows(
        self, client, team, secretariat, meeting_data, make
    ):
        meeting = make.minutes(team, by=secretariat)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        data = edit_data(meeting, meeting_data)
        data |= {
            "agenda-TOTAL_FORMS": "3",
            "agenda-2-topic": "Susulan",
            "agenda-2-id": "",
            "agenda-2-notes": "",
        }
        assert client.post(url, data).status_code == 302
        page = client.post(url, data | {"place": "Aula"}).content.decode()
        assert f'name="agenda-2-id" value="{meeting.agenda.get(topic="Susulan").pk}"' in page

    def test_a_photo_is_in_the_history(self, client, team, secretariat, meeting_data):
        client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg")})
        page = client.get(
            reverse("advocacy:meeting_history", args=[Meeting.objects.get().pk])
        ).content.decode()
        assert "Lampiran “foto.jpg” ditambahkan" in page

    def test_only_whoever_may_submit_submits(
        self, client, team, secretariat, meeting_data, monkeypatch
    ):
        role = ROLES["secretariat"]
        less = replace(role, permissions=role.permissions - {"advocacy.submit_meeting"})
        monkeypatch.setitem(ROLES, "secretariat", less)
        assert client.post(NEW, meeting_data(team, aksi="kirim")).status_code == 403
        assert not Meeting.objects.exists()

    def test_what_has_lapsed_is_a_task_and_not_ahead(self, client, team, secretariat, make):
        make.meeting(team, by=secretariat, title="Rapat yang lewat")
        make.meeting(
            team,
            by=secretariat,
            title="Rapat bulan ini",
            starts_at=timezone.now().replace(day=2),
            day_is_set=False,
        )
        coming = Meeting.objects.coming(timezone.localtime())
        assert [m.title for m in coming] == ["Rapat bulan ini"]
        assert "Waktunya sudah lewat" in client.get("/").content.decode()
        page = client.get("/rapat/").content.decode()
        assert (
            page.index("Akan datang")
            < page.index("Rapat bulan ini")
            < page.index("Juni 2019")
            < page.index("Rapat yang lewat")
        )
