"""The activities of a work plan, and what is noted of those that no log counts."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse

from programs.models.people import Person
from programs.models.plans import WorkPlan, in_use_message
from programs.months import MonthsField, months_of
from programs.querysets.activities import ActivityQuerySet, ActivityRelatedQuerySet
from sinergi.kit import dates
from sinergi.kit.database_errors import references_to
from sinergi.kit.fields import PlainCharField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from villages.models import Regency, Village
from villages.models.regions import REGENCY_LENGTH
from villages.quarters import Quarter

LARGEST_TARGET = 100_000  # of a target
#: What each kind of log is called.
LOGS_WORDS = {
    "meetings": "rapat",
    "media": "publikasi media",
    "commitments": "komitmen",
    "partnerships": "perjanjian kerja sama",
    "visits": "kunjungan",
    "trainings": "bimtek",
    "reports": "laporan triwulan terverifikasi",
    "expansion_cases": "desa",
}
#: Counted from what was verified, and from what moved; nothing is tied to an activity.
REPORTS, EXPANSION = DERIVED = ("reports", "expansion_cases")
COUNTED_BY_ITSELF = (
    "Kemajuan kegiatan ini dihitung dari catatan yang dikaitkan, jadi tidak diketik."
)


NO_QUARTER_DUE = (
    "Tenggat laporan triwulan jatuh pada Januari, April, Juli, dan Oktober. Pilih paling sedikit"
    " satu di antaranya."
)


def quarters_due(year, months):
    """Return the quarters whose reports are due in these months (a mask) of a year."""
    asked = {(year, month) for month in months_of(months)}
    near = [Quarter(year - 1, 4).moved(n) for n in range(5)]
    return [one for one in near if (one.due_on.year, one.due_on.month) in asked]


class PlannedActivity(Record):
    """
    One planned activity of the team: its role, its way, a target, months, place and person in
    charge.

    What it costs is in its budget lines. Frozen with its plan, whose version every write raises
    first.
    """

    class Role(models.IntegerChoices):
        """
        The team's three roles (article of the library office of Kepulauan Bangka Belitung, 2019).
        """

        POLICY = 1, "Mendorong kebijakan"
        NETWORK = 2, "Membangun jejaring"
        EXPANSION = 3, "Memperluas program"

    class Way(models.TextChoices):
        INTERNAL = "internal", "Rapat internal"
        AUDIENCE = "audience", "Audiensi"
        VISIT = "visit", "Kunjungan mentoring atau monitoring"
        STAKEHOLDER = "stakeholder", "Pertemuan pemangku kepentingan"
        TRAINING = "training", "Pelatihan"
        MEDIA = "media", "Publikasi media"
        SUPPORT = "support", "Kebijakan dan dukungan mitra"
        PARTNERSHIP = "partnership", "Perjanjian kerja sama"
        REPORT = "report", "Laporan triwulan perpustakaan"
        EXPANSION = "expansion", "Perluasan ke desa"
        OTHER = "other", "Lainnya"

    #: Ways whose progress is counted from logs → the reverse manager here, and of the team, that
    #: has them; of the others it is noted down by hand, with a note.
    COUNTED_FROM = {
        Way.INTERNAL: "meetings",
        Way.AUDIENCE: "meetings",
        Way.STAKEHOLDER: "meetings",
        Way.MEDIA: "media",
        Way.SUPPORT: "commitments",
        Way.PARTNERSHIP: "partnerships",
        Way.VISIT: "visits",
        Way.TRAINING: "trainings",
        Way.REPORT: REPORTS,
        Way.EXPANSION: EXPANSION,
    }
    #: Ways that were noted by hand before they had logs; what was noted then still counts.
    ONCE_BY_HAND = (Way.MEDIA, Way.VISIT, Way.TRAINING)
    #: Ways whose logs name the institutions they are with.
    OF_INSTITUTIONS = (Way.AUDIENCE, Way.SUPPORT, Way.PARTNERSHIP)
    #: What is tied to an activity when it is logged.
    LOGS = tuple(name for name in dict.fromkeys(COUNTED_FROM.values()) if name not in DERIVED)

    class Counted(models.TextChoices):
        LOGS = "logs", "Setiap kegiatan yang tercatat"
        REGENCIES = "regencies", "Setiap kabupaten/kota yang berbeda"
        INSTITUTIONS = "institutions", "Setiap mitra yang berbeda"

    plan = models.ForeignKey(
        WorkPlan,
        models.PROTECT,
        verbose_name="rencana kerja",
        related_name="activities",
        editable=False,
    )
    role = models.PositiveSmallIntegerField("peran tim", choices=Role)
    order = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    title = PlainCharField("kegiatan", max_length=200)
    way = PlainCharField("cara", max_length=15, choices=Way)
    output = PlainCharField(
        "keluaran",
        max_length=200,
        blank=True,
        help_text="Yang dihasilkan, misalnya peraturan bupati.",
    )
    target = models.PositiveIntegerField(
        "target",
        default=1,
        validators=[
            MinValueValidator(1, "Target paling sedikit 1."),
            MaxValueValidator(LARGEST_TARGET, "Periksa targetnya: lebih dari 100.000."),
        ],
    )
    unit = PlainCharField(
        "satuan", max_length=40, help_text="Misalnya pertemuan, kabupaten, desa, SK."
    )
    counted = PlainCharField(
        "yang dihitung",
        max_length=15,
        choices=Counted,
        default=Counted.LOGS,
        help_text=(
            "Untuk kegiatan yang kemajuannya dihitung dari catatan rapat, komitmen, kerja sama,"
            " media, atau laporan triwulan."
        ),
    )
    months = MonthsField("bulan")
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        related_name="planned_activities",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        verbose_name="desa/kelurahan",
        null=True,
        blank=True,
        related_name="planned_activities",
    )
    person_in_charge = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="penanggung jawab",
        null=True,
        blank=True,
        related_name="planned_activities",
    )

    objects = ActivityQuerySet.as_manager()
    history_parents = ("plan",)
    has_child_history = True
    history_title = ("title",)
    history_position = "order"
    frozen_when = Q(plan__state__in=WorkPlan.FROZEN)

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["role", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_plannedactivity_role",
                condition=Q(role__gte=1, role__lte=3),
                violation_error_message="Pilih salah satu dari tiga peran tim.",
            ),
            models.CheckConstraint(
                name="programs_plannedactivity_target",
                condition=Q(target__gte=1, target__lte=LARGEST_TARGET),
                violation_error_message="Target antara 1 dan 100.000.",
            ),
            models.CheckConstraint(
                name="programs_plannedactivity_months",
                condition=Q(months__gte=1, months__lt=1 << 12),
                violation_error_message="Pilih paling sedikit satu bulan.",
            ),
            models.CheckConstraint(
                name="programs_plannedactivity_village_in_regency",
                condition=Q(village__isnull=True)
                | Q(regency__isnull=False, regency_id=Substr("village_id", 1, REGENCY_LENGTH)),
                violation_error_message="Desa ini tidak berada di kabupaten/kota yang dipilih.",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "role", "order"], name="programs_plannedactivity_plan")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return record_url("programs:activity_detail", self.pk)

    def why_kept(self):
        """
        Say what ties the activity down, or "". Comments do not: they stay with the plan
        (`remove_activity`).
        """
        rows = [row for row in references_to([self]) if not isinstance(row, self.comments.model)]
        return in_use_message(f"“{self}”", rows) if rows else ""

    @property
    def place_in_plan(self):
        """The address of the page of its plan on which it stands."""
        plan = reverse("programs:plan_detail", args=[self.plan_id])
        return f"{plan}?kegiatan={self.pk}#kegiatan-{self.pk}"

    @property
    def province_id(self):
        return self.plan.team.province_id

    @property
    def is_logged(self):
        return self.way in self.COUNTED_FROM

    @property
    def place_text(self):
        """The place in words: "Desa Mayang, Kabupaten Belitung Timur"; "Provinsi" without one."""
        if self.village_id:
            return f"{self.village.place_name}, {self.regency.name}"
        return self.regency.name if self.regency_id else "Provinsi"

    def clean(self):
        """
        Check the months, the province and the way against the plan and what was noted. A village
        fills in its regency.
        """
        if self.village_id and not self.regency_id:
            self.regency = self.village.regency  # a village says in which regency it lies
        if (
            self.counted == self.Counted.INSTITUTIONS
            and self.way
            and self.way not in self.OF_INSTITUTIONS
        ):
            raise ValidationError(
                {"counted": "Mitra hanya dihitung untuk audiensi, dukungan mitra, dan kerja sama."}
            )
        if self.months and not set(months_of(self.months)) <= set(self.plan.months):
            raise ValidationError({"months": f"Rencana ini meliputi {self.plan.months_text}."})
        counts_reports = self.way == self.Way.REPORT and self.months
        if counts_reports and not quarters_due(self.plan.year, self.months):
            raise ValidationError({"months": NO_QUARTER_DUE})
        if self.regency_id and self.regency.province_id != self.plan.team.province_id:
            raise ValidationError({"regency": "Kabupaten/kota ini tidak berada di provinsi tim."})
        if self.pk and self.differs_from_stored("way"):
            if self.is_logged and self.achievements.exists():
                raise ValidationError(
                    {
                        "way": (
                            "Kegiatan ini mempunyai capaian yang dicatat; hapus dulu bila caranya"
                            " berubah."
                        )
                    }
                )
            if any(
                getattr(self, name).exists()
                for name in self.LOGS
                if name != self.COUNTED_FROM.get(self.way)
            ):
                raise ValidationError(
                    {
                        "way": (
                            "Ada catatan yang dikaitkan ke sini; lepaskan dulu bila caranya"
                            " berubah."
                        )
                    }
                )
        if (
            self.person_in_charge_id
            and self.person_in_charge.province_id != self.plan.team.province_id
        ):
            raise ValidationError({"person_in_charge": "Orang ini terdaftar di provinsi lain."})


class Achievement(Record):
    """Progress of an activity that no log counts: how much, on which day, and what it was."""

    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan",
        related_name="achievements",
        editable=False,
    )
    achieved_on = models.DateField("tanggal")
    amount = models.PositiveIntegerField(
        "jumlah",
        default=1,
        validators=[
            MinValueValidator(1, "Capaian paling sedikit 1."),
            MaxValueValidator(LARGEST_TARGET, "Periksa jumlahnya: lebih dari 100.000."),
        ],
    )
    note = PlainCharField(
        "catatan", max_length=500, help_text="Apa yang terlaksana dan di mana buktinya."
    )

    objects = ActivityRelatedQuerySet.as_manager()
    history_parents = ("activity",)

    class Meta:
        verbose_name = "capaian"
        verbose_name_plural = "capaian"
        ordering = ["-achieved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_achievement_amount",
                condition=Q(amount__gte=1, amount__lte=LARGEST_TARGET),
                violation_error_message="Capaian antara 1 dan 100.000.",
            ),
            models.CheckConstraint(
                name="programs_achievement_with_note",
                condition=~Q(note=""),
                violation_error_message="Tuliskan catatannya.",
            ),
        ]

    def __str__(self):
        return f"Capaian {dates.long_date(self.achieved_on)}"

    def get_absolute_url(self):
        return self.activity.get_absolute_url()

    @property
    def province_id(self):
        return self.activity.province_id

    def clean(self):
        """Refuse a progress that logs count, and a day to come or years away from the plan."""
        noted_before = self.pk and self.activity.way in PlannedActivity.ONCE_BY_HAND
        if self.activity.is_logged and not noted_before:
            raise ValidationError(COUNTED_BY_ITSELF)
        if self.achieved_on and self.achieved_on > self.activity.plan.team.today:
            raise ValidationError(
                {"achieved_on": "Capaian dicatat setelah terjadi; tanggal ini belum lewat."}
            )
        if self.achieved_on and abs(self.achieved_on.year - self.activity.plan.year) > 1:
            raise ValidationError(
                {"achieved_on": f"Periksa tahunnya: rencana ini untuk {self.activity.plan.year}."}
            )
