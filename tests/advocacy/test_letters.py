"""A letter that has its number says what it said then, until somebody keeps it anew."""

import pytest
from django.urls import reverse

from advocacy.models import Trip
from programs.models import Team
from tests import factories
from tests.pages import html_of
from tests.papers import differences
from tests.pdfs import pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    factories.team()
    Team.objects.update(letterhead="Jalan Lama 1", seat="Pangkalpinang")
    return Team.objects.get()


@pytest.fixture
def trip(team):
    libraries = [factories.library(factories.village("19.01.06.2002", "Kapuk"))]
    return factories.trip(team, libraries=libraries, travellers=2)


@pytest.fixture
def meeting(team):
    return factories.meeting(team, place="Aula lama")


def number(client, record, **sent):
    """Send the form of the letter, with a number and a day unless told otherwise."""
    if isinstance(record, Trip):
        url = reverse("advocacy:trip_letter", args=[record.pk])
        given = {"letter_number": "090/47", "letter_on": "2019-09-02"}
    else:
        url = reverse("advocacy:meeting_invitation", args=[record.pk])
        given = {"invitation_number": "005/12", "invited_on": "2019-06-10"}
    answer = client.post(url, {"version": record.stored().version} | given | sent)
    assert answer.status_code == 302


def urls_of(record):
    """Return the addresses of the page, the PDF and the renewal of the letter of a record."""
    kind, slug = ("trip", "surat-tugas") if isinstance(record, Trip) else ("meeting", "undangan")
    page, pdf = (
        reverse(f"advocacy:{kind}_{n}", args=[record.pk, slug]) for n in ("document", "pdf")
    )
    name = "trip_letter_renew" if kind == "trip" else "meeting_invitation_renew"
    return page, pdf, reverse(f"advocacy:{name}", args=[record.pk])


def paper_of(client, record):
    """Return the text of the PDF, which says the same as the page."""
    page, pdf, _ = urls_of(record)
    content = client.get(pdf).content
    assert differences(client.get(page).content.decode(), content) == ([], {})
    return " ".join(text for text, *_ in pages_of(content))


def change_everything(record):
    """Give the office another letterhead, and the record another place or library."""
    factories.logo(Team.objects.get())
    Team.objects.update(office="Dinas Baru", letterhead="Jalan Baru 2", seat="Sungailiat")
    if isinstance(record, Trip):
        library = record.stops.get().library
        library.name = "Perpustakaan berganti nama"
        library.save_as(by=None)
        factories.decree(record.team)
    else:
        saved = record.stored()
        saved.place = "Aula baru"
        saved.save_as(by=None)


NEW = ("Dinas Baru", "Jalan Baru 2", "Sungailiat", "berganti nama", "Aula baru", "Keputusan")


@pytest.mark.parametrize("kind", ["trip", "meeting"])
def test_a_numbered_letter_stays_until_it_is_renewed(client, sign_in, request, kind):
    sign_in("secretariat")
    record = request.getfixturevalue(kind)
    number(client, record)
    before = paper_of(client, record)
    page, _, renew = urls_of(record)
    assert "DRAF" not in before and "Jalan Lama 1" in before
    assert renew not in html_of(client.get(page)), "nothing has changed"
    change_everything(record)
    assert paper_of(client, record) == before
    assert not any(words in before for words in NEW)
    told = html_of(client.get(page))
    assert "berubah sejak suratnya bernomor" in told and renew in told
    stale = client.post(renew, {"version": record.version - 1})
    assert stale.status_code == 422 and paper_of(client, record) == before
    answer = client.post(renew, {"version": record.stored().version})
    assert answer.status_code == 302 and answer.url == page
    after = paper_of(client, record)
    assert "Jalan Baru 2" in after and "Jalan Lama 1" not in after
    assert "berubah sejak suratnya" not in html_of(client.get(page))


@pytest.mark.parametrize("kind", ["trip", "meeting"])
def test_the_word_file_says_what_was_kept(client, sign_in, request, kind, monkeypatch):
    sign_in("secretariat")
    record = request.getfixturevalue(kind)
    number(client, record)
    change_everything(record)
    drawn = []

    class Filled:
        content = b"docx"

    def fill(form, data, template):
        drawn.append(data)
        return Filled()

    monkeypatch.setattr("sinergi.kit.views.documents.fill_word", fill)
    assert client.get(urls_of(record)[0] + "word/").status_code == 200
    assert drawn[0]["letterhead"] == ["Jalan Lama 1"] and drawn[0]["mark"] == ""


@pytest.mark.parametrize("kind", ["trip", "meeting"])
def test_without_its_number_it_is_a_draft_of_today_again(client, sign_in, request, kind):
    sign_in("secretariat")
    record = request.getfixturevalue(kind)
    number(client, record)
    change_everything(record)
    number(client, record, letter_number="", invitation_number="")
    told = paper_of(client, record)
    assert "DRAF" in told and "Jalan Baru 2" in told
    assert record.stored().letter_kept is None


def test_who_only_reads_is_told_and_offered_nothing(client, sign_in, trip):
    sign_in("secretariat")
    number(client, trip)
    change_everything(trip)
    sign_in("observer")
    page, _, renew = urls_of(trip)
    told = html_of(client.get(page))
    assert "berubah sejak suratnya bernomor" in told and renew not in told


def test_one_that_is_called_off_says_so_over_what_was_kept(client, sign_in, meeting):
    sign_in("secretariat")
    number(client, meeting)
    meeting.stored().cancel(by=None, reason="Hujan")
    Team.objects.update(letterhead="Jalan Baru 2")
    told = paper_of(client, meeting)
    assert "DIBATALKAN" in told and "Jalan Lama 1" in told
    refused = client.post(urls_of(meeting)[2], {"version": meeting.stored().version})
    assert refused.status_code == 422 and "tidak dapat diubah" in html_of(refused)


class TestIncomplete:
    def test_a_trip_on_which_nobody_is_sent(self, client, sign_in, team):
        sign_in("secretariat")
        trip = factories.trip(team, libraries=[factories.library()])
        number(client, trip)
        assert "DRAF" in paper_of(client, trip)
        page, _, renew = urls_of(trip)
        refused = client.post(renew, {"version": trip.stored().version})
        assert refused.status_code == 422 and "paling sedikit satu petugas" in html_of(refused)
        assert renew not in html_of(client.get(page))

    def test_once_somebody_is_sent_its_page_offers_to_keep_it(self, client, sign_in, trip):
        sign_in("secretariat")
        Trip.objects.filter(pk=trip.pk).update(letter_number="090/47", letter_on="2019-09-02")
        page, _, renew = urls_of(trip)
        assert "DRAF" in paper_of(client, trip)
        assert renew in html_of(client.get(page))
        assert client.post(renew, {"version": trip.version}).status_code == 302
        assert "DRAF" not in paper_of(client, trip)

    def test_a_meeting_without_a_day(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.meeting(team, day_is_set=False)
        number(client, meeting)
        assert "DRAF" in paper_of(client, meeting)

    def test_a_meeting_that_invites_nobody(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.minutes(team)
        meeting.attendance.all().delete()
        number(client, meeting)
        assert "DRAF" in paper_of(client, meeting)
