"""Activities of a plan whose progress is counted from verified quarterly reports."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0003_visit_intervals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalplannedactivity",
            name="counted",
            field=models.CharField(
                choices=[
                    ("logs", "Setiap kegiatan yang tercatat"),
                    ("regencies", "Setiap kabupaten/kota yang berbeda"),
                    ("institutions", "Setiap mitra yang berbeda"),
                ],
                default="logs",
                help_text=(
                    "Untuk kegiatan yang kemajuannya dihitung dari catatan rapat, komitmen, kerja"
                    " sama, media, atau laporan triwulan."
                ),
                max_length=15,
                verbose_name="yang dihitung",
            ),
        ),
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
                    ("other", "Lainnya"),
                ],
                max_length=15,
                verbose_name="cara",
            ),
        ),
        migrations.AlterField(
            model_name="plannedactivity",
            name="counted",
            field=models.CharField(
                choices=[
                    ("logs", "Setiap kegiatan yang tercatat"),
                    ("regencies", "Setiap kabupaten/kota yang berbeda"),
                    ("institutions", "Setiap mitra yang berbeda"),
                ],
                default="logs",
                help_text=(
                    "Untuk kegiatan yang kemajuannya dihitung dari catatan rapat, komitmen, kerja"
                    " sama, media, atau laporan triwulan."
                ),
                max_length=15,
                verbose_name="yang dihitung",
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
                    ("other", "Lainnya"),
                ],
                max_length=15,
                verbose_name="cara",
            ),
        ),
    ]
