"""What keeps the index of words true on SQLite: a table of its own, and triggers."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from advocacy.models import AgendaItem, Meeting
from sinergi.kit.search import sqlite
from sinergi.kit.search.matches import Matches
from sinergi.kit.search.words import Words
from tests import factories
from tests.sinergi.test_search_index import agenda_item, found
from villages.models import Library

pytestmark = [pytest.mark.django_db, pytest.mark.both("PostgreSQL has no such triggers")]


def test_places_follow_the_rows_above():
    item = agenda_item()
    factories.province("11")

    def lies_in(code):
        match = Matches(Words.of(item.topic), places=(f"p{code}",))
        return AgendaItem.objects.filter(match).exists()

    assert lies_in("19") and not lies_in("11")
    models.QuerySet(Meeting).filter(pk=item.meeting_id).update(province="11")
    assert lies_in("11") and not lies_in("19")


class TestRepair:
    def triggers(self):
        with connection.cursor() as cursor:
            return set(sqlite._there(cursor, "trigger"))

    def test_what_lost_its_triggers_is_filled_anew(self):
        """As after a migration that made the table anew."""
        factories.library()
        before = self.triggers()
        with connection.cursor() as cursor:
            for name in before:
                if name.startswith("villages_library_words"):
                    cursor.execute(f'DROP TRIGGER "{name}"')
        missed = factories.library(factories.village("19.02.05.2001", "Seliu"), name="Taman Seliu")
        assert found(Library, "seliu") == set()
        call_command("migrate", verbosity=0)
        assert found(Library, "seliu") == {missed.pk} and self.triggers() == before

    def test_a_migration_finds_no_trigger_in_its_way(self):
        """A table that a trigger of another reads cannot be renamed."""
        assert self.triggers()
        sqlite.drop_triggers(using="default", plan=[("a migration", False)])
        assert self.triggers() == set()

    def test_nothing_to_migrate_leaves_them(self):
        before = self.triggers()
        sqlite.drop_triggers(using="default", plan=[])
        assert self.triggers() == before
