"""Bulk writes keep what every record is promised: versions, stamps, history; on both databases."""

from contextlib import suppress

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import TextField
from django.utils import timezone

from sinergi.kit import bulk, text
from sinergi.kit.bulk import CopyStream
from sinergi.kit.models import StaleRecord
from tests import factories
from villages.models import ImportBatch, ImportRow, Library, LibraryReport, Participation

pytestmark = [pytest.mark.django_db, pytest.mark.both("COPY on one, executemany on the other")]

#: What COPY's text format gives a meaning, and what a quick escape forgets.
AWKWARD = ["\\N", "\\", "tab\there", "two\nlines", "\r", "'", '"', "%s", "é “–” 🌴", "\\.", ""]


def participations(rows):
    now = timezone.now()
    return bulk.insert(
        Participation,
        ["library_id", "year", "created_at", "updated_at", "version"],
        [(library.pk, year, now, now, 1) for library, year in rows],
    )


def test_insert_keeps_every_character():
    batch = ImportBatch(file_name="a").save_as(by=None)
    rows = [
        (batch.pk, n, "new", awkward, "", {"teks": awkward}, {}, None, "")
        for n, awkward in enumerate(AWKWARD, 1)
    ]
    names = [
        "batch_id",
        "number",
        "outcome",
        "written",
        "note",
        "before",
        "after",
        "made_year",
        "left_because",
    ]
    bulk.insert(ImportRow, names, rows)
    stored = ImportRow.objects.order_by("number")
    assert [row.written for row in stored] == [text.plain_text(awkward) for awkward in AWKWARD]
    assert [row.before for row in stored] == [{"teks": awkward} for awkward in AWKWARD]
    assert {row.made_year for row in stored} == {None}


def test_copy_escapes_what_its_format_gives_a_meaning():
    line = CopyStream([TextField(), TextField()], [["\\N\ttab\nline\r", None]]).read()
    assert line == "\\\\N\\ttab\\nline\\r\t\\N\n"


def test_insert_obeys_the_constraints():
    library = factories.library()
    participations([(library, 2019)])
    with pytest.raises(IntegrityError), transaction.atomic():
        participations([(library, 2019)])
    with pytest.raises(IntegrityError), transaction.atomic():
        participations([(library, 1900)])


def test_insert_of_many_takes_one_statement(django_assert_max_num_queries):
    library = factories.library()
    with django_assert_max_num_queries(1):
        participations([(library, year) for year in range(2010, 2090)])
    assert Participation.objects.count() == 80


def test_update_takes_the_next_version_and_stamps():
    account, library = factories.user(), factories.library()
    before = library.updated_at
    bulk.update(Library, ["name", "head"], [(library.pk, 1, AWKWARD[0], "Pengelola")], by=account)
    library.refresh_from_db()
    assert (library.name, library.head, library.version, library.updated_by) == (
        AWKWARD[0],
        "Pengelola",
        2,
        account,
    )
    assert library.updated_at > before


def test_update_refuses_what_somebody_else_changed():
    one, other = factories.library(), factories.library(factories.regency())
    Library.objects.filter(pk=other.pk).update(version=5)
    with pytest.raises(StaleRecord), transaction.atomic():
        bulk.update(Library, ["name"], [(one.pk, 1, "Baru"), (other.pk, 1, "Baru")], by=None)
    one.refresh_from_db()
    assert (one.name, one.version) != ("Baru", 2), "all or nothing"


def test_history_has_what_each_row_was(django_assert_num_queries):
    account = factories.user()
    libraries = [
        factories.library(factories.village(f"19.01.06.2{n:03}", f"Desa {n}")) for n in range(3)
    ]
    with django_assert_num_queries(1):
        bulk.keep_history(
            Library.objects.filter(pk__in=[library.pk for library in libraries]), "~", by=account
        )
    for library in libraries:
        kept = library.history.first()
        assert (kept.history_type, kept.history_user, kept.name, kept.village_id) == (
            "~",
            account,
            library.name,
            library.village_id,
        )
        assert kept.history_date <= timezone.now()


def test_delete_keeps_the_history_and_the_rule_of_versions():
    account, library = factories.user(), factories.library()
    with pytest.raises(StaleRecord), transaction.atomic():
        bulk.delete(Library, [(library.pk, 7)], by=account)
    assert Library.objects.exists() and library.history.count() == 1
    bulk.delete(Library, [(library.pk, 1)], by=account)
    assert not Library.objects.exists()
    assert (
        Library.history.first().history_type == "-"
        and Library.history.first().history_user == account
    )


def test_delete_is_refused_while_something_refers_to_it():
    library = factories.library()
    participations([(library, 2019)])
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.delete(Library, [(library.pk, 1)], by=None)
        connection.check_constraints()


@pytest.mark.both("values are written by each database's own statement")
def test_update_takes_figures_nothing_and_json():
    """A column of nothing but NULL has no type of its own."""
    by = factories.user()
    reports = [
        factories.report(library, by=by, state="draft", visitors=5, loans=4, village_budget=7)
        for library in (factories.library(), factories.library(factories.village("19.01.06.2003")))
    ]
    columns = ["visitors", "loans", "village_budget", "notes"]
    notes = {"visitors": AWKWARD[0]}
    rows = [(report.pk, 1, 6 + n, None, 10**12, notes) for n, report in enumerate(reports)]
    bulk.update(LibraryReport, columns, rows, by=by)
    found = LibraryReport.objects.order_by("visitors").values_list(*columns, "version")
    assert list(found) == [(6, None, 10**12, notes, 2), (7, None, 10**12, notes, 2)]


def test_update_cuts_no_text():
    """PostgreSQL refuses what is too long; SQLite knows no length."""
    library = factories.library()
    with suppress(DataError), transaction.atomic():
        bulk.update(Library, ["name"], [(library.pk, 1, "a" * 500)], by=None)
    assert Library.objects.get().name in (library.name, "a" * 500)
