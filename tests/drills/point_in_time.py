"""
Back to the moment before a mistake, with PostgreSQL's own tools, as docs/operations.md says it.

A cluster of its own with an archive of its log; a base backup; writing on; a table dropped; and a
second cluster that replays the log up to the moment before.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2

from tests.drills import compare
from tests.drills.portal import Portal

TITLE = "Kembali ke satu saat (PostgreSQL)"
WRITE_ON = "from advocacy.models import Meeting; Meeting.objects.update(title='Sesudah dasar')"
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
archive_mode = on
archive_command = 'test ! -f {folder}/log/%f && cp %p {folder}/log/%f'
"""
RECOVERY = """
restore_command = 'cp {folder}/log/%f "%p"'
recovery_target_time = '{moment}'
recovery_target_action = 'promote'
"""


def programs():
    """Return the folder of initdb, pg_ctl and pg_basebackup of the newest PostgreSQL, or None."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    return next((path for path in reversed(found) if (path / "initdb").exists()), None)


def drill(folder):
    """Yield (what, before, after, whether it is as it must be)."""
    bin_ = programs()
    if bin_ is None:
        yield "initdb tidak ditemukan, dilewati", "-", "-", os.environ.get("REQUIRE_ALL") != "1"
        return
    # Short, for the path of a socket; and of the system's user, because root may not serve.
    with tempfile.TemporaryDirectory(prefix="sinergi-pitr-") as name:
        where = Path(name)
        (where / "log").mkdir()
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            for path in (where, where / "log"):
                os.chown(path, user.pw_uid, user.pw_gid)
        yield from _go_back(bin_, where, folder)


def _go_back(bin_, where, folder):
    def run(program, *arguments):
        command = [str(bin_ / program), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, cwd=where, stdout=subprocess.DEVNULL)

    def append(path, text):
        with path.open("a") as file:
            file.write(text)

    data, copy = where / "data", where / "copy"
    run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    append(data / "postgresql.conf", SETTINGS.format(folder=where))
    server = {"host": str(where), "user": "postgres"}
    start = ("-w", "-l", where / "server.log", "start")
    run("pg_ctl", "-D", data, *start)
    serving = data
    try:
        with closing(psycopg2.connect(dbname="postgres", **server)) as one:
            one.autocommit = True
            one.cursor().execute("CREATE DATABASE sinergi")
        portal = Portal(
            folder / "portal", f"postgres://postgres@{quote(str(where), safe='')}/sinergi"
        )
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("load_demo")
        run(
            "pg_basebackup", "-h", where, "-U", "postgres", "-D", copy, "-X", "stream", "-c", "fast"
        )
        portal.python(WRITE_ON)
        before = portal.state()
        time.sleep(0.5)
        with closing(psycopg2.connect(dbname="sinergi", **server)) as one, one.cursor() as cursor:
            one.autocommit = True
            cursor.execute("SELECT clock_timestamp()::text")
            (moment,) = cursor.fetchone()
            time.sleep(0.5)
            cursor.execute("DROP TABLE advocacy_meeting CASCADE")
            cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
            (last,) = cursor.fetchone()
            cursor.execute("SELECT pg_switch_wal()")
        _wait(lambda: (where / "log" / last).exists())
        dropped = portal.state()["tables"]
        yield (
            "tabel sesudah kesalahan",
            len(before["tables"]),
            len(dropped),
            len(dropped) < len(before["tables"]),
        )
        run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        append(copy / "postgresql.conf", RECOVERY.format(folder=where, moment=moment))
        (copy / "recovery.signal").touch()
        if os.getuid() == 0:
            shutil.chown(copy / "recovery.signal", "postgres", "postgres")
        serving = copy
        run("pg_ctl", "-D", copy, *start)
        _wait(lambda: not _is_recovering(server))
        yield from compare.rows_of_table("sesudah kembali", before, portal.state())
    finally:
        run("pg_ctl", "-D", serving, "-m", "immediate", "-w", "stop")


def _is_recovering(server):
    with closing(psycopg2.connect(dbname="sinergi", **server)) as one, one.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]


def _wait(until, seconds=60):
    for _ in range(seconds * 10):
        if until():
            return
        time.sleep(0.1)
    raise RuntimeError("Terlalu lama menunggu.")
