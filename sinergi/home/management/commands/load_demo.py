"""manage.py load_demo"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programs.models import Team
from sinergi.home import demo
from sinergi.search.lexicon import rebuild_lexicon


class Command(BaseCommand):
    help = (
        "Memuat data percontohan sekali saja, lalu mencetak akun percontohan. Hanya dengan DEBUG=1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--address", default="", help="Alamat portal, dicetak bersama akunnya.")

    def handle(self, *, address, **options):
        if not settings.DEBUG:
            raise CommandError(
                "Data percontohan berisi akun dengan kata sandi yang diketahui umum; hanya untuk"
                " DEBUG=1."
            )
        if not demo.is_loaded():
            if Team.objects.filter(province=demo.PROVINCE).exists():
                told = (
                    "Basis data ini sudah berisi tim; data percontohan tidak dimuat. Untuk"
                    " memuatnya, pakai yang kosong."
                )
                self.stdout.write(f"{told}\n{address}".strip())
                return
            self.stdout.write("Memuat daftar wilayah dan data percontohan …")
            demo.load()
            rebuild_lexicon()  # else the search corrects no slip before the night
        if address:
            self.stdout.write(f"\nSinergi: {address}  (Ctrl+C untuk berhenti)")
        self.stdout.write(f"\nAkun percontohan (kata sandi: {demo.PASSWORD}):")
        for username, name, *_ in demo.ACCOUNTS:
            self.stdout.write(f"  {username:<12} {name}")
