"""Agreements with institutions (MoU and PKS)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from advocacy.models.commitments import EARLIEST_YEAR
from advocacy.querysets.partnerships import PartnershipQuerySet
from programs.models import Institution, PlannedActivity, Team
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.files import FileRecord
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone
from villages.models import Province


class Partnership(FileRecord):
    """
    An agreement with an institution (MoU or PKS), from its first to its last day, both included.
    """

    class Kind(models.TextChoices):
        MOU = "mou", "MoU/nota kesepahaman"
        PKS = "pks", "Perjanjian kerja sama (PKS)"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="partnerships", editable=False
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="instansi/mitra", related_name="partnerships"
    )
    kind = PlainCharField("jenis", max_length=10, choices=Kind)
    number = PlainCharField("nomor", max_length=100, blank=True)
    about = PlainCharField("tentang", max_length=300)
    starts_on = models.DateField("mulai berlaku")
    ends_on = models.DateField(
        "berlaku sampai",
        null=True,
        blank=True,
        help_text="Hari terakhir. Kosongkan bila tanpa batas.",
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="partnerships",
        help_text="Perjanjian ini dihitung sebagai kemajuan kegiatan itu.",
    )
    file = models.FileField("naskah", upload_to=uploads.random_path, blank=True, editable=False)

    history_title = ("about", "original_name")
    objects = PartnershipQuerySet.as_manager()
    kept_file = "advocacy:partnership_kept"

    class Meta:
        verbose_name = "kerja sama"
        verbose_name_plural = "kerja sama"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_partnership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Hari terakhir tidak boleh sebelum hari pertama.",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="advocacy_partnership_recent"),
            models.Index(
                fields=["province", "-starts_on", "-id"], name="advocacy_partnership_prov"
            ),
            models.Index(fields=["ends_on", "id"], name="advocacy_partnership_ends"),
        ]

    def __str__(self):
        return self.about

    def get_absolute_url(self):
        return record_url("advocacy:partnership_detail", self.pk)

    @property
    def period_text(self):
        """1 Juli 2019 sampai 30 Juni 2021"""
        until = f"sampai {dates.long_date(self.ends_on)}" if self.ends_on else "tanpa batas waktu"
        return f"{dates.long_date(self.starts_on)} {until}"

    def status_on(self, day):
        """Return whether it is in force on that day; an end within the notice is announced."""
        if self.starts_on > day:
            return Status("Belum berlaku", Tone.SCHEDULED)
        if self.ends_on and self.ends_on < day:
            return Status("Berakhir", Tone.DRAFT)
        days = (self.ends_on - day).days if self.ends_on else None
        if days is not None and days <= PartnershipQuerySet.NOTICE_DAYS:
            label = f"Berakhir dalam {days} hari" if days else "Berakhir hari ini"
            return Status(label, Tone.LATE)
        return Status("Berlaku", Tone.APPROVED)

    @property
    def paper_url(self):
        return reverse("advocacy:partnership_paper", args=[self.key]) if self.file else ""

    def clean(self):
        errors = {}
        if self.starts_on and not EARLIEST_YEAR <= self.starts_on.year <= self.team.today.year + 2:
            errors["starts_on"] = "Periksa tahunnya."
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            errors["ends_on"] = (
                "Hari terakhir tidak boleh sebelum hari pertama,"
                f" {dates.long_date(self.starts_on)}."
            )
        elif self.ends_on and self.ends_on.year > self.team.today.year + 50:
            errors["ends_on"] = "Periksa tahunnya."
        if errors:
            raise ValidationError(errors)
