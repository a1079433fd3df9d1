from django.conf import settings
from django.db import migrations, models

from sinergi.kit.migrations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0006_import_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="historicalimportbatch",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicallibrary",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalparticipation",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalvillagealias",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AddIndex(
                    model_name="historicalimportbatch",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_e51212_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicallibrary",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_278811_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalparticipation",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_6c6ada_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalparticipation",
                    index=models.Index(
                        fields=["library", "history_date", "history_id"],
                        name="villages_hi_library_637784_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalvillagealias",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_c2af70_idx",
                    ),
                ),
            ]
        ),
    ]
