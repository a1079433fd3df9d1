import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import programs.names
import simple_history.models
import sinergi.kit.periods
import sinergi.kit.phones
import sinergi.kit.uploads
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0001_initial"),
        ("villages", "0003_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="AccountEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Diundang"),
                            ("linked", "Dibuatkan tautan kata sandi"),
                            ("disabled", "Dinonaktifkan"),
                            ("enabled", "Diaktifkan lagi"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="kejadian",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, max_length=2000, verbose_name="alasan")),
            ],
            options={
                "verbose_name": "kejadian akun",
                "verbose_name_plural": "kejadian akun",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Decree",
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
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("office", "Tingkat dinas"),
                            ("governor", "Tingkat provinsi"),
                            ("national", "Tingkat nasional"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="tingkat",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        help_text="Jabatan, misalnya Gubernur Kepulauan Bangka Belitung.",
                        max_length=200,
                        verbose_name="yang menetapkan",
                    ),
                ),
                ("about", models.CharField(max_length=300, verbose_name="tentang")),
                (
                    "considerations",
                    models.TextField(
                        blank=True,
                        help_text="Satu butir per baris, tanpa huruf a, b, c.",
                        max_length=10000,
                        verbose_name="menimbang",
                    ),
                ),
                (
                    "legal_basis",
                    models.TextField(
                        blank=True,
                        help_text="Satu peraturan per baris, tanpa nomor.",
                        max_length=10000,
                        verbose_name="mengingat",
                    ),
                ),
                (
                    "diktum",
                    models.TextField(
                        blank=True,
                        help_text="Satu diktum per baris, tanpa KESATU, KEDUA. Biaya dan masa berlaku ditambahkan otomatis.",
                        max_length=20000,
                        verbose_name="diktum",
                    ),
                ),
                (
                    "cost_charged_to",
                    models.CharField(
                        blank=True,
                        help_text="Misalnya APBD Provinsi tahun anggaran 2019.",
                        max_length=300,
                        verbose_name="biaya dibebankan pada",
                    ),
                ),
                (
                    "roster_on",
                    models.DateField(help_text="Lampiran memuat anggota pada tanggal ini.", verbose_name="susunan tim per"),
                ),
                ("submit_by", models.DateField(blank=True, null=True, verbose_name="target diajukan")),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target ditetapkan")),
                ("number", models.CharField(blank=True, editable=False, max_length=100, verbose_name="nomor")),
                ("signed_on", models.DateField(editable=False, null=True, verbose_name="ditetapkan pada")),
                ("signed_in", models.CharField(blank=True, editable=False, max_length=100, verbose_name="ditetapkan di")),
                ("signer", models.CharField(blank=True, editable=False, max_length=150, verbose_name="nama penanda tangan")),
                ("effective_from", models.DateField(editable=False, null=True, verbose_name="berlaku sejak")),
                ("effective_until", models.DateField(editable=False, null=True, verbose_name="berlaku sampai")),
                (
                    "in_force_until",
                    models.DateField(
                        editable=False,
                        help_text="Masa berlakunya, atau hari sebelum dicabut.",
                        null=True,
                        verbose_name="hari terakhir berlaku",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="kunci berkas")),
                (
                    "file",
                    models.FileField(
                        blank=True, editable=False, upload_to=sinergi.kit.uploads.random_path, verbose_name="pindaian"
                    ),
                ),
                ("content_type", models.CharField(blank=True, editable=False, max_length=50, verbose_name="tipe isi")),
                ("original_name", models.CharField(blank=True, editable=False, max_length=120, verbose_name="nama berkas")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "Draf"),
                            ("submitted", "Diajukan"),
                            ("signed", "Ditetapkan"),
                            ("revoked", "Dicabut"),
                        ],
                        default="drafting",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="draf ke")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="diajukan pada")),
                ("returned_at", models.DateTimeField(editable=False, null=True, verbose_name="dikembalikan pada")),
                (
                    "return_reason",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="yang perlu diperbaiki"),
                ),
                ("recorded_at", models.DateTimeField(editable=False, null=True, verbose_name="penetapan dicatat pada")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="pencabutan dicatat pada")),
                (
                    "revoke_reason",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="dasar pencabutan"),
                ),
            ],
            options={
                "verbose_name": "SK",
                "verbose_name_plural": "SK",
                "ordering": ["-pk"],
                "permissions": [
                    ("submit_decree", "Dapat mengajukan draf SK dan menariknya kembali"),
                    ("sign_decree", "Dapat mencatat penetapan SK"),
                    ("revoke_decree", "Dapat mencatat pencabutan SK"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecreeMember",
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
                ("order", models.PositiveSmallIntegerField(editable=False, verbose_name="urutan")),
                ("name", models.CharField(editable=False, max_length=150, verbose_name="nama")),
                ("position", models.CharField(blank=True, editable=False, max_length=150, verbose_name="jabatan")),
                ("institution_name", models.CharField(editable=False, max_length=200, verbose_name="instansi")),
                ("role", models.CharField(editable=False, max_length=60, verbose_name="kedudukan dalam tim")),
            ],
            options={
                "verbose_name": "lampiran SK",
                "verbose_name_plural": "lampiran SK",
                "ordering": ["decree", "order"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAccountEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Diundang"),
                            ("linked", "Dibuatkan tautan kata sandi"),
                            ("disabled", "Dinonaktifkan"),
                            ("enabled", "Diaktifkan lagi"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="kejadian",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, max_length=2000, verbose_name="alasan")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical kejadian akun",
                "verbose_name_plural": "historical kejadian akun",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDecree",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("office", "Tingkat dinas"),
                            ("governor", "Tingkat provinsi"),
                            ("national", "Tingkat nasional"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="tingkat",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        help_text="Jabatan, misalnya Gubernur Kepulauan Bangka Belitung.",
                        max_length=200,
                        verbose_name="yang menetapkan",
                    ),
                ),
                ("about", models.CharField(max_length=300, verbose_name="tentang")),
                (
                    "considerations",
                    models.TextField(
                        blank=True,
                        help_text="Satu butir per baris, tanpa huruf a, b, c.",
                        max_length=10000,
                        verbose_name="menimbang",
                    ),
                ),
                (
                    "legal_basis",
                    models.TextField(
                        blank=True,
                        help_text="Satu peraturan per baris, tanpa nomor.",
                        max_length=10000,
                        verbose_name="mengingat",
                    ),
                ),
                (
                    "diktum",
                    models.TextField(
                        blank=True,
                        help_text="Satu diktum per baris, tanpa KESATU, KEDUA. Biaya dan masa berlaku ditambahkan otomatis.",
                        max_length=20000,
                        verbose_name="diktum",
                    ),
                ),
                (
                    "cost_charged_to",
                    models.CharField(
                        blank=True,
                        help_text="Misalnya APBD Provinsi tahun anggaran 2019.",
                        max_length=300,
                        verbose_name="biaya dibebankan pada",
                    ),
                ),
                (
                    "roster_on",
                    models.DateField(help_text="Lampiran memuat anggota pada tanggal ini.", verbose_name="susunan tim per"),
                ),
                ("submit_by", models.DateField(blank=True, null=True, verbose_name="target diajukan")),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target ditetapkan")),
                ("number", models.CharField(blank=True, editable=False, max_length=100, verbose_name="nomor")),
                ("signed_on", models.DateField(editable=False, null=True, verbose_name="ditetapkan pada")),
                ("signed_in", models.CharField(blank=True, editable=False, max_length=100, verbose_name="ditetapkan di")),
                ("signer", models.CharField(blank=True, editable=False, max_length=150, verbose_name="nama penanda tangan")),
                ("effective_from", models.DateField(editable=False, null=True, verbose_name="berlaku sejak")),
                ("effective_until", models.DateField(editable=False, null=True, verbose_name="berlaku sampai")),
                (
                    "in_force_until",
                    models.DateField(
                        editable=False,
                        help_text="Masa berlakunya, atau hari sebelum dicabut.",
                        null=True,
                        verbose_name="hari terakhir berlaku",
                    ),
                ),
                ("key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name="kunci berkas")),
                ("file", models.TextField(blank=True, editable=False, max_length=100, verbose_name="pindaian")),
                ("content_type", models.CharField(blank=True, editable=False, max_length=50, verbose_name="tipe isi")),
                ("original_name", models.CharField(blank=True, editable=False, max_length=120, verbose_name="nama berkas")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "Draf"),
                            ("submitted", "Diajukan"),
                            ("signed", "Ditetapkan"),
                            ("revoked", "Dicabut"),
                        ],
                        default="drafting",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="draf ke")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="diajukan pada")),
                ("returned_at", models.DateTimeField(editable=False, null=True, verbose_name="dikembalikan pada")),
                (
                    "return_reason",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="yang perlu diperbaiki"),
                ),
                ("recorded_at", models.DateTimeField(editable=False, null=True, verbose_name="penetapan dicatat pada")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="pencabutan dicatat pada")),
                (
                    "revoke_reason",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="dasar pencabutan"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical SK",
                "verbose_name_plural": "historical SK",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDecreeMember",
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
                ("order", models.PositiveSmallIntegerField(editable=False, verbose_name="urutan")),
                ("name", models.CharField(editable=False, max_length=150, verbose_name="nama")),
                ("position", models.CharField(blank=True, editable=False, max_length=150, verbose_name="jabatan")),
                ("institution_name", models.CharField(editable=False, max_length=200, verbose_name="instansi")),
                ("role", models.CharField(editable=False, max_length=60, verbose_name="kedudukan dalam tim")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical lampiran SK",
                "verbose_name_plural": "historical lampiran SK",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMerge",
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
                ("removed_id", models.PositiveBigIntegerField(editable=False, verbose_name="nomor yang dilebur")),
                ("removed_name", models.CharField(editable=False, max_length=200, verbose_name="nama yang dilebur")),
                (
                    "moved",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="Jenis data → berapa baris.",
                        verbose_name="rujukan yang dipindahkan",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical penggabungan",
                "verbose_name_plural": "historical penggabungan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Merge",
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
                ("removed_id", models.PositiveBigIntegerField(editable=False, verbose_name="nomor yang dilebur")),
                ("removed_name", models.CharField(editable=False, max_length=200, verbose_name="nama yang dilebur")),
                (
                    "moved",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="Jenis data → berapa baris.",
                        verbose_name="rujukan yang dipindahkan",
                    ),
                ),
            ],
            options={
                "verbose_name": "penggabungan",
                "verbose_name_plural": "penggabungan",
                "ordering": ["-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="institution",
            options={
                "ordering": ["name"],
                "permissions": [("merge_institution", "Dapat menggabungkan instansi ganda")],
                "verbose_name": "instansi/mitra",
                "verbose_name_plural": "instansi/mitra",
            },
        ),
        migrations.AlterModelOptions(
            name="membership",
            options={"ordering": ["starts_on", "pk"], "verbose_name": "keanggotaan", "verbose_name_plural": "keanggotaan"},
        ),
        migrations.AlterModelOptions(
            name="person",
            options={
                "ordering": ["name"],
                "permissions": [("merge_person", "Dapat menggabungkan orang ganda")],
                "verbose_name": "orang",
                "verbose_name_plural": "orang",
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="programs_assignment_once_national",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="programs_assignment_once_province",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="programs_assignment_once_regency",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="programs_membership_once_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="programs_membership_one_chair",
        ),
        migrations.AddField(
            model_name="assignment",
            name="end_reason",
            field=models.TextField(blank=True, editable=False, max_length=2000, verbose_name="alasan berakhir"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berakhir pada"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diakhiri oleh",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="starts_on",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="mulai"),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="end_reason",
            field=models.TextField(blank=True, editable=False, max_length=2000, verbose_name="alasan berakhir"),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berakhir pada"),
        ),
        migrations.AddField(
            model_name="historicalassignment",
            name="ended_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalassignment",
            name="starts_on",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="mulai"),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="address",
            field=models.CharField(blank=True, max_length=300, verbose_name="alamat"),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="affair",
            field=models.CharField(
                blank=True,
                choices=[
                    ("library", "Perpustakaan"),
                    ("planning", "Perencanaan pembangunan (Bappeda)"),
                    ("villages", "Pemberdayaan masyarakat dan desa (DPMD)"),
                ],
                help_text="Untuk dinas atau badan yang diminta pedoman ada di tim.",
                max_length=10,
                verbose_name="urusan",
            ),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="surel"),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="name_key",
            field=programs.names.NameKeyField(
                default="", editable=False, make=programs.names.institution_key, max_length=200, verbose_name="kunci nama"
            ),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="phone",
            field=sinergi.kit.phones.PhoneField(blank=True, max_length=30, verbose_name="telepon"),
        ),
        migrations.AddField(
            model_name="historicalinstitution",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="historicalmembership",
            name="is_coordinator",
            field=models.BooleanField(
                default=False,
                help_text="Memimpin kegiatan sehari-hari; boleh dari instansi pemerintah lain.",
                verbose_name="koordinator harian",
            ),
        ),
        migrations.AddField(
            model_name="historicalmembership",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.membership",
                verbose_name="menggantikan",
            ),
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="name_key",
            field=programs.names.NameKeyField(
                default="", editable=False, make=programs.names.person_key, max_length=200, verbose_name="kunci nama"
            ),
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="historicalteam",
            name="seat",
            field=models.CharField(
                blank=True,
                help_text="Kota tempat keputusan ditetapkan, misalnya Pangkalpinang.",
                max_length=100,
                verbose_name="tempat kedudukan",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="address",
            field=models.CharField(blank=True, max_length=300, verbose_name="alamat"),
        ),
        migrations.AddField(
            model_name="institution",
            name="affair",
            field=models.CharField(
                blank=True,
                choices=[
                    ("library", "Perpustakaan"),
                    ("planning", "Perencanaan pembangunan (Bappeda)"),
                    ("villages", "Pemberdayaan masyarakat dan desa (DPMD)"),
                ],
                help_text="Untuk dinas atau badan yang diminta pedoman ada di tim.",
                max_length=10,
                verbose_name="urusan",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="surel"),
        ),
        migrations.AddField(
            model_name="institution",
            name="name_key",
            field=programs.names.NameKeyField(
                default="", editable=False, make=programs.names.institution_key, max_length=200, verbose_name="kunci nama"
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="phone",
            field=sinergi.kit.phones.PhoneField(blank=True, max_length=30, verbose_name="telepon"),
        ),
        migrations.AddField(
            model_name="institution",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="institutions",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="is_coordinator",
            field=models.BooleanField(
                default=False,
                help_text="Memimpin kegiatan sehari-hari; boleh dari instansi pemerintah lain.",
                verbose_name="koordinator harian",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="programs.membership",
                verbose_name="menggantikan",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="name_key",
            field=programs.names.NameKeyField(
                default="", editable=False, make=programs.names.person_key, max_length=200, verbose_name="kunci nama"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="seat",
            field=models.CharField(
                blank=True,
                help_text="Kota tempat keputusan ditetapkan, misalnya Pangkalpinang.",
                max_length=100,
                verbose_name="tempat kedudukan",
            ),
        ),
        migrations.AlterField(
            model_name="historicalinstitution",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator("[^\\W_]", "Nama memuat paling sedikit satu huruf atau angka.")
                ],
                verbose_name="nama",
            ),
        ),
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
                verbose_name="unsur",
            ),
        ),
        migrations.AlterField(
            model_name="historicalperson",
            name="name",
            field=models.CharField(
                max_length=150,
                validators=[
                    django.core.validators.RegexValidator("[^\\W_]", "Nama memuat paling sedikit satu huruf atau angka.")
                ],
                verbose_name="nama atau sebutan",
            ),
        ),
        migrations.AlterField(
            model_name="historicalperson",
            name="phone",
            field=sinergi.kit.phones.PhoneField(blank=True, max_length=30, verbose_name="telepon"),
        ),
        migrations.AlterField(
            model_name="institution",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator("[^\\W_]", "Nama memuat paling sedikit satu huruf atau angka.")
                ],
                verbose_name="nama",
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
                verbose_name="unsur",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="name",
            field=models.CharField(
                max_length=150,
                validators=[
                    django.core.validators.RegexValidator("[^\\W_]", "Nama memuat paling sedikit satu huruf atau angka.")
                ],
                verbose_name="nama atau sebutan",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="phone",
            field=sinergi.kit.phones.PhoneField(blank=True, max_length=30, verbose_name="telepon"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["name", "id"], name="programs_institution_list"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["province", "name", "id"], name="programs_institution_prov"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["province", "name_key"], name="programs_institution_key"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["province", "phone"], name="programs_institution_phone"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["team", "starts_on"], name="programs_membership_team"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name", "id"], name="programs_person_list"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["province", "name", "id"], name="programs_person_prov"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["province", "name_key"], name="programs_person_key"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["province", "phone"], name="programs_person_phone"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("province__isnull", True), ("ended_at__isnull", True)),
                fields=("user", "role"),
                name="programs_assignment_once_national",
                violation_error_message="Akun ini sudah mempunyai peran itu di wilayah yang sama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("province__isnull", False), ("regency__isnull", True), ("ended_at__isnull", True)),
                fields=("user", "role", "province"),
                name="programs_assignment_once_province",
                violation_error_message="Akun ini sudah mempunyai peran itu di wilayah yang sama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("regency__isnull", False), ("ended_at__isnull", True)),
                fields=("user", "role", "regency"),
                name="programs_assignment_once_regency",
                violation_error_message="Akun ini sudah mempunyai peran itu di wilayah yang sama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__gte", datetime.date(2000, 1, 1)), ("starts_on__lt", datetime.date(2100, 1, 1))),
                name="programs_assignment_starts_plausibly",
                violation_error_message="Periksa tahunnya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), models.Q(("end_reason", ""), _negated=True), _connector="OR"),
                name="programs_assignment_ended_with_reason",
                violation_error_message="Tuliskan alasan berakhirnya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("regency__isnull", True),
                    ("province_id", django.db.models.functions.text.Substr("regency_id", 1, 2)),
                    _connector="OR",
                ),
                name="programs_institution_regency_in_province",
                violation_error_message="Kabupaten/kota harus berada di provinsi yang sama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("affair", ""), ("sector__startswith", "gov_"), _connector="OR"),
                name="programs_institution_affair_of_government",
                violation_error_message="Urusan pemerintahan hanya untuk instansi pemerintah.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("regency__isnull", True),
                    ("province_id", django.db.models.functions.text.Substr("regency_id", 1, 2)),
                    _connector="OR",
                ),
                name="programs_person_regency_in_province",
                violation_error_message="Kabupaten/kota harus berada di provinsi yang sama.",
            ),
        ),
        migrations.AddField(
            model_name="accountevent",
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
            model_name="accountevent",
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
            model_name="accountevent",
            name="user",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to=settings.AUTH_USER_MODEL,
                verbose_name="akun",
            ),
        ),
        migrations.AddField(
            model_name="decree",
            name="amends",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="programs.decree",
                verbose_name="mengubah",
            ),
        ),
        migrations.AddField(
            model_name="decree",
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
            model_name="decree",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="penetapan dicatat oleh",
            ),
        ),
        migrations.AddField(
            model_name="decree",
            name="replaces",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="programs.decree",
                verbose_name="menggantikan",
            ),
        ),
        migrations.AddField(
            model_name="decree",
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
            model_name="decree",
            name="revoked_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pencabutan dicatat oleh",
            ),
        ),
        migrations.AddField(
            model_name="decree",
            name="submitted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diajukan oleh",
            ),
        ),
        migrations.AddField(
            model_name="decree",
            name="team",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decrees",
                to="programs.team",
                verbose_name="tim",
            ),
        ),
        migrations.AddField(
            model_name="decree",
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
            model_name="decreemember",
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
            model_name="decreemember",
            name="decree",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="programs.decree",
                verbose_name="SK",
            ),
        ),
        migrations.AddField(
            model_name="decreemember",
            name="institution",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decree_rows",
                to="programs.institution",
                verbose_name="instansi (daftar)",
            ),
        ),
        migrations.AddField(
            model_name="decreemember",
            name="person",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decree_rows",
                to="programs.person",
                verbose_name="orang",
            ),
        ),
        migrations.AddField(
            model_name="decreemember",
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
            model_name="historicalaccountevent",
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
            model_name="historicalaccountevent",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalaccountevent",
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
            model_name="historicalaccountevent",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="akun",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.decree",
                verbose_name="mengubah",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
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
            model_name="historicaldecree",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="penetapan dicatat oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.decree",
                verbose_name="menggantikan",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
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
            model_name="historicaldecree",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pencabutan dicatat oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diajukan oleh",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="team",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicaldecree",
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
            model_name="historicaldecreemember",
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
            model_name="historicaldecreemember",
            name="decree",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicaldecreemember",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicaldecreemember",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.institution",
                verbose_name="instansi (daftar)",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecreemember",
            name="person",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicaldecreemember",
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
            model_name="historicalmerge",
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
            model_name="historicalmerge",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalmerge",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.institution",
                verbose_name="instansi yang dipertahankan",
            ),
        ),
        migrations.AddField(
            model_name="historicalmerge",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.person",
                verbose_name="orang yang dipertahankan",
            ),
        ),
        migrations.AddField(
            model_name="historicalmerge",
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
            model_name="historicalmerge",
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
            model_name="merge",
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
            model_name="merge",
            name="institution",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="programs.institution",
                verbose_name="instansi yang dipertahankan",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="person",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="programs.person",
                verbose_name="orang yang dipertahankan",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="province",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AddField(
            model_name="merge",
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
        migrations.AddConstraint(
            model_name="accountevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "disabled"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="programs_accountevent_disabled_with_reason",
                violation_error_message="Tuliskan alasannya.",
            ),
        ),
        migrations.AddIndex(
            model_name="decree",
            index=models.Index(fields=["team", "state", "effective_from"], name="programs_decree_team"),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(("amends__isnull", True), ("replaces__isnull", True), _connector="OR"),
                name="programs_decree_changes_or_replaces",
                violation_error_message="SK mengubah atau menggantikan SK lain, tidak keduanya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["drafting", "submitted"]),
                    models.Q(
                        ("effective_from__isnull", False),
                        ("signed_on__isnull", False),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("file", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="programs_decree_signed_is_complete",
                violation_error_message="SK yang ditetapkan memerlukan nomor, tanggal, masa berlaku, dan pindaiannya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_until__isnull", True), ("effective_until__gte", models.F("effective_from")), _connector="OR"
                ),
                name="programs_decree_ends_after_start",
                violation_error_message="Berlaku sampai tidak boleh sebelum berlaku sejak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effective_until__isnull", True), ("in_force_until__isnull", True)),
                    models.Q(
                        ("in_force_until__gte", models.F("effective_from")),
                        ("in_force_until__isnull", False),
                        models.Q(
                            ("effective_until__isnull", True),
                            ("in_force_until__lte", models.F("effective_until")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="programs_decree_in_force_within_its_term",
                violation_error_message="Hari terakhir berlaku harus di dalam masa berlaku SK.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "revoked"), _negated=True),
                    models.Q(("in_force_until__isnull", False), models.Q(("revoke_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="programs_decree_revoked_with_reason",
                violation_error_message="Tuliskan sejak kapan dan atas dasar apa SK dicabut.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("team", "level", "number"),
                name="programs_decree_number_once",
                violation_error_message="SK dengan nomor ini sudah tercatat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
            constraint=sinergi.kit.periods.NoOverlap(
                end="in_force_until",
                fields=["team", "level"],
                name="programs_decree_one_in_force",
                only={"amends": None, "state": ["signed", "revoked"]},
                start="effective_from",
                violation_error_message="Pada masa itu masih berlaku SK lain pada tingkat ini. Buat SK yang mengubah atau menggantikannya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decreemember",
            constraint=models.UniqueConstraint(
                fields=("decree", "person"),
                name="programs_decreemember_once",
                violation_error_message="Orang ini sudah ada dalam lampiran SK.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("institution__isnull", True), ("person__isnull", False)),
                    models.Q(("institution__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="programs_merge_one_target",
                violation_error_message="Penggabungan mempertahankan tepat satu orang atau satu instansi.",
            ),
        ),
    ]
