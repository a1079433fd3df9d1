"""Expansion, step by step, and trainings."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0007_trips"),
        ("programs", "0004_activities_of_reports"),
        ("villages", "0008_report_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpansionCase",
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
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "Perpusnas"),
                            ("regency", "APBD kabupaten/kota"),
                            ("village", "APBDes"),
                            ("own", "Replikasi mandiri"),
                        ],
                        max_length=10,
                        verbose_name="sumber",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dibuat oleh",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.province",
                        verbose_name="provinsi",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.regency",
                        verbose_name="kabupaten/kota",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_cases",
                        to="programs.team",
                        verbose_name="tim",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diubah oleh",
                    ),
                ),
                (
                    "village",
                    models.OneToOneField(
                        editable=False,
                        error_messages={"unique": "Desa ini sudah punya catatan perluasan."},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_case",
                        to="villages.village",
                        verbose_name="desa/kelurahan",
                    ),
                ),
            ],
            options={
                "verbose_name": "perluasan",
                "verbose_name_plural": "perluasan",
                "ordering": ["village"],
                "permissions": [("move_expansioncase", "Dapat menaikkan tahap perluasan")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExpansionCase",
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
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "Perpusnas"),
                            ("regency", "APBD kabupaten/kota"),
                            ("village", "APBDes"),
                            ("own", "Replikasi mandiri"),
                        ],
                        max_length=10,
                        verbose_name="sumber",
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
                (
                    "created_by",
                    models.ForeignKey(
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
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
                (
                    "regency",
                    models.ForeignKey(
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
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.team",
                        verbose_name="tim",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
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
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        error_messages={"unique": "Desa ini sudah punya catatan perluasan."},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.village",
                        verbose_name="desa/kelurahan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical perluasan",
                "verbose_name_plural": "historical perluasan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTraining",
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
                ("title", models.CharField(max_length=150, verbose_name="nama bimtek")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategi pengembangan perpustakaan dan TIK"),
                            ("ict", "Literasi digital dan TIK"),
                            ("advocacy", "Advokasi dan kemitraan"),
                            ("other", "Materi lain"),
                        ],
                        max_length=10,
                        verbose_name="pokok materi",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tanggal")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="tempat")),
                (
                    "materials",
                    models.TextField(
                        blank=True,
                        help_text="Pokok bahasan, atau alamat bahannya.",
                        max_length=2000,
                        verbose_name="materi",
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
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Bimtek ini dihitung sebagai kemajuan kegiatan itu.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.plannedactivity",
                        verbose_name="kegiatan dalam rencana",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
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
                (
                    "regency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Kosong berarti untuk seluruh provinsi.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.regency",
                        verbose_name="kabupaten/kota",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.team",
                        verbose_name="tim",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "historical bimtek",
                "verbose_name_plural": "historical bimtek",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Training",
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
                ("title", models.CharField(max_length=150, verbose_name="nama bimtek")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategi pengembangan perpustakaan dan TIK"),
                            ("ict", "Literasi digital dan TIK"),
                            ("advocacy", "Advokasi dan kemitraan"),
                            ("other", "Materi lain"),
                        ],
                        max_length=10,
                        verbose_name="pokok materi",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tanggal")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="tempat")),
                (
                    "materials",
                    models.TextField(
                        blank=True,
                        help_text="Pokok bahasan, atau alamat bahannya.",
                        max_length=2000,
                        verbose_name="materi",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        help_text="Bimtek ini dihitung sebagai kemajuan kegiatan itu.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainings",
                        to="programs.plannedactivity",
                        verbose_name="kegiatan dalam rencana",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dibuat oleh",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.province",
                        verbose_name="provinsi",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Kosong berarti untuk seluruh provinsi.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.regency",
                        verbose_name="kabupaten/kota",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainings",
                        to="programs.team",
                        verbose_name="tim",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diubah oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "bimtek",
                "verbose_name_plural": "bimtek",
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTrainingParticipant",
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
                ("name", models.CharField(blank=True, max_length=150, verbose_name="nama")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Perempuan"), ("man", "Laki-laki")],
                        max_length=5,
                        verbose_name="jenis kelamin",
                    ),
                ),
                (
                    "women",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="perempuan"
                    ),
                ),
                (
                    "men",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="laki-laki"
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
                (
                    "created_by",
                    models.ForeignKey(
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
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
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.village",
                        verbose_name="desa",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.training",
                        verbose_name="bimtek",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical peserta bimtek",
                "verbose_name_plural": "historical peserta bimtek",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExpansionStep",
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
                (
                    "number",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="langkah"),
                ),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("candidate", "Calon"),
                            ("audience", "Audiensi"),
                            ("commitment", "Komitmen"),
                            ("budget", "Anggaran/SK"),
                            ("training", "Bimtek"),
                            ("running", "Berjalan"),
                            ("independent", "Mandiri"),
                            ("stopped", "Berhenti"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="dari tahap",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("candidate", "Calon"),
                            ("audience", "Audiensi"),
                            ("commitment", "Komitmen"),
                            ("budget", "Anggaran/SK"),
                            ("training", "Bimtek"),
                            ("running", "Berjalan"),
                            ("independent", "Mandiri"),
                            ("stopped", "Berhenti"),
                        ],
                        max_length=12,
                        verbose_name="tahap",
                    ),
                ),
                (
                    "is_backward",
                    models.BooleanField(default=False, editable=False, verbose_name="mundur"),
                ),
                ("reached_on", models.DateField(verbose_name="sejak tanggal")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="catatan")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("list", "Dari daftar peserta program"),
                            ("earlier", "Terjadi sebelum Sinergi dipakai"),
                            ("outside", "Dokumennya ada di luar Sinergi"),
                            ("spoken", "Baru disampaikan secara lisan"),
                            ("other", "Sebab lain, tertulis pada catatan"),
                        ],
                        max_length=10,
                        verbose_name="tanpa bukti karena",
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
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.expansioncase",
                        verbose_name="perluasan",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.commitment",
                        verbose_name="komitmen",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
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
                (
                    "decree",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.decree",
                        verbose_name="SK",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.meeting",
                        verbose_name="rapat atau audiensi",
                    ),
                ),
                (
                    "realisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.realisation",
                        verbose_name="realisasi",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.libraryreport",
                        verbose_name="laporan triwulan",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
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
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.training",
                        verbose_name="bimtek",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical langkah perluasan",
                "verbose_name_plural": "historical langkah perluasan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ExpansionStep",
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
                (
                    "number",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="langkah"),
                ),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("candidate", "Calon"),
                            ("audience", "Audiensi"),
                            ("commitment", "Komitmen"),
                            ("budget", "Anggaran/SK"),
                            ("training", "Bimtek"),
                            ("running", "Berjalan"),
                            ("independent", "Mandiri"),
                            ("stopped", "Berhenti"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="dari tahap",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("candidate", "Calon"),
                            ("audience", "Audiensi"),
                            ("commitment", "Komitmen"),
                            ("budget", "Anggaran/SK"),
                            ("training", "Bimtek"),
                            ("running", "Berjalan"),
                            ("independent", "Mandiri"),
                            ("stopped", "Berhenti"),
                        ],
                        max_length=12,
                        verbose_name="tahap",
                    ),
                ),
                (
                    "is_backward",
                    models.BooleanField(default=False, editable=False, verbose_name="mundur"),
                ),
                ("reached_on", models.DateField(verbose_name="sejak tanggal")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="catatan")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("list", "Dari daftar peserta program"),
                            ("earlier", "Terjadi sebelum Sinergi dipakai"),
                            ("outside", "Dokumennya ada di luar Sinergi"),
                            ("spoken", "Baru disampaikan secara lisan"),
                            ("other", "Sebab lain, tertulis pada catatan"),
                        ],
                        max_length=10,
                        verbose_name="tanpa bukti karena",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="advocacy.expansioncase",
                        verbose_name="perluasan",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="advocacy.commitment",
                        verbose_name="komitmen",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dibuat oleh",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="programs.decree",
                        verbose_name="SK",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="advocacy.meeting",
                        verbose_name="rapat atau audiensi",
                    ),
                ),
                (
                    "realisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="advocacy.realisation",
                        verbose_name="realisasi",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="villages.libraryreport",
                        verbose_name="laporan triwulan",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diubah oleh",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expansion_steps",
                        to="advocacy.training",
                        verbose_name="bimtek",
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah perluasan",
                "verbose_name_plural": "langkah perluasan",
                "ordering": ["case", "number"],
            },
        ),
        migrations.CreateModel(
            name="TrainingParticipant",
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
                ("name", models.CharField(blank=True, max_length=150, verbose_name="nama")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Perempuan"), ("man", "Laki-laki")],
                        max_length=5,
                        verbose_name="jenis kelamin",
                    ),
                ),
                (
                    "women",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="perempuan"
                    ),
                ),
                (
                    "men",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="laki-laki"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dibuat oleh",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="advocacy.training",
                        verbose_name="bimtek",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diubah oleh",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_participants",
                        to="villages.village",
                        verbose_name="desa",
                    ),
                ),
            ],
            options={
                "verbose_name": "peserta bimtek",
                "verbose_name_plural": "peserta bimtek",
                "ordering": ["training", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="expansioncase",
            index=models.Index(fields=["province", "regency"], name="advocacy_expansion_place"),
        ),
        migrations.AddIndex(
            model_name="expansioncase",
            index=models.Index(fields=["regency"], name="advocacy_expansion_regency"),
        ),
        migrations.AddIndex(
            model_name="historicalexpansioncase",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="advocacy_hi_id_201e2c_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicaltraining",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="advocacy_hi_id_2a9169_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="training",
            index=models.Index(fields=["-held_on", "-id"], name="advocacy_training_recent"),
        ),
        migrations.AddIndex(
            model_name="training",
            index=models.Index(
                fields=["province", "-held_on", "-id"], name="advocacy_training_prov_recent"
            ),
        ),
        migrations.AddIndex(
            model_name="historicaltrainingparticipant",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="advocacy_hi_id_5f2a37_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicaltrainingparticipant",
            index=models.Index(
                fields=["training", "history_date", "history_id"],
                name="advocacy_hi_trainin_5f5d2f_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalexpansionstep",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="advocacy_hi_id_6b4edd_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalexpansionstep",
            index=models.Index(
                fields=["case", "history_date", "history_id"], name="advocacy_hi_case_id_d9eeac_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="advocacy_expansionstep_number_once",
                violation_error_message="Langkah ini sudah tercatat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", True),
                        ("meeting__isnull", True),
                        ("realisation__isnull", True),
                        ("report__isnull", True),
                        ("training__isnull", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", True),
                        ("meeting__isnull", False),
                        ("realisation__isnull", True),
                        ("reason", ""),
                        ("report__isnull", True),
                        ("training__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", False),
                        ("decree__isnull", True),
                        ("meeting__isnull", True),
                        ("realisation__isnull", True),
                        ("reason", ""),
                        ("report__isnull", True),
                        ("training__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", True),
                        ("meeting__isnull", True),
                        ("realisation__isnull", False),
                        ("reason", ""),
                        ("report__isnull", True),
                        ("training__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", False),
                        ("meeting__isnull", True),
                        ("realisation__isnull", True),
                        ("reason", ""),
                        ("report__isnull", True),
                        ("training__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", True),
                        ("meeting__isnull", True),
                        ("realisation__isnull", True),
                        ("reason", ""),
                        ("report__isnull", True),
                        ("training__isnull", False),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("decree__isnull", True),
                        ("meeting__isnull", True),
                        ("realisation__isnull", True),
                        ("reason", ""),
                        ("report__isnull", False),
                        ("training__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="advocacy_expansionstep_evidence_or_reason",
                violation_error_message="Pilih satu bukti, atau sebab mengapa belum ada.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage", models.F("from_stage")), _negated=True),
                name="advocacy_expansionstep_moves",
                violation_error_message="Tahapnya sudah itu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_backward", False), models.Q(("stage", "stopped"), _negated=True)),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="advocacy_expansionstep_back_with_words",
                violation_error_message="Tuliskan sebabnya pada catatan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "other"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="advocacy_expansionstep_other_with_words",
                violation_error_message="Tuliskan sebabnya pada catatan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingparticipant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("name", ""), _negated=True),
                        ("men__isnull", True),
                        ("women__isnull", True),
                    ),
                    models.Q(
                        ("gender", ""),
                        ("name", ""),
                        models.Q(("women__isnull", False), ("men__isnull", False), _connector="OR"),
                        models.Q(("women__isnull", True), ("women__lte", 1000), _connector="OR"),
                        models.Q(("men__isnull", True), ("men__lte", 1000), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="advocacy_trainingparticipant_named_or_counted",
                violation_error_message="Tulis namanya, atau banyaknya; tidak keduanya.",
            ),
        ),
    ]
