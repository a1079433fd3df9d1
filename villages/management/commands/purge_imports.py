"""manage.py purge_imports [--days 90]"""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from villages.models import ImportBatch, ImportContent


class Command(BaseCommand):
    help = (
        "Membatalkan impor yang lama tidak dilanjutkan, dan menghapus isi berkasnya. Jalankan tiap"
        " hari."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=90,
            metavar="HARI",
            help="yang tidak disentuh selama sekian hari",
        )

    def handle(self, *, days, **options):
        before = timezone.now() - timedelta(days=days)
        forgotten = ImportBatch.objects.filter(state=ImportBatch.State.DRAFT, updated_at__lt=before)
        for batch in forgotten:
            with transaction.atomic():
                batch.cancel(by=None, version=batch.version)
        # Of any cancelled import: it did nothing, so nobody needs to see what it read.
        gone, _ = ImportContent.objects.filter(batch__state=ImportBatch.State.CANCELLED).delete()
        self.stdout.write(f"Isi {gone} impor dihapus.")
