import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0013_sample_team"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalinstitution",
            name="sector",
            field=models.CharField(
                choices=[
                    ("gov_province", "Pemerintah provinsi"),
                    ("gov_regency", "Pemerintah kabupaten/kota"),
                    ("gov_village", "Pemerintah desa"),
                    ("gov_central", "Pemerintah pusat"),
                    ("university", "Perguruan tinggi"),
                    ("community", "Komunitas"),
                    ("professional", "Organisasi profesi"),
                    ("media", "Media"),
                    ("private", "Swasta"),
                    ("state_owned", "BUMN/BUMD"),
                ],
                max_length=20,
                verbose_name="sektor",
            ),
        ),
        migrations.AlterField(
            model_name="historicalteam",
            name="stall_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="Sasaran advokasi yang menunggu langkah tim lebih lama dari ini ditandai belum ada kemajuan.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)],
                verbose_name="batas sasaran tanpa kemajuan (hari)",
            ),
        ),
        migrations.AlterField(
            model_name="institution",
            name="sector",
            field=models.CharField(
                choices=[
                    ("gov_province", "Pemerintah provinsi"),
                    ("gov_regency", "Pemerintah kabupaten/kota"),
                    ("gov_village", "Pemerintah desa"),
                    ("gov_central", "Pemerintah pusat"),
                    ("university", "Perguruan tinggi"),
                    ("community", "Komunitas"),
                    ("professional", "Organisasi profesi"),
                    ("media", "Media"),
                    ("private", "Swasta"),
                    ("state_owned", "BUMN/BUMD"),
                ],
                max_length=20,
                verbose_name="sektor",
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="stall_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="Sasaran advokasi yang menunggu langkah tim lebih lama dari ini ditandai belum ada kemajuan.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)],
                verbose_name="batas sasaran tanpa kemajuan (hari)",
            ),
        ),
    ]
