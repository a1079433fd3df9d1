"""Write, back up, write on, restore elsewhere, and compare every table and every file."""

import os
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from tests.drills import compare
from tests.drills.portal import Portal

TITLE = "Cadangan dan pemulihan"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
#: Written when the backup is there: rows changed and gone, a file more and one less.
WRITE_ON = (
    "from advocacy.models import Meeting, FollowUp;"
    "from sinergi.operations.backups.files import stored_names;"
    "from django.core.files.storage import default_storage as s;"
    "from django.core.files.base import ContentFile;"
    "Meeting.objects.update(title='Sesudah cadangan'); FollowUp.objects.update(what='Lain');"
    "s.delete(next(stored_names(s))); s.save('sesudah/satu', ContentFile(b'x'))"
)
#: The row in which a backup notes when it began and ended, and where its number comes from.
BEATING = ("home_chorerun", "sqlite_sequence", "sequence home_chorerun_id_seq")


def drill(folder):
    """Yield (what, before, after, whether it is as it must be)."""
    yield from _on("SQLite", folder / "sqlite", "", "")
    try:
        psycopg2.connect(POSTGRES, connect_timeout=3).close()
    except psycopg2.OperationalError:
        yield "PostgreSQL: tidak menjawab, dilewati", "-", "-", os.environ.get("REQUIRE_ALL") != "1"
        return
    with scratch_database("asal") as source, scratch_database("tujuan") as target:
        yield from _on("PostgreSQL", folder / "postgresql", source, target)


def _on(title, folder, source, target):
    office = Portal(folder / "asal", source, BACKUP_KEY="kunci-untuk-latihan-saja")
    office.manage("migrate", "--verbosity", "0")
    office.manage("load_demo")
    before = office.state()
    began = time.monotonic()
    office.manage("backup", "--to", folder / "cadangan")
    took = time.monotonic() - began
    office.python(WRITE_ON)
    differing = sum(
        1 for name, one in office.state()["tables"].items() if before["tables"][name] != one
    )
    yield f"{title}: tabel yang berubah sesudah cadangan", 0, differing, differing > 1
    other = Portal(folder / "tujuan", target, BACKUP_KEY="kunci-untuk-latihan-saja")
    (path,) = (folder / "cadangan").iterdir()
    began = time.monotonic()
    other.manage("restore", path)
    yield from compare.rows_of_table(title, before, _without_beat(other.state()), beating=BEATING)
    other.manage("migrate", "--check")
    seconds = time.monotonic() - began
    yield f"{title}: detik untuk cadangan, pemulihan", f"{took:.1f}", f"{seconds:.1f}", True


def _without_beat(state):
    """Take out the one row that the backup itself wrote when it began, for the sum of rows."""
    count, digest = state["tables"]["home_chorerun"]
    state["tables"]["home_chorerun"] = (count - 1, digest)
    return state


@contextmanager
def scratch_database(name):
    """Give the address of an empty database, dropped afterwards."""
    name = f"sinergi_latihan_{os.getpid()}_{name}"
    server = psycopg2.connect(POSTGRES)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
            try:
                yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
            finally:
                cursor.execute(
                    sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                )
    finally:
        server.close()
