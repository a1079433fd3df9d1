"""Facts of the programme that explain its pages, with their sources."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

ARTICLE = "Artikel dinas perpustakaan Kepulauan Bangka Belitung, 2019"
#: Kind → key, title, text, source. The article tells Goal 9 in the words of another goal; here each
#: goal has its own name.
FACTS = {
    "program": [
        (
            "tpbis",
            "Transformasi Perpustakaan Berbasis Inklusi Sosial",
            "Program Perpusnas agar perpustakaan umum menjadi tempat belajar dan berkegiatan semua"
            " warga. Tujuannya: literasi informasi berbasis TIK meningkat, begitu juga kualitas"
            " hidup dan kesejahteraan masyarakat. Pada 2018–2019 bernama Revitalisasi Pengembangan"
            " Perpustakaan Umum.",
            ARTICLE,
        ),
    ],
    "component": [
        (
            "training",
            "Bimbingan teknis",
            "Strategi pengembangan perpustakaan dan layanan TIK, bagi pengelola perpustakaan.",
            ARTICLE,
        ),
        (
            "involvement",
            "Pelibatan masyarakat",
            "Perpustakaan menjadi pusat belajar dan berkegiatan warga.",
            ARTICLE,
        ),
        (
            "advocacy",
            "Advokasi",
            "Kepada pemerintah daerah, swasta, dan perguruan tinggi.",
            ARTICLE,
        ),
        (
            "mentoring",
            "Pendampingan",
            "Program didampingi di kabupaten/kota dan di desa/kelurahan.",
            ARTICLE,
        ),
        ("monitoring", "Monitoring dan evaluasi", "", ARTICLE),
    ],
    "outcome": [
        (
            "service",
            "Kualitas layanan",
            "Kompetensi pengelola dan sarana perpustakaan bertambah baik.",
            ARTICLE,
        ),
        (
            "use",
            "Pemanfaatan",
            "Makin banyak warga berkunjung dan berkegiatan di perpustakaan.",
            ARTICLE,
        ),
        (
            "commitment",
            "Komitmen pemangku kepentingan",
            "Ada kemitraan yang mendukung perpustakaan, dan media memberitakannya.",
            ARTICLE,
        ),
    ],
    "law": [
        (
            "uu-43-2007",
            "UU 43/2007 tentang Perpustakaan",
            "Perpustakaan adalah sarana belajar sepanjang hayat. Masyarakat dilibatkan, layanannya"
            " mengikuti kemajuan TIK, dan pengembangannya berkesinambungan.",
            f"{ARTICLE}, yang merujuk pasal 2, 3, 5, 7, 8, 14, 40, dan 42",
        ),
        (
            "uu-23-2014-12",
            "UU 23/2014 tentang Pemerintahan Daerah, pasal 12",
            "Perpustakaan adalah urusan pemerintahan wajib yang tidak berkaitan dengan pelayanan"
            " dasar.",
            ARTICLE,
        ),
        (
            "perpres-2-2015",
            "Perpres 2/2015 tentang RPJMN 2015–2019",
            "Pembangunan bertumpu pada sumber daya manusia yang berkualitas.",
            ARTICLE,
        ),
        (
            "perpusnas-3-2023",
            "Peraturan Perpusnas 3/2023",
            "Tentang Transformasi Perpustakaan Berbasis Inklusi Sosial.",
            "Peraturan itu sendiri",
        ),
        (
            "perpusnas-1-2024",
            "Peraturan Perpusnas 1/2024",
            "Memuat instrumen monitoring program.",
            "Peraturan itu sendiri",
        ),
        (
            "perpusnas-7-2025",
            "Peraturan Perpusnas 7/2025",
            "Pasal 15 menyebut yang dihitung indeks literasi setiap tahun: peserta, pengguna TIK,"
            " buku yang dipinjam atau dibaca di tempat, pemakaian digital, kegiatan, kerja sama,"
            " jenis layanan, dan kebijakan tertulis.",
            "Peraturan itu sendiri",
        ),
    ],
    "goal": [
        ("sdg-4", "Tujuan 4: Pendidikan berkualitas", "", ARTICLE),
        ("sdg-5", "Tujuan 5: Kesetaraan gender", "", ARTICLE),
        ("sdg-8", "Tujuan 8: Pekerjaan layak dan pertumbuhan ekonomi", "", ARTICLE),
        ("sdg-9", "Tujuan 9: Industri, inovasi, dan infrastruktur", "", ARTICLE),
    ],
}


def add_facts(apps, schema_editor):
    """Add each fact, with the first entry of its history; without a person, as the system."""
    models = (apps.get_model("villages", f"{name}ProgramReference") for name in ("", "Historical"))
    references, history = models
    for kind, rows in FACTS.items():
        for order, (key, title, text, source) in enumerate(rows, 1):
            said = {"kind": kind, "key": key, "title": title, "text": text, "source": source}
            made = references.objects.create(order=order, **said)
            history.objects.create(
                id=made.pk,
                created_at=made.created_at,
                updated_at=made.updated_at,
                order=order,
                history_date=made.created_at,
                history_type="+",
                **said,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0004_thresholds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalProgramReference",
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
                            ("program", "Program"),
                            ("component", "Komponen program"),
                            ("outcome", "Capaian program"),
                            ("law", "Dasar hukum"),
                            ("goal", "Tujuan Pembangunan Berkelanjutan (SDGs)"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=60, verbose_name="kunci")),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="penjelasan")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Tempat hal ini dapat dibaca.",
                        max_length=300,
                        verbose_name="sumber",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Yang kecil lebih dulu.", verbose_name="urutan"
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
            ],
            options={
                "verbose_name": "historical rujukan program",
                "verbose_name_plural": "historical rujukan program",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="villages_hi_id_293708_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProgramReference",
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
                            ("program", "Program"),
                            ("component", "Komponen program"),
                            ("outcome", "Capaian program"),
                            ("law", "Dasar hukum"),
                            ("goal", "Tujuan Pembangunan Berkelanjutan (SDGs)"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=60, verbose_name="kunci")),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="penjelasan")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Tempat hal ini dapat dibaca.",
                        max_length=300,
                        verbose_name="sumber",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Yang kecil lebih dulu.", verbose_name="urutan"
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
            ],
            options={
                "verbose_name": "rujukan program",
                "verbose_name_plural": "rujukan program",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "kind"),
                        name="villages_programreference_key_once",
                        violation_error_message="Rujukan dengan judul ini sudah ada.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                        ),
                        name="villages_programreference_named",
                        violation_error_message="Isi judulnya dengan huruf atau angka.",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_facts, migrations.RunPython.noop),
    ]
