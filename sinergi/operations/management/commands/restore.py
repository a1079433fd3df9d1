"""manage.py restore"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sinergi.kit.dates import moment_text
from sinergi.operations.backups.errors import BackupError
from sinergi.operations.backups.restoring import check_backup, restore_backup


class Command(BaseCommand):
    help = (
        "Memulihkan cadangan ke pemasangan yang masih kosong: basis data tanpa tabel, tempat berkas"
        " tanpa berkas. Hentikan portal dulu. Cadangan yang terenkripsi memerlukan BACKUP_KEY."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="berkas cadangan")
        parser.add_argument(
            "--check",
            action="store_true",
            help="hanya memeriksa apakah cadangan itu utuh, tanpa memulihkannya",
        )

    def handle(self, *, file, check, **options):
        try:
            if check:
                self.tell(check_backup(file, key=settings.BACKUP_KEY), "Cadangan ini utuh")
                return
            restored = restore_backup(file, key=settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(str(error))
        self.tell(restored.manifest, "Sudah dipulihkan")
        if restored.is_older:
            self.stdout.write(
                "Cadangan ini dari versi yang lebih lama: jalankan manage.py migrate sebelum portal"
                " dibuka."
            )

    def tell(self, manifest, what):
        self.stdout.write(
            f"{what}: {len(manifest.rows)} tabel, {manifest.row_count} baris,"
            f" {manifest.files.count} berkas, dari"
            f" {moment_text(timezone.localtime(manifest.moment))} WIB."
        )
