"""A report keeps the name and the place that its library had when it was handed in."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def keep_names(apps, schema_editor):
    """
    Give what was handed in before the name that the library's history has for that moment, else
    the one of now; where it stood is told as it stands now.
    """
    model = {
        name: apps.get_model("villages", name)
        for name in ("Library", "HistoricalLibrary", "LibraryReport")
    }
    then = model["HistoricalLibrary"].objects.filter(
        id=OuterRef("library_id"), history_date__lte=OuterRef("submitted_at")
    )
    then = then.order_by("-history_date", "-history_id").values("name")[:1]
    now = model["Library"].objects.filter(pk=OuterRef("library_id")).values("name")
    model["LibraryReport"].objects.filter(submitted_at__isnull=False).update(
        library_name=Coalesce(Subquery(then), Subquery(now))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0006_report_photos"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicallibraryreport",
            name="library_name",
            field=models.CharField(
                blank=True, editable=False, max_length=150, verbose_name="nama saat dikirim"
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="place_words",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="tempat saat dikirim"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="library_name",
            field=models.CharField(
                blank=True, editable=False, max_length=150, verbose_name="nama saat dikirim"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="place_words",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="tempat saat dikirim"
            ),
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
