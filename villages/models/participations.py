"""A library's part in the programme, year by year."""

from django.db import models
from django.db.models import F, Q

from sinergi.kit.dates import long_date
from sinergi.kit.models import Record
from villages.models.libraries import Library
from villages.querysets import ParticipationQuerySet

#: TPBIS and what came before it are of this century; a later year is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 2010, 2099


class Participation(Record):
    """That a library takes part in the programme in a budget year."""

    library = models.ForeignKey(
        Library, models.PROTECT, verbose_name="perpustakaan", related_name="participations"
    )
    year = models.PositiveSmallIntegerField("tahun program")
    joined_on = models.DateField(
        "mulai",
        null=True,
        blank=True,
        help_text="Kosong berarti sejak awal tahun program. Laporan triwulan diminta sejak itu.",
    )
    left_on = models.DateField(
        "berhenti",
        null=True,
        blank=True,
        help_text="Hari terakhir ikut program; kosong berarti masih ikut.",
    )

    objects = ParticipationQuerySet.as_manager()
    history_parents = ("library",)

    class Meta:
        verbose_name = "kepesertaan"
        verbose_name_plural = "kepesertaan"
        ordering = ["-year", "library"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "year"],
                name="villages_participation_once_a_year",
                violation_error_message=(
                    "Perpustakaan ini sudah tercatat sebagai peserta pada tahun itu."
                ),
            ),
            models.CheckConstraint(
                name="villages_participation_leaves_after_joining",
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True, left_on__year__gte=F("year"))
                | Q(joined_on__isnull=False, left_on__gte=F("joined_on")),
                violation_error_message="Tanggal berhenti tidak boleh sebelum mulai.",
            ),
            models.CheckConstraint(
                name="villages_participation_joined_in_its_year",
                condition=Q(joined_on__isnull=True) | Q(joined_on__year=F("year")),
                violation_error_message="Tanggal mulai berada dalam tahun programnya.",
            ),
            models.CheckConstraint(
                name="villages_participation_year_plausible",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Tahun program antara {FIRST_YEAR} dan {LAST_YEAR}.",
            ),
        ]
        indexes = [models.Index(fields=["year", "library"], name="villages_participation_year")]

    def __str__(self):
        return f"{self.library}, {self.year}"

    def is_alive_in(self, quarter):
        """Return what `alive_in` asks of the database, of this row."""
        begun = self.joined_on <= quarter.ends_on if self.joined_on else self.year <= quarter.year
        return begun and (self.left_on is None or self.left_on >= quarter.starts_on)

    @property
    def year_text(self):
        """2019, mulai 1 Mei 2019, berhenti 30 September 2019"""
        days = (("mulai", self.joined_on), ("berhenti", self.left_on))
        told = [f"{word} {long_date(day)}" for word, day in days if day]
        return ", ".join([str(self.year), *told])

    @property
    def province_id(self):
        return self.library.province_id

    @property
    def regency_id(self):
        return self.library.regency_id
