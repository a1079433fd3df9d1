"""A numbered letter of a meeting or a trip keeps what it says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0018_meeting_replan"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="letter_kept",
            field=models.JSONField(
                editable=False, null=True, verbose_name="isi surat yang bernomor"
            ),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="letter_kept",
            field=models.JSONField(
                editable=False, null=True, verbose_name="isi surat yang bernomor"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="letter_kept",
            field=models.JSONField(
                editable=False, null=True, verbose_name="isi surat yang bernomor"
            ),
        ),
        migrations.AddField(
            model_name="trip",
            name="letter_kept",
            field=models.JSONField(
                editable=False, null=True, verbose_name="isi surat yang bernomor"
            ),
        ),
    ]
