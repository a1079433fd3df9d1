"""Visits, who went on them, their photographs, and what they say of recommendations."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sinergi.kit.migrations
import sinergi.kit.uploads


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0003_checklists"),
        ("programs", "0002_search"),
        ("villages", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        sinergi.kit.migrations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "updated_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="diubah pada",
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
                            "version",
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        (
                            "idempotency_key",
                            models.UUIDField(
                                editable=False, null=True, unique=True, verbose_name="kunci kiriman"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="programs.team",
                                verbose_name="tim",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.regency",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                        (
                            "library",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="villages.library",
                                verbose_name="perpustakaan",
                            ),
                        ),
                        ("visited_on", models.DateField(verbose_name="tanggal")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("mentoring", "Pendampingan"),
                                    ("monitoring", "Monitoring"),
                                    ("both", "Pendampingan dan monitoring"),
                                ],
                                max_length=10,
                                verbose_name="maksud kunjungan",
                            ),
                        ),
                        (
                            "met",
                            models.CharField(
                                blank=True,
                                help_text="Misalnya kepala desa dan pengelola perpustakaan.",
                                max_length=300,
                                verbose_name="bertemu dengan",
                            ),
                        ),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                help_text=(
                                    "Kunjungan yang terkirim dihitung sebagai kemajuan kegiatan "
                                    "ini."
                                ),
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="programs.plannedactivity",
                                verbose_name="kegiatan dalam rencana",
                            ),
                        ),
                        (
                            "checklist_version",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="advocacy.checklistversion",
                                verbose_name="daftar periksa",
                            ),
                        ),
                        (
                            "answers",
                            models.JSONField(
                                default=dict,
                                editable=False,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="jawaban",
                            ),
                        ),
                        (
                            "findings",
                            models.TextField(blank=True, max_length=5000, verbose_name="temuan"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draf"), ("sent", "Terkirim")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "photo_keys",
                            models.JSONField(
                                default=list, editable=False, verbose_name="foto yang diumumkan"
                            ),
                        ),
                        (
                            "kept",
                            models.JSONField(
                                editable=False, null=True, verbose_name="kata-kata saat dikirim"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="dikirim pada"
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dikirim oleh",
                            ),
                        ),
                        (
                            "reopened_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="dibuka kembali pada"
                            ),
                        ),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuka kembali oleh",
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
                        "verbose_name": "kunjungan",
                        "verbose_name_plural": "kunjungan",
                        "ordering": ["-visited_on", "-id"],
                        "permissions": [
                            ("send_visit", "Dapat mengirim kunjungan"),
                            ("reopen_visit", "Dapat membuka kembali kunjungan yang sudah dikirim"),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["-visited_on", "-id"], name="advocacy_visit_recent"
                            ),
                            models.Index(
                                fields=["province", "-visited_on", "-id"],
                                name="advocacy_visit_prov_recent",
                            ),
                            models.Index(
                                fields=["regency", "-visited_on", "-id"],
                                name="advocacy_visit_reg_recent",
                            ),
                            models.Index(
                                fields=["library", "-visited_on", "-id"],
                                name="advocacy_visit_library",
                            ),
                            models.Index(
                                condition=models.Q(("state", "draft")),
                                fields=["province", "-visited_on", "-id"],
                                name="advocacy_visit_prov_draft",
                            ),
                            models.Index(
                                condition=models.Q(("state", "draft")),
                                fields=["-visited_on", "-id"],
                                name="advocacy_visit_draft",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        ("sent_at__isnull", False), ("sent_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="advocacy_visit_sent_is_stamped",
                                violation_error_message=(
                                    "Kunjungan yang dikirim mencatat oleh siapa dan kapan."
                                ),
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kept__isnull", False), ("state", "sent")),
                                    models.Q(("state", "draft"), ("kept__isnull", True)),
                                    _connector="OR",
                                ),
                                name="advocacy_visit_sent_keeps_its_words",
                                violation_error_message=(
                                    "Kunjungan yang dikirim menyimpan kata-katanya saat itu."
                                ),
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reopened_at__isnull", True),
                                    models.Q(("reopen_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="advocacy_visit_reopened_with_reason",
                                violation_error_message="Tuliskan alasannya.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("regency__isnull", True),
                                    (
                                        "province_id",
                                        django.db.models.functions.text.Substr("regency_id", 1, 2),
                                    ),
                                    _connector="OR",
                                ),
                                name="advocacy_visit_regency_in_province",
                                violation_error_message=(
                                    "Kabupaten/kota ini tidak berada di provinsi tim."
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVisit",
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
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        ("visited_on", models.DateField(verbose_name="tanggal")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("mentoring", "Pendampingan"),
                                    ("monitoring", "Monitoring"),
                                    ("both", "Pendampingan dan monitoring"),
                                ],
                                max_length=10,
                                verbose_name="maksud kunjungan",
                            ),
                        ),
                        (
                            "met",
                            models.CharField(
                                blank=True,
                                help_text="Misalnya kepala desa dan pengelola perpustakaan.",
                                max_length=300,
                                verbose_name="bertemu dengan",
                            ),
                        ),
                        (
                            "answers",
                            models.JSONField(
                                default=dict,
                                editable=False,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="jawaban",
                            ),
                        ),
                        (
                            "findings",
                            models.TextField(blank=True, max_length=5000, verbose_name="temuan"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draf"), ("sent", "Terkirim")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "photo_keys",
                            models.JSONField(
                                default=list, editable=False, verbose_name="foto yang diumumkan"
                            ),
                        ),
                        (
                            "kept",
                            models.JSONField(
                                editable=False, null=True, verbose_name="kata-kata saat dikirim"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="dikirim pada"
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
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text=(
                                    "Kunjungan yang terkirim dihitung sebagai kemajuan kegiatan "
                                    "ini."
                                ),
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programs.plannedactivity",
                                verbose_name="kegiatan dalam rencana",
                            ),
                        ),
                        (
                            "checklist_version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="advocacy.checklistversion",
                                verbose_name="daftar periksa",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
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
                        (
                            "reopened_by",
                            models.ForeignKey(
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
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
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
                    ],
                    options={
                        "verbose_name": "historical kunjungan",
                        "verbose_name_plural": "historical kunjungan",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "history_date", "history_id"],
                                name="advocacy_hi_id_879a31_idx",
                            )
                        ],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="VisitAttendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "updated_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="diubah pada",
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
                            "version",
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        (
                            "idempotency_key",
                            models.UUIDField(
                                editable=False, null=True, unique=True, verbose_name="kunci kiriman"
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="urutan"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="programs.person",
                                verbose_name="orang",
                            ),
                        ),
                        (
                            "is_guest",
                            models.BooleanField(default=False, editable=False, verbose_name="tamu"),
                        ),
                        (
                            "name",
                            models.CharField(max_length=150, verbose_name="nama atau jabatan"),
                        ),
                        (
                            "institution",
                            models.CharField(blank=True, max_length=200, verbose_name="instansi"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True, editable=False, max_length=20, verbose_name="sektor"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=150, verbose_name="jabatan"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=50,
                                verbose_name="peran dalam tim",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                blank=True, editable=False, max_length=10, verbose_name="label"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "yang berkunjung",
                        "verbose_name_plural": "yang berkunjung",
                        "ordering": ["is_guest", "order", "pk"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("visit", "person"),
                                name="advocacy_visitattendance_once",
                                violation_error_message=(
                                    "Orang ini sudah ada dalam daftar yang berkunjung."
                                ),
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_guest", False),
                                    models.Q(("institution", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="advocacy_visitattendance_guest_has_institution",
                                violation_error_message="Isi instansi tamu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVisitAttendance",
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
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="urutan"
                            ),
                        ),
                        (
                            "is_guest",
                            models.BooleanField(default=False, editable=False, verbose_name="tamu"),
                        ),
                        (
                            "name",
                            models.CharField(max_length=150, verbose_name="nama atau jabatan"),
                        ),
                        (
                            "institution",
                            models.CharField(blank=True, max_length=200, verbose_name="instansi"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True, editable=False, max_length=20, verbose_name="sektor"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=150, verbose_name="jabatan"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=50,
                                verbose_name="peran dalam tim",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                blank=True, editable=False, max_length=10, verbose_name="label"
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programs.person",
                                verbose_name="orang",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
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
                    ],
                    options={
                        "verbose_name": "historical yang berkunjung",
                        "verbose_name_plural": "historical yang berkunjung",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "history_date", "history_id"],
                                name="advocacy_hi_id_bdb6c2_idx",
                            ),
                            models.Index(
                                fields=["visit", "history_date", "history_id"],
                                name="advocacy_hi_visit_i_b8452a_idx",
                            ),
                        ],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "updated_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="diubah pada",
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
                            "version",
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
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
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                                verbose_name="kunci berkas",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                editable=False,
                                upload_to=sinergi.kit.uploads.random_path,
                                verbose_name="berkas",
                            ),
                        ),
                        (
                            "content_type",
                            models.CharField(
                                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
                            ),
                        ),
                        (
                            "original_name",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=120,
                                verbose_name="nama berkas",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
                            ),
                        ),
                        (
                            "thumbnail",
                            models.FileField(
                                blank=True,
                                editable=False,
                                upload_to=sinergi.kit.uploads.random_path,
                                verbose_name="gambar kecil",
                            ),
                        ),
                        (
                            "size",
                            models.PositiveIntegerField(
                                editable=False, verbose_name="ukuran (bita)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "foto kunjungan",
                        "verbose_name_plural": "foto kunjungan",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVisitPhoto",
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
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
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
                            "file",
                            models.TextField(
                                blank=True, editable=False, max_length=100, verbose_name="berkas"
                            ),
                        ),
                        (
                            "content_type",
                            models.CharField(
                                blank=True, editable=False, max_length=50, verbose_name="tipe isi"
                            ),
                        ),
                        (
                            "original_name",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=120,
                                verbose_name="nama berkas",
                            ),
                        ),
                        (
                            "thumbnail",
                            models.TextField(
                                blank=True,
                                editable=False,
                                max_length=100,
                                verbose_name="gambar kecil",
                            ),
                        ),
                        (
                            "size",
                            models.PositiveIntegerField(
                                editable=False, verbose_name="ukuran (bita)"
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
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
                    ],
                    options={
                        "verbose_name": "historical foto kunjungan",
                        "verbose_name_plural": "historical foto kunjungan",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "history_date", "history_id"],
                                name="advocacy_hi_id_270d6a_idx",
                            ),
                            models.Index(
                                fields=["visit", "history_date", "history_id"],
                                name="advocacy_hi_visit_i_788933_idx",
                            ),
                        ],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RecommendationAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "updated_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="diubah pada",
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
                            "version",
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        (
                            "idempotency_key",
                            models.UUIDField(
                                editable=False, null=True, unique=True, verbose_name="kunci kiriman"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendation_answers",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
                            ),
                        ),
                        (
                            "followup",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_answers",
                                to="advocacy.followup",
                                verbose_name="rekomendasi",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "Selesai"),
                                    ("open", "Masih terbuka"),
                                    ("dropped", "Tidak perlu lagi"),
                                ],
                                max_length=10,
                                verbose_name="jawaban",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="yang terlihat"
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="tenggat baru"),
                        ),
                    ],
                    options={
                        "verbose_name": "jawaban rekomendasi",
                        "verbose_name_plural": "jawaban rekomendasi",
                        "ordering": ["visit", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "followup"),
                                name="advocacy_recommendationanswer_once",
                                violation_error_message=(
                                    "Rekomendasi ini sudah dijawab dalam kunjungan ini."
                                ),
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True), ("answer", "open"), _connector="OR"
                                ),
                                name="advocacy_recommendationanswer_moves_while_open",
                                violation_error_message=(
                                    "Tenggat baru hanya untuk yang masih terbuka."
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRecommendationAnswer",
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
                            models.PositiveIntegerField(
                                default=1, editable=False, verbose_name="versi"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "Selesai"),
                                    ("open", "Masih terbuka"),
                                    ("dropped", "Tidak perlu lagi"),
                                ],
                                max_length=10,
                                verbose_name="jawaban",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="yang terlihat"
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="tenggat baru"),
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="advocacy.visit",
                                verbose_name="kunjungan",
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
                                verbose_name="rekomendasi",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
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
                    ],
                    options={
                        "verbose_name": "historical jawaban rekomendasi",
                        "verbose_name_plural": "historical jawaban rekomendasi",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "history_date", "history_id"],
                                name="advocacy_hi_id_5e3609_idx",
                            ),
                            models.Index(
                                fields=["visit", "history_date", "history_id"],
                                name="advocacy_hi_visit_i_81f695_idx",
                            ),
                        ],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
