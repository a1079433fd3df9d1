"""manage.py load_regions [--province 19 | --all] [--dry-run] [--yes]"""

import sys
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from villages import gazetteer
from villages.actions import apply_regions, compare_regions
from villages.models import Province

SHOWN = 200  # lines of each kind


class Command(BaseCommand):
    help = (
        "Menyesuaikan provinsi, kabupaten/kota, kecamatan, dan desa dengan daftar resmi. Perubahan"
        " ditampilkan dulu; kode yang tidak ada lagi ditandai, tidak dihapus. Aman diulang."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--province", metavar="KODE", help="satu provinsi, misalnya 19")
        what.add_argument("--all", action="store_true", help="seluruh Indonesia")
        parser.add_argument("--dry-run", action="store_true", help="hanya menampilkan perubahannya")
        parser.add_argument("--yes", action="store_true", help="terapkan tanpa bertanya")

    def handle(self, *, province, all, dry_run, yes, **options):
        began = perf_counter()
        if province and not next(gazetteer.list_places(province), None):
            raise CommandError(f"Kode provinsi {province} tidak ada dalam {gazetteer.EDITION}.")
        changes = compare_regions(province=province)
        first_time = not (
            Province.objects.filter(pk=province) if province else Province.objects.all()
        ).exists()
        if not first_time:
            self.show(changes)
        self.stdout.write(
            f"{gazetteer.EDITION}: {len(changes.new)} baru, {len(changes.renamed)} berganti nama,"
            f" {len(changes.changed)} berubah, {changes.unchanged} tetap, {len(changes.gone)} tidak"
            f" ada lagi, {len(changes.back)} ada lagi ({perf_counter() - began:.1f} detik)."
        )
        if dry_run or not changes:
            self.stdout.write("Tidak ada yang ditulis.")
            return
        if not first_time and not yes and not self.agreed():
            raise CommandError("Tidak ada yang ditulis.")
        apply_regions(changes)
        self.stdout.write(f"Diterapkan ({perf_counter() - began:.1f} detik).")

    def show(self, changes):
        kinds = [
            ("baru", [f"{code} {name}" for code, name in changes.new]),
            ("berganti nama", [f"{code} {old} → {new}" for code, old, new in changes.renamed]),
            (
                "tidak ada lagi; ditandai, datanya tetap",
                [f"{code} {name}" for code, name in changes.gone],
            ),
            ("ada lagi", [f"{code} {name}" for code, name in changes.back]),
        ]
        for title, lines in kinds:
            if lines:
                self.stdout.write(self.style.WARNING(f"{len(lines)} {title}:"))
                for line in lines[:SHOWN]:
                    self.stdout.write(f"  {line}")
                if len(lines) > SHOWN:
                    self.stdout.write(f"  … dan {len(lines) - SHOWN} lagi")

    def agreed(self):
        if not sys.stdin.isatty():
            raise CommandError(
                "Periksa perubahan di atas, lalu ulangi dengan --yes untuk menerapkannya."
            )
        return input("Terapkan? [y/T] ").strip().lower() in {"y", "ya"}
