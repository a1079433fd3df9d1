"""What a team changes of its reminders, and which of them it has put off."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0019_letters_kept"),
        ("programs", "0008_word_templates"),
        ("villages", "0009_reference_titles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CadenceRule",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Rapat internal"),
                            ("stakeholder", "Pertemuan pemangku kepentingan"),
                            ("audience", "Audiensi"),
                            ("visit", "Kunjungan perpustakaan"),
                            ("report", "Laporan triwulan"),
                            ("decree", "Masa berlaku SK"),
                            ("partnership", "Masa berlaku kerja sama"),
                            ("plan", "Pengajuan rencana kerja"),
                            ("case", "Kemajuan sasaran advokasi"),
                            ("commitment", "Tenggat komitmen"),
                            ("expansion", "Kemajuan perluasan"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="pengingat",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="sedikitnya sekali setiap (bulan)",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        blank=True,
                        help_text=(
                            "Kosong berarti sejak yang terakhir, atau sejak tim dibentuk bila"
                            " belum ada."
                        ),
                        null=True,
                        verbose_name="dihitung sejak",
                    ),
                ),
                (
                    "warn_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(180)],
                        verbose_name="diingatkan sebelumnya (hari)",
                    ),
                ),
                ("for_secretariat", models.BooleanField(default=False, verbose_name="Sekretariat")),
                ("for_chair", models.BooleanField(default=False, verbose_name="Ketua Tim")),
                ("for_members", models.BooleanField(default=False, verbose_name="Anggota Tim")),
                (
                    "for_officers",
                    models.BooleanField(default=False, verbose_name="Petugas Kabupaten/Kota"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="diingatkan")),
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
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadence_rules",
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
                "verbose_name": "irama tim",
                "verbose_name_plural": "irama tim",
                "ordering": ["team", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "kind"),
                        name="advocacy_cadencerule_once",
                        violation_error_message=(
                            "Pengingat ini baru saja diatur orang lain. Buka lagi halamannya."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("internal", "stakeholder", "audience")),
                                ("months__gte", 1),
                                ("months__isnull", False),
                                ("months__lte", 24),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ("internal", "stakeholder", "audience")),
                                    _negated=True,
                                ),
                                ("months__isnull", True),
                                ("starts_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="advocacy_cadencerule_months_of_meetings",
                        violation_error_message="Isi jaraknya, 1 sampai 24 bulan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("case", "commitment", "expansion")),
                                ("warn_days__isnull", True),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ("case", "commitment", "expansion")), _negated=True
                                ),
                                ("warn_days__isnull", False),
                                ("warn_days__lte", 180),
                            ),
                            _connector="OR",
                        ),
                        name="advocacy_cadencerule_warning",
                        violation_error_message="Isi harinya, 0 sampai 180.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months__isnull", True),
                            (
                                "warn_days__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("months"), "*", models.Value(28)
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="advocacy_cadencerule_warning_within_months",
                        violation_error_message="Peringatan harus lebih pendek daripada jaraknya.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("for_secretariat", True),
                            ("for_chair", True),
                            ("for_members", True),
                            ("for_officers", True),
                            _connector="OR",
                        ),
                        name="advocacy_cadencerule_for_somebody",
                        violation_error_message="Pilih siapa yang diingatkan.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CadenceSnooze",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Rapat internal"),
                            ("stakeholder", "Pertemuan pemangku kepentingan"),
                            ("audience", "Audiensi"),
                            ("visit", "Kunjungan perpustakaan"),
                            ("report", "Laporan triwulan"),
                            ("decree", "Masa berlaku SK"),
                            ("partnership", "Masa berlaku kerja sama"),
                            ("plan", "Pengajuan rencana kerja"),
                            ("case", "Kemajuan sasaran advokasi"),
                            ("commitment", "Tenggat komitmen"),
                            ("expansion", "Kemajuan perluasan"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="pengingat",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="penundaan ke"
                    ),
                ),
                ("starts_on", models.DateField(editable=False, verbose_name="ditunda pada")),
                ("until", models.DateField(verbose_name="ingatkan lagi")),
                (
                    "reason",
                    models.CharField(max_length=300, verbose_name="alasan, terlihat oleh tim"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="diakhiri pada"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="advocacy.advocacycase",
                        verbose_name="sasaran advokasi",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="programs.decree",
                        verbose_name="SK",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diakhiri oleh",
                    ),
                ),
                (
                    "expansion",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="advocacy.expansioncase",
                        verbose_name="perluasan",
                    ),
                ),
                (
                    "library",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="villages.library",
                        verbose_name="perpustakaan",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="advocacy.partnership",
                        verbose_name="kerja sama",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadence_snoozes",
                        to="programs.workplan",
                        verbose_name="rencana kerja",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadence_snoozes",
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
                "verbose_name": "penundaan pengingat",
                "verbose_name_plural": "penundaan pengingat",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["team", "until"], name="advocacy_cadencesnooze_until")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("kind__in", ["visit", "report"]),
                                ("library__isnull", False),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", False),
                                ("expansion__isnull", True),
                                ("kind__in", ["decree"]),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("kind__in", ["partnership"]),
                                ("library__isnull", True),
                                ("partnership__isnull", False),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("kind__in", ["plan"]),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", False),
                            ),
                            models.Q(
                                ("case__isnull", False),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("kind__in", ["case"]),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", False),
                                ("decree__isnull", True),
                                ("expansion__isnull", True),
                                ("kind__in", ["commitment"]),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("commitment__isnull", True),
                                ("decree__isnull", True),
                                ("expansion__isnull", False),
                                ("kind__in", ["expansion"]),
                                ("library__isnull", True),
                                ("partnership__isnull", True),
                                ("plan__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="advocacy_cadencesnooze_one_subject",
                        violation_error_message=(
                            "Penundaan ini untuk satu hal, sesuai pengingatnya."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("starts_on"))),
                        name="advocacy_cadencesnooze_until_later",
                        violation_error_message="Pilih tanggal sesudah hari ini.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="advocacy_cadencesnooze_with_reason",
                        violation_error_message="Tuliskan alasannya.",
                    ),
                    models.UniqueConstraint(
                        models.F("team"),
                        models.F("kind"),
                        models.F("number"),
                        django.db.models.functions.comparison.Coalesce(
                            "library",
                            "decree",
                            "partnership",
                            "plan",
                            "case",
                            "commitment",
                            "expansion",
                            0,
                            output_field=models.BigIntegerField(),
                        ),
                        name="advocacy_cadencesnooze_number_once",
                        violation_error_message=(
                            "Pengingat ini baru saja ditunda orang lain. Baca alasannya, lalu"
                            " putuskan."
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCadenceRule",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Rapat internal"),
                            ("stakeholder", "Pertemuan pemangku kepentingan"),
                            ("audience", "Audiensi"),
                            ("visit", "Kunjungan perpustakaan"),
                            ("report", "Laporan triwulan"),
                            ("decree", "Masa berlaku SK"),
                            ("partnership", "Masa berlaku kerja sama"),
                            ("plan", "Pengajuan rencana kerja"),
                            ("case", "Kemajuan sasaran advokasi"),
                            ("commitment", "Tenggat komitmen"),
                            ("expansion", "Kemajuan perluasan"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="pengingat",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="sedikitnya sekali setiap (bulan)",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        blank=True,
                        help_text=(
                            "Kosong berarti sejak yang terakhir, atau sejak tim dibentuk bila"
                            " belum ada."
                        ),
                        null=True,
                        verbose_name="dihitung sejak",
                    ),
                ),
                (
                    "warn_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(180)],
                        verbose_name="diingatkan sebelumnya (hari)",
                    ),
                ),
                ("for_secretariat", models.BooleanField(default=False, verbose_name="Sekretariat")),
                ("for_chair", models.BooleanField(default=False, verbose_name="Ketua Tim")),
                ("for_members", models.BooleanField(default=False, verbose_name="Anggota Tim")),
                (
                    "for_officers",
                    models.BooleanField(default=False, verbose_name="Petugas Kabupaten/Kota"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="diingatkan")),
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
                "verbose_name": "historical irama tim",
                "verbose_name_plural": "historical irama tim",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_1569c6_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCadenceSnooze",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Rapat internal"),
                            ("stakeholder", "Pertemuan pemangku kepentingan"),
                            ("audience", "Audiensi"),
                            ("visit", "Kunjungan perpustakaan"),
                            ("report", "Laporan triwulan"),
                            ("decree", "Masa berlaku SK"),
                            ("partnership", "Masa berlaku kerja sama"),
                            ("plan", "Pengajuan rencana kerja"),
                            ("case", "Kemajuan sasaran advokasi"),
                            ("commitment", "Tenggat komitmen"),
                            ("expansion", "Kemajuan perluasan"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="pengingat",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="penundaan ke"
                    ),
                ),
                ("starts_on", models.DateField(editable=False, verbose_name="ditunda pada")),
                ("until", models.DateField(verbose_name="ingatkan lagi")),
                (
                    "reason",
                    models.CharField(max_length=300, verbose_name="alasan, terlihat oleh tim"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="diakhiri pada"),
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
                        to="advocacy.advocacycase",
                        verbose_name="sasaran advokasi",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.decree",
                        verbose_name="SK",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diakhiri oleh",
                    ),
                ),
                (
                    "expansion",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "library",
                    models.ForeignKey(
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
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.partnership",
                        verbose_name="kerja sama",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.workplan",
                        verbose_name="rencana kerja",
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
                "verbose_name": "historical penundaan pengingat",
                "verbose_name_plural": "historical penundaan pengingat",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_5f0036_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
