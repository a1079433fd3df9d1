"""Documents of a meeting in Word: they say what the page says, whatever somebody wrote."""

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from docx import Document

from advocacy.documents import OF_MEETING, WITH_WORD
from advocacy.documents.assignment_letters import ASSIGNMENT_LETTER
from advocacy.models import AgendaItem, Attendance
from programs.models import Team
from sinergi.kit.word.templates import fill_sample, fill_word, shipped_template
from tests import factories
from tests.papers import squeezed, word_differences

pytestmark = pytest.mark.django_db

SLUGS = [document.slug for document in OF_MEETING if document.word]
LONG = "Perpustakaan desa memerlukan anggaran. " * 256
HOSTILE = {
    "markup of Typst": "#set page(fill: red) *tebal* $x$ `kode` <label> @ref = Judul",
    "a field of a template": "{{ cycler.__init__ }} {% for x in y %} {# z #} {_{ a }_} ${nomor}",
    "XML": "<w:p>&amp;</w:t></w:r> ]]> \"'<!DOCTYPE x>",
    "from right to left": "שלום \u202eabc\u202c سلام",
    "signs without letters": "Rapat \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 漢字",
    "controls": "a\x01b\x0bc\x0cd\x07e\x1ff\ufffeg\udc00",
    "a long word": "a" * 150,
}


@pytest.fixture
def team():
    factories.team()
    Team.objects.update(letterhead="Jalan Merdeka 1\nTelepon 0717", seat="Pangkalpinang")
    return Team.objects.get()


@pytest.fixture
def held(team):
    return factories.minutes(
        team,
        place="Aula",
        ends_at=datetime(2019, 6, 19, 4, tzinfo=UTC),
        copies_to="Sekretaris Daerah\nKepala Bappeda",
    )


def word_of(client, meeting, slug):
    answer = client.get(reverse("advocacy:meeting_word", args=[meeting.pk, slug]))
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content


def page_of(client, meeting, slug):
    return client.get(reverse("advocacy:meeting_document", args=[meeting.pk, slug]))


def text_of(content):
    """Return the text of a Word file as python-docx reads it."""
    return "\n".join(
        "".join(one.text or "" for one in paragraph.iter("{*}t"))
        for paragraph in Document(io.BytesIO(content)).element.body.iter("{*}p")
    )


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("state", ["held", "approved"])
def test_the_page_and_the_word_file_say_the_same(client, sign_in, team, slug, state):
    sign_in("secretariat")
    meeting = factories.minutes(
        team, state=state, place="Aula", copies_to="Sekretaris Daerah\nKepala Bappeda"
    )
    page, word = page_of(client, meeting, slug).content.decode(), word_of(client, meeting, slug)
    assert word_differences(page, word) == ([], {})
    assert "Jalan Merdeka 1" in text_of(word) and "Rapat internal" in text_of(word)


def test_an_audience_and_more_guests_than_a_letter_has_room_for(client, sign_in, team):
    sign_in("secretariat")
    audience = factories.minutes(
        team, kind="audience", received_by="Bupati", points="Satu.\nDua.", answer="Dibahas."
    )
    crowded = factories.minutes(team, title="Rapat besar")
    Attendance.objects.bulk_create(
        Attendance(
            meeting=crowded,
            name=f"Tamu {n}",
            institution="Dinas",
            is_guest=True,
            created_at=crowded.created_at,
        )
        for n in range(20)
    )
    for meeting, slug in ((audience, "notula"), (crowded, "undangan")):
        page = page_of(client, meeting, slug).content.decode()
        assert word_differences(page, word_of(client, meeting, slug)) == ([], {})


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_what_somebody_wrote_stays_text(held, slug, written):
    """Straight into the document's data: what no field would store comes along, too."""
    document = next(one for one in WITH_WORD if one.slug == slug)
    data = document.get_data(held)
    for key, value in data.items():
        if isinstance(value, str) and key not in ("mark", "title"):
            data[key] = written
    data["agenda"] = (
        [written] if slug == "undangan" else [dict.fromkeys(data["agenda"][0], written)]
    )
    word = fill_word(document.word, data).content
    kept = "".join(c for c in written if c >= " " and c not in "\ufffe\udc00")
    assert squeezed(kept) in squeezed(text_of(word))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("people", [0, 300])
def test_no_rows_300_of_them_and_10_000_letters(client, sign_in, team, slug, people):
    sign_in("secretariat")
    meeting = factories.minutes(team, title="Rapat besar")
    meeting.attendance.all().delete()
    meeting.followups.all().delete()
    AgendaItem.objects.filter(meeting=meeting).update(notes=LONG if people else "", topic="T" * 150)
    if not people:
        meeting.agenda.all().delete()
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
    word = word_of(client, meeting, slug)
    assert text_of(word).count("Tamu ") == people
    page = page_of(client, meeting, slug).content.decode()
    assert word_differences(page, word) == ([], {})


class TestApproved:
    def test_it_carries_what_was_kept(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.minutes(team, state="approved")
        before = text_of(word_of(client, meeting, "notula"))
        Team.objects.update(name="Tim Baru", office="Dinas Baru", letterhead="Jalan Baru", seat="X")
        assert text_of(word_of(client, meeting, "notula")) == before
        assert "DRAF" not in before and "Disahkan" in before


def test_what_has_no_word_file(client, sign_in, team):
    sign_in("secretariat")
    planned = factories.meeting(team)
    for slug, status in (("undangan", 200), ("daftar-hadir", 404), ("notula", 404), ("x", 404)):
        url = reverse("advocacy:meeting_word", args=[planned.pk, slug])
        assert client.get(url).status_code == status, slug


def test_the_page_leads_to_it_and_says_which_template_it_takes(client, sign_in, held):
    sign_in("secretariat")
    page = page_of(client, held, "undangan").content.decode()
    assert 'word/"' in page and "bawaan portal" in page and "Ganti templat" not in page
    assert 'word/"' not in page_of(client, held, "daftar-hadir").content.decode()
    sign_in("administrator")
    assert "Ganti templat" in page_of(client, held, "undangan").content.decode()


def test_a_called_off_meeting_says_so(client, sign_in, team):
    account = sign_in("secretariat")
    meeting = factories.meeting(team, invitation_number="1", invited_on=date(2019, 6, 1))
    meeting.cancel(by=account, reason="Hujan")
    assert "DIBATALKAN" in text_of(word_of(client, meeting, "undangan"))


@pytest.mark.parametrize("state", ["held", "approved"])
def test_both_who_sign_the_minutes_stand_on_one_line(client, sign_in, team, state):
    sign_in("secretariat")
    word = word_of(client, factories.minutes(team, state=state), "notula")
    left, right = (cell.paragraphs for cell in Document(io.BytesIO(word)).tables[-1].rows[0].cells)
    assert [room(line) for line in left] == [room(line) for line in right]
    assert [line.text for line in left][:2] == ["", "Notulis,"]
    names = [run for column in (left, right) for run in column[-1].runs if run.text]
    assert names and all(run.bold for run in names)


def room(line):
    return line.paragraph_format.space_before, line.paragraph_format.space_after


@pytest.mark.parametrize("people", [0, 3])
def test_the_letter_of_a_trip(client, sign_in, team, people):
    sign_in("secretariat")
    libraries = [factories.library()] if people else []
    trip = factories.trip(team, libraries=libraries, travellers=people, copies_to="Gubernur")
    arguments = [trip.pk, ASSIGNMENT_LETTER.slug]
    page = client.get(reverse("advocacy:trip_document", args=arguments)).content.decode()
    word = client.get(reverse("advocacy:trip_word", args=arguments))
    assert word.status_code == 200 and 'word/"' in page
    assert word_differences(page, word.content) == ([], {})


class TestSrikandi:
    """A letter without its number or day is uploaded there as it is, and filled in there."""

    ASKED = ["${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}"]

    def asked(self, told):
        return [name for name in self.ASKED if name in told]

    @pytest.mark.parametrize("kind", ["meeting", "trip"])
    def test_what_a_letter_asks_of_it(self, client, sign_in, team, kind):
        """No line of a draft stands in it; the paper stays dotted and says that it is one."""
        sign_in("secretariat")
        number, day = {
            "meeting": ("invitation_number", "invited_on"),
            "trip": ("letter_number", "letter_on"),
        }[kind]
        record = factories.meeting(team) if kind == "meeting" else factories.trip(team)
        arguments = [record.pk, "undangan" if kind == "meeting" else ASSIGNMENT_LETTER.slug]

        def shown():
            word = client.get(reverse(f"advocacy:{kind}_word", args=arguments)).content
            page = client.get(reverse(f"advocacy:{kind}_document", args=arguments))
            page = page.content.decode()
            assert word_differences(page, word) == ([], {})
            return text_of(word), page

        told, page = shown()
        assert self.asked(told) == self.asked(page) == self.ASKED and "SRIKANDI" in page
        assert "DRAF" in page and "DRAF" not in told
        type(record).objects.update(**{number: "090/1"})
        told, page = shown()
        assert self.asked(told) == self.asked(page) == self.ASKED[1:] and "090/1" in told
        type(record).objects.update(**{day: date(2019, 6, 1)})
        told, page = shown()
        assert self.asked(told) == self.asked(page) == [] and "SRIKANDI" not in page

    def test_one_that_is_called_off_and_minutes_ask_nothing(self, client, sign_in, team):
        account = sign_in("secretariat")
        meeting, held = factories.meeting(team), factories.minutes(team)
        meeting.cancel(by=account, reason="Hujan")
        assert self.asked(text_of(word_of(client, meeting, "undangan"))) == []
        assert self.asked(text_of(word_of(client, held, "notula"))) == []
        assert "SRIKANDI" not in page_of(client, meeting, "undangan").content.decode()


@pytest.mark.parametrize("document", WITH_WORD, ids=lambda document: document.slug)
def test_the_shipped_template_passes_as_an_uploaded_one_does(document):
    """It is judged as an uploaded one is, and its sample has nothing left to fill in."""
    filled = fill_sample(document.word, shipped_template(document.word))
    told = "\n".join(line for _, lines in filled.texts for line in lines)
    assert told and "{" not in told
