"""manage.py load_demo"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sinergi.home import demo


class Command(BaseCommand):
    help = "Memuat data percontohan sekali saja, lalu mencetak akun percontohan. Hanya dengan DEBUG=1."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Data percontohan berisi akun dengan kata sandi yang diketahui umum; hanya untuk DEBUG=1.")
        if not demo.is_loaded():
            self.stdout.write("Memuat daftar wilayah dan data percontohan …")
            demo.load()
        self.stdout.write(f"\nAkun percontohan (kata sandi: {demo.PASSWORD}):")
        for username, name, *_ in demo.ACCOUNTS:
            self.stdout.write(f"  {username:<12} {name}")
