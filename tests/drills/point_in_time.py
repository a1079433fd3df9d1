"""
Back to the moment before a mistake, with PostgreSQL's own tools, as docs/operations.md says it.

A cluster of its own with an archive of its log; a base backup; writing on; a table dropped; and a
second cluster that replays the log up to the moment before.
"""

import time

from tests.drills import compare
from tests.drills.cluster import missing, programs, running_cluster, wait
from tests.drills.portal import Portal

TITLE = "Kembali ke satu saat (PostgreSQL)"
WRITE_ON = "from advocacy.models import Meeting; Meeting.objects.update(title='Sesudah dasar')"
ARCHIVE = """
archive_mode = on
archive_command = 'mkdir -p {folder}/log && test ! -f {folder}/log/%f && cp %p {folder}/log/%f'
"""
RECOVERY = """
restore_command = 'cp {folder}/log/%f "%p"'
recovery_target_time = '{moment}'
recovery_target_action = 'promote'
"""


def drill(folder):
    """Yield (what, before, after, whether it is as it must be)."""
    if programs() is None:
        yield missing()
        return
    with running_cluster(ARCHIVE) as cluster:
        yield from _go_back(cluster, folder)


def _go_back(cluster, folder):
    where = cluster.folder
    copy = where / "copy"
    portal = Portal(folder / "portal", cluster.url)
    portal.manage("migrate", "--verbosity", "0")
    portal.manage("load_demo")
    cluster.run(
        "pg_basebackup", "-h", where, "-U", "postgres", "-D", copy, "-X", "stream", "-c", "fast"
    )
    portal.python(WRITE_ON)
    before = portal.state()
    time.sleep(0.5)
    with cluster.connect() as one, one.cursor() as cursor:
        one.autocommit = True
        cursor.execute("SELECT clock_timestamp()::text")
        (moment,) = cursor.fetchone()
        time.sleep(0.5)
        cursor.execute("DROP TABLE advocacy_meeting CASCADE")
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        (last,) = cursor.fetchone()
        cursor.execute("SELECT pg_switch_wal()")
    wait(lambda: (where / "log" / last).exists())
    there, left = len(before["tables"]), len(portal.state()["tables"])
    yield "tabel sesudah kesalahan", there, left, left < there
    cluster.stop()
    with (copy / "postgresql.conf").open("a") as file:
        file.write(RECOVERY.format(folder=where, moment=moment))
    (copy / "recovery.signal").touch()
    cluster.give(copy / "recovery.signal")
    cluster.start(copy)
    wait(lambda: not _is_recovering(cluster))
    yield from compare.rows_of_table("sesudah kembali", before, portal.state())


def _is_recovering(cluster):
    with cluster.connect() as one, one.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]
