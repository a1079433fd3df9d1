"""Trigram indexes for what people search by a part of its name; on PostgreSQL alone."""

from django.db import migrations

from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0001_initial"), ("villages", "0002_search")]

    operations = [
        TrigramIndex("Meeting", "title"),
        TrigramIndex("Meeting", "place"),
        TrigramIndex("FollowUp", "what"),
        TrigramIndex("Attendance", "name"),
        TrigramIndex("AdvocacyCase", "asked"),
        TrigramIndex("Commitment", "description"),
        TrigramIndex("Partnership", "about"),
        TrigramIndex("MediaCoverage", "title"),
    ]
