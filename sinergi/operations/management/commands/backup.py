"""manage.py backup"""

import logging
import signal
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from sinergi.home.chores import BACKUP
from sinergi.home.models import ChoreRun
from sinergi.operations.backups.errors import BackupError
from sinergi.operations.backups.writing import write_backup

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Mencadangkan basis data dan semua berkas menjadi satu berkas, memeriksanya, lalu menghapus"
        " cadangan yang lama. Terenkripsi bila variabel lingkungan BACKUP_KEY diisi."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", type=Path, default=settings.BACKUP_DIR, help="folder tujuan (%(default)s)"
        )
        parser.add_argument(
            "--keep",
            type=int,
            default=settings.BACKUP_KEEP,
            help="banyaknya cadangan terbaru yang disimpan (%(default)s)",
        )

    def handle(self, *, to, keep, **options):
        if keep < 1:
            raise CommandError("--keep paling sedikit 1.")
        try:
            run = ChoreRun.objects.begin(BACKUP, timezone.now(), waits=False)
        except DatabaseError:  # it may be full or a standby, and can be read all the same
            logger.exception("That the backup begins could not be noted.")
            run = None
        try:
            with stopped_in_words():
                written = write_backup(to, keep=keep, key=settings.BACKUP_KEY)
        except BaseException as error:
            why = str(error) if isinstance(error, BackupError) else "Terhenti oleh kesalahan."
            self.note(run, is_ok=False, said=why)
            if isinstance(error, BackupError):
                logger.error("The backup failed: %s", why)
                raise CommandError(f"Tidak ada cadangan yang ditulis. {why}")
            raise
        said = (
            f"{written.path.name}: {len(written.manifest.rows)} tabel,"
            f" {written.manifest.row_count} baris, {written.manifest.files.count} berkas,"
            f" {filesizeformat(written.path.stat().st_size)}"
            f"{', terenkripsi' if settings.BACKUP_KEY else ''}."
        )
        self.note(run, is_ok=True, said=said)
        self.stdout.write(said)
        for path in written.dropped:
            self.stdout.write(f"Cadangan lama dihapus: {path.name}.")

    def note(self, run, **ended):
        """Note how it ended, where the database lets us."""
        if run is None:
            return
        try:
            run.end(now=timezone.now(), **ended)
        except DatabaseError:
            logger.exception("How the backup ended could not be noted.")


@contextmanager
def stopped_in_words():
    """Let whoever stops the command (systemd, too) leave nothing half-written behind."""

    def stop(*_):
        raise BackupError("Dihentikan sebelum selesai.")

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
