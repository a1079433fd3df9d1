"""manage.py load_regions [--province 19 | --all]"""

from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from villages import gazetteer
from villages.actions import load_regions


class Command(BaseCommand):
    help = "Memuat provinsi, kabupaten/kota, kecamatan, dan desa dari daftar resmi. Aman diulang."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--province", metavar="KODE", help="satu provinsi, misalnya 19")
        what.add_argument("--all", action="store_true", help="seluruh Indonesia")

    def handle(self, *, province, all, **options):
        began = perf_counter()
        if province and not next(gazetteer.places(province), None):
            raise CommandError(f"Kode provinsi {province} tidak ada dalam {gazetteer.EDITION}.")
        result = load_regions(province=province)
        self.stdout.write(
            f"{gazetteer.EDITION}: {len(result.new)} baru, {len(result.changed)} berubah, {result.unchanged} tetap, "
            f"{len(result.gone)} tidak ada lagi dalam daftar ({perf_counter() - began:.1f} detik)."
        )
        for code in sorted(result.gone):
            self.stdout.write(self.style.WARNING(f"  {code} tidak ada lagi; datanya dibiarkan."))
