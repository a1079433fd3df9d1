"""What was promised; what came of it is in `realisations`."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from advocacy.models.cases import AdvocacyCase
from advocacy.models.meetings import Meeting
from advocacy.querysets.commitments import OUTSTANDING, CommitmentQuerySet
from programs.models import Institution, PlannedActivity, Team
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.money import RupiahField, rupiah
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by
from villages.models import Province, Regency
from villages.models.regions import PROVINCE_LENGTH

EARLIEST_YEAR = 2000  # year of a promise; the programme began in 2018
WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdraw_reason")
WITHDRAWN = "Komitmen ini sudah ditarik. Pulihkan dulu bila masih berlaku."


class Commitment(Record):
    """
    A promise of one institution: a policy, money, goods, or services. It may answer a case in which
    somebody else was asked.

    Money is whole rupiah. Goods and services are valued in rupiah too, with the basis of that
    value, and never added to money; the budget that a policy brings is a third sum. What came of it
    is kept in sum; its state on a day is computed from that (`Commitment.objects.with_state`).
    """

    class Kind(models.TextChoices):
        POLICY = "policy", "Kebijakan"
        MONEY = "money", "Uang"
        GOODS = "goods", "Barang"
        SERVICES = "services", "Jasa atau tenaga"

    IN_KIND = (Kind.GOODS, Kind.SERVICES)

    class Basis(models.TextChoices):
        """What the value of goods or services rests on."""

        GIVER = "giver", "Pernyataan pemberi"
        INVOICE = "invoice", "Faktur atau kuitansi"
        STANDARD = "standard", "Standar harga satuan daerah"
        MARKET = "market", "Harga pasar"
        ESTIMATE = "estimate", "Taksiran tim"

    class State(models.TextChoices):
        PROMISED = "promised", "Dijanjikan"
        PARTLY = "partly", "Terealisasi sebagian"
        REALISED = "realised", "Terealisasi"
        OVERDUE = "overdue", "Lewat tenggat"
        WITHDRAWN = "withdrawn", "Ditarik"

        @property
        def status(self):
            return Status(self.label, _TONES[self])

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="commitments", editable=False
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="instansi/mitra", related_name="commitments"
    )
    case = models.ForeignKey(
        AdvocacyCase,
        models.PROTECT,
        verbose_name="sasaran advokasi",
        null=True,
        blank=True,
        related_name="commitments",
    )
    kind = PlainCharField("bentuk", max_length=10, choices=Kind)
    description = PlainCharField("yang dijanjikan", max_length=300)
    value = RupiahField("nilai", least=1, null=True, blank=True)
    value_basis = PlainCharField("dasar nilai", max_length=10, choices=Basis, blank=True)
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        related_name="commitments",
    )
    promised_on = models.DateField("dijanjikan pada")
    promised_by = PlainCharField(
        "dijanjikan oleh", max_length=200, help_text="Jabatan atau namanya, seperti pada hari itu."
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        verbose_name="dalam rapat",
        null=True,
        blank=True,
        related_name="commitments",
    )
    due_on = models.DateField("tenggat", null=True, blank=True)
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="commitments",
        help_text="Komitmen yang terealisasi dihitung sebagai kemajuan kegiatan ini.",
    )
    #: What came of it, in sum: kept by whoever writes a realisation, in the same transaction
    #: (`count_realisations`).
    came = models.BigIntegerField("terealisasi", default=0, editable=False)
    times = models.PositiveIntegerField("banyaknya realisasi", default=0, editable=False)
    came_on = models.DateField("realisasi terakhir", null=True, editable=False)
    withdrawn_at, withdrawn_by = stamp_at("ditarik pada"), stamp_by("ditarik oleh")
    withdraw_reason = PlainTextField("alasan ditarik", max_length=2000, blank=True, editable=False)

    history_title = ("description",)
    objects = CommitmentQuerySet.as_manager()
    frozen_when = Q(withdrawn_at__isnull=False)
    frozen_message = WITHDRAWN

    class Meta:
        verbose_name = "komitmen"
        verbose_name_plural = "komitmen"
        ordering = ["-promised_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_commitment_valued",
                condition=Q(value__isnull=False, value__gte=1)
                | Q(kind="policy", value__isnull=True),
                violation_error_message="Isi nilainya dalam rupiah.",
            ),
            models.CheckConstraint(
                name="advocacy_commitment_in_kind_with_basis",
                condition=Q(kind__in=["goods", "services"]) & ~Q(value_basis="")
                | Q(kind__in=["policy", "money"], value_basis=""),
                violation_error_message="Dasar nilai diisi untuk barang dan jasa saja.",
            ),
            models.CheckConstraint(
                name="advocacy_commitment_due_after_promise",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("promised_on")),
                violation_error_message="Tenggat tidak boleh sebelum tanggal dijanjikan.",
            ),
            models.CheckConstraint(
                name="advocacy_commitment_regency_in_province",
                condition=Q(regency__isnull=True)
                | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
                violation_error_message="Kabupaten/kota ini tidak berada di provinsi tim.",
            ),
            models.CheckConstraint(
                name="advocacy_commitment_counted",
                condition=Q(times=0, came=0, came_on__isnull=True)
                | Q(times__gte=1, came__gte=0, came_on__isnull=False),
                violation_error_message="Jumlah realisasi dihitung dari realisasinya.",
            ),
            models.CheckConstraint(
                name="advocacy_commitment_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
        ]
        indexes = [
            models.Index(fields=["-promised_on", "-id"], name="advocacy_commitment_recent"),
            models.Index(
                fields=["province", "-promised_on", "-id"], name="advocacy_commitment_prov"
            ),
            models.Index(
                fields=["-promised_on", "-id"],
                name="advocacy_commitment_open",
                condition=OUTSTANDING,
            ),
            models.Index(
                fields=["province", "-promised_on", "-id"],
                name="advocacy_commitment_open_prov",
                condition=OUTSTANDING,
            ),
            models.Index(
                fields=["due_on", "id"], name="advocacy_commitment_due", condition=OUTSTANDING
            ),
            models.Index(
                fields=["province", "due_on", "id"],
                name="advocacy_commitment_due_prov",
                condition=OUTSTANDING,
            ),
            models.Index(
                fields=["-promised_on", "-id"],
                name="advocacy_commitment_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.description

    def get_absolute_url(self):
        return record_url("advocacy:commitment_detail", self.pk)

    @property
    def is_in_kind(self):
        return self.kind in self.IN_KIND

    @property
    def status(self):
        """The status of a commitment read `with_state`."""
        return self.State(self.state).status

    def days_late(self, today):
        """Return the days since the due date of one read `with_state`, 0 if it is not overdue."""
        return (today - self.due_on).days if self.state == self.State.OVERDUE else 0

    def status_on(self, today):
        """Return the status with the days that it is overdue; read `with_state` of that day."""
        if late := self.days_late(today):
            return replace(self.status, label=f"{self.status} {thousands(late)} hari")
        return self.status

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def value_text(self):
        """Rp12.500.000 (pernyataan pemberi); nothing for a policy without a budget."""
        basis = f" ({self.get_value_basis_display().lower()})" if self.value_basis else ""
        return f"{rupiah(self.value)}{basis}" if self.value is not None else ""

    def clean(self):
        """
        Check the days, the value and its basis against the kind, and all of them against what has
        been realised.
        """
        errors = {}
        if self.kind != self.Kind.POLICY and self.value is None:
            errors["value"] = "Isi nilainya dalam rupiah."
        if self.is_in_kind and not self.value_basis:
            errors["value_basis"] = "Pilih dasar nilai barang atau jasa ini."
        if self.kind and not self.is_in_kind and self.value_basis:
            errors["value_basis"] = "Dasar nilai hanya untuk barang dan jasa; kosongkan."
        if self.promised_on and self.promised_on > self.team.today:
            errors["promised_on"] = "Komitmen dicatat setelah dijanjikan; tanggal ini belum lewat."
        if self.promised_on and self.promised_on.year < EARLIEST_YEAR:
            errors["promised_on"] = "Periksa tahunnya."
        if self.due_on and self.promised_on and self.due_on < self.promised_on:
            errors["due_on"] = (
                "Tenggat tidak boleh sebelum tanggal dijanjikan,"
                f" {dates.long_date(self.promised_on)}."
            )
        if self.due_on and self.due_on.year > self.team.today.year + 10:
            errors["due_on"] = "Periksa tahunnya: tenggatnya lebih dari sepuluh tahun lagi."
        if self.pk:
            errors = self._against_realisations() | errors
        if errors:
            raise ValidationError(errors)

    def _against_realisations(self):
        first = self.realisations.order_by("realised_on").first()
        if first is None:
            return {}
        errors = {}
        if self.differs_from_stored("kind"):
            errors["kind"] = (
                "Sudah ada realisasinya, jadi bentuknya tetap. Hapus dulu realisasinya bila bentuk"
                " ini keliru."
            )
        if self.promised_on and first.realised_on < self.promised_on:
            errors["promised_on"] = (
                f"Sudah ada realisasi pada {dates.long_date(first.realised_on)}."
            )
        if self.value is not None and self.realisations.filter(amount__isnull=True).exists():
            errors["value"] = (
                "Realisasinya dicatat tanpa jumlah; isi dulu jumlah anggaran pada realisasinya."
            )
        elsewhere = self.realisations.filter(beneficiaries__isnull=False)
        if (
            self.regency_id
            and elsewhere.exclude(beneficiaries__village__regency=self.regency_id).exists()
        ):
            errors["regency"] = "Ada desa penerima di kabupaten/kota lain."
        return errors

    def misplaced(self, villages):
        """Return what is wrong with these villages as beneficiaries, or ""."""
        if self.regency_id and any(village.regency_id != self.regency_id for village in villages):
            return f"Komitmen ini untuk {self.regency}; pilih desa di sana saja."
        return ""

    def claim_version(self, *, by):
        """
        Claim the version that was read, so that whoever changes the commitment, or what came of it,
        does so one after the other. Raises StaleRecord, or FrozenRecord once it is withdrawn.
        """
        self._claim(self.version)
        Commitment.objects.filter(pk=self.pk).update(updated_at=timezone.now(), updated_by=by)

    def count_realisations(self):
        """
        Store the sums of the realisations; for actions that write one, which hold the version, so
        that no other can be written in between.
        """
        sums = self.sum_realisations()
        Commitment.objects.filter(pk=self.pk).update(**sums)
        for name, value in sums.items():
            setattr(self, name, value)

    def sum_realisations(self):
        """Return what the realisations add up to: `came`, `times` and the last day, `came_on`."""
        return self.realisations.order_by().aggregate(
            came=Coalesce(Sum("amount"), 0, output_field=models.BigIntegerField()),
            times=Count("pk"),
            came_on=Max("realised_on"),
        )

    def withdraw(self, *, by, reason, version=None):
        """Note down that the promise was taken back; what came of it until then stays."""
        if self.is_withdrawn:
            raise TransitionError("Komitmen ini sudah ditarik.")
        stored = Commitment.objects.filter(pk=self.pk).with_state(self.team.today).get()
        if stored.state == self.State.REALISED:
            raise TransitionError(
                "Komitmen ini sudah terealisasi seluruhnya, jadi tidak ada yang dapat ditarik."
            )
        if not reason.strip():
            raise TransitionError("Tuliskan alasannya.")
        self.withdrawn_at, self.withdrawn_by, self.withdraw_reason = (
            timezone.now(),
            by,
            reason.strip(),
        )
        return self.write_as(*WITHDRAWAL, by=by, version=version, when=Q(withdrawn_at__isnull=True))

    def renew(self, *, by, version=None):
        """Put the commitment in force again: withdrawn by mistake, or promised anew."""
        if not self.is_withdrawn:
            raise TransitionError("Komitmen ini tidak ditarik.")
        self.withdrawn_at, self.withdrawn_by, self.withdraw_reason = None, None, ""
        return self.write_as(
            *WITHDRAWAL, by=by, version=version, when=Q(withdrawn_at__isnull=False)
        )


_TONES = {
    Commitment.State.PROMISED: Tone.SCHEDULED,
    Commitment.State.PARTLY: Tone.CHANGED,
    Commitment.State.REALISED: Tone.APPROVED,
    Commitment.State.OVERDUE: Tone.LATE,
    Commitment.State.WITHDRAWN: Tone.DRAFT,
}
