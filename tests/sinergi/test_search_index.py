"""The index of words: what it holds after each way to write a row, and how it is kept whole."""

import pytest
from django.apps import apps
from django.db import connection

from advocacy.models import AgendaItem
from programs.models import Decree, Person
from sinergi.kit import bulk
from sinergi.kit.search import sqlite
from sinergi.kit.search.matches import Matches
from sinergi.kit.search.words import Words
from sinergi.search.kinds import KINDS
from tests import factories
from villages.models import Library, Village

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both(
        "the index is a column on one database and a table with triggers on the other"
    ),
]


def found(model, text):
    return set(model.objects.filter(Matches(Words.of(text))).values_list("pk", flat=True))


def agenda_item():
    return AgendaItem.objects.create(meeting=factories.meeting(), order=1, topic="Pembagian tugas")


class TestUpkeep:
    def test_insert_update_and_delete(self):
        place = factories.village(name="Seliu")
        assert found(Village, "seliu") == {place.pk}
        Village.objects.filter(pk=place.pk).update(name="Kapuk")
        assert found(Village, "seliu") == set() and found(Village, "kapuk") == {place.pk}
        place.delete()
        assert found(Village, "kapuk") == set()

    def test_bulk_insert_and_bulk_update(self):
        factories.team()
        rows = [Person(name=f"Juru tulis {n}", province_id="19") for n in ("satu", "dua")]
        bulk.insert_records(rows, by=factories.user())
        one, two = Person.objects.filter(name__startswith="Juru").order_by("pk")
        assert found(Person, "juru tulis") == {one.pk, two.pk}
        bulk.update(Person, ["name"], [(one.pk, one.version, "Notulis")], by=factories.user())
        assert found(Person, "juru tulis") == {two.pk} and found(Person, "notulis") == {one.pk}
        one.refresh_from_db()
        one.name = "Bendahara"
        Person.objects.bulk_update([one], ["name"])
        assert found(Person, "bendahara") == {one.pk} and found(Person, "notulis") == set()

    def test_a_row_that_replaces_another(self):
        place = factories.village(name="Seliu")
        copy = Village(**{f.attname: getattr(place, f.attname) for f in Village._meta.fields})
        copy.name = "Kapuk"
        Village.objects.bulk_create(
            [copy], update_conflicts=True, unique_fields=["code"], update_fields=["name"]
        )
        assert found(Village, "seliu") == set() and found(Village, "kapuk") == {place.pk}

    def test_long_texts_and_odd_letters(self):
        item = agenda_item()
        for text in ("x" * 20_000, "'\" ; -- \u0000"[:6], "é à 漢字 🙂", "kata " * 3_000):
            AgendaItem.objects.filter(pk=item.pk).update(notes=text)
        assert found(AgendaItem, "kata") == {item.pk}


class TestWords:
    @pytest.mark.parametrize(
        "typed", ["188.44/12/SK", "188.44", "44/12", "18844", "18844/12", "1884412SK", "188 44 12"]
    )
    def test_a_number_is_found_by_its_parts_and_whole(self, typed):
        decree = factories.decree(number="188.44/12/SK")
        assert (decree.pk in found(Decree, typed)) == (typed != "18844/12")

    def test_parts_follow_each_other(self):
        factories.decree(number="188.44/12/SK")
        assert found(Decree, "44.188") == set()

    @pytest.mark.parametrize("typed", ["Celine", "céline", "CÉLINE", "cel"])
    def test_case_and_accents_do_not_matter(self, typed):
        person = factories.person("Céline")
        assert found(Person, typed) == {person.pk}

    def test_all_words_have_to_occur_and_the_last_may_go_on(self):
        library = factories.library(name="Perpustakaan Desa Kapuk")
        assert found(Library, "kapuk perpus") == {library.pk}
        assert found(Library, "perpus kapuk") == set()
        assert found(Library, "kapuk seliu") == set()

    @pytest.mark.parametrize(
        "typed", ['"', "* NEAR (", "a:b", "'; DROP TABLE x; --", "{title} : x", "AND OR NOT", "^"]
    )
    def test_operators_are_words(self, typed):
        words = Words.of(typed)
        assert not words or found(Library, typed) == set()


class TestPlaces:
    def test_the_index_knows_the_places_of_every_queryset(self):
        """Else SQLite would not find what somebody may see."""
        indexes = {
            one.model._meta.label: one.spec for one in sqlite.applied_indexes(connection, apps)
        }
        searched = {kind.model for kind in KINDS if kind.has_own_words}
        for kind in KINDS:
            searched |= {kind.model._meta.get_field(n).related_model for n in kind.related or ()}
        assert set(indexes) == {model._meta.label for model in searched}
        for model in searched:
            rows, spec = model.objects.all(), indexes[model._meta.label]
            assert (spec.province, spec.regency) == (rows.province_path, rows.regency_path), model
