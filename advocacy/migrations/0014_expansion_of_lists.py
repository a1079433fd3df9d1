"""A case of the expansion knows the list that it was opened with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0013_step_places_known"),
        ("villages", "0009_reference_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="expansioncase",
            name="batch",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="expansion_cases",
                to="villages.importbatch",
                verbose_name="daftar asal",
            ),
        ),
        migrations.AddField(
            model_name="historicalexpansioncase",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.importbatch",
                verbose_name="daftar asal",
            ),
        ),
    ]
