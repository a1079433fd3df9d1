"""Index the words of people, institutions, decrees and plans."""

from django.db import migrations

from sinergi.kit.search.operations import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("programs", "0008_word_templates")]

    operations = [
        SearchIndex(
            "Institution", title=["name", "abbreviation"], text=["address"], province="province"
        ),
        SearchIndex("Person", title=["name"], text=["position"], province="province"),
        SearchIndex(
            "Decree",
            title=["about"],
            numbers=["number"],
            text=["issuer", "considerations", "legal_basis", "diktum", "signer"],
            province="team__province",
        ),
        SearchIndex("WorkPlan", text=["note"], province="team__province"),
        SearchIndex(
            "PlannedActivity",
            title=["title"],
            text=["output", "unit"],
            province="plan__team__province",
        ),
    ]
