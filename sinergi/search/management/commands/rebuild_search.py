from django.core.management.base import BaseCommand

from sinergi.search.lexicon import rebuild_lexicon


class Command(BaseCommand):
    help = "Perbarui daftar kata yang dipakai pencarian untuk menebak salah ketik."

    def handle(self, **options):
        self.stdout.write(f"{rebuild_lexicon()} kata tercatat.")
