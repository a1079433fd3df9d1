from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0004_advocacy"), ("villages", "0002_trigram_indexes")]
    operations = [
        TrigramIndex("AdvocacyCase", "asked"),
        TrigramIndex("Commitment", "description"),
        TrigramIndex("Partnership", "about"),
        TrigramIndex("MediaCoverage", "title"),
    ]
