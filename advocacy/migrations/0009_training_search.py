"""A trigram index for the names of trainings, which the search looks up; on PostgreSQL alone."""

from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0008_expansion")]

    operations = [TrigramIndex("Training", "title")]
