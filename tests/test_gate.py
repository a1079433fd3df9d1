"""The gate itself: what runs where, and that nothing is left out of it unseen."""

import pytest
from django.db import DatabaseError, IntegrityError
from django.db.migrations.executor import MigrationExecutor

from tests import changed, conftest, constraints, run

#: What a test asks the database itself with.
OF_THE_DATABASE = (
    constraints.refused,
    constraints.kept,
    IntegrityError,
    DatabaseError,
    MigrationExecutor,
)


def asks_the_database_itself(function):
    """
    Whether a test names any of OF_THE_DATABASE, or does one thing on SQLite and another on
    PostgreSQL.
    """
    names = function.__code__.co_names
    return "vendor" in names or any(
        function.__globals__.get(name) is one for name in names for one in OF_THE_DATABASE
    )


def inner(function):
    """Return the function that hypothesis wraps."""
    return getattr(getattr(function, "hypothesis", None), "inner_test", function)


class TestMarks:
    def test_each_says_why(self, request):
        for item in request.session.items:
            assert conftest.faults_of(item.iter_markers("both")) == [], item.nodeid

    @pytest.mark.parametrize("arguments", [(), ("",), ("  ",), (3,), ("a", "b")])
    def test_without_a_reason_it_is_refused(self, arguments):
        assert conftest.faults_of([pytest.mark.both(*arguments).mark])

    def test_what_asks_the_database_itself_is_on_both(self, request):
        """Races are not: SQLite lets one writer in at a time."""
        left_out = [
            item.nodeid
            for item in request.session.items
            if asks_the_database_itself(inner(item.function))
            and not item.get_closest_marker("both")
            and not item.path.name.endswith("_races.py")
        ]
        assert left_out == []


class TestParts:
    def titles(self, **machine):
        parts, left_out = run.plan(**machine)
        return [part.title for part in parts], left_out

    def test_with_everything_all_runs_on_postgresql_and_on_sqlite_what_may_differ(self):
        parts, left_out = run.plan(
            postgres="postgres://x", chromium="/usr/bin/chromium", office=True
        )
        assert not left_out
        whole, both, browser, office = parts
        assert "-m" not in whole.arguments and whole.database == "postgres://x"
        assert both.arguments[both.arguments.index("-m") + 1] == "both" and both.database == ""
        assert "tests/browser" in browser.arguments and browser.database == "postgres://x"
        assert "tests/office" in office.arguments and office.database == "postgres://x"

    def test_without_postgresql_all_runs_on_sqlite(self):
        parts, left_out = run.plan(postgres="", chromium="/usr/bin/chromium", office=True)
        whole, browser, _ = parts
        assert "-m" not in whole.arguments and whole.database == "" == browser.database
        assert len(left_out) == 1 and "PostgreSQL" in left_out[0]

    def test_without_chromium_that_is_told(self):
        parts, left_out = run.plan(postgres="postgres://x", chromium="", office=True)
        assert not any("tests/browser" in part.arguments for part in parts)
        assert len(left_out) == 1 and "Chromium" in left_out[0]

    def test_without_libreoffice_that_is_told(self):
        parts, left_out = run.plan(postgres="postgres://x", chromium="/usr/bin/c", office=False)
        assert not any("tests/office" in part.arguments for part in parts)
        assert len(left_out) == 1 and "LibreOffice" in left_out[0]

    def test_while_working_nothing_slow_and_no_server(self):
        (part,) = run.while_working(["tests/test_gate.py"])
        assert part.database == "" and part.arguments[part.arguments.index("-m") + 1] == "not slow"
        assert (
            part.arguments[-1] == "tests/test_gate.py"
            and f"--seconds={run.SECONDS}" in part.arguments
        )


class TestWhatWasChanged:
    def test_the_laws_then_the_topic_then_who_names_it(self):
        found = changed.tests_for(["advocacy/models/followups.py"])
        assert set(found[: len(changed.LAWS)]) == set(changed.LAWS)
        assert found.index("tests/advocacy/test_followups.py") < found.index(
            "tests/advocacy/test_meetings.py"
        )
        assert not any(name.startswith("tests/browser") for name in found)

    def test_a_test_file_asks_for_itself(self):
        found = changed.tests_for(["tests/sinergi/test_money.py"])
        assert found == [*sorted(changed.LAWS), "tests/sinergi/test_money.py"]

    def test_the_ground_asks_for_all(self):
        assert len(changed.tests_for(["tests/conftest.py"])) > 50
