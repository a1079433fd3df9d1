"""Index the words of regions and libraries."""

from django.db import migrations

from sinergi.kit.search.operations import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("villages", "0009_reference_titles")]

    operations = [
        SearchIndex("Province", title=["name"], province="pk"),
        SearchIndex("Regency", title=["name"], province="province", regency="pk"),
        SearchIndex("District", title=["name"], province="province", regency="regency"),
        SearchIndex(
            "Village",
            title=["name"],
            text=["kind", "postal_code"],
            province="province",
            regency="regency",
        ),
        SearchIndex(
            "Library",
            title=["name"],
            text=["address", "head"],
            province="province",
            regency="regency",
        ),
    ]
