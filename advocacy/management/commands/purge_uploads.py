"""manage.py purge_uploads [--days 7]"""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from advocacy.models import Attachment


class Command(BaseCommand):
    help = (
        "Menghapus berkas yang dikirim bersama formulir tetapi tidak pernah disimpan. Jalankan tiap"
        " hari."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, default=7, metavar="HARI", help="yang lebih tua dari sekian hari"
        )

    def handle(self, *, days, **options):
        before = timezone.now() - timedelta(days=days)
        purged = 0
        for row in Attachment.objects.filter(
            meeting__isnull=True, created_at__lt=before
        ).iterator():
            for stored in (row.file, row.thumbnail):
                if stored:
                    stored.delete(save=False)
            row.delete()
            purged += 1
        self.stdout.write(f"{purged} berkas dihapus.")
