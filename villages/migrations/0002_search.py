"""Trigram indexes for what people search by a part of its name; on PostgreSQL alone."""

from django.db import migrations

from sinergi.kit.indexes import TrigramExtension, TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_initial")]

    operations = [
        TrigramExtension(),
        TrigramIndex("Village", "name"),
        TrigramIndex("Library", "name"),
    ]
