"""What every record can rely on: versions, idempotency keys, constraint messages, history."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from sinergi.kit.database_errors import constraint_message
from sinergi.kit.history import HistoryPage
from sinergi.kit.models import Duplicate, StaleRecord
from tests import factories
from villages.models import Library, Participation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("versions and keys are settled by the database"),
]


class TestVersions:
    def test_a_save_stamps_and_counts(self):
        first, second = factories.user(), factories.user()
        library = factories.library(by=first)
        library.head = "Pengelola"
        library.save_as(by=second)
        library.refresh_from_db()
        assert (library.created_by, library.updated_by, library.version) == (first, second, 2)

    def test_it_is_created_when_it_is_written(self):
        begun = datetime(2019, 6, 19, 2, tzinfo=UTC)  # a form that was open for long
        library = Library(name="Perpustakaan Desa Kapuk", created_at=begun)
        library.set_place(factories.village())
        library.save_as(by=None)
        assert library.created_at == library.updated_at > begun

    def test_the_second_of_two_is_refused(self):
        library = factories.library()
        one, two = Library.objects.get(pk=library.pk), Library.objects.get(pk=library.pk)
        one.head = "Satu"
        one.save_as(by=None)
        two.head = "Dua"
        with pytest.raises(StaleRecord):
            two.save_as(by=None)
        with pytest.raises(StaleRecord):
            two.delete_as(by=None)
        assert Library.objects.get().head == "Satu"

    def test_one_key_makes_one_record(self):
        account, key = factories.user(), uuid.uuid4()
        first = Library(name="Perpustakaan")
        first.set_place(factories.village())
        first.save_submission(by=account, idempotency_key=key)
        second = Library(name="Perpustakaan")
        second.set_place(factories.village("19.01.06.2003", "Dalil"))
        with pytest.raises(Duplicate) as told:
            second.save_submission(by=account, idempotency_key=key)
        assert told.value.record == first
        assert Library.objects.count() == 1

    def test_a_broken_constraint_speaks_for_itself(self):
        library = factories.library()
        Participation(library=library, year=2019).save_as(by=None)
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            Participation(library=library, year=2019).save_as(by=None)
        assert "sudah tercatat sebagai peserta" in constraint_message(
            broken.value, Library, Participation
        )
        assert "data yang sama baru saja disimpan" in constraint_message(broken.value, Library)

    def test_history_tells_old_and_new(self):
        account = factories.user()
        library = factories.library(by=account, head="Lama")
        library.head = "Baru"
        library.save_as(by=account)
        page = HistoryPage(
            library.history.all(),
            params={},
            sentence=lambda row, name, verb: f"Perpustakaan {verb}",
        )
        newest, oldest = page
        assert oldest.title == "Perpustakaan ditambahkan" and page.is_whole
        assert ("kepala atau pengelola", None, "Lama") in {
            (told.what, told.old, told.new) for told in oldest.changes
        }
        (change,) = newest.changes
        assert (change.what, change.old, change.new, newest.by_name) == (
            "kepala atau pengelola",
            "Lama",
            "Baru",
            str(account),
        )
