"""
Approved minutes say what they said: no rename, merge or move of anything they name changes a word.
"""

import re

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from advocacy.models import Attachment, Meeting
from programs.models import Person, PlannedActivity
from tests import factories
from tests.pages import html_of
from tests.renaming import (
    CHANGES,
    numbers,
    reader,
    rename_person,
    renamed,
    said_by,
    several,
    some,
    tried,
)
from villages.models import Regency

pytestmark = pytest.mark.django_db


class World:
    """
    A team with approved minutes of a meeting and of an audience; everybody and everything they name
    can be changed.
    """

    def __init__(self):
        self.team = factories.team()
        self.desk, self.chair = factories.user("secretariat"), factories.user("chair")
        self.accounts = (self.desk, self.chair)
        self.activity = factories.activity(factories.plan(self.team, activities=0))
        named = {
            "regency": factories.regency(),
            "activity": self.activity,
            "by": self.desk,
            "chair": self.chair,
        }
        self.meeting = factories.minutes(self.team, state="submitted", **named)
        file = {"original_name": "rapat.pdf", "content_type": "application/pdf", "size": 2000}
        Attachment(meeting=self.meeting, kind=Attachment.Kind.ATTENDANCE_LIST, **file).save_new(
            by=self.desk
        )
        self.meeting.approve(by=self.chair)
        self.audience = factories.audience(
            self.team, state="approved", by=self.desk, chair=self.chair
        )
        (case,) = self.audience.audience_cases.all()
        factories.commitment(self.team, case=case.case, meeting=self.audience)
        factories.media(self.team, meeting=self.audience)
        self.client = reader()

    def pages(self):
        """
        Return what the minutes' pages say (all of <main> but what was noted of the meeting since:
        commitments and publications, which are said to be today's; around it is the reader's own
        menu), and the rows of the lists that quote them (above them are the filters, whose choices
        are live).
        """
        minutes = [
            self.said(meeting.get_absolute_url(), "main")
            for meeting in (self.meeting, self.audience)
        ]
        return minutes + [
            self.said(url, "table") for url in ("/tindak-lanjut/?daftar=tim", "/rapat/")
        ]

    def said(self, url, part):
        return re.sub(
            r'<section aria-labelledby="(commitments|media)-title">.*?</section>',
            "",
            said_by(self.client, url, part),
            flags=re.DOTALL,
        )


def move_person(world, which, text):
    person = some(Person, which)
    person.institution = factories.institution(f"{text} {next(numbers)}")
    person.save_as(by=None)


def rename_case(world, which, text):
    renamed(world.audience.audience_cases.get().case, "asked", text=text)


def move_case(world, which, text):
    case = world.audience.audience_cases.get().case
    case.institution = factories.institution(f"{text} {next(numbers)}", "private")
    case.save_as(by=None)


def rename_activity(world, which, text):
    renamed(PlannedActivity.objects.get(), "title", text=text)


def rename_regency(world, which, text):
    Regency.objects.update(name=f"{text} {next(numbers)}")


def give_account(world, which, text):
    person = some(Person, which)
    person.user = (
        None if person.user_id else factories.user("regency_officer", regency_code="19.01")
    )
    person.save_as(by=None)


CHANGES_OF_MINUTES = [
    *CHANGES,
    move_person,
    rename_case,
    move_case,
    rename_activity,
    rename_regency,
    give_account,
]


class TestWhateverChanges(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World()
        cls.before = cls.world.pages()

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(changes=several(CHANGES_OF_MINUTES))
    def test_approved_minutes_say_the_same(self, changes):
        for change, which, text in changes:
            tried(change, self.world, which, text)
        assert self.world.pages() == self.before


@pytest.fixture(scope="class")
def world(shared_world):
    return World()


@pytest.fixture(scope="class")
def before(world):
    return world.pages()


class TestEachChangeAlone:
    @pytest.mark.parametrize("change", CHANGES_OF_MINUTES)
    def test_changes_no_word(self, world, before, change):
        made = [tried(change, world, which, "Lain") for which in range(8)]
        assert any(made), "something was changed"
        assert world.pages() == before


@pytest.mark.both("words are kept as JSON, with a constraint")
class TestKept:
    def test_until_they_are_approved_minutes_follow_the_register(self):
        meeting = factories.minutes(factories.team(), state="submitted")
        renamed(meeting.chair, "name", text="Nama baru")
        assert meeting.kept is None and meeting.stored().words["chair"]["name"].startswith(
            "Nama baru"
        )

    def test_reopened_and_approved_again_they_keep_anew(self):
        world = World()
        renamed(Person.objects.get(pk=world.meeting.chair_id), "name", text="Nama baru")
        meeting = world.meeting.stored()
        first = meeting.kept["chair"]["name"]
        assert first == world.meeting.chair.name
        meeting.reopen(by=world.chair, reason="Nama keliru.")
        assert meeting.stored().kept is None and "Nama baru" in world.said(
            meeting.get_absolute_url(), "main"
        )
        meeting.submit(by=world.desk)
        meeting.approve(by=world.chair)
        assert meeting.stored().kept["chair"]["name"].startswith("Nama baru")
        assert first in [
            row.kept["chair"]["name"] for row in meeting.history.filter(state="approved")
        ], "the trace of both"

    def test_position_and_office_are_those_of_the_day(self):
        """
        As the roster has them; who moved on before the approval held it in the office of then.
        """
        meeting = factories.minutes(factories.team(), state="submitted")
        row = meeting.followups.get()
        move_person(
            None, list(Person.objects.order_by("pk")).index(row.person_in_charge), "Kantor baru"
        )
        meeting.approve(by=None)
        attended = meeting.attendance.get(person=row.person_in_charge_id)
        kept = meeting.kept["followups"][str(row.pk)]
        assert (kept["institution"], kept["position"]) == (attended.institution, attended.position)

    def test_the_tie_to_the_plan_may_change_and_its_words_with_it(self):
        world = World()
        other = factories.activity(world.activity.plan, title="Audiensi bupati")
        meeting = world.meeting.stored()
        meeting.tie(other, by=world.desk)
        assert "Audiensi bupati" in world.said(meeting.get_absolute_url(), "main")
        chair = meeting.stored().kept["chair"]
        meeting.tie(None, by=world.desk)
        assert meeting.stored().kept["activity"] == "" and meeting.stored().kept["chair"] == chair

    @pytest.mark.parametrize(
        ("state", "kept"), [("approved", None), ("submitted", {}), ("held", {})]
    )
    def test_they_are_kept_while_approved_and_only_then(self, state, kept):
        meeting = factories.minutes(factories.team(), state=state)
        with (
            pytest.raises(IntegrityError, match="advocacy_meeting_approved_keeps_its_words"),
            transaction.atomic(),
        ):
            Meeting.objects.filter(pk=meeting.pk).update(kept=kept)
        Meeting.objects.filter(pk=meeting.pk).update(kept={} if kept is None else None)

    def test_the_next_meeting_is_offered_what_they_said(self, client):
        world = World()
        holder = world.meeting.followups.get().holder
        rename_person(world, 2, "Nama baru")
        client.force_login(world.desk, backend="sinergi.accounts.backends.RoleBackend")
        page = html_of(client.get("/rapat/baru/"))
        assert f"Tindak lanjut: Menyusun usulan, {holder}," in page

    def test_who_edits_meanwhile_is_shown_what_they_say(self, client, meeting_data):
        world = World()
        renamed(Person.objects.get(pk=world.meeting.chair_id), "name", text="Nama baru")
        client.force_login(world.desk, backend="sinergi.accounts.backends.RoleBackend")
        url = f"{world.meeting.get_absolute_url()}ubah/"
        page = html_of(
            client.post(url, meeting_data(world.team, version="1", chair="", day="2019-06-19"))
        )
        assert (
            world.meeting.kept["chair"]["name"]
            in re.search(r"<table.*?</table>|<dl.*?</dl>", page, re.DOTALL).group()
        )
