"""Each kind of file opens in the programs of an office, and says there what it says."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from advocacy.documents import OF_MEETING
from advocacy.models import AgendaItem, Attendance, Meeting
from tests import factories
from tests.exporting import LISTS, address, busy_province
from tests.office.programs import check_pdf, text_of, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def download(client, sign_in, tmp_path):
    """Return a function that stores what an address hands out to the secretariat."""
    sign_in("secretariat")

    def stored(name, url):
        answer = client.get(url)
        assert answer.status_code == 200, url
        path = tmp_path / name
        path.write_bytes(b"".join(answer) if answer.streaming else answer.content)
        return path

    return stored


def test_qpdf_finds_nothing_wrong_with_a_paper(download):
    team = factories.team()
    meeting = factories.minutes(team, state="approved")
    decree = factories.decree(team)
    plan = factories.plan(team, activities=3)
    papers = {
        f"{document.slug}.pdf": reverse("advocacy:meeting_pdf", args=[meeting.pk, document.slug])
        for document in OF_MEETING
    }
    papers["sk.pdf"] = reverse("programs:decree_paper", args=[decree.pk])
    papers["rencana.pdf"] = reverse("programs:plan_paper", args=[plan.pk])
    assert {name: check_pdf(download(name, url)) for name, url in papers.items()} == dict.fromkeys(
        papers, ""
    )


#: What somebody writes who means no harm, or does.
WRITTEN = (
    "# {{ x }} {% y %} ${nomor_naskah} <b>&amp;</b> שלום \u202eabc\u202c \U0001f600 " + "a" * 60
)


@pytest.mark.parametrize("people", [0, 300])
def test_libreoffice_opens_each_letter(download, tmp_path, people):
    """Of nobody and of 300 people, with what is no letter of an alphabet, and 10,000 letters."""
    meeting = factories.minutes(factories.team(), place=WRITTEN)
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, name=f"Tamu {n}", institution=WRITTEN, is_guest=True)
        for n in range(people)
    )
    # Invited beforehand: who merely came is in no letter.
    Attendance.objects.filter(meeting=meeting).update(created_at=meeting.starts_at)
    Meeting.objects.filter(pk=meeting.pk).update(copies_to=WRITTEN, inviter_name=WRITTEN)
    AgendaItem.objects.filter(meeting=meeting).update(topic=WRITTEN, notes="Anggaran. " * 1000)
    for document in (one for one in OF_MEETING if one.word):
        url = reverse("advocacy:meeting_word", args=[meeting.pk, document.slug])
        told = text_of(download(f"{document.slug}.docx", url), profile=tmp_path / "profile")
        assert told is not None and "${nomor_naskah}" in told and "{{ x }}" in told
        assert told.count("Tamu ") == people


def test_libreoffice_opens_the_letter_of_a_trip(download, tmp_path):
    trip = factories.trip(factories.team(), title="Belitung")
    url = reverse("advocacy:trip_word", args=[trip.pk, "surat-tugas"])
    told = text_of(download("surat-tugas.docx", url), profile=tmp_path / "profile")
    assert told is not None and "Belitung" in told and "${" in told


def test_libreoffice_opens_the_workbook_of_each_list(client, sign_in, download, tmp_path):
    boss = factories.assign(factories.user("administrator"), "secretariat")
    team, plan = busy_province(boss)
    sign_in(boss)
    heads = {}
    for name in LISTS:
        path = download(f"{name.replace(':', '-')}.xlsx", address(name, team, plan, "xlsx"))
        heads[path] = load_workbook(path).worksheets[0]["A1"].value
    plan_sheet = download("rencana.xlsx", reverse("programs:plan_export", args=[plan.pk]))
    heads[plan_sheet] = "Peran"
    told = texts_of(list(heads), profile=tmp_path / "profile")
    unread = [path.name for path, head in heads.items() if head not in (told[path] or "")]
    assert unread == []
