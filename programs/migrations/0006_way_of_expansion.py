"""Activities of a plan whose progress is counted from the villages that moved on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0005_independence"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalplannedactivity",
            name="way",
            field=models.CharField(
                choices=[
                    ("internal", "Rapat internal"),
                    ("audience", "Audiensi"),
                    ("visit", "Kunjungan mentoring atau monitoring"),
                    ("stakeholder", "Pertemuan pemangku kepentingan"),
                    ("training", "Pelatihan"),
                    ("media", "Publikasi media"),
                    ("support", "Kebijakan dan dukungan mitra"),
                    ("partnership", "Perjanjian kerja sama"),
                    ("report", "Laporan triwulan perpustakaan"),
                    ("expansion", "Perluasan ke desa"),
                    ("other", "Lainnya"),
                ],
                max_length=15,
                verbose_name="cara",
            ),
        ),
        migrations.AlterField(
            model_name="plannedactivity",
            name="way",
            field=models.CharField(
                choices=[
                    ("internal", "Rapat internal"),
                    ("audience", "Audiensi"),
                    ("visit", "Kunjungan mentoring atau monitoring"),
                    ("stakeholder", "Pertemuan pemangku kepentingan"),
                    ("training", "Pelatihan"),
                    ("media", "Publikasi media"),
                    ("support", "Kebijakan dan dukungan mitra"),
                    ("partnership", "Perjanjian kerja sama"),
                    ("report", "Laporan triwulan perpustakaan"),
                    ("expansion", "Perluasan ke desa"),
                    ("other", "Lainnya"),
                ],
                max_length=15,
                verbose_name="cara",
            ),
        ),
    ]
