"""Who is sent on a trip, and what its letter (surat tugas) says."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0016_visits_keep_letterhead"),
        ("programs", "0007_team_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaltrip",
            name="basis",
            field=models.TextField(
                blank=True,
                help_text="Satu per baris, misalnya DPA dinas. SK tim yang berlaku sudah disebut.",
                max_length=1000,
                verbose_name="dasar selain SK tim",
            ),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="copies_to",
            field=models.TextField(
                blank=True,
                help_text="Satu penerima per baris.",
                max_length=1000,
                verbose_name="tembusan",
            ),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="letter_number",
            field=models.CharField(blank=True, max_length=100, verbose_name="nomor surat tugas"),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="letter_on",
            field=models.DateField(blank=True, null=True, verbose_name="tanggal surat tugas"),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="signer_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="nama penanda tangan"),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="signer_position",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti kepala dinas yang membawahi tim.",
                max_length=150,
                verbose_name="jabatan penanda tangan",
            ),
        ),
        migrations.AddField(
            model_name="historicaltrip",
            name="task",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti melaksanakan pendampingan dan monitoring perpustakaan.",
                max_length=300,
                verbose_name="untuk",
            ),
        ),
        migrations.AddField(
            model_name="trip",
            name="basis",
            field=models.TextField(
                blank=True,
                help_text="Satu per baris, misalnya DPA dinas. SK tim yang berlaku sudah disebut.",
                max_length=1000,
                verbose_name="dasar selain SK tim",
            ),
        ),
        migrations.AddField(
            model_name="trip",
            name="copies_to",
            field=models.TextField(
                blank=True,
                help_text="Satu penerima per baris.",
                max_length=1000,
                verbose_name="tembusan",
            ),
        ),
        migrations.AddField(
            model_name="trip",
            name="letter_number",
            field=models.CharField(blank=True, max_length=100, verbose_name="nomor surat tugas"),
        ),
        migrations.AddField(
            model_name="trip",
            name="letter_on",
            field=models.DateField(blank=True, null=True, verbose_name="tanggal surat tugas"),
        ),
        migrations.AddField(
            model_name="trip",
            name="signer_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="nama penanda tangan"),
        ),
        migrations.AddField(
            model_name="trip",
            name="signer_position",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti kepala dinas yang membawahi tim.",
                max_length=150,
                verbose_name="jabatan penanda tangan",
            ),
        ),
        migrations.AddField(
            model_name="trip",
            name="task",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti melaksanakan pendampingan dan monitoring perpustakaan.",
                max_length=300,
                verbose_name="untuk",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalTripTraveller",
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
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="urutan"
                    ),
                ),
                (
                    "is_guest",
                    models.BooleanField(default=False, editable=False, verbose_name="tamu"),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nama atau jabatan")),
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
                ("position", models.CharField(blank=True, max_length=150, verbose_name="jabatan")),
                (
                    "role",
                    models.CharField(
                        blank=True, editable=False, max_length=50, verbose_name="peran dalam tim"
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, editable=False, max_length=10, verbose_name="label"
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
                    "trip",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.trip",
                        verbose_name="perjalanan",
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
                "verbose_name": "historical yang ditugaskan",
                "verbose_name_plural": "historical yang ditugaskan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_9f6307_idx",
                    ),
                    models.Index(
                        fields=["trip", "history_date", "history_id"],
                        name="advocacy_hi_trip_id_b78f9e_idx",
                    ),
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="TripTraveller",
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
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="urutan"
                    ),
                ),
                (
                    "is_guest",
                    models.BooleanField(default=False, editable=False, verbose_name="tamu"),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nama atau jabatan")),
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
                ("position", models.CharField(blank=True, max_length=150, verbose_name="jabatan")),
                (
                    "role",
                    models.CharField(
                        blank=True, editable=False, max_length=50, verbose_name="peran dalam tim"
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dibuat oleh",
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
                    "trip",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="travellers",
                        to="advocacy.trip",
                        verbose_name="perjalanan",
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
                "verbose_name": "yang ditugaskan",
                "verbose_name_plural": "yang ditugaskan",
                "ordering": ["is_guest", "order", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("trip", "person"),
                        name="advocacy_triptraveller_once",
                        violation_error_message="Orang ini sudah ditugaskan dalam perjalanan ini.",
                    )
                ],
            },
        ),
    ]
