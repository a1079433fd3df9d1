"""Who put a meeting that was called off back on the calendar, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0017_trip_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="meeting",
            options={
                "ordering": ["-starts_at", "-id"],
                "permissions": [
                    ("submit_meeting", "Dapat mengirim notula"),
                    (
                        "approve_meeting",
                        "Dapat mengesahkan, mengembalikan, dan membuka kembali notula",
                    ),
                    ("cancel_meeting", "Dapat membatalkan rapat dan menjadwalkannya lagi"),
                ],
                "verbose_name": "rapat",
                "verbose_name_plural": "rapat",
            },
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="replanned_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="dijadwalkan lagi pada"
            ),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="replanned_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dijadwalkan lagi oleh",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="replanned_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="dijadwalkan lagi pada"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="replanned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dijadwalkan lagi oleh",
            ),
        ),
    ]
