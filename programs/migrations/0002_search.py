"""Trigram indexes for what people search by a part of its name; on PostgreSQL alone."""

from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial"), ("villages", "0002_search")]

    operations = [
        TrigramIndex("Person", "name"),
        TrigramIndex("Institution", "name"),
        TrigramIndex("PlannedActivity", "title"),
    ]
