"""Word templates of a team: of each document one is in use, the others are kept."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sinergi.kit.uploads


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0007_team_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalWordTemplate",
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
                    "key",
                    models.UUIDField(
                        db_index=True,
                        default=uuid.uuid4,
                        editable=False,
                        verbose_name="kunci berkas",
                    ),
                ),
                (
                    "original_name",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="nama berkas"
                    ),
                ),
                (
                    "document",
                    models.CharField(editable=False, max_length=50, verbose_name="naskah"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Apa yang berbeda, misalnya kop baru dengan lambang.",
                        max_length=200,
                        verbose_name="catatan",
                    ),
                ),
                (
                    "file",
                    models.TextField(editable=False, max_length=100, verbose_name="berkas Word"),
                ),
                (
                    "content_type",
                    models.CharField(
                        blank=True, editable=False, max_length=80, verbose_name="tipe isi"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Belum dipakai"),
                            ("in_use", "Dipakai"),
                            ("withdrawn", "Tidak dipakai lagi"),
                        ],
                        default="uploaded",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dipakai sejak"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dihentikan pada"),
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
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dipakai oleh",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dihentikan oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical templat Word",
                "verbose_name_plural": "historical templat Word",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_d503e0_idx",
                    ),
                    models.Index(
                        fields=["team", "history_date", "history_id"],
                        name="programs_hi_team_id_50a435_idx",
                    ),
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="WordTemplate",
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
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="kunci berkas"
                    ),
                ),
                (
                    "original_name",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="nama berkas"
                    ),
                ),
                (
                    "document",
                    models.CharField(editable=False, max_length=50, verbose_name="naskah"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Apa yang berbeda, misalnya kop baru dengan lambang.",
                        max_length=200,
                        verbose_name="catatan",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        editable=False,
                        upload_to=sinergi.kit.uploads.random_path,
                        verbose_name="berkas Word",
                    ),
                ),
                (
                    "content_type",
                    models.CharField(
                        blank=True, editable=False, max_length=80, verbose_name="tipe isi"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Belum dipakai"),
                            ("in_use", "Dipakai"),
                            ("withdrawn", "Tidak dipakai lagi"),
                        ],
                        default="uploaded",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dipakai sejak"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dihentikan pada"),
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
                    "team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="word_templates",
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
                    "used_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dipakai oleh",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dihentikan oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "templat Word",
                "verbose_name_plural": "templat Word",
                "ordering": ["team", "document", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_use")),
                        fields=("team", "document"),
                        name="programs_wordtemplate_one_in_use",
                        violation_error_message="Templat lain sudah dipakai. Muat ulang.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "uploaded"), ("used_at__isnull", True)),
                            models.Q(
                                ("state__in", ["in_use", "withdrawn"]), ("used_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="programs_wordtemplate_used_stamped",
                        violation_error_message="Yang dipakai mencatat sejak kapan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                        ),
                        name="programs_wordtemplate_has_file",
                        violation_error_message="Pilih berkas Word-nya.",
                    ),
                ],
            },
        ),
    ]
