from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0010_history_indexes")]
    operations = [
        migrations.AddField(
            model_name=name,
            name="paper",
            field=models.JSONField(editable=False, null=True, verbose_name="kop surat dan nama saat disetujui"),
        )
        for name in ("historicalplansubmission", "plansubmission")
    ]
