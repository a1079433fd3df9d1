"""Quarterly reports, the versions handed in, and when a library joined and left."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sinergi.kit.money


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalLibraryReport",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="dibuat pada",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="diubah pada",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="versi"),
                ),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="tahun")),
                (
                    "quarter_number",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="triwulan"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Menunggu pemeriksaan"),
                            ("returned", "Dikembalikan"),
                            ("verified", "Terverifikasi"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "titles",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="koleksi",
                    ),
                ),
                (
                    "copies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="koleksi",
                    ),
                ),
                (
                    "computers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="komputer yang berfungsi",
                    ),
                ),
                (
                    "online_computers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="di antaranya tersambung internet",
                    ),
                ),
                (
                    "opening_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                7, message="Periksa lagi: paling banyak 7."
                            )
                        ],
                        verbose_name="hari buka dalam sepekan",
                    ),
                ),
                (
                    "opening_hours",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                168, message="Periksa lagi: paling banyak 168."
                            )
                        ],
                        verbose_name="jam buka dalam sepekan",
                    ),
                ),
                (
                    "staff",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengelola",
                    ),
                ),
                (
                    "trained_staff",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengelola yang sudah bimtek",
                    ),
                ),
                (
                    "members",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="anggota perpustakaan",
                    ),
                ),
                (
                    "visitors",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengunjung",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="perempuan",
                    ),
                ),
                (
                    "men",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="laki-laki",
                    ),
                ),
                (
                    "children",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="di antaranya anak-anak",
                    ),
                ),
                (
                    "activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kegiatan bersama warga",
                    ),
                ),
                (
                    "information_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="layanan informasi",
                    ),
                ),
                (
                    "involvement_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pelibatan masyarakat",
                    ),
                ),
                (
                    "advocacy_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="advokasi",
                    ),
                ),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="peserta kegiatan",
                    ),
                ),
                (
                    "ict_users",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengguna komputer dan internet",
                    ),
                ),
                (
                    "loans",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="buku dipinjam atau dibaca di tempat",
                    ),
                ),
                (
                    "online_visits",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kunjungan layanan daring",
                    ),
                ),
                (
                    "village_budget",
                    sinergi.kit.money.RupiahField(
                        blank=True, least=0, null=True, verbose_name="anggaran desa yang cair"
                    ),
                ),
                (
                    "partners",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="mitra yang membantu",
                    ),
                ),
                (
                    "media",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="publikasi media",
                    ),
                ),
                (
                    "policies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kebijakan tertulis",
                    ),
                ),
                (
                    "notes",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="keterangan lonjakan"
                    ),
                ),
                (
                    "story",
                    models.TextField(blank=True, max_length=3000, verbose_name="kisah dampak"),
                ),
                (
                    "story_consent",
                    models.BooleanField(default=False, verbose_name="yang diceritakan setuju"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dikirim pada"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="dikembalikan pada"
                    ),
                ),
                (
                    "return_reason",
                    models.TextField(
                        blank=True,
                        editable=False,
                        max_length=2000,
                        verbose_name="alasan dikembalikan",
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="diverifikasi pada"
                    ),
                ),
                (
                    "reopened_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="dibuka kembali pada"
                    ),
                ),
                (
                    "reopen_reason",
                    models.TextField(
                        blank=True,
                        editable=False,
                        max_length=2000,
                        verbose_name="alasan dibuka kembali",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical laporan triwulan",
                "verbose_name_plural": "historical laporan triwulan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReportSubmission",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="dibuat pada",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="diubah pada",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="versi"),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="nomor")),
                ("content", models.JSONField(editable=False, verbose_name="isi")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical kiriman laporan",
                "verbose_name_plural": "historical kiriman laporan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LibraryReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="dibuat pada",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="diubah pada",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="versi"),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(
                        editable=False, null=True, unique=True, verbose_name="kunci kiriman"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="tahun")),
                (
                    "quarter_number",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="triwulan"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Menunggu pemeriksaan"),
                            ("returned", "Dikembalikan"),
                            ("verified", "Terverifikasi"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "titles",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="koleksi",
                    ),
                ),
                (
                    "copies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="koleksi",
                    ),
                ),
                (
                    "computers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="komputer yang berfungsi",
                    ),
                ),
                (
                    "online_computers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="di antaranya tersambung internet",
                    ),
                ),
                (
                    "opening_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                7, message="Periksa lagi: paling banyak 7."
                            )
                        ],
                        verbose_name="hari buka dalam sepekan",
                    ),
                ),
                (
                    "opening_hours",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                168, message="Periksa lagi: paling banyak 168."
                            )
                        ],
                        verbose_name="jam buka dalam sepekan",
                    ),
                ),
                (
                    "staff",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengelola",
                    ),
                ),
                (
                    "trained_staff",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengelola yang sudah bimtek",
                    ),
                ),
                (
                    "members",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="anggota perpustakaan",
                    ),
                ),
                (
                    "visitors",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengunjung",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="perempuan",
                    ),
                ),
                (
                    "men",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="laki-laki",
                    ),
                ),
                (
                    "children",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="di antaranya anak-anak",
                    ),
                ),
                (
                    "activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kegiatan bersama warga",
                    ),
                ),
                (
                    "information_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="layanan informasi",
                    ),
                ),
                (
                    "involvement_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pelibatan masyarakat",
                    ),
                ),
                (
                    "advocacy_activities",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="advokasi",
                    ),
                ),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="peserta kegiatan",
                    ),
                ),
                (
                    "ict_users",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="pengguna komputer dan internet",
                    ),
                ),
                (
                    "loans",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="buku dipinjam atau dibaca di tempat",
                    ),
                ),
                (
                    "online_visits",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kunjungan layanan daring",
                    ),
                ),
                (
                    "village_budget",
                    sinergi.kit.money.RupiahField(
                        blank=True, least=0, null=True, verbose_name="anggaran desa yang cair"
                    ),
                ),
                (
                    "partners",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="mitra yang membantu",
                    ),
                ),
                (
                    "media",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="publikasi media",
                    ),
                ),
                (
                    "policies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10000000, message="Periksa lagi: paling banyak 10.000.000."
                            )
                        ],
                        verbose_name="kebijakan tertulis",
                    ),
                ),
                (
                    "notes",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="keterangan lonjakan"
                    ),
                ),
                (
                    "story",
                    models.TextField(blank=True, max_length=3000, verbose_name="kisah dampak"),
                ),
                (
                    "story_consent",
                    models.BooleanField(default=False, verbose_name="yang diceritakan setuju"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dikirim pada"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="dikembalikan pada"
                    ),
                ),
                (
                    "return_reason",
                    models.TextField(
                        blank=True,
                        editable=False,
                        max_length=2000,
                        verbose_name="alasan dikembalikan",
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="diverifikasi pada"
                    ),
                ),
                (
                    "reopened_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="dibuka kembali pada"
                    ),
                ),
                (
                    "reopen_reason",
                    models.TextField(
                        blank=True,
                        editable=False,
                        max_length=2000,
                        verbose_name="alasan dibuka kembali",
                    ),
                ),
            ],
            options={
                "verbose_name": "laporan triwulan",
                "verbose_name_plural": "laporan triwulan",
                "ordering": ["-year", "-quarter_number", "library"],
                "permissions": [
                    ("submit_libraryreport", "Dapat mengirim laporan triwulan"),
                    ("verify_libraryreport", "Dapat memeriksa laporan triwulan"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="dibuat pada",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="diubah pada",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="versi"),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(
                        editable=False, null=True, unique=True, verbose_name="kunci kiriman"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="nomor")),
                ("content", models.JSONField(editable=False, verbose_name="isi")),
            ],
            options={
                "verbose_name": "kiriman laporan",
                "verbose_name_plural": "kiriman laporan",
                "ordering": ["report", "-number"],
            },
        ),
        migrations.AddField(
            model_name="historicalparticipation",
            name="joined_on",
            field=models.DateField(
                blank=True,
                help_text=(
                    "Kosong berarti sejak awal tahun program. Laporan triwulan diminta sejak itu."
                ),
                null=True,
                verbose_name="mulai",
            ),
        ),
        migrations.AddField(
            model_name="historicalparticipation",
            name="left_on",
            field=models.DateField(
                blank=True,
                help_text="Hari terakhir ikut program; kosong berarti masih ikut.",
                null=True,
                verbose_name="berhenti",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="joined_on",
            field=models.DateField(
                blank=True,
                help_text=(
                    "Kosong berarti sejak awal tahun program. Laporan triwulan diminta sejak itu."
                ),
                null=True,
                verbose_name="mulai",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="left_on",
            field=models.DateField(
                blank=True,
                help_text="Hari terakhir ikut program; kosong berarti masih ikut.",
                null=True,
                verbose_name="berhenti",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    models.Q(("joined_on__isnull", True), ("left_on__year__gte", models.F("year"))),
                    models.Q(("joined_on__isnull", False), ("left_on__gte", models.F("joined_on"))),
                    _connector="OR",
                ),
                name="villages_participation_leaves_after_joining",
                violation_error_message="Tanggal berhenti tidak boleh sebelum mulai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("joined_on__isnull", True),
                    ("joined_on__year", models.F("year")),
                    _connector="OR",
                ),
                name="villages_participation_joined_in_its_year",
                violation_error_message="Tanggal mulai berada dalam tahun programnya.",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuat oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="library",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.library",
                verbose_name="perpustakaan",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="province",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="reopened_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuka kembali oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikembalikan oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikirim oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="updated_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diubah oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicallibraryreport",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diverifikasi oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicalreportsubmission",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuat oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicalreportsubmission",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalreportsubmission",
            name="updated_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diubah oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuat oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="library",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="villages.library",
                verbose_name="perpustakaan",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
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
        migrations.AddField(
            model_name="libraryreport",
            name="regency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="reopened_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuka kembali oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="returned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikembalikan oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="submitted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikirim oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="updated_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diubah oleh",
            ),
        ),
        migrations.AddField(
            model_name="libraryreport",
            name="verified_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diverifikasi oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicalreportsubmission",
            name="report",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.libraryreport",
                verbose_name="laporan",
            ),
        ),
        migrations.AddField(
            model_name="reportsubmission",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dibuat oleh",
            ),
        ),
        migrations.AddField(
            model_name="reportsubmission",
            name="report",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="villages.libraryreport",
                verbose_name="laporan",
            ),
        ),
        migrations.AddField(
            model_name="reportsubmission",
            name="updated_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diubah oleh",
            ),
        ),
        migrations.AddIndex(
            model_name="historicallibraryreport",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="villages_hi_id_cb966e_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicallibraryreport",
            index=models.Index(
                fields=["library", "history_date", "history_id"],
                name="villages_hi_library_fcad8c_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryreport",
            index=models.Index(
                fields=["year", "quarter_number", "province", "regency"],
                name="villages_report_quarter",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryreport",
            index=models.Index(
                fields=["province", "state", "submitted_at", "id"],
                name="villages_report_prov_state",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryreport",
            index=models.Index(
                fields=["state", "submitted_at", "id"], name="villages_report_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.UniqueConstraint(
                fields=("library", "year", "quarter_number"),
                name="villages_libraryreport_once_a_quarter",
                violation_error_message="Perpustakaan ini sudah punya laporan triwulan itu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quarter_number__gte", 1),
                    ("quarter_number__lte", 4),
                    ("year__gte", 2010),
                    ("year__lte", 2099),
                ),
                name="villages_libraryreport_quarter",
                violation_error_message="Triwulannya I sampai IV.",
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("reopen_reason", ""), ("return_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="villages_libraryreport_returned_with_reason",
                violation_error_message="Tuliskan alasannya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "verified"), _negated=True),
                    models.Q(("verified_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="villages_libraryreport_verified_by_another",
                violation_error_message="Yang memeriksa harus orang lain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="libraryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("story", ""),
                    ("story_consent", True),
                    models.Q(("state__in", ["submitted", "verified"]), _negated=True),
                    _connector="OR",
                ),
                name="villages_libraryreport_story_with_consent",
                violation_error_message="Kisah dikirim bila yang diceritakan setuju.",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalreportsubmission",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="villages_hi_id_1e06ce_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalreportsubmission",
            index=models.Index(
                fields=["report", "history_date", "history_id"],
                name="villages_hi_report__8afe8a_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsubmission",
            constraint=models.UniqueConstraint(
                fields=("report", "number"),
                name="villages_reportsubmission_number_once",
                violation_error_message="Kiriman dengan nomor ini sudah ada.",
            ),
        ),
    ]
