from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0015_follow_up_progress"),
        ("programs", "0014_words"),
        ("villages", "0009_shelf_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="advocacycase",
            name="aim",
            field=models.CharField(
                choices=[
                    ("regulation", "Peraturan"),
                    ("budget_line", "Penganggaran"),
                    ("staff", "Tenaga perpustakaan"),
                    ("infrastructure", "Sarana dan prasarana"),
                    ("involvement", "Pelibatan masyarakat"),
                    ("money", "Uang"),
                    ("goods", "Barang"),
                    ("services", "Jasa atau tenaga"),
                ],
                max_length=15,
                verbose_name="bentuk dukungan",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="sector",
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name="sektor"),
        ),
        migrations.AlterField(
            model_name="historicaladvocacycase",
            name="aim",
            field=models.CharField(
                choices=[
                    ("regulation", "Peraturan"),
                    ("budget_line", "Penganggaran"),
                    ("staff", "Tenaga perpustakaan"),
                    ("infrastructure", "Sarana dan prasarana"),
                    ("involvement", "Pelibatan masyarakat"),
                    ("money", "Uang"),
                    ("goods", "Barang"),
                    ("services", "Jasa atau tenaga"),
                ],
                max_length=15,
                verbose_name="bentuk dukungan",
            ),
        ),
        migrations.AlterField(
            model_name="historicalattendance",
            name="sector",
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name="sektor"),
        ),
        migrations.AlterField(
            model_name="historicalmeeting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("internal", "Pertemuan internal"),
                    ("stakeholder_province", "Pertemuan pemangku kepentingan provinsi"),
                    ("stakeholder_regency", "Pertemuan pemangku kepentingan kabupaten/kota"),
                    ("audience", "Audiensi"),
                    ("peer_learning", "Peer learning meeting"),
                    ("other", "Lainnya"),
                ],
                default="internal",
                max_length=25,
                verbose_name="jenis",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("internal", "Pertemuan internal"),
                    ("stakeholder_province", "Pertemuan pemangku kepentingan provinsi"),
                    ("stakeholder_regency", "Pertemuan pemangku kepentingan kabupaten/kota"),
                    ("audience", "Audiensi"),
                    ("peer_learning", "Peer learning meeting"),
                    ("other", "Lainnya"),
                ],
                default="internal",
                max_length=25,
                verbose_name="jenis",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="advocacy_meeting_regency_if_of_regency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "stakeholder_regency"), _negated=True), ("regency__isnull", False), _connector="OR"
                ),
                name="advocacy_meeting_regency_if_of_regency",
                violation_error_message="Pilih kabupaten/kota untuk pertemuan pemangku kepentingan kabupaten/kota.",
            ),
        ),
    ]
