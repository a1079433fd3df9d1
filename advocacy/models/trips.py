"""Trips of the team: which libraries are to be visited on which day, and by whom."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from advocacy.models.attendance import Attendee
from advocacy.models.letters import LetterMixin
from advocacy.querysets.trips import TripQuerySet, TripStopQuerySet, TripTravellerQuerySet
from programs.models import Team
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from villages.models import Library, Province

LONGEST_TRIP = timedelta(days=30)


class Trip(LetterMixin, Record):
    """
    A trip of the team: several libraries, on one day or on some that follow each other. It only
    plans; what came of it are the visits.

    The columns of its letter (surat tugas) may be left empty: it is often numbered and signed
    elsewhere (SRIKANDI), and is a draft here until it has its number and its day, and somebody is
    sent.
    """

    letter_gap = "Surat tugas memerlukan nomor, tanggal surat, dan paling sedikit satu petugas."
    letter_changed = "Perjalanan ini, kopnya, atau SK tim berubah sejak suratnya bernomor."

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="trips", editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    title = PlainCharField(
        "tujuan", max_length=150, help_text="Misalnya Belitung, atau Bangka bagian utara."
    )
    starts_on = models.DateField("hari pertama")
    ends_on = models.DateField("hari terakhir")
    note = PlainTextField(
        "catatan", max_length=1000, blank=True, help_text="Kendaraan, penginapan, yang dibawa."
    )
    task = PlainCharField(
        "untuk",
        max_length=300,
        blank=True,
        help_text="Kosong berarti melaksanakan pendampingan dan monitoring perpustakaan.",
    )
    basis = PlainTextField(
        "dasar selain SK tim",
        max_length=1000,
        blank=True,
        help_text="Satu per baris, misalnya DPA dinas. SK tim yang berlaku sudah disebut.",
    )
    letter_number = PlainCharField("nomor surat tugas", max_length=100, blank=True)
    letter_on = models.DateField("tanggal surat tugas", null=True, blank=True)
    signer_position = PlainCharField(
        "jabatan penanda tangan",
        max_length=150,
        blank=True,
        help_text="Kosong berarti kepala dinas yang membawahi tim.",
    )
    signer_name = PlainCharField("nama penanda tangan", max_length=150, blank=True)
    copies_to = PlainTextField(
        "tembusan", max_length=1000, blank=True, help_text="Satu penerima per baris."
    )

    objects = TripQuerySet.as_manager()
    history_hidden = frozenset({"team", "province", "letter_kept"})
    history_title = ("title",)

    class Meta:
        verbose_name = "perjalanan"
        verbose_name_plural = "perjalanan"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_trip_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Hari terakhir tidak boleh sebelum hari pertama.",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="advocacy_trip_recent"),
            models.Index(
                fields=["province", "-starts_on", "-id"], name="advocacy_trip_prov_recent"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return record_url("advocacy:trip_detail", self.pk)

    @property
    def period_text(self):
        """9 September 2019; 9–12 September 2019; or 30 September 2019 sampai 2 Oktober 2019."""
        first, last = self.starts_on, self.ends_on
        if first == last:
            return dates.long_date(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{dates.long_date(last)}"
        return f"{dates.long_date(first)} sampai {dates.long_date(last)}"

    @property
    def full_text(self):
        """Belitung, 9–12 September 2019: how a list of choices names it."""
        return f"{self.title}, {self.period_text}"

    @property
    def is_letter_complete(self):
        """Whether its letter has what makes it one: its number and its day."""
        return bool(self.letter_number and self.letter_on)

    @property
    def days(self):
        """Every day of it."""
        count = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + timedelta(days=number) for number in range(count)]

    def status_on(self, day):
        if day < self.starts_on:
            return Status("Direncanakan", Tone.SCHEDULED)
        return Status("Berlangsung", Tone.CHANGED) if day <= self.ends_on else Status("Selesai")

    def clean(self):
        """Refuse a trip of more than a month, which is a mistyped day."""
        both = (self.starts_on, self.ends_on)
        if None in both:
            return
        if self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Hari terakhir tidak boleh sebelum hari pertama."})
        if self.ends_on - self.starts_on > LONGEST_TRIP:
            raise ValidationError(
                {"ends_on": "Periksa tanggalnya: satu perjalanan paling lama 31 hari."}
            )
        if abs(self.starts_on.year - self.team.today.year) > 1 and (
            self._state.adding or self.differs_from_stored("starts_on")
        ):
            raise ValidationError({"starts_on": "Periksa tahunnya."})


class TripStop(Record):
    """A library that is to be visited on a day of a trip."""

    trip = models.ForeignKey(
        Trip, models.CASCADE, verbose_name="perjalanan", related_name="stops", editable=False
    )
    library = models.ForeignKey(
        Library,
        models.PROTECT,
        verbose_name="perpustakaan",
        related_name="trip_stops",
        editable=False,
    )
    day = models.DateField("hari")
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = TripStopQuerySet.as_manager()
    history_parents = ("trip",)
    history_position = "order"
    reference_label = "perjalanan"

    class Meta:
        verbose_name = "tujuan perjalanan"
        verbose_name_plural = "tujuan perjalanan"
        ordering = ["day", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "library", "day"],
                name="advocacy_tripstop_once_a_day",
                violation_error_message="Perpustakaan ini sudah ada pada hari itu.",
            ),
        ]

    def __str__(self):
        return f"{self.library}, {dates.long_date(self.day)}"

    @property
    def province_id(self):
        return self.trip.province_id


class TripTraveller(Attendee):
    """A member of the team who is sent on a trip, as they were on its first day."""

    trip = models.ForeignKey(
        Trip, models.CASCADE, verbose_name="perjalanan", related_name="travellers", editable=False
    )

    objects = TripTravellerQuerySet.as_manager()
    history_parents = ("trip",)

    class Meta(Attendee.Meta):
        abstract = False
        verbose_name = "yang ditugaskan"
        verbose_name_plural = "yang ditugaskan"
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "person"],
                name="advocacy_triptraveller_once",
                violation_error_message="Orang ini sudah ditugaskan dalam perjalanan ini.",
            ),
        ]

    @property
    def province_id(self):
        return self.trip.province_id
