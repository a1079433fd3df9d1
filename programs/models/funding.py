"""Sources of funding of a team by year, and what each gives for an activity."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from programs.models.activities import PlannedActivity
from programs.models.plans import WorkPlan
from programs.models.teams import Team
from programs.querysets.activities import ActivityRelatedQuerySet
from programs.querysets.funding import FundingSourceQuerySet
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.money import RupiahField


class FundingSource(Record):
    """
    One source in one budget year, with what it can give at the most (whole rupiah), if that is
    known.

    Money, or goods and services valued in rupiah: never both in one source, so that no total mixes
    the two.
    """

    class Kind(models.TextChoices):
        """
        APBN, APBD and APBDes are budgets of the state (UU 17/2003, UU 6/2014); the rest is
        non-APBD.
        """

        APBN = "apbn", "APBN"
        APBD_PROVINCE = "apbd_province", "APBD provinsi"
        APBD_REGENCY = "apbd_regency", "APBD kabupaten/kota"
        APBDES = "apbdes", "APBDes"
        PRIVATE = "private", "Swasta/CSR"
        COMMUNITY = "community", "Masyarakat"
        OTHER = "other", "Non-APBD lain"

    class Support(models.TextChoices):
        CASH = "cash", "Uang"
        IN_KIND = "in_kind", "Barang atau jasa"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="sources", editable=False
    )
    year = models.PositiveSmallIntegerField("tahun anggaran")
    kind = PlainCharField("jenis", max_length=15, choices=Kind)
    support = PlainCharField("bentuk", max_length=10, choices=Support, default=Support.CASH)
    name = PlainCharField(
        "keterangan",
        max_length=100,
        blank=True,
        help_text="Bila perlu dibedakan, misalnya nama daerah atau perusahaan.",
    )
    ceiling = RupiahField(
        "pagu",
        null=True,
        blank=True,
        least=1,
        help_text="Paling banyak yang tersedia. Kosongkan bila belum diketahui.",
    )

    history_title = ("name",)
    objects = FundingSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["-year", "support", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "year", "kind", "support", "name"],
                name="programs_fundingsource_once",
                violation_error_message="Sumber dana ini sudah terdaftar untuk tahun itu.",
            ),
            models.CheckConstraint(
                name="programs_fundingsource_year",
                condition=Q(year__gte=2000, year__lt=2100),
                violation_error_message="Periksa tahunnya.",
            ),
            models.CheckConstraint(
                name="programs_fundingsource_ceiling",
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=1),
                violation_error_message=(
                    "Pagu paling sedikit satu rupiah; kosongkan bila belum diketahui."
                ),
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return f"{reverse('programs:funding_list', args=[self.team_id])}?tahun={self.year}"

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def label(self):
        """The name with its kind: "APBD kabupaten/kota (Bangka)", and whether it is in kind."""
        name = f"{self.get_kind_display()} ({self.name})" if self.name else self.get_kind_display()
        return f"{name}, barang/jasa" if self.is_in_kind else name

    @property
    def is_in_kind(self):
        return self.support == self.Support.IN_KIND

    def clean(self):
        """Refuse another year or support for a source that a plan or an expense uses."""
        if self._state.adding:
            return
        used = self.lines.exists() or self.expenses.exists()
        if used and self.differs_from_stored("year", "support"):
            raise ValidationError(
                "Sumber dana ini sudah dipakai, jadi tahun dan bentuknya tetap. Buat sumber dana"
                " lain."
            )


class BudgetLine(Record):
    """What one source is to give for one activity, in whole rupiah; frozen with the plan."""

    activity = models.ForeignKey(
        PlannedActivity,
        models.CASCADE,
        verbose_name="kegiatan",
        related_name="lines",
        editable=False,
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, verbose_name="sumber dana", related_name="lines"
    )
    amount = RupiahField("jumlah", least=1)

    objects = ActivityRelatedQuerySet.as_manager()
    history_parents = ("activity",)
    frozen_when = Q(activity__plan__state__in=WorkPlan.FROZEN)

    class Meta:
        verbose_name = "anggaran kegiatan"
        verbose_name_plural = "anggaran kegiatan"
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source"],
                name="programs_budgetline_once",
                violation_error_message="Sumber dana ini sudah ada pada kegiatan itu.",
            ),
            models.CheckConstraint(
                name="programs_budgetline_positive",
                condition=Q(amount__gte=1),
                violation_error_message="Anggaran paling sedikit satu rupiah.",
            ),
        ]

    def __str__(self):
        return f"{self.source}, {self.activity}"

    @property
    def province_id(self):
        return self.activity.province_id
