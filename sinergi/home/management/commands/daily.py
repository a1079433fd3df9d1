"""manage.py daily"""

from django.core.management.base import BaseCommand, CommandError

from sinergi.home.chores import run_daily


class Command(BaseCommand):
    help = (
        "Mengerjakan semua tugas harian yang sudah waktunya. Jalankan tiap jam: tugas yang sudah"
        " berhasil hari ini tidak diulang, ringkasan dikirim mulai 07.00 waktu tiap tim."
    )

    def handle(self, **options):
        ended = run_daily()
        if ended is None:
            self.stdout.write("Tugas harian sedang berjalan.")
            return
        for one in ended:
            said = one.said or "selesai."
            self.stdout.write(f"{one.chore.command}: {'' if one.is_ok else 'GAGAL. '}{said}")
        failed = [one.chore.command for one in ended if not one.is_ok]
        if failed:
            raise CommandError(f"Gagal: {', '.join(failed)}.")
