from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_work_plans"), ("villages", "0002_trigram_indexes")]
    operations = [TrigramIndex("PlannedActivity", "title")]
