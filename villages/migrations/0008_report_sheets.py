from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0007_report_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalimportbatch",
            name="quarter_number",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="triwulan"
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="quarter_number",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="triwulan"
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quarter_number__isnull", True),
                    models.Q(
                        ("province__isnull", False),
                        ("quarter_number__gte", 1),
                        ("quarter_number__lte", 4),
                        ("regency__isnull", False),
                        ("year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="villages_importbatch_quarter_of_a_regency",
                violation_error_message="Lembar isian adalah milik satu kabupaten dan triwulan.",
            ),
        ),
    ]
