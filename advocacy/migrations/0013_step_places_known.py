"""
Every step of the expansion has a place: apart from the filling, after which PostgreSQL alters no
table in the same transaction.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0012_step_places")]

    operations = [
        migrations.AlterField(
            model_name="expansionstep",
            name="province",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AlterField(
            model_name="expansionstep",
            name="regency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
    ]
