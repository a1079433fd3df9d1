"""
A signed decree says what it said, on its page and on paper: no rename, merge or move changes a
word.
"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from programs import documents
from programs.models import Decree, Team
from tests import factories
from tests.renaming import CHANGES, reader, renamed, said_by, several, tried

pytestmark = pytest.mark.django_db

PAPER = documents.decree_pdf


class World:
    """A decree that was signed, one that changes it, and one of another level that was revoked."""

    def __init__(self):
        self.team = factories.team()
        self.desk, self.boss = factories.user("secretariat"), factories.user("administrator")
        self.accounts = (self.desk, self.boss)
        first = factories.decree(self.team, by=self.desk)
        change = factories.decree(self.team, by=self.boss, amends=first, start=date(2019, 3, 1))
        revoked = factories.decree(self.team, by=self.desk, level="governor")
        revoked.revoke(by=self.boss, last_day=date(2019, 6, 1), reason="Dicabut.")
        self.keys = [first.pk, change.pk, revoked.pk]
        self.client = reader()

    def said(self):
        """
        Their pages, and everything that is handed to their paper. Equal data is an equal paper, but
        for the moment that a PDF says it was made.
        """
        papers, pages = [], []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                documents.documents, "render_pdf", lambda name, data: papers.append((name, data))
            )
            for decree in Decree.objects.filter(pk__in=self.keys).order_by("pk"):
                PAPER(decree)
                pages.append(said_by(self.client, decree.get_absolute_url()))
        assert len(papers) == len(pages) == 3
        return papers, pages


class TestWhateverChanges(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World()
        cls.before = cls.world.said()

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(changes=several(CHANGES))
    def test_signed_decrees_say_the_same(self, changes):
        for change, which, text in changes:
            tried(change, self.world, which, text)
        assert self.world.said() == self.before


@pytest.fixture(scope="class")
def world(shared_world):
    return World()


@pytest.fixture(scope="class")
def before(world):
    return world.said()


class TestEachChangeAlone:
    @pytest.mark.parametrize("change", CHANGES)
    def test_changes_no_word(self, world, before, change):
        made = [tried(change, world, which, "Lain") for which in range(8)]
        assert any(made), "something was changed"
        assert world.said() == before


@pytest.mark.both("words are kept as JSON, with a constraint")
class TestKept:
    def test_until_it_is_signed_a_decree_follows_the_team(self):
        decree = factories.decree(factories.team(), state="submitted")
        renamed(Team.objects.get(), "name", "seat", text="Tim baru")
        words = decree.stored().words
        assert (
            decree.kept is None
            and words["team"].startswith("Tim baru")
            and words["place"].startswith("Tim baru")
        )

    def test_without_a_place_it_was_signed_at_the_seat_of_then(self):
        team = factories.team()
        Team.objects.update(seat="Pangkalpinang")
        decree = factories.decree(team, state="submitted")
        decree.keep_scan(
            factories.SafeFile(factories.ContentFile(b"%PDF-1.7"), "application/pdf", "sk.pdf"),
            by=None,
        )
        day = factories.FOUNDED
        dates = {"signed_on": day, "effective_from": day, "effective_until": None}
        decree.sign(by=None, number="7/2018", signed_in="", signer="", **dates)
        Team.objects.update(seat="Tanjungpandan")
        assert decree.stored().words["place"] == "Pangkalpinang"

    @pytest.mark.parametrize(
        ("state", "kept"), [("signed", None), ("submitted", {}), ("drafting", {})]
    )
    def test_they_are_kept_once_signed_and_only_then(self, state, kept):
        decree = factories.decree(factories.team(), state=state)
        with (
            pytest.raises(IntegrityError, match="programs_decree_signed_keeps_its_words"),
            transaction.atomic(),
        ):
            Decree.objects.filter(pk=decree.pk).update(kept=kept)
        Decree.objects.filter(pk=decree.pk).update(kept={} if kept is None else None)

    def test_who_notes_down_the_end_is_kept_too(self):
        decree, boss = factories.decree(factories.team()), factories.user("administrator")
        decree.revoke(by=boss, last_day=date(2019, 6, 1), reason="Dicabut.")
        assert decree.stored().kept["by"]["revoked"] == str(boss)
