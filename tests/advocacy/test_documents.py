"""
Documents of a meeting: the page and the PDF say the same, whatever somebody wrote; the PDF is an
archive copy; what was approved comes out the same for ever.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from lxml import html

from advocacy.actions import approved_pdf
from advocacy.documents import OF_MEETING
from advocacy.documents.invitations import invited_to
from advocacy.models import AgendaItem, ApprovedPaper, Attendance, Meeting
from programs.models import Team
from tests import factories
from tests.papers import differences
from tests.pdfs import faults_of, pages_of

pytestmark = pytest.mark.django_db

#: What people and machines write into fields, and what it is.
HOSTILE = {
    "markup of Typst": "#set page(fill: red) *tebal* _miring_ $x$ `kode` <label> @ref = Judul",
    "a field of Word": "{{ cycler.__init__ }} {% for x in y %} ${nomor_naskah}",
    "a page": "<script>alert(1)</script> &amp; <b>tebal</b>",
    "from right to left": "שלום \u202eabc\u202c سلام",
    "signs without letters": "Rapat \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 漢字",
    "a long word": "a" * 150,
}


@pytest.fixture
def team():
    factories.team()
    Team.objects.update(letterhead="Jalan Merdeka 1\nTelepon 0717", seat="Pangkalpinang")
    return Team.objects.get()


@pytest.fixture
def held(team):
    return factories.minutes(team, place="Aula", ends_at=datetime(2019, 6, 19, 4, tzinfo=UTC))


def page_of(client, meeting, slug, **query):
    url = reverse("advocacy:meeting_document", args=[meeting.pk, slug])
    return client.get(url, query).content.decode()


def pdf_of(client, meeting, slug, **query):
    url = reverse("advocacy:meeting_pdf", args=[meeting.pk, slug])
    answer = client.get(url, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content


def text_of(pdf):
    return " ".join(text for text, *_ in pages_of(pdf))


def alike(client, meeting, slug, **query):
    """Compare the page and the PDF of a document, and return the PDF."""
    pdf = pdf_of(client, meeting, slug, **query)
    below = f"Notula: {meeting.title}" if slug == "notula" else ""
    page = page_of(client, meeting, slug, **query)
    missing, more = differences(page, pdf, below=below)
    assert (missing, more) == ([], {})
    return pdf


@pytest.mark.parametrize("slug", [document.slug for document in OF_MEETING])
def test_the_page_and_the_pdf_say_the_same(client, sign_in, held, slug):
    sign_in("secretariat")
    pdf = alike(client, held, slug)
    assert faults_of(pdf) == []
    assert "Jalan Merdeka 1" in text_of(pdf) and "Rapat internal" in text_of(pdf)


def test_an_audience_has_its_points_in_the_place_of_an_agenda(client, sign_in, team):
    sign_in("secretariat")
    meeting = factories.minutes(
        team, kind="audience", received_by="Bupati", points="Anggaran.", answer="Akan dibahas."
    )
    paper = text_of(alike(client, meeting, "notula"))
    assert all(words in paper for words in ("Diterima oleh", "Bupati", "Akan dibahas."))


@pytest.mark.parametrize("slug", [document.slug for document in OF_MEETING])
@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_is_written_is_run_and_no_paper_loses_its_archive_form(
    client, sign_in, held, slug, written
):
    sign_in("secretariat")
    Meeting.objects.filter(pk=held.pk).update(
        title=written, place=written, copies_to=written, inviter_name=written
    )
    Attendance.objects.filter(meeting=held).update(name=written[:150], note=written[:100])
    AgendaItem.objects.filter(meeting=held).update(topic=written, notes=written, decision=written)
    Team.objects.update(letterhead=written)
    pdf = pdf_of(client, held, slug)
    assert faults_of(pdf) == []
    page = page_of(client, held, slug)
    assert "<script>alert" not in page
    if written.isascii():
        start = written.split()[0][:40]
        assert start in text_of(pdf).replace("\u2019", "'")


@pytest.mark.parametrize("slug", [document.slug for document in OF_MEETING])
@pytest.mark.parametrize("people", [0, 300])
def test_no_rows_and_300_of_them(client, sign_in, team, slug, people):
    sign_in("secretariat")
    meeting = factories.minutes(team, title="Rapat besar")
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            name=f"Tamu {n}",
            institution="Dinas",
            is_guest=True,
            created_at=meeting.created_at,
        )
        for n in range(people)
    )
    pdf = pdf_of(client, meeting, slug)
    assert faults_of(pdf) == []
    assert text_of(pdf).count("Tamu ") == people


def test_10_000_letters_of_notes(client, sign_in, held):
    sign_in("secretariat")
    notes = "Perpustakaan desa memerlukan anggaran. " * 256
    AgendaItem.objects.filter(meeting=held).update(notes=notes)
    pdf = pdf_of(client, held, "notula")
    assert faults_of(pdf) == [] and text_of(pdf).count("anggaran") >= 500


def test_paper_sizes(client, sign_in, held):
    sign_in("secretariat")
    assert pages_of(pdf_of(client, held, "notula"))[0][1:] == (210, 297)
    assert pages_of(pdf_of(client, held, "notula", kertas="f4"))[0][1:] == (215, 330)


@pytest.mark.parametrize("asked", [{}, {"kertas": "f4"}, {"kertas": "a4"}])
def test_each_download_has_the_paper_size_that_it_names(client, sign_in, held, asked):
    sign_in("secretariat")
    page = html.fromstring(page_of(client, held, "daftar-hadir", kosong="3", **asked))
    found = {link.text_content().strip(): link.get("href") for link in page.xpath("//aside//li/a")}
    for size, width in (("A4", 210), ("F4", 215)):
        href = found[f"PDF ukuran {size}"]
        assert "kosong=3" in href
        assert pages_of(client.get(href).content)[0][1] == width


def test_what_does_not_exist_yet(client, sign_in, team):
    sign_in("secretariat")
    planned = factories.meeting(team)
    for slug, status in (("undangan", 200), ("daftar-hadir", 200), ("notula", 404), ("x", 404)):
        url = reverse("advocacy:meeting_document", args=[planned.pk, slug])
        assert client.get(url).status_code == status, slug
        assert client.get(f"{url}pdf/").status_code == status, slug


class TestAttendanceSheet:
    def test_rows_for_those_who_come_unnamed(self, client, sign_in, held):
        sign_in("secretariat")
        invited = held.attendance.count()
        for asked, rows in (
            ("0", 0),
            ("12", 12),
            ("999", 100),
            ("-1", 8),
            ("\u0663", 8),
            ("1" * 5000, 8),
        ):
            page = page_of(client, held, "daftar-hadir", kosong=asked)
            assert page.count('<tr role="row">') - 1 == invited + rows, asked

    def test_the_blank_one_of_a_meeting_that_was_called_off_says_so(self, client, sign_in, team):
        account = sign_in("secretariat")
        meeting = factories.meeting(team)
        assert "DIBATALKAN" not in text_of(pdf_of(client, meeting, "daftar-hadir"))
        meeting.cancel(by=account, reason="Hujan")
        assert "DIBATALKAN" in text_of(alike(client, meeting, "daftar-hadir"))

    def test_only_the_paper_numbers_the_places_to_sign(self, client, sign_in, held):
        """On a phone such a number would stand beside the position."""
        sign_in("secretariat")
        (paper,) = html.fromstring(page_of(client, held, "daftar-hadir")).xpath("//table/tbody")
        cells = [row.xpath("./td")[-1].text_content().strip() for row in paper.xpath("./tr")]
        assert cells and set(cells) == {""}
        assert f" {len(cells)}." in text_of(alike(client, held, "daftar-hadir"))

    def test_the_blank_one_says_of_nobody_that_they_came(self, client, sign_in, held):
        sign_in("secretariat")
        assert "Hadir" not in text_of(pdf_of(client, held, "daftar-hadir")).replace(
            "DAFTAR HADIR", ""
        )
        everybody = held.attendance.count()
        filled = text_of(pdf_of(client, held, "daftar-hadir-terisi"))
        assert f"Hadir {everybody} dari {everybody} orang" in filled


class TestInvitation:
    def test_one_to_a_meeting_of_another_kind_invites_to_a_rapat(self, client, sign_in, team):
        sign_in("secretariat")
        told = text_of(alike(client, factories.meeting(team, kind="other"), "undangan"))
        assert "Undangan rapat" in told and f"menghadiri rapat {team.name}" in told
        assert "lainnya" not in told

    @pytest.mark.parametrize("slug", ["undangan", "daftar-hadir"])
    def test_a_guest_who_merely_came_was_not_invited(self, client, sign_in, held, slug):
        """The one who stood on the schedule was; who is added to the minutes was not."""
        sign_in("secretariat")
        came = Attendance(meeting=held, name="Tamu susulan", institution="Dinas", is_guest=True)
        came.presence = "present"
        came.save_as(by=None)
        told = text_of(alike(client, held, slug))
        assert "Kepala bidang" in told and "Tamu susulan" not in told
        assert "Tamu susulan" in text_of(pdf_of(client, held, "daftar-hadir-terisi"))

    def test_a_guest_who_is_written_down_once_the_planned_hour_has_come(self, team):
        """Who fills in the minutes of a scheduled meeting need not have noted it as held before."""
        meeting = factories.minutes(team)
        guest = meeting.attendance.get(is_guest=True)
        early, late = (meeting.starts_at + timedelta(days=days) for days in (-9, 0.1))
        Meeting.objects.filter(pk=meeting.pk).update(created_at=early)
        for written, invited in ((early, True), (late, False)):
            Attendance.objects.filter(pk=guest.pk).update(created_at=written)
            names = [row.name for row in invited_to(Meeting.objects.get(pk=meeting.pk))]
            assert (guest.name in names) is invited

    @pytest.mark.parametrize("slug", ["undangan", "daftar-hadir"])
    def test_a_meeting_that_names_nobody_invites_the_members_of_its_day(
        self, client, sign_in, team, slug
    ):
        sign_in("secretariat")
        meeting = factories.meeting(team)
        told = " ".join(text_of(alike(client, meeting, slug)).split())  # lines of a narrow column
        names = [row.person.name for row in team.members_on(meeting.starts.date())]
        assert names and all(name in told for name in names)

    @pytest.mark.parametrize("more", [0, 1])
    def test_above_so_many_its_guests_stand_on_a_page_of_their_own(
        self, client, sign_in, team, monkeypatch, more
    ):
        """As many as the module says: no template counts them again."""
        sign_in("secretariat")
        monkeypatch.setattr("advocacy.documents.invitations.MOST_IN_LETTER", 3)
        meeting = factories.meeting(team)
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, name=f"Tamu {n}", institution="Dinas", is_guest=True)
            for n in range(3 + more)
        )
        told = text_of(alike(client, meeting, "undangan"))
        assert ("daftar undangan terlampir" in told) == bool(more)
        assert told.count("Tamu ") == 3 + more

    def test_it_is_a_draft_until_it_has_its_number_and_its_day(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.meeting(team)
        assert "DRAF" in text_of(pdf_of(client, meeting, "undangan"))
        answer = client.post(
            reverse("advocacy:meeting_invitation", args=[meeting.pk]),
            {
                "version": meeting.version,
                "invitation_number": "005/12/DKPUS",
                "invited_on": "2019-06-10",
                "inviter_position": "",
                "inviter_name": "",
                "copies_to": "Sekretaris Daerah\nKepala Bappeda",
            },
        )
        assert answer.status_code == 302 and answer.url.endswith("/naskah/undangan/")
        paper = text_of(alike(client, meeting, "undangan"))
        assert "DRAF" not in paper
        for words in ("005/12/DKPUS", "Pangkalpinang, 10 Juni 2019", "Tembusan", "Kepala Bappeda"):
            assert words in paper

    def test_one_of_a_meeting_that_was_called_off_says_so(self, client, sign_in, team):
        account = sign_in("secretariat")
        meeting = factories.meeting(team, invitation_number="1", invited_on=date(2019, 6, 1))
        meeting.cancel(by=account, reason="Hujan")
        assert "DIBATALKAN" in text_of(pdf_of(client, meeting, "undangan"))

    def test_two_who_write_it(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.meeting(team)
        url = reverse("advocacy:meeting_invitation", args=[meeting.pk])
        sent = {"version": meeting.version, "invitation_number": "1"}
        assert client.post(url, sent).status_code == 302
        second = client.post(url, sent | {"invitation_number": "2"})
        assert second.status_code == 409
        assert 'value="2"' in second.content.decode()
        assert Meeting.objects.get().invitation_number == "1"

    def test_it_is_not_written_once_the_minutes_are_sent(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.minutes(team, state="submitted")
        url = reverse("advocacy:meeting_invitation", args=[meeting.pk])
        sent = {"version": meeting.version, "invitation_number": "1"}
        assert client.post(url, sent).status_code != 302
        assert Meeting.objects.get().invitation_number == ""


class TestApproved:
    def test_another_activity_changes_the_page_and_no_paper(self, client, sign_in, team):
        account = sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="internal")
        meeting = factories.minutes(team, state="approved", activity=activity)
        a4 = text_of(pdf_of(client, meeting, "notula"))
        meeting.tie(None, by=account)
        meeting.tie(activity, by=account)
        meeting.tie(None, by=account)
        assert activity.title not in client.get(meeting.get_absolute_url()).content.decode()
        f4 = text_of(pdf_of(client, meeting, "notula", kertas="f4"))
        assert all("Rencana kerja" in paper and activity.title in paper for paper in (a4, f4))
        alike(client, meeting, "notula")

    def test_the_same_bytes_whatever_changes_later(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.minutes(team, state="approved")
        before = pdf_of(client, meeting, "notula")
        assert "DRAF" not in text_of(before)
        factories.followup(factories.minutes(team, title="Rapat lain"))
        Team.objects.update(name="Tim Baru", office="Dinas Baru", letterhead="Jalan Baru", seat="X")
        assert pdf_of(client, meeting, "notula") == before

    def test_the_file_of_the_first_download_even_if_the_template_changes(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("secretariat")
        meeting = factories.minutes(team, state="approved")
        before = pdf_of(client, meeting, "notula")
        monkeypatch.setattr("sinergi.kit.views.documents.render_pdf", lambda *a, **k: b"other")
        assert pdf_of(client, meeting, "notula") == before
        assert pdf_of(client, meeting, "notula", kertas="f4") == b"other", "its own first download"

    def test_what_is_approved_anew_is_printed_anew(self, client, sign_in, team):
        account = sign_in("secretariat")
        meeting = factories.minutes(team, state="approved")
        before = pdf_of(client, meeting, "notula")
        meeting.reopen(by=None, reason="Salah tulis")
        assert "DRAF" in text_of(pdf_of(client, meeting, "notula"))
        AgendaItem.objects.filter(meeting=meeting).update(topic="Diperbaiki")
        meeting.submit(by=account)
        meeting.approve(by=None)
        assert "Diperbaiki" in text_of(pdf_of(client, meeting, "notula")) != text_of(before)

    def test_two_first_downloads_at_once_get_the_same(self, team):
        meeting = factories.minutes(team, state="approved")

        def late():
            told = approved_pdf(meeting=meeting, paper_size="a4", make=lambda: b"first")
            assert told == b"first"
            return b"second"

        assert approved_pdf(meeting=meeting, paper_size="a4", make=late) == b"first"
        assert ApprovedPaper.objects.count() == 1

    @pytest.mark.parametrize("state", ["held", "submitted"])
    def test_before_it_is_a_draft(self, client, sign_in, team, state):
        sign_in("secretariat")
        meeting = factories.minutes(team, state=state)
        assert "DRAF" in text_of(pdf_of(client, meeting, "notula"))
