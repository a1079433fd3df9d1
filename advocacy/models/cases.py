"""Whom the team asks for what, and how far it has come."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from advocacy.querysets.cases import CasePlaceQuerySet, CaseQuerySet, CaseStepQuerySet
from programs.models import Institution, Person, Team
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import TransitionError
from villages.models import Province, Regency, Village
from villages.models.regions import REGENCY_LENGTH

NOT_YET = "Tahap dicatat setelah terjadi; tanggal ini belum lewat."


class AdvocacyCase(Record):
    """
    One thing asked of one institution (sasaran advokasi): a policy of government, a resource of
    anybody.

    `stage` and `stage_since` are those of its last step; `advocacy.actions.move_case` writes both.
    """

    class Aim(models.TextChoices):
        """
        What is asked for: policies (the team's first role) and resources (goods, money, services or
        labour), as the article of the library office of Kepulauan Bangka Belitung lists them
        (2019).
        """

        REGULATION = "regulation", "Peraturan"
        BUDGET_LINE = "budget_line", "Penganggaran"
        STAFF = "staff", "Tenaga perpustakaan"
        INFRASTRUCTURE = "infrastructure", "Sarana dan prasarana"
        INVOLVEMENT = "involvement", "Pelibatan masyarakat"
        MONEY = "money", "Uang"
        GOODS = "goods", "Barang"
        SERVICES = "services", "Jasa atau tenaga"

    POLICIES = (Aim.REGULATION, Aim.BUDGET_LINE, Aim.STAFF, Aim.INFRASTRUCTURE, Aim.INVOLVEMENT)

    class Stage(models.TextChoices):
        IDENTIFIED = "identified", "Teridentifikasi"
        CONTACTED = "contacted", "Dihubungi"
        AUDIENCE = "audience", "Audiensi"
        COMMITTED = "committed", "Berkomitmen"
        REALISED = "realised", "Terealisasi"
        DECLINED = "declined", "Menolak"
        DORMANT = "dormant", "Ditunda"

        @property
        def status(self):
            return Status(self.label, _TONES[self])

    #: Stages in which the next step is the team's, so that waiting too long is worth a word. A
    #: promise has a due date.
    WAITING = (Stage.IDENTIFIED, Stage.CONTACTED, Stage.AUDIENCE)
    #: Stages that lead on; the other two lead aside.
    COURSE = (*WAITING, Stage.COMMITTED, Stage.REALISED)
    #: Stages with an answer, after which nothing more is asked.
    SETTLED = (Stage.REALISED, Stage.DECLINED)

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="cases", editable=False
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="instansi/mitra", related_name="cases"
    )
    aim = PlainCharField("bentuk dukungan", max_length=15, choices=Aim)
    asked = PlainCharField(
        "yang diminta",
        max_length=200,
        help_text="Misalnya anggaran perpustakaan desa, komputer bekas.",
    )
    note = PlainTextField("catatan", max_length=5000, blank=True)
    person_in_charge = models.ForeignKey(
        Person, models.PROTECT, verbose_name="penanggung jawab", related_name="cases"
    )
    stage = PlainCharField(
        "tahap", max_length=10, choices=Stage, default=Stage.IDENTIFIED, editable=False
    )
    stage_since = models.DateField("pada tahap ini sejak", editable=False)

    history_title = ("asked",)
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "sasaran advokasi"
        verbose_name_plural = "sasaran advokasi"
        ordering = ["stage_since", "pk"]
        permissions = [
            ("move_advocacycase", "Dapat memindahkan tahap sasaran advokasi yang dipegangnya")
        ]
        indexes = [
            models.Index(fields=["stage_since", "id"], name="advocacy_case_since"),
            models.Index(fields=["province", "stage_since", "id"], name="advocacy_case_prov_since"),
            models.Index(
                fields=["province", "stage", "stage_since", "id"], name="advocacy_case_prov_stage"
            ),
        ]

    def __str__(self):
        return self.asked

    def get_absolute_url(self):
        return record_url("advocacy:case_detail", self.pk)

    @property
    def full_text(self):
        """Of whom it is asked, too: the same may be asked of many."""
        return f"{self.institution}: {self.asked}"

    @property
    def is_policy(self):
        return self.aim in self.POLICIES

    @property
    def aim_text(self):
        """Kebijakan: peraturan"""
        return (
            f"{'Kebijakan' if self.is_policy else 'Sumber daya'}: {self.get_aim_display().lower()}"
        )

    @property
    def is_open(self):
        return self.stage in self.COURSE[:-1]

    @property
    def status(self):
        return self.Stage(self.stage).status

    @property
    def next_stage(self):
        """The stage that follows on the way, or None at its end and beside it."""
        course = list(self.COURSE)
        at = course.index(self.stage) if self.stage in course else len(course)
        return course[at + 1] if at + 1 < len(course) else None

    @property
    def next_stage_label(self):
        """Its name, or "" where none follows."""
        return self.Stage(self.next_stage).label if self.next_stage else ""

    def days_in_stage(self, today):
        return max((today - self.stage_since).days, 0)

    def is_stalled(self, today):
        """
        Return whether the team's own next step is overdue by the number of days that the team has
        set for itself.
        """
        return self.stage in self.WAITING and self.days_in_stage(today) > self.team.stall_days

    def may_be_moved_by(self, user):
        """Return whether this person writes cases here, or is the person in charge."""
        if user.has_perm("advocacy.change_advocacycase", self):
            return True
        return (
            user.has_perm("advocacy.move_advocacycase", self)
            and self.person_in_charge.user_id == user.pk
        )

    def lock(self):
        """
        Lock the row until the transaction ends: whoever else settles this case waits, and sees what
        was written.
        """
        AdvocacyCase.objects.filter(pk=self.pk).update(version=F("version"))

    def commitment_states(self, today):
        """Return [(state, day of the last realisation)] of the commitments made in this case."""
        return list(self.commitments.with_state(today).order_by().values_list("state", "came_on"))

    @staticmethod
    def implausible_day(day, team):
        """Return what is wrong with that day for a stage of a case of this team, or ""."""
        if day > team.today:
            return NOT_YET
        if day.year < team.formed_on.year - 1:
            return f"Periksa tahunnya: tim dibentuk {dates.long_date(team.formed_on)}."
        return ""

    def check_step(self, stage, *, on):
        """Raise TransitionError when the case cannot come to that stage on that day."""
        if stage == self.stage:
            raise TransitionError(f"Sasaran ini sudah pada tahap “{self.get_stage_display()}”.")
        if problem := self.implausible_day(on, self.team):
            raise TransitionError(problem)
        if on < self.stage_since:
            raise TransitionError(
                "Tanggal tahap tidak boleh sebelum tahap terakhir,"
                f" {dates.long_date(self.stage_since)}."
            )


class CaseStep(Record):
    """A case has come to a stage: on which day, and what happened."""

    case = models.ForeignKey(
        AdvocacyCase, models.CASCADE, verbose_name="sasaran", related_name="steps", editable=False
    )
    stage = PlainCharField("tahap", max_length=10, choices=AdvocacyCase.Stage)
    on = models.DateField("tanggal")
    note = PlainCharField("catatan", max_length=500)

    objects = CaseStepQuerySet.as_manager()
    history_parents = ("case",)

    class Meta:
        verbose_name = "tahap"
        verbose_name_plural = "tahap"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_casestep_with_note",
                condition=~Q(note=""),
                violation_error_message="Tuliskan catatannya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {dates.long_date(self.on)}"

    def get_absolute_url(self):
        return self.case.get_absolute_url()

    def clean(self):
        """Refuse a day still to come, and one before the previous step."""
        if self.on and (problem := AdvocacyCase.implausible_day(self.on, self.case.team)):
            raise ValidationError({"on": problem})
        before = (
            CaseStep.objects.filter(case=self.case_id, pk__lt=self.pk or 0).order_by("-pk").first()
        )
        if self.on and before and self.on < before.on:
            raise ValidationError(
                {
                    "on": (
                        f"Tahap sebelumnya dicatat {dates.long_date(before.on)}, jadi tidak lebih"
                        " awal."
                    )
                }
            )

    @property
    def province_id(self):
        return self.case.province_id


class CasePlace(Record):
    """A regency, or a village in it, for which something is asked."""

    case = models.ForeignKey(
        AdvocacyCase, models.CASCADE, verbose_name="sasaran", related_name="places", editable=False
    )
    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", related_name="+"
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        verbose_name="desa/kelurahan",
        null=True,
        blank=True,
        related_name="case_places",
    )

    objects = CasePlaceQuerySet.as_manager()
    history_parents = ("case",)

    class Meta:
        verbose_name = "wilayah sasaran"
        verbose_name_plural = "wilayah sasaran"
        ordering = ["regency", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "regency"],
                condition=Q(village__isnull=True),
                name="advocacy_caseplace_regency_once",
                violation_error_message="Kabupaten/kota ini sudah ada pada sasaran ini.",
            ),
            models.UniqueConstraint(
                fields=["case", "village"],
                condition=Q(village__isnull=False),
                name="advocacy_caseplace_village_once",
                violation_error_message="Desa ini sudah ada pada sasaran ini.",
            ),
            models.CheckConstraint(
                name="advocacy_caseplace_village_in_regency",
                condition=Q(village__isnull=True)
                | Q(regency_id=Substr("village_id", 1, REGENCY_LENGTH)),
                violation_error_message="Desa ini tidak berada di kabupaten/kota itu.",
            ),
        ]

    def __str__(self):
        return self.village.place_name if self.village_id else self.regency.name

    @property
    def province_id(self):
        return self.case.province_id


_TONES = {
    AdvocacyCase.Stage.IDENTIFIED: Tone.NEW,
    AdvocacyCase.Stage.CONTACTED: Tone.SCHEDULED,
    AdvocacyCase.Stage.AUDIENCE: Tone.WAITING,
    AdvocacyCase.Stage.COMMITTED: Tone.CHANGED,
    AdvocacyCase.Stage.REALISED: Tone.APPROVED,
    AdvocacyCase.Stage.DECLINED: Tone.LATE,
    AdvocacyCase.Stage.DORMANT: Tone.DRAFT,
}
