"""The letterhead of a team has a logo; the teams there are get a key of their own each."""

import uuid

from django.db import migrations, models

import sinergi.kit.uploads


def give_keys(apps, schema_editor):
    for team in apps.get_model("programs", "Team").objects.all():
        team.key = uuid.uuid4()
        team.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0006_way_of_expansion"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalteam",
            name="content_type",
            field=models.CharField(
                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
            ),
        ),
        migrations.AddField(
            model_name="historicalteam",
            name="file",
            field=models.TextField(
                blank=True, editable=False, max_length=100, verbose_name="lambang"
            ),
        ),
        migrations.AddField(
            model_name="historicalteam",
            name="key",
            field=models.UUIDField(
                db_index=True, default=uuid.uuid4, editable=False, verbose_name="kunci berkas"
            ),
        ),
        migrations.AddField(
            model_name="historicalteam",
            name="original_name",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="nama berkas"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="content_type",
            field=models.CharField(
                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="file",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=sinergi.kit.uploads.random_path,
                verbose_name="lambang",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="key",
            field=models.UUIDField(editable=False, null=True, verbose_name="kunci berkas"),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="team",
            name="key",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="kunci berkas"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="original_name",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="nama berkas"
            ),
        ),
    ]
