"""A trigram index for the names of trainings, which the search looks up; on PostgreSQL alone."""

from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0014_expansion_of_lists")]

    operations = [TrigramIndex("Training", "title")]
