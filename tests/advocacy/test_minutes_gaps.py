"""Gaps of minutes: saved as a draft, and named all at once when they are to be sent."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Meeting
from sinergi.kit.dates import full_date
from tests.conftest import rows

pytestmark = pytest.mark.django_db
NEW = "/rapat/baru/"


class TestSendingWithGaps:
    """
    All that is missing is told at once: in one list, with a link to each field, and beside it.
    """

    def refused(self, client, url, data):
        response = client.post(url, data | {"aksi": "kirim"})
        assert response.status_code == 422
        return response.content.decode()

    def test_with_the_errors_of_the_first_round(self, client, team, secretariat, meeting_data):
        unmarked = team.memberships.get(role="chair").person_id
        empty = {"chair": "", "note_taker": "", "title": "", f"hadir-{unmarked}-presence": ""}
        page = self.refused(client, NEW, meeting_data(team, **empty) | rows("agenda", []))
        summary = page[page.index('id="error-summary"') : page.index('id="meeting-form"')]
        links = re.findall(r'<a href="#([^"]*)">([^<]*)</a>', summary)
        assert links == [
            ("id_title", "Isi judul rapat."),
            ("id_chair", "Pilih pimpinan rapat."),
            ("id_note_taker", "Pilih notulis."),
            (f"id_hadir-{unmarked}-presence", "Tandai kehadiran: Sekretaris DKPUS."),
            ("agenda", "Isi paling sedikit satu agenda."),
        ]
        for anchor, message in links:
            assert f'id="{anchor}"' in page
            assert page.count(message) == 2, "once in the list, once beside the field"
        assert page.count("Belum ditandai.") == 1
        assert not Meeting.objects.exists()

    def test_of_an_audience(self, client, team, secretariat, meeting_data):
        page = self.refused(client, NEW, meeting_data(team, kind="audience") | rows("agenda", []))
        for field, message in {
            "cases": "Pilih paling sedikit satu sasaran advokasi.",
            "received_by": "Isi siapa yang menerima tim.",
            "points": "Tuliskan pokok yang disampaikan.",
            "answer": "Tuliskan jawaban yang diterima.",
        }.items():
            assert f'<a href="#id_{field}">{message}</a>' in page and page.count(message) == 2
        assert "Isi paling sedikit satu agenda." not in page

    def test_of_a_meeting_still_ahead(self, client, team, secretariat, meeting_data):
        day = timezone.localdate() + timedelta(days=30)
        data = meeting_data(team, day=day.isoformat()) | rows("tindak", [])
        page = self.refused(client, NEW, data)
        assert (
            '<a href="#id_day">Notula dikirim setelah rapat berlangsung; menurut tanggalnya, baru'
            in page
        )
        assert page.count("Notula dikirim setelah rapat berlangsung") == 2
        assert full_date(day) in page and 'id="id_day_error"' in page
        assert not Meeting.objects.exists()

    def test_of_a_month_without_a_day(self, client, team, secretariat, meeting_data):
        data = meeting_data(team, month_only="on", start="", end="") | rows("tindak", [])
        assert '<a href="#id_day">Tetapkan tanggal rapat.</a>' in self.refused(client, NEW, data)

    def test_saved_as_a_draft_nothing_of_it_is_asked(self, client, team, secretariat, meeting_data):
        unmarked = {f"hadir-{m.person_id}-presence": "" for m in team.memberships.all()}
        data = meeting_data(team, chair="", note_taker="", place="", **unmarked)
        data |= rows("agenda", []) | rows("tamu", []) | rows("tindak", [])
        assert client.post(NEW, data).status_code == 302
        assert Meeting.objects.get().state == "held"

    def test_nor_when_it_began(self, client, team, secretariat, meeting_data):
        """That is said to be missing, not taken for midnight, and asked for when it is sent."""
        data = meeting_data(team, start="", end="")
        assert client.post(NEW, data).status_code == 302
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.when_text) == (
            "held",
            "Rabu, 28 November 2018, waktu mulai belum diisi",
        )
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        page = client.get(url).content.decode()
        assert re.search(r'name="start"[^>]*value=', page) is None
        form = meeting_data(team, start="", end="", version=str(meeting.version))
        page = self.refused(client, url, form)
        assert '<a href="#id_start">Isi waktu mulai.</a>' in page
        assert (
            client.get(reverse("advocacy:meeting_submit", args=[meeting.pk]))
            .content.decode()
            .count("Isi waktu mulai.")
            == 1
        )

    @pytest.mark.parametrize(
        "changes", [{"start": "", "end": "11:15"}, {"start": "", "end": "", "day": "ahead"}]
    )
    def test_but_an_end_has_a_beginning_and_an_invitation_a_time(
        self, client, team, secretariat, meeting_data, changes
    ):
        if changes.get("day"):
            changes |= {"day": (timezone.localdate() + timedelta(days=30)).isoformat()}
        response = client.post(NEW, meeting_data(team, **changes) | rows("tindak", []))
        assert response.status_code == 422
        assert '<a href="#id_start">Isi waktu mulai.</a>' in response.content.decode()

    def test_the_page_that_sends_lists_it_first(self, client, team, secretariat, make):
        meeting = make.minutes(team, by=secretariat)
        Meeting.objects.filter(pk=meeting.pk).update(chair=None)
        meeting.agenda.all().delete()
        url = reverse("advocacy:meeting_submit", args=[meeting.pk])
        form = reverse("advocacy:meeting_update", args=[meeting.pk])
        for response in (client.get(url), client.post(url, {"version": meeting.version})):
            page = response.content.decode()
            assert f'<a href="{form}#id_chair">Pilih pimpinan rapat.</a>' in page
            assert f'<a href="{form}#agenda">Isi paling sedikit satu agenda.</a>' in page
            assert 'method="post" novalidate' not in page, "nothing is asked that would be refused"
        meeting.refresh_from_db()
        assert meeting.state == "held"


class TestUsualPeople:
    """The chair leads, and whoever writes takes the notes, if a member; both may be changed."""

    def chosen(self, page, field):
        select = page[page.index(f'name="{field}"') :]
        return re.findall(r'value="(\d*)"\s+selected', select[: select.index("</select>")])

    def test_are_chosen_beforehand(self, client, team, secretariat):
        own = team.memberships.get(role="secretary").person
        own.user = secretariat
        own.save_as(by=None)
        page = client.get(NEW).content.decode()
        assert self.chosen(page, "chair") == [str(team.memberships.get(role="chair").person_id)]
        assert self.chosen(page, "note_taker") == [str(own.pk)]

    def test_who_is_no_member_is_not_the_note_taker(self, client, team, secretariat, make):
        make.person(account=secretariat)
        assert self.chosen(client.get(NEW).content.decode(), "note_taker") == [""]

    def test_of_the_day_of_the_meeting(self, client, team, secretariat):
        leaving = team.memberships.get(role="chair")
        leaving.ends_on, leaving.end_reason = date(2019, 3, 31), "Pindah tugas"
        leaving.save_as(by=None)
        assert self.chosen(client.get(f"{NEW}?tanggal=2019-03-01").content.decode(), "chair") == [
            str(leaving.person_id)
        ]
        assert self.chosen(client.get(NEW).content.decode(), "chair") == [""]

    def test_what_is_stored_is_not_filled_in(self, client, team, secretariat, make):
        meeting = make.minutes(team, by=secretariat)
        Meeting.objects.filter(pk=meeting.pk).update(chair=None)
        page = client.get(reverse("advocacy:meeting_update", args=[meeting.pk])).content.decode()
        assert self.chosen(page, "chair") == [""]
