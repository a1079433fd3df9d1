"""
An audience: a meeting like any other, about one or more cases, with who received the team, points,
answer, next step.
"""

import pytest
from django.urls import reverse

from advocacy.models import AdvocacyCase, Meeting
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.advocacy.test_cases_settling import record_again
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db
PARTS = {
    "received_by": "Manajer",
    "points": "Keadaan komputer.",
    "answer": "Disanggupi.",
    "next_step": "Berita acara.",
}


@pytest.fixture
def sent(team, meeting_data):
    """
    Build the form as a browser sends it for an audience about this team's one case; the case is
    dated before.
    """

    def build(**changes):
        case = AdvocacyCase.objects.first() or factories.case(team, since="2018-11-01")
        given = PARTS | {"kind": "audience", "title": "Audiensi", "cases": [case.pk]}
        return meeting_data(team) | given | changes

    return build


def test_is_logged_with_the_meeting_form(client, sign_in, team, sent):
    sign_in("secretariat")
    data = sent(aksi="kirim")
    for _ in range(2):
        assert client.post("/rapat/baru/", data).status_code == 302
    meeting = Meeting.objects.get()
    assert (
        meeting.state == "submitted"
        and meeting.attendance.count() == 9
        and meeting.followups.count() == 1
    )
    assert [getattr(meeting, name) for name in PARTS] == list(PARTS.values())
    case = AdvocacyCase.objects.get()
    assert meeting.audience_cases.get().case == case and case.stage == "audience"
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert all(text in page for text in PARTS.values()) and case.get_absolute_url() in page
    assert "Audiensi" in client.get(case.get_absolute_url()).content.decode()


def test_starts_from_its_case(client, sign_in, team):
    sign_in("secretariat")
    case = factories.case(team)
    page = client.get(f"/rapat/baru/?sasaran={case.pk}").content.decode()
    assert f"Audiensi dengan {case.institution}" in page
    assert f'name="cases" value="{case.pk}"' in page and page.count(" checked") == 2 + 1, (
        "and a guest to be added is present"
    )


@pytest.mark.parametrize("part", [*PARTS, "cases"])
def test_its_parts_are_of_an_audience_alone(client, sign_in, team, sent, part):
    """Refused in words, with what was typed still there and shown."""
    sign_in("secretariat")
    empty = dict.fromkeys(PARTS, "") | {"cases": []}
    data = sent(kind="internal") | empty | {part: sent()[part]}
    answer = client.post("/rapat/baru/", data)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and page.count("Ada isian audiensi di bawah.") == 2
        and not Meeting.objects.exists()
    )
    assert "s-audience--filled" in page
    assert client.post("/rapat/baru/", data | {"kind": "audience"}).status_code == 302


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("cases", "sasaran advokasi"),
        ("received_by", "menerima tim"),
        ("points", "disampaikan"),
        ("answer", "jawaban"),
    ],
)
def test_its_minutes_need_them_instead_of_an_agenda(team, part, told):
    meeting = factories.audience(team)
    if part == "cases":
        meeting.audience_cases.get().delete_as(by=None)
    else:
        setattr(meeting, part, "")
        meeting.save_as(by=None)
    with pytest.raises(TransitionError, match=told):
        meeting.submit(by=None)
    factories.audience(team, state="submitted")


def test_what_it_is_about_freezes_with_its_minutes(client, sign_in, team):
    sign_in("secretariat")
    meeting = factories.audience(team, state="approved")
    answer = client.get(reverse("advocacy:meeting_update", args=[meeting.pk]))
    assert answer.status_code == 302
    with pytest.raises(Exception, match="tidak dapat diubah"):
        meeting.audience_cases.get().delete_as(by=None)


def test_of_two_people_the_second_is_shown_its_parts(client, sign_in, team, sent):
    sign_in("secretariat")
    data = sent()
    client.post("/rapat/baru/", data)
    meeting = Meeting.objects.get()
    url = reverse("advocacy:meeting_update", args=[meeting.pk])
    other = factories.case(team, asked="Buku bacaan", since="2018-11-01")
    change = data | {"version": meeting.version, "answer": "Ditolak.", "cases": [other.pk]}
    first = meeting.version
    meeting.answer = "Dipertimbangkan."
    meeting.save_as(by=factories.user("secretariat"))
    page = client.post(url, change | {"version": first})
    text = page.content.decode()
    assert (
        page.status_code == 409
        and "Ditolak." in text
        and "Dipertimbangkan." in text
        and "Buku bacaan" in text
    )
    meeting.refresh_from_db()
    assert meeting.answer == "Dipertimbangkan." and meeting.audience_cases.get().case != other


def test_another_teams_case_is_no_choice(client, sign_in, team, sent):
    sign_in("secretariat")
    there = factories.case(factories.team("11", members=factories.ROSTER[:3]))
    answer = client.post("/rapat/baru/", sent(cases=[there.pk]))
    assert (
        answer.status_code == 422 and "Ada pilihan yang tidak ada lagi" in answer.content.decode()
    )


def test_the_history_tells_its_cases(client, sign_in, team):
    account = sign_in("secretariat")
    meeting = factories.audience(team, by=account)
    page = client.get(reverse("advocacy:meeting_history", args=[meeting.pk])).content.decode()
    assert "Sasaran yang dibahas “Komputer untuk perpustakaan desa” ditambahkan" in page


@pytest.mark.both("a constraint")
def test_the_database_keeps_the_parts_to_audiences(team):
    meeting = factories.audience(team)
    refused(meeting, kind="internal")
    kept(factories.minutes(team), kind="audience")
    kept(meeting, kind="internal", received_by="", points="", answer="", next_step="")


class TestChoices:
    def test_the_same_asked_of_two_is_two_things(self, client, sign_in, team, meeting_data):
        sign_in("secretariat")
        first = factories.case(team, since="2018-11-01")
        other = factories.case(
            team,
            since="2018-11-01",
            institution=factories.institution("Perusahaan lain", "private"),
        )
        parts = {
            "kind": "audience",
            "received_by": "Manajer",
            "points": "x",
            "answer": "y",
            "next_step": "",
        }
        data = meeting_data(team) | parts | {"cases": [first.pk]}
        client.post("/rapat/baru/", data)
        again = client.post("/rapat/baru/", data | {"cases": [other.pk]})
        assert again.status_code == 409 and "Perusahaan lain" in again.content.decode()


def test_cases_are_discussed_in_audiences_alone(team):
    meeting = factories.minutes(team)
    with pytest.raises(TransitionError, match="hanya dibahas dalam audiensi"):
        record_again(meeting, cases=[factories.case(team)])
