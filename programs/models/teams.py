"""The team of a province."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Min, Q

from programs.querysets.teams import TeamQuerySet
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.files import FileRecord
from sinergi.kit.links import record_url
from villages.models import LibraryReport, Province

#: Pixels of a logo: 2 cm on paper take some 250.
LOGO_SIDE = 600
ONE_YEAR = timedelta(days=366)
#: Months between two visits to a library, at the most.
LONGEST_INTERVAL = 24
#: Verified quarters that a library may be asked for before it counts as independent, at the most.
MOST_QUARTERS = 8
INTERVALS_REVERSED = (
    "Jarak kunjungan selama ada rekomendasi terbuka tidak boleh lebih panjang daripada jarak yang"
    " biasa."
)


def interval_field(label, months, help_text):
    """Return the column of a number of months after which a library is visited again."""
    return models.PositiveSmallIntegerField(
        label,
        default=months,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)],
        help_text=help_text,
    )


class Team(FileRecord):
    """
    A Tim Sinergi Provinsi; `office` is the library office under which it stands, `file` the logo of
    its letterhead, at most LOGO_SIDE pixels wide and high.
    """

    province = models.OneToOneField(
        Province, models.PROTECT, verbose_name="provinsi", related_name="team"
    )
    name = PlainCharField("nama", max_length=200)
    office = PlainCharField(
        "dinas", max_length=200, help_text="Dinas yang membawahi tim, seperti dalam kop surat."
    )
    seat = PlainCharField(
        "tempat kedudukan",
        max_length=100,
        blank=True,
        help_text="Kota tempat keputusan ditetapkan, misalnya Pangkalpinang.",
    )
    letterhead = PlainTextField(
        "kop surat",
        max_length=300,
        blank=True,
        help_text="Baris di bawah nama dinas: alamat, telepon, laman.",
    )
    file = models.FileField("lambang", upload_to=uploads.random_path, blank=True, editable=False)
    formed_on = models.DateField("dibentuk pada")
    stall_days = models.PositiveSmallIntegerField(
        "batas sasaran tanpa kemajuan (hari)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=(
            "Sasaran advokasi yang menunggu langkah tim lebih lama dari ini ditandai belum ada"
            " kemajuan."
        ),
    )
    visit_interval = interval_field(
        "jarak kunjungan (bulan)",
        6,
        "Perpustakaan yang kunjungan terakhirnya lebih lama dari ini disarankan dikunjungi lagi.",
    )
    visit_interval_open = interval_field(
        "jarak kunjungan selama ada rekomendasi terbuka (bulan)",
        3,
        "Lebih pendek, atau sama dengan jarak yang biasa.",
    )
    independent_quarters = models.PositiveSmallIntegerField(
        "syarat mandiri: triwulan terverifikasi",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_QUARTERS)],
        help_text="Banyaknya triwulan terakhir yang laporannya berturut-turut terverifikasi.",
    )
    independent_budget = models.BooleanField(
        "syarat mandiri: ada anggaran desa dalam laporan terakhir", default=True
    )
    independent_staff = models.BooleanField(
        "syarat mandiri: ada pengelola dalam laporan terakhir", default=True
    )
    independent_policies = models.BooleanField(
        "syarat mandiri: ada kebijakan tertulis dalam laporan terakhir", default=True
    )
    is_sample = models.BooleanField("data percontohan", default=False, editable=False)

    history_title = ("name",)
    objects = TeamQuerySet.as_manager()
    kept_file = "programs:team_logo_kept"

    class Meta:
        verbose_name = "tim sinergi"
        verbose_name_plural = "tim sinergi"
        ordering = ["province"]
        constraints = [
            models.CheckConstraint(
                name="programs_team_visit_intervals",
                condition=Q(
                    visit_interval__gte=1,
                    visit_interval__lte=LONGEST_INTERVAL,
                    visit_interval_open__gte=1,
                    visit_interval_open__lte=F("visit_interval"),
                ),
                violation_error_message=INTERVALS_REVERSED,
            ),
            models.CheckConstraint(
                name="programs_team_independent_quarters",
                condition=Q(independent_quarters__gte=1, independent_quarters__lte=MOST_QUARTERS),
                violation_error_message=f"Isi jumlah triwulan, 1 sampai {MOST_QUARTERS}.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_url("programs:team_detail", self.pk)

    def clean(self):
        """
        Refuse an interval of visits that is longer than the usual one, and a day of founding long
        after somebody joined: a mistyped year. One that is stored already is not checked again.
        """
        both = (self.visit_interval, self.visit_interval_open)
        if None not in both and self.visit_interval_open > self.visit_interval:
            raise ValidationError({"visit_interval_open": INTERVALS_REVERSED})
        if self._state.adding or not self.formed_on or not self.differs_from_stored("formed_on"):
            return
        first = self.memberships.aggregate(day=Min("starts_on"))["day"]
        if first and self.formed_on - first > ONE_YEAR:
            raise ValidationError(
                {"formed_on": f"Periksa tahunnya: anggota pertama mulai {dates.long_date(first)}."}
            )

    def members_on(self, day):
        """
        Return the members of that day in the order of a decree, with their people and whom they
        replaced.
        """
        return list(self.memberships.listed_on(day))

    def all_memberships(self):
        """
        Return every membership there ever was in the order of a decree, with its person and whom it
        replaced. One query.
        """
        rows = list(self.memberships.in_order_of_role().with_people())
        by_key = {row.pk: row for row in rows}
        for row in rows:
            if row.replaces_id in by_key:
                row.replaces = by_key[row.replaces_id]
        return rows

    @property
    def reports(self):
        """The quarterly reports of the libraries of its province."""
        return LibraryReport.objects.filter(province=self.province_id)

    @property
    def letterhead_words(self):
        """
        What its papers say of the team, as it is called today; `logo` is the key of its logo, or
        "". What is final keeps them, and finds that logo for ever (`logo_kept_as`).
        """
        return {
            "team": self.name,
            "government": f"Pemerintah Provinsi {self.province.name}",
            "office": self.office,
            "letterhead": [line for line in self.letterhead.splitlines() if line.strip()],
            "seat": self.seat,
            "logo": str(self.key) if self.file else "",
        }

    @classmethod
    def logo_kept_as(cls, key):
        """
        Return the bytes of the logo that had this key (text), also when it was replaced or removed
        since; b"" for none, or where it is no longer in the store.
        """
        row = cls.history.filter(key=key).exclude(file="").first() if key else None
        stored = row and row.instance.file
        if not stored:
            return b""
        try:
            with stored.open("rb") as picture:
                return picture.read()
        except FileNotFoundError:
            return b""

    def take_logo_away(self):
        """Be without a logo; the file stays for what was printed with it."""
        self.file, self.content_type, self.original_name = "", "", ""
        self.key = uuid.uuid4()

    @property
    def today(self):
        """Today's date in the time zone of the team's province."""
        return dates.today_in(self.province.time_zone)
