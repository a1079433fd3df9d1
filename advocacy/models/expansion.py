"""
How a village comes into the programme: a case for each, and its steps with their evidence.

The stage of a case is that of its last step, and stored nowhere else. A step is shown by exactly
one record that is in Sinergi already, or stands with a reason from a short list.
"""

from django.db import models
from django.db.models import F, Q

from advocacy.expansion_stages import EVIDENCE, KINDS, NEEDED, NoEvidence, Stage
from advocacy.models.commitments import EARLIEST_YEAR, Commitment
from advocacy.models.meetings import Meeting
from advocacy.models.realisations import Realisation
from advocacy.models.trainings import Training
from advocacy.querysets.expansion import ExpansionCaseQuerySet, ExpansionStepQuerySet
from programs.models import Decree, Team
from sinergi.kit.dates import long_date
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from villages.models import ImportBatch, LibraryReport, Province, Regency, Village


class ExpansionCase(Record):
    """A village on its way to a library that stands by itself; one case for each village."""

    class Source(models.TextChoices):
        """Who pays, or is asked to."""

        NATIONAL = "national", "Perpusnas"
        REGENCY = "regency", "APBD kabupaten/kota"
        VILLAGE = "village", "APBDes"
        OWN = "own", "Replikasi mandiri"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="expansion_cases", editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="+",
        editable=False,
        db_index=False,
    )
    village = models.OneToOneField(
        Village,
        models.PROTECT,
        verbose_name="desa/kelurahan",
        related_name="expansion_case",
        editable=False,
        error_messages={"unique": "Desa ini sudah punya catatan perluasan."},
    )
    source = PlainCharField("sumber", max_length=10, choices=Source, blank=True)
    batch = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        verbose_name="daftar asal",
        null=True,
        editable=False,
        related_name="expansion_cases",
    )

    objects = ExpansionCaseQuerySet.as_manager()
    history_hidden = frozenset({"team", "province", "regency", "batch"})

    class Meta:
        verbose_name = "perluasan"
        verbose_name_plural = "perluasan"
        ordering = ["village"]
        permissions = [("move_expansioncase", "Dapat menaikkan tahap perluasan")]
        indexes = [
            models.Index(fields=["province", "regency"], name="advocacy_expansion_place"),
            models.Index(fields=["regency"], name="advocacy_expansion_regency"),
        ]

    def __str__(self):
        return f"{self.village} menuju program"

    def get_absolute_url(self):
        return record_url("advocacy:expansion_detail", self.pk)

    @property
    def status(self):
        """The status of a case read `at` a day."""
        return Stage(self.stage).status

    def set_village(self, village, team):
        """Take the village, and from it the regency; the team is that of its province."""
        self.village, self.team = village, team
        self.province_id, self.regency_id = village.province_id, village.regency_id


def one_of_kinds():
    """Return the condition that a step has one record as evidence, or a reason instead."""
    nothing = {f"{kind}__isnull": True for kind in KINDS}
    shown = Q(**nothing) & ~Q(reason="")
    for kind in KINDS:
        shown |= Q(**nothing | {f"{kind}__isnull": False}, reason="")
    return shown


def evidence(model, label, **options):
    return models.ForeignKey(
        model,
        models.PROTECT,
        verbose_name=label,
        null=True,
        blank=True,
        related_name="expansion_steps",
        **options,
    )


class ExpansionStep(Record):
    """
    That a case reached a stage on a day. `number` counts the steps of a case, whose days never go
    back; `from_stage` is where it stood before, "" at first. The place is that of the case, and
    `left_on` the day of the step after it, so that a place is counted by these rows alone; both are
    set by the actions.
    """

    case = models.ForeignKey(
        ExpansionCase,
        models.PROTECT,
        verbose_name="perluasan",
        related_name="steps",
        editable=False,
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="+",
        editable=False,
        db_index=False,
    )
    number = models.PositiveSmallIntegerField("langkah", editable=False)
    from_stage = PlainCharField(
        "dari tahap", max_length=12, choices=Stage, blank=True, editable=False
    )
    stage = PlainCharField("tahap", max_length=12, choices=Stage)
    is_backward = models.BooleanField("mundur", default=False, editable=False)
    reached_on = models.DateField("sejak tanggal")
    left_on = models.DateField("sampai tanggal", null=True, editable=False)
    note = PlainTextField("catatan", max_length=1000, blank=True)
    meeting = evidence(Meeting, "rapat atau audiensi")
    commitment = evidence(Commitment, "komitmen")
    realisation = evidence(Realisation, "realisasi")
    decree = evidence(Decree, "SK")
    training = evidence(Training, "bimtek")
    report = evidence(LibraryReport, "laporan triwulan")
    reason = PlainCharField("tanpa bukti karena", max_length=10, choices=NoEvidence, blank=True)

    objects = ExpansionStepQuerySet.as_manager()
    history_parents = ("case",)
    history_hidden = frozenset({"province", "regency", "number", "is_backward", "left_on"})
    history_title = ("stage",)

    class Meta:
        verbose_name = "langkah perluasan"
        verbose_name_plural = "langkah perluasan"
        ordering = ["case", "number"]
        indexes = [
            models.Index(fields=["province", "regency"], name="advocacy_expansionstep_place"),
            models.Index(fields=["regency"], name="advocacy_expansionstep_regency"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="advocacy_expansionstep_number_once",
                violation_error_message="Langkah ini sudah tercatat.",
            ),
            models.CheckConstraint(
                name="advocacy_expansionstep_evidence_or_reason",
                condition=one_of_kinds(),
                violation_error_message="Pilih satu bukti, atau sebab mengapa belum ada.",
            ),
            models.CheckConstraint(
                name="advocacy_expansionstep_days_in_order",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("reached_on")),
                violation_error_message="Tanggal suatu langkah tidak sebelum langkah sebelumnya.",
            ),
            models.CheckConstraint(
                name="advocacy_expansionstep_moves",
                condition=~Q(stage=F("from_stage")),
                violation_error_message="Tahapnya sudah itu.",
            ),
            models.CheckConstraint(
                name="advocacy_expansionstep_back_with_words",
                condition=(Q(is_backward=False) & ~Q(stage=Stage.STOPPED)) | ~Q(note=""),
                violation_error_message="Tuliskan sebabnya pada catatan.",
            ),
            models.CheckConstraint(
                name="advocacy_expansionstep_other_with_words",
                condition=~Q(reason=NoEvidence.OTHER) | ~Q(note=""),
                violation_error_message="Tuliskan sebabnya pada catatan.",
            ),
        ]

    def __str__(self):
        return Stage(self.stage).label

    def set_case(self, case):
        """Take the case, and from it the place."""
        self.case = case
        self.province_id, self.regency_id = case.province_id, case.regency_id

    def get_absolute_url(self):
        return record_url("advocacy:expansion_detail", self.case_id)

    @property
    def stage_status(self):
        return Stage(self.stage).status

    @property
    def evidence(self):
        """Return the record that shows this step, or None."""
        return next((found for kind in KINDS if (found := getattr(self, kind))), None)

    @property
    def kind(self):
        """Return the kind of that record, or ""."""
        return next((kind for kind in KINDS if getattr(self, f"{kind}_id")), "")

    @property
    def fault(self):
        """Return what became of the evidence since, in words; the step stays all the same."""
        if self.meeting_id and self.meeting.state == Meeting.State.CANCELLED:
            return "Rapat ini sudah dibatalkan."
        if self.commitment_id and self.commitment.is_withdrawn:
            return "Komitmen ini sudah ditarik."
        if self.realisation_id and self.realisation.commitment.is_withdrawn:
            return "Komitmennya sudah ditarik."
        if self.decree_id and self.decree.state == Decree.State.REVOKED:
            return "SK ini sudah dicabut."
        if self.report_id and self.report.state != LibraryReport.State.VERIFIED:
            return "Laporan ini sedang tidak terverifikasi."
        return ""

    def show_by(self, kind, record):
        """Take this record as the evidence, or none ("", None), in place of what it had."""
        for name in KINDS:
            setattr(self, name, record if name == kind else None)

    def problems(self, last, today):
        """
        Return {name of the field: what keeps this from being the step after `last` (or None)}. Its
        evidence must be of a kind that shows the stage; which record it is, is asked by the form.
        """
        found = {}
        if self.reached_on and self.reached_on > today:
            found["reached_on"] = "Tanggalnya tidak boleh sesudah hari ini."
        elif self.reached_on and self.reached_on.year < EARLIEST_YEAR:
            found["reached_on"] = "Periksa tahunnya."
        elif self.reached_on and last and self.reached_on < last.reached_on:
            found["reached_on"] = (
                f"Tidak boleh sebelum langkah {Stage(last.stage).label.lower()}, yang sejak"
                f" {long_date(last.reached_on)}."
            )
        if last and self.stage == last.stage:
            found["stage"] = f"Desa ini sudah pada tahap {Stage(last.stage).label.lower()}."
        if self.kind and self.kind not in EVIDENCE[Stage(self.stage)]:
            found["evidence"] = f"Yang dibutuhkan: {NEEDED.get(Stage(self.stage), 'sebabnya')}."
        if not self.kind and not self.reason:
            found["evidence"] = "Pilih satu bukti, atau sebab mengapa belum ada."
        needs_words = self.is_backward or self.stage == Stage.STOPPED
        if (needs_words or self.reason == NoEvidence.OTHER) and not self.note.strip():
            found["note"] = "Tuliskan sebabnya."
        return found
