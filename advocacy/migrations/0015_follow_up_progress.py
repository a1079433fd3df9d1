import uuid

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sinergi.kit.uploads
from sinergi.kit.migrations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0014_minutes_taken_back"),
        ("programs", "0012_paper_of_approved_plans"),
        ("villages", "0009_shelf_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="FollowUpNote",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="dibuat pada"),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="diubah pada"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versi")),
                        ("client_key", models.UUIDField(editable=False, null=True, unique=True, verbose_name="kunci kiriman")),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="kunci berkas")),
                        ("content_type", models.CharField(blank=True, editable=False, max_length=50, verbose_name="tipe isi")),
                        (
                            "original_name",
                            models.CharField(blank=True, editable=False, max_length=120, verbose_name="nama berkas"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("progress", "Perkembangan"), ("closed", "Diselesaikan"), ("reopened", "Dibuka lagi")],
                                default="progress",
                                editable=False,
                                max_length=10,
                                verbose_name="jenis",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="catatan")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="tenggat baru")),
                        (
                            "file",
                            models.FileField(
                                blank=True, editable=False, upload_to=sinergi.kit.uploads.random_path, verbose_name="bukti"
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
                            "followup",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to="advocacy.followup",
                                verbose_name="tindak lanjut",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programs.person",
                                verbose_name="dipegang oleh",
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
                        "verbose_name": "perkembangan tindak lanjut",
                        "verbose_name_plural": "perkembangan tindak lanjut",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="advocacy_followupnote_says_something",
                                violation_error_message="Tuliskan perkembangannya.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "progress"),
                                    models.Q(("due_on__isnull", True), ("person__isnull", True)),
                                    _connector="OR",
                                ),
                                name="advocacy_followupnote_moves_while_open",
                                violation_error_message="Tenggat dan orangnya berubah selama tindak lanjut terbuka.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalFollowUpNote",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="dibuat pada"),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="diubah pada"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versi")),
                        (
                            "key",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name="kunci berkas"),
                        ),
                        ("content_type", models.CharField(blank=True, editable=False, max_length=50, verbose_name="tipe isi")),
                        (
                            "original_name",
                            models.CharField(blank=True, editable=False, max_length=120, verbose_name="nama berkas"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("progress", "Perkembangan"), ("closed", "Diselesaikan"), ("reopened", "Dibuka lagi")],
                                default="progress",
                                editable=False,
                                max_length=10,
                                verbose_name="jenis",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="catatan")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="tenggat baru")),
                        ("file", models.TextField(blank=True, editable=False, max_length=100, verbose_name="bukti")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                            "followup",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="advocacy.followup",
                                verbose_name="tindak lanjut",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programs.person",
                                verbose_name="dipegang oleh",
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
                        "verbose_name": "historical perkembangan tindak lanjut",
                        "verbose_name_plural": "historical perkembangan tindak lanjut",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(fields=["id", "history_date", "history_id"], name="advocacy_hi_id_fa0d6a_idx"),
                            models.Index(
                                fields=["followup", "history_date", "history_id"], name="advocacy_hi_followu_3bb4b2_idx"
                            ),
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="minuted_due_on",
                    field=models.DateField(editable=False, null=True, verbose_name="kapan, menurut notula"),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="minuted_person",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.person",
                        verbose_name="siapa, menurut notula",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalfollowup",
                    name="minuted_due_on",
                    field=models.DateField(editable=False, null=True, verbose_name="kapan, menurut notula"),
                ),
                migrations.AddField(
                    model_name="historicalfollowup",
                    name="minuted_person",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.person",
                        verbose_name="siapa, menurut notula",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="historicalfollowup",
            index=models.Index(condition=models.Q(("history_type", "-")), fields=["meeting"], name="advocacy_followup_gone"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minuted_due_on__isnull", True), ("minuted_person__isnull", True)),
                    models.Q(("minuted_due_on__isnull", False), ("minuted_person__isnull", False)),
                    _connector="OR",
                ),
                name="advocacy_followup_minuted_whole",
                violation_error_message="Siapa dan kapan menurut notula disimpan bersama.",
            ),
        ),
    ]
