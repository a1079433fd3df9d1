"""manage.py send_digest"""

from django.core.management.base import BaseCommand, CommandError

from sinergi.home.digest_sending import Round
from sinergi.home.digests import lacking_settings


class Command(BaseCommand):
    help = (
        "Mengirim ringkasan harian lewat surel kepada yang sudah waktunya: hari kerja, mulai 07.00"
        " waktu tim. Jalankan tiap jam, atau lewat daily."
    )

    def handle(self, **options):
        if lacking := lacking_settings():
            self.stdout.write(f"Tidak ada yang dikirim: {' dan '.join(lacking)} belum diatur.")
            return
        result = Round().run()
        if not result.is_ok:
            raise CommandError(result.words)
        self.stdout.write(result.words)
