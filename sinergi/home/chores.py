"""
The chores of the portal, which `manage.py daily` does: their list, when each is due, how one run
ends, and the warning to the administrators when they do not run.
"""

import io
import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.models import Exists
from django.utils import timezone

from sinergi.home.models import ChoreRun, DigestMail
from sinergi.kit.dates import SHORT_MONTHS
from sinergi.kit.dates import clock as time_of

logger = logging.getLogger(__name__)

#: The heartbeat of all of them together.
DAILY = "daily"
LATE_AFTER = timedelta(hours=26)
#: The backups have a timer of their own (manage.py backup), and leave their heartbeat here, too.
BACKUP = "backup"
BACKUP_LATE_AFTER = timedelta(hours=48)


@dataclass(frozen=True)
class Chore:
    """A management command. It is done once a day, or at every call if it `knows_when` itself."""

    command: str
    label: str
    knows_when: bool = False


CHORES = (
    Chore("send_digest", "ringkasan harian lewat surel", knows_when=True),
    Chore("purge_uploads", "berkas yang tidak jadi disimpan"),
    Chore("purge_imports", "impor yang tidak dilanjutkan"),
    Chore("clearsessions", "sesi yang sudah berakhir"),
    Chore("rebuild_search", "kata untuk pencarian"),
)


@dataclass(frozen=True)
class Ended:
    """How a chore ended: well or not, and what it said."""

    chore: Chore
    is_ok: bool
    said: str


def run_daily(chores=CHORES, clock=timezone.now):
    """
    Do the chores that are due, each by itself, and return [Ended]; None while another run goes on.
    """
    run = ChoreRun.objects.begin(DAILY, clock())
    if run is None:
        return None
    last = {row.name: row for row in ChoreRun.objects.all()}
    due = [one for one in chores if _is_due(one, last.get(one.command), clock())]
    ended = [_run(chore, clock) for chore in due]
    failed = [one.chore.command for one in ended if not one.is_ok]
    said = f"Gagal: {', '.join(failed)}." if failed else "Semua selesai."
    run.end(is_ok=not failed, said=said, now=clock())
    return ended


def _is_due(chore, last, now):
    """Return whether a chore has not succeeded yet on this day of the portal's own zone."""
    if chore.knows_when or last is None or last.succeeded_at is None:
        return True
    return timezone.localdate(last.succeeded_at) < timezone.localdate(now)


def _run(chore, clock):
    """Do one chore, whatever it raises."""
    run = ChoreRun.objects.begin(chore.command, clock(), waits=False)
    told = io.StringIO()
    try:
        call_command(chore.command, stdout=told, stderr=told)
    except Exception as error:
        logger.exception("The chore %s failed.", chore.command)
        ended = Ended(chore, False, f"{told.getvalue()}{type(error).__name__}: {error}".strip())
        if not connection.in_atomic_block:
            close_old_connections()
    else:
        ended = Ended(chore, True, told.getvalue().strip())
    run.end(is_ok=ended.is_ok, said=ended.said, now=clock())
    return ended


def chore_warning(now):
    """
    Return what an administrator is told when the chores or the backups do not run, one of them
    fails, or mails were lost; "" when all is well, and where the portal is only tried out. One
    query.
    """
    if settings.DEBUG:
        return ""
    names = [DAILY, BACKUP, *(one.command for one in CHORES)]
    rows = ChoreRun.objects.filter(name__in=names).annotate(
        lost=Exists(DigestMail.objects.lost_lately(now)),
        refused=Exists(DigestMail.objects.refused_lately(now)),
    )
    known = {row.name: row for row in rows}
    return " ".join([*_warnings(known, now), *_backup_warnings(known.get(BACKUP), now)])


def _warnings(known, now):
    daily = known.get(DAILY)
    if daily is None:
        return
    if now - (daily.finished_at or daily.since) > LATE_AFTER:
        yield f"Tugas harian terakhir: {_moment(daily.finished_at)}."
    elif failed := [one.label for one in CHORES if _has_failed(known.get(one.command))]:
        yield f"Tugas harian yang gagal: {', '.join(failed)}."
    if daily.lost:
        yield "Ada ringkasan harian yang tidak diketahui terkirim."
    if daily.refused:
        yield "Ada ringkasan harian yang ditolak server surel."


def _backup_warnings(row, now):
    """Yield what is wrong with the backups, once there was a first one."""
    if row is None:
        return
    if now - (row.succeeded_at or row.since) > BACKUP_LATE_AFTER:
        yield f"Cadangan terakhir yang berhasil: {_moment(row.succeeded_at)}."
    elif row.is_ok is False:
        yield "Cadangan terakhir gagal."


def _has_failed(row):
    return row is not None and row.is_ok is False


def _moment(moment):
    """Return a moment as 23 Nov 06.00."""
    if moment is None:
        return "belum pernah"
    here = timezone.localtime(moment)
    return f"{here.day} {SHORT_MONTHS[here.month - 1]} {time_of(here)}"
