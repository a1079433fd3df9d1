"""What came of a promise, and which villages it came to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from advocacy.models.commitments import WITHDRAWN, Commitment
from advocacy.querysets.realisations import BeneficiaryQuerySet, RealisationQuerySet
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.files import FileRecord
from sinergi.kit.models import Record
from sinergi.kit.money import RupiahField, rupiah
from villages.models import Province, Village


class Realisation(FileRecord):
    """
    Something came of a promise: money, goods or services of some value in whole rupiah, or a
    policy, which is a document with its number and what it is about. `realised_on` is the day of
    the handover, of a document the day it was signed.
    """

    class Document(models.TextChoices):
        """
        Products of law of regions and villages (UU 12/2011, Permendagri 80/2015 and 111/2014),
        agreements, and budgets.
        """

        PERDA = "perda", "Peraturan daerah"
        PERGUB = "pergub", "Peraturan gubernur"
        PERBUP = "perbup", "Peraturan bupati/wali kota"
        PERDES = "perdes", "Peraturan desa"
        SK = "sk", "Surat keputusan"
        AGREEMENT = "agreement", "MoU atau perjanjian kerja sama"
        BUDGET = "budget", "Mata anggaran (APBD/APBDes)"

    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        verbose_name="komitmen",
        related_name="realisations",
        editable=False,
    )
    #: The commitment's, so that a province reads its own by an index.
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    realised_on = models.DateField("tanggal")
    amount = RupiahField("jumlah", least=1, null=True, blank=True)
    document_kind = PlainCharField("jenis dokumen", max_length=10, choices=Document, blank=True)
    document_number = PlainCharField("nomor dokumen", max_length=100, blank=True)
    document_about = PlainCharField("tentang", max_length=300, blank=True)
    note = PlainCharField(
        "keterangan", max_length=300, blank=True, help_text="Misalnya nomor kuitansi atau BAST."
    )
    file = models.FileField("bukti", upload_to=uploads.random_path, blank=True, editable=False)

    objects = RealisationQuerySet.as_manager()
    history_parents = ("commitment",)
    has_child_history = True
    history_title = ("original_name",)
    kept_file = "advocacy:realisation_kept"
    frozen_when = Q(commitment__withdrawn_at__isnull=False)
    frozen_message = WITHDRAWN

    class Meta:
        verbose_name = "realisasi"
        verbose_name_plural = "realisasi"
        ordering = ["-realised_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_realisation_says_what",
                condition=Q(amount__isnull=False, amount__gte=1)
                | Q(amount__isnull=True) & ~Q(document_kind=""),
                violation_error_message="Isi jumlahnya, atau dokumen kebijakannya.",
            ),
            models.CheckConstraint(
                name="advocacy_realisation_document_whole",
                condition=Q(document_kind="", document_number="", document_about="")
                | ~Q(document_kind="") & ~Q(document_number="") & ~Q(document_about=""),
                violation_error_message="Lengkapi jenis, nomor, dan isi dokumennya.",
            ),
        ]
        indexes = [
            models.Index(fields=["-realised_on", "-id"], name="advocacy_realisation_recent"),
            models.Index(
                fields=["province", "-realised_on", "-id"], name="advocacy_realisation_prov"
            ),
        ]

    def __str__(self):
        return f"Realisasi {dates.long_date(self.realised_on)}"

    def get_absolute_url(self):
        return f"{self.commitment.get_absolute_url()}#realisasi-{self.pk}"

    @classmethod
    def of(cls, commitment, **values):
        """Return a new one of this commitment, in its province."""
        return cls(commitment=commitment, province_id=commitment.province_id, **values)

    @property
    def document_text(self):
        """Peraturan bupati/wali kota Nomor 12, tentang …"""
        if not self.document_kind:
            return ""
        return (
            f"{self.get_document_kind_display()} Nomor {self.document_number} tentang"
            f" {self.document_about}"
        )

    @property
    def what_text(self):
        """What came: its value, its document, or both."""
        return " · ".join(
            filter(
                None, [rupiah(self.amount) if self.amount is not None else "", self.document_text]
            )
        )

    @property
    def evidence_url(self):
        return reverse("advocacy:realisation_evidence", args=[self.key]) if self.file else ""

    def clean(self):
        """
        Refuse what a commitment cannot bring: once withdrawn, on a day before it or still to come,
        a policy without its document, anything else without its value.
        """
        commitment, errors = self.commitment, {}
        if commitment.is_withdrawn:
            raise ValidationError(WITHDRAWN)
        if self.realised_on and self.realised_on > commitment.team.today:
            errors["realised_on"] = "Realisasi dicatat setelah terjadi; tanggal ini belum lewat."
        if self.realised_on and self.realised_on < commitment.promised_on:
            errors["realised_on"] = (
                f"Komitmen ini dijanjikan {dates.long_date(commitment.promised_on)}, jadi tidak"
                " sebelumnya."
            )
        if commitment.kind == Commitment.Kind.POLICY:
            for name, message in DOCUMENT_PARTS.items():
                if not getattr(self, name):
                    errors[name] = message
        if self.amount is None and commitment.value is not None:
            errors["amount"] = "Isi jumlahnya dalam rupiah."
        if errors:
            raise ValidationError(errors)


DOCUMENT_PARTS = {
    "document_kind": "Pilih jenis dokumennya.",
    "document_number": "Isi nomor dokumennya.",
    "document_about": "Tuliskan tentang apa dokumen ini.",
}


class Beneficiary(Record):
    """A village that something came to."""

    realisation = models.ForeignKey(
        Realisation,
        models.CASCADE,
        verbose_name="realisasi",
        related_name="beneficiaries",
        editable=False,
    )
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa/kelurahan", related_name="benefits"
    )

    objects = BeneficiaryQuerySet.as_manager()
    history_parents = ("realisation",)

    class Meta:
        verbose_name = "desa penerima"
        verbose_name_plural = "desa penerima"
        ordering = ["village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["realisation", "village"],
                name="advocacy_beneficiary_once",
                violation_error_message="Desa ini sudah ada pada realisasi itu.",
            ),
        ]

    def __str__(self):
        return self.village.place_name

    @property
    def province_id(self):
        return self.realisation.province_id
