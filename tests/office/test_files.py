"""Each kind of file opens in the programs of an office, and says there what it says."""

import pytest
from django.urls import reverse

from advocacy.documents import OF_MEETING
from tests import factories
from tests.office.programs import check_pdf, text_of

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


def test_libreoffice_opens_each_sheet(download, tmp_path):
    team = factories.team()
    plan = factories.plan(team, activities=3)
    sheet = download("rencana.xlsx", reverse("programs:plan_export", args=[plan.pk]))
    told = text_of(sheet, profile=tmp_path / "profile")
    assert told is not None and plan.activities.first().title in told
