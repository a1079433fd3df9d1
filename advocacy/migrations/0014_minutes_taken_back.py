import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0013_meeting_without_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="taken_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ditarik kembali pada"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ditarik kembali oleh",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="taken_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ditarik kembali pada"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="taken_back_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ditarik kembali oleh",
            ),
        ),
    ]
