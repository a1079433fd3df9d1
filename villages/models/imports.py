"""
A list of villages, or a sheet of quarterly reports, that was brought in: what it said, what was
answered, what it did, and whether it was undone.
"""

import json
import zlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse

from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.spreadsheets.read import Sheet
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful
from villages.codes import PROVINCE_LENGTH
from villages.models.libraries import Library
from villages.models.participations import FIRST_YEAR, LAST_YEAR, Participation
from villages.models.regions import Province, Regency, Village
from villages.quarters import Quarter
from villages.querysets import ImportBatchQuerySet
from villages.row_numbers import row_label


def stamp_fields(label):
    return (
        models.DateTimeField(f"{label} pada", null=True, editable=False),
        models.ForeignKey(
            settings.AUTH_USER_MODEL,
            models.PROTECT,
            verbose_name=f"{label} oleh",
            null=True,
            editable=False,
            related_name="+",
        ),
    )


class ImportBatch(Stateful, Record):
    """
    One list, from upload to undo. Without a province it is of the whole country, for national
    administrators. With a quarter (`year` and `quarter_number`) it is the sheet of a regency's
    quarterly reports.

    `tables`: the names of the tables that its rows stand in, where they are several
    (villages.row_numbers); `columns`: column number → field; `header`: position of the header's
    last row among the rows that are not empty; `column_names`: header_key → field ("" for one to
    leave alone), remembered for the office's next list; `aliases_used`, `district_aliases_used`:
    ids of the aliases that its rows were found by; `answers`: what a person chose, by the key of
    the problem (villages.imports.plan). The cells stand in ImportContent.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Belum diterapkan"
        APPLIED = "applied", "Diterapkan"
        UNDONE = "undone", "Diurungkan"
        CANCELLED = "cancelled", "Dibatalkan"

    TONES = {
        State.DRAFT: Tone.WAITING,
        State.APPLIED: Tone.APPROVED,
        State.UNDONE: Tone.DRAFT,
        State.CANCELLED: Tone.DRAFT,
    }

    state = PlainCharField(
        "keadaan", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        null=True,
        blank=True,
        related_name="import_batches",
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        related_name="+",
        help_text="Untuk daftar yang tidak menyebutnya di setiap baris.",
    )
    source = PlainCharField("asal daftar", max_length=150, blank=True)
    file_name = PlainCharField("nama berkas", max_length=120)
    file_hash = PlainCharField("SHA-256", max_length=64, editable=False)
    year = models.PositiveSmallIntegerField("tahun program", null=True, blank=True)
    quarter_number = models.PositiveSmallIntegerField("triwulan", null=True, editable=False)
    sheet = models.PositiveSmallIntegerField("lembar", default=0, editable=False)
    tables = models.JSONField("tabel yang dibaca", default=list, editable=False)
    header = models.IntegerField("baris judul", default=-1, editable=False)
    columns = models.JSONField("pasangan kolom", default=dict, editable=False)
    column_names = models.JSONField("nama kolom yang dikenali", default=dict, editable=False)
    aliases_used = models.JSONField("nama lain yang dipakai", default=list, editable=False)
    district_aliases_used = models.JSONField(
        "nama lain kecamatan yang dipakai", default=list, editable=False
    )
    answers = models.JSONField("pilihan", default=dict, editable=False)
    new_count = models.PositiveIntegerField("baru", default=0, editable=False)
    changed_count = models.PositiveIntegerField("berubah", default=0, editable=False)
    unchanged_count = models.PositiveIntegerField("tetap", default=0, editable=False)
    problem_count = models.PositiveIntegerField("bermasalah", default=0, editable=False)
    skipped_count = models.PositiveIntegerField("dilewati", default=0, editable=False)
    left_count = models.PositiveIntegerField("tidak dapat diurungkan", default=0, editable=False)
    applied_at, applied_by = stamp_fields("diterapkan")
    undone_at, undone_by = stamp_fields("diurungkan")
    cancelled_at, cancelled_by = stamp_fields("dibatalkan")

    objects = ImportBatchQuerySet.as_manager()

    frozen_when = ~Q(state=State.DRAFT)

    class Meta:
        verbose_name = "impor daftar desa"
        verbose_name_plural = "impor daftar desa"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="villages_importbatch_applied_is_stamped",
                condition=Q(applied_at__isnull=False) | ~Q(state__in=["applied", "undone"]),
                violation_error_message="Impor yang diterapkan mempunyai waktu penerapan.",
            ),
            models.CheckConstraint(
                name="villages_importbatch_year_plausible",
                condition=Q(year__isnull=True) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Tahun program antara {FIRST_YEAR} dan {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                name="villages_importbatch_regency_in_province",
                condition=Q(regency__isnull=True)
                | Q(province__isnull=True)
                | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
                violation_error_message="Kabupaten/kota harus berada di provinsi impor ini.",
            ),
            models.CheckConstraint(
                name="villages_importbatch_quarter_of_a_regency",
                condition=Q(quarter_number__isnull=True)
                | Q(
                    quarter_number__gte=1,
                    quarter_number__lte=4,
                    year__isnull=False,
                    province__isnull=False,
                    regency__isnull=False,
                ),
                violation_error_message="Lembar isian adalah milik satu kabupaten dan triwulan.",
            ),
        ]
        indexes = [models.Index(fields=["province", "-id"], name="villages_importbatch_recent")]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        name = "report_sheet_detail" if self.quarter else "import_detail"
        return reverse(f"villages:{name}", args=[self.pk])

    @property
    def status(self):
        return Status(self.get_state_display(), self.TONES[self.state])

    @property
    def quarter(self):
        """The quarter of a sheet of reports; None of a list of villages."""
        return Quarter(self.year, self.quarter_number) if self.quarter_number else None

    @property
    def finds_villages(self):
        """Whether a column holds the villages; without one there is nothing to match."""
        return "village" in self.columns.values()

    @property
    def knows_year(self):
        """Whether rows have a programme year: their own, or that of the list."""
        return self.year is not None or "year" in self.columns.values()

    @property
    def counts(self):
        names = ("problem", "changed", "new", "unchanged", "skipped")
        return {name: getattr(self, f"{name}_count") for name in names}

    def village_codes(self):
        """Return the codes of the villages whose libraries it wrote, or found as they are."""
        rows = self.rows.filter(library__isnull=False, village__isnull=False)
        codes = set(rows.order_by().values_list("village", flat=True))
        content = ImportContent.objects.filter(batch=self).only("unchanged").first()
        return sorted(codes | {code for _, code in content.unchanged_rows} if content else codes)

    @property
    def restored_count(self):
        """Rows that say again what they said before, once the import was undone."""
        return self.new_count + self.changed_count - self.left_count

    def mark_applied(self, *, by, version):
        """Take the step to applied. Of two people the first takes it; the other is refused."""
        counted = [
            *(f"{name}_count" for name in self.counts),
            "aliases_used",
            "district_aliases_used",
        ]
        return self.move(
            self.State.APPLIED,
            by=by,
            sources=[self.State.DRAFT],
            stamp="applied",
            version=version,
            also=counted,
        )

    def mark_undone(self, *, by, version):
        return self.move(
            self.State.UNDONE,
            by=by,
            sources=[self.State.APPLIED],
            stamp="undone",
            version=version,
            also=["left_count"],
        )

    def cancel(self, *, by, version):
        return self.move(
            self.State.CANCELLED,
            by=by,
            sources=[self.State.DRAFT],
            stamp="cancelled",
            version=version,
        )


class ImportContent(models.Model):
    """
    The cells of a batch as they were read, packed; and the villages of rows that changed nothing,
    as (row, code).
    """

    batch = models.OneToOneField(
        ImportBatch, models.CASCADE, primary_key=True, related_name="content"
    )
    packed = models.BinaryField("isi")
    unchanged = models.BinaryField("baris tetap", default=b"")

    def __str__(self):
        return f"Isi {self.batch}"

    @staticmethod
    def pack(value):
        return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 3)

    @staticmethod
    def unpack(stored):
        return json.loads(zlib.decompress(stored)) if stored else []

    @property
    def sheets(self):
        return [Sheet(**sheet) for sheet in self.unpack(self.packed)]

    @property
    def unchanged_rows(self):
        return self.unpack(self.unchanged)


class ImportRow(models.Model):
    """
    What one row of an applied batch did. Rows that changed nothing are not here but in
    ImportContent.

    `before` and `after` hold the columns of the library that were changed; for a new one, `after`
    holds all that was written. Of a sheet of reports they hold the figures of the library's report,
    and its notes, as {key of the field: note} in "notes". `made_year`: the year of the
    participation it made. `left_because`: why undoing left it.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "Baru"
        CHANGED = "changed", "Berubah"
        PROBLEM = "problem", "Bermasalah"
        SKIPPED = "skipped", "Dilewati"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("baris")
    outcome = PlainCharField("hasil", max_length=10, choices=Outcome)
    written = PlainCharField("tertulis", max_length=250)
    note = PlainCharField("catatan", max_length=250, blank=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, related_name="+", db_index=False
    )
    library = models.ForeignKey(Library, models.SET_NULL, null=True, related_name="import_rows")
    participation = models.ForeignKey(
        Participation, models.SET_NULL, null=True, related_name="import_rows"
    )
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    made_year = models.PositiveSmallIntegerField("tahun kepesertaan", null=True)
    left_because = PlainCharField("tidak diurungkan karena", max_length=250, blank=True)

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="villages_importrow_once",
                violation_error_message="Satu baris berkas hanya tercatat sekali.",
            )
        ]

    def __str__(self):
        return f"Baris {self.label}: {self.written}"

    @property
    def label(self):
        """Its number as a person finds it in the file."""
        return row_label(self.number, self.batch.tables)
