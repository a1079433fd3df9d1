"""
The database of each earlier version in `fixtures` becomes one of this version, without losing
anything; tests/upgrades/make.py keeps them.
"""

import json
import lzma
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from programs.models import Institution
from sinergi.accounts.models import User
from tests import database
from tests.load.visitors import Page
from tests.upgrades import states

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONS = sorted(path.stem for path in FIXTURES.glob("*.json"))
ACCOUNTS = ("admin", "sekretariat", "ketua", "anggota", "petugas", "pengamat")
#: Of the office; each leads to the first of its rows, where it has rows.
PAGES = {
    "/rapat/": r"/rapat/\d+/",
    "/tindak-lanjut/?daftar=tim": r"/tindak-lanjut/\d+/",
    "/komitmen/": r"/komitmen/\d+/",
    "/rencana/": r"/rencana/\d+/",
    "/perpustakaan/": r"/perpustakaan/\d+/",
    "/mitra/": r"/mitra/\d+/",
    "/tugas/": r"/rapat/\d+/",
    "/kalender/": r"/rapat/\d+/",
    "/cari/?q=rapat": r"/rapat/\d+/",
}
#: Tables and columns that an update changes on purpose, with the reason.
MEANT = {
    "django_migrations": "says what was applied",
    "django_content_type": "made from the code by each `migrate`",
    "auth_permission": "made from the code by each `migrate`",
    "auth_group": "made from the roles by each `migrate`",
    "auth_group_permissions": "made from the roles by each `migrate`",
    "django_session": "taken over into accounts_session; whoever was signed in stays so",
    "advocacy_meeting.kept": "approved minutes keep the letterhead, too",
    "advocacy_visit.kept": "reports of visits keep the letterhead, too",
}


@contextmanager
def kept_version(name, folder):
    """Lead the connection to a database with what was kept of this version."""
    manifest = json.loads((FIXTURES / f"{name}.json").read_text())[connection.vendor]
    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        path.write_bytes(content_of(f"{name}.sqlite3"))
        copy, drop = str(path), lambda: None
    else:
        copy, drop = f"{before}_upgrade", lambda: run_beside(f'DROP DATABASE IF EXISTS "{copy}"')
        drop()
        run_beside(f'CREATE DATABASE "{copy}" TEMPLATE template0')
    try:
        database.use(copy)
        if connection.vendor == "postgresql":
            restore(content_of(f"{name}.sql").decode())
        yield manifest
    finally:
        database.use(before)
        drop()


def content_of(name):
    return lzma.decompress((FIXTURES / f"{name}.xz").read_bytes())


def run_beside(statement):
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(statement)


def restore(script):
    """Run the statements on a connection of their own: they change its search path."""
    where = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"dbname", "user", "password", "host", "port"}
    }
    with closing(psycopg2.connect(**where)) as other, other, other.cursor() as cursor:
        cursor.execute(script)


def broken_constraints():
    """Return the rows and constraints that the database itself does not vouch for."""
    questions = {
        "sqlite": ("PRAGMA foreign_key_check", "PRAGMA integrity_check"),
        "postgresql": ("SELECT conname FROM pg_constraint WHERE NOT convalidated",),
    }
    found = []
    with connection.cursor() as cursor:
        for question in questions[connection.vendor]:
            cursor.execute(question)
            found += [row for row in cursor.fetchall() if row != ("ok",)]
    return found


def browser(username=None, session=None):
    client = Client(headers={"accept-language": "id"})
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    else:
        account = User.objects.get(username=username)
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return client


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return Page(path, 200, b"".join(response).decode())


def look_around(client):
    """Open the pages of the office, and the first row of each."""
    for path, row in PAGES.items():
        found = page_of(client, path).links(row)
        assert found or path in ("/tugas/", "/kalender/"), f"{path} has no row"
        for one in found[:1]:
            page_of(client, one)


def enter(client):
    """Enter an institution, which takes its number and stands in the search."""
    page = page_of(client, "/mitra/baru/")
    path, fields, _ = page.form("/mitra/baru/")
    fields |= {"name": "Komunitas Sesudah Pembaruan", "sector": "community"}
    assert client.post(path, fields).status_code == 302
    made = Institution.objects.get(name="Komunitas Sesudah Pembaruan")
    assert made.get_absolute_url() in page_of(client, "/cari/?q=sesudah+pembaruan").html


@pytest.mark.both("migrations remake tables on SQLite, and drop what hangs on them")
@pytest.mark.parametrize("name", VERSIONS)
def test_an_earlier_version_becomes_this_one(name, django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        fresh = states.schema()
        with kept_version(name, tmp_path) as manifest:
            before = states.rows(manifest["rows"])
            counted = {table: len(rows) for table, (_, rows) in before.items()}
            assert counted == manifest["rows"]  # what was kept is what there was

            call_command("migrate", verbosity=0, interactive=False)

            assert states.lost(before, states.rows(manifest["rows"]), meant=MEANT) == []
            assert states.differences(fresh, states.schema()) == []
            assert broken_constraints() == []
            look_around(browser(session=manifest["session"]))  # signed in before the update
            for account in ACCOUNTS:
                page_of(browser(account), "/")
            enter(browser("sekretariat"))
