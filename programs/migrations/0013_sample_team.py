from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0012_paper_of_approved_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalteam",
            name="is_sample",
            field=models.BooleanField(default=False, editable=False, verbose_name="data percontohan"),
        ),
        migrations.AddField(
            model_name="team",
            name="is_sample",
            field=models.BooleanField(default=False, editable=False, verbose_name="data percontohan"),
        ),
    ]
