"""The thresholds of scores, year by year."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0003_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ThresholdSet",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "green_from",
                    models.PositiveSmallIntegerField(
                        default=80,
                        help_text="Persen bobot yang diketahui.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="hijau mulai",
                    ),
                ),
                (
                    "yellow_from",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="Di bawahnya merah.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="kuning mulai",
                    ),
                ),
                (
                    "minimum",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="Bila kurang: tidak ada data.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="paling sedikit diketahui",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draf"), ("published", "Ditetapkan")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="ditetapkan pada"),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, editable=False, max_length=2000, verbose_name="alasan"
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.province",
                        verbose_name="provinsi",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ditetapkan oleh",
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
                "verbose_name": "ambang capaian",
                "verbose_name_plural": "ambang capaian",
                "ordering": ["-year", "province"],
                "permissions": [("publish_thresholdset", "Dapat menetapkan ambang capaian")],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
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
                    "indicator",
                    models.CharField(
                        choices=[
                            ("titles", "Judul koleksi"),
                            ("opening_hours", "Jam buka sepekan"),
                            ("online_computers", "Komputer tersambung internet"),
                            ("trained_staff", "Pengelola yang sudah bimtek"),
                            ("visitors", "Pengunjung per bulan"),
                            ("participants", "Peserta per kegiatan"),
                            ("ict_users", "Pengguna komputer dan internet per bulan"),
                            ("loans", "Buku dipinjam per bulan"),
                            ("village_budget", "Anggaran desa yang cair"),
                            ("partners", "Mitra yang membantu"),
                            ("policies", "Kebijakan tertulis"),
                            ("media", "Publikasi media"),
                            ("visits", "Kunjungan tim yang tercatat"),
                        ],
                        editable=False,
                        max_length=30,
                        verbose_name="indikator",
                    ),
                ),
                (
                    "green",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hijau mulai",
                    ),
                ),
                (
                    "yellow",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="kuning mulai",
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="bobot",
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
                    "threshold_set",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thresholds",
                        to="villages.thresholdset",
                        verbose_name="ambang",
                    ),
                ),
            ],
            options={
                "verbose_name": "ambang indikator",
                "verbose_name_plural": "ambang indikator",
                "ordering": ["threshold_set", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalThreshold",
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
                    "indicator",
                    models.CharField(
                        choices=[
                            ("titles", "Judul koleksi"),
                            ("opening_hours", "Jam buka sepekan"),
                            ("online_computers", "Komputer tersambung internet"),
                            ("trained_staff", "Pengelola yang sudah bimtek"),
                            ("visitors", "Pengunjung per bulan"),
                            ("participants", "Peserta per kegiatan"),
                            ("ict_users", "Pengguna komputer dan internet per bulan"),
                            ("loans", "Buku dipinjam per bulan"),
                            ("village_budget", "Anggaran desa yang cair"),
                            ("partners", "Mitra yang membantu"),
                            ("policies", "Kebijakan tertulis"),
                            ("media", "Publikasi media"),
                            ("visits", "Kunjungan tim yang tercatat"),
                        ],
                        editable=False,
                        max_length=30,
                        verbose_name="indikator",
                    ),
                ),
                (
                    "green",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hijau mulai",
                    ),
                ),
                (
                    "yellow",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="kuning mulai",
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="bobot",
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
                    "threshold_set",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.thresholdset",
                        verbose_name="ambang",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical ambang indikator",
                "verbose_name_plural": "historical ambang indikator",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalThresholdSet",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "green_from",
                    models.PositiveSmallIntegerField(
                        default=80,
                        help_text="Persen bobot yang diketahui.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="hijau mulai",
                    ),
                ),
                (
                    "yellow_from",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="Di bawahnya merah.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="kuning mulai",
                    ),
                ),
                (
                    "minimum",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="Bila kurang: tidak ada data.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="paling sedikit diketahui",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draf"), ("published", "Ditetapkan")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="ditetapkan pada"),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, editable=False, max_length=2000, verbose_name="alasan"
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.province",
                        verbose_name="provinsi",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ditetapkan oleh",
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
                "verbose_name": "historical ambang capaian",
                "verbose_name_plural": "historical ambang capaian",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_b28d6e_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="thresholdset",
            constraint=models.UniqueConstraint(
                fields=("province", "year"),
                name="villages_thresholdset_once_a_year",
                violation_error_message="Ambang tahun itu sudah ada.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("province__isnull", True)),
                fields=("year",),
                name="villages_thresholdset_shared_once_a_year",
                violation_error_message="Ambang tahun itu sudah ada.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdset",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2010), ("year__lte", 2099)),
                name="villages_thresholdset_year",
                violation_error_message="Tahunnya antara 2010 dan 2099.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("green_from__lte", 100),
                    ("yellow_from__gte", 1),
                    ("green_from__gt", models.F("yellow_from")),
                    ("minimum__gte", 1),
                    ("minimum__lte", 100),
                ),
                name="villages_thresholdset_percents",
                violation_error_message="Kuning mulai di bawah hijau, semua 1 sampai 100 persen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="villages_thresholdset_published_with_reason",
                violation_error_message="Tuliskan alasannya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.UniqueConstraint(
                fields=("threshold_set", "indicator"),
                name="villages_threshold_once_a_set",
                violation_error_message="Indikator ini sudah ada.",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "indicator__in",
                        [
                            "titles",
                            "opening_hours",
                            "online_computers",
                            "trained_staff",
                            "visitors",
                            "participants",
                            "ict_users",
                            "loans",
                            "village_budget",
                            "partners",
                            "policies",
                            "media",
                            "visits",
                        ],
                    )
                ),
                name="villages_threshold_indicator",
                violation_error_message="Indikator ini tidak dikenal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("green__gte", 0),
                    ("weight__gte", 0),
                    ("weight__lte", 100),
                    ("yellow__gte", 0),
                    models.Q(
                        models.Q(("green__lt", 1000000000), ("yellow__lt", 1000000000)),
                        ("indicator__in", ["village_budget"]),
                        _connector="OR",
                    ),
                ),
                name="villages_threshold_values",
                violation_error_message="Batasnya tidak kurang dari 0, bobotnya 0 sampai 100.",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalthreshold",
            index=models.Index(
                fields=["id", "history_date", "history_id"], name="villages_hi_id_90468b_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalthreshold",
            index=models.Index(
                fields=["threshold_set", "history_date", "history_id"],
                name="villages_hi_thresho_487d80_idx",
            ),
        ),
    ]
