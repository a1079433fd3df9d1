from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0001_initial"), ("villages", "0002_trigram_indexes")]
    operations = [
        TrigramIndex("Meeting", "title"),
        TrigramIndex("Meeting", "place"),
        TrigramIndex("FollowUp", "what"),
        TrigramIndex("Attendance", "name"),
    ]
