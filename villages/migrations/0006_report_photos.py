"""The photograph of a report's story, kept with the consent of whoever is in it."""

import uuid

from django.conf import settings
from django.db import migrations, models

import sinergi.kit.uploads


def give_keys(apps, schema_editor):
    """Give each report a key of its own: a column that is added has the same in all rows."""
    reports = apps.get_model("villages", "LibraryReport").objects
    rows = [reports.model(pk=pk, key=uuid.uuid4()) for pk in reports.values_list("pk", flat=True)]
    reports.bulk_update(rows, ["key"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0005_program_references"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicallibraryreport",
            name="content_type",
            field=models.CharField(
                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="file",
            field=models.TextField(
                blank=True, editable=False, max_length=100, verbose_name="foto kisah"
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="key",
            field=models.UUIDField(
                db_index=True, default=uuid.uuid4, editable=False, verbose_name="kunci berkas"
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="original_name",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="nama berkas"
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="thumbnail",
            field=models.TextField(
                blank=True, editable=False, max_length=100, verbose_name="gambar kecil"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="content_type",
            field=models.CharField(
                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="file",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=sinergi.kit.uploads.random_path,
                verbose_name="foto kisah",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="key",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, null=True, verbose_name="kunci berkas"
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="libraryreport",
            name="key",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="kunci berkas"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="original_name",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="nama berkas"
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="thumbnail",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=sinergi.kit.uploads.random_path,
                verbose_name="gambar kecil",
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("file", ""), ("story_consent", True), _connector="OR"),
                name="villages_libraryreport_photo_with_consent",
                violation_error_message="Foto disimpan bila yang diceritakan setuju.",
            ),
        ),
    ]
