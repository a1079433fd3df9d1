"""
One migrated database, of which every worker takes a copy: a copy takes a second, migrating takes
ten.

The template stays for the next run and is made anew when a migration or a requirement has changed,
and with `--create-db` in any case. On PostgreSQL it is the database `test_…_template`, on SQLite a
file below `.pytest_cache`.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SQLITE_TEMPLATE = ROOT / ".pytest_cache" / "template.sqlite3"
#: Names the run to all of its workers.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process {os.getpid()}"
#: Any number: with the name of the template, the advisory lock that workers and runs share.
LOCK = 7_405_231


def what_it_is_made_of():
    """Digest of the migrations and of the packages they run with."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def take_copy(*, anew):
    """
    Make the connection's test database from the template; `anew`: from one that this run has made.
    """
    template = Postgres() if connection.vendor == "postgresql" else Sqlite()
    content = what_it_is_made_of()
    name = connection.creation._get_test_db_name()
    with template.locked():
        made_of, made_by = template.label()
        fresh = made_by == RUN
        if made_of != content or (anew and not fresh):
            template.make()
            template.set_label(content, RUN)
            fresh = True
        template.copy_to(name)
    use(name)
    if not fresh:
        call_command(
            "migrate", verbosity=0, interactive=False
        )  # roles and permissions come from the code


def use(name):
    """Let the connection, and those that threads open, lead to this database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def migrated(name):
    """
    Make a database with this name, all migrations applied, and go back to where the connection led.
    """
    before, configured = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.settings_dict["TEST"]["NAME"] = configured
        use(before)


class Sqlite:
    """A file and its label beside it."""

    label_file = SQLITE_TEMPLATE.with_suffix(".label")

    @contextmanager
    def locked(self):
        SQLITE_TEMPLATE.parent.mkdir(exist_ok=True)
        with SQLITE_TEMPLATE.with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def label(self):
        if not (SQLITE_TEMPLATE.exists() and self.label_file.exists()):
            return None, None
        return self.label_file.read_text().split("\n")

    def set_label(self, *label):
        self.label_file.write_text("\n".join(label))

    def make(self):
        self.label_file.unlink(missing_ok=True)
        migrated(str(SQLITE_TEMPLATE))
        with closing(sqlite3.connect(SQLITE_TEMPLATE)) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file

    def copy_to(self, name):
        shutil.copyfile(SQLITE_TEMPLATE, name)


class Postgres:
    """A database, with the label as its comment."""

    def __init__(self):
        self.name = f"test_{connection.settings_dict['NAME']}_template"

    @contextmanager
    def locked(self):
        with connection.creation._nodb_cursor() as self.cursor:
            self.cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCK, self.name])
            yield  # the lock ends with the connection

    def label(self):
        sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        self.cursor.execute(sql, [self.name])
        found = self.cursor.fetchone()
        return found[0].split("\n") if found and found[0] else (None, None)

    def set_label(self, *label):
        self.cursor.execute(f'COMMENT ON DATABASE "{self.name}" IS %s', ["\n".join(label)])

    def make(self):
        migrated(self.name)

    def copy_to(self, name):
        self.cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        self.cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
