"""Where an account works, and as what."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.timezone import localdate

from programs.querysets.assignments import AssignmentQuerySet
from sinergi.accounts.roles import ROLE_CHOICES, ROLES
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by
from villages.codes import PROVINCE_LENGTH
from villages.models import Province, Regency


def one_assignment(place, fields, condition):
    return models.UniqueConstraint(
        fields=fields,
        condition=condition & Q(ended_at__isnull=True),
        name=f"programs_assignment_once_{place}",
        violation_error_message="Akun ini sudah mempunyai peran itu di wilayah yang sama.",
    )


class Assignment(Record):
    """
    A role held at a place: a regency, a province, or (no province) the whole country.

    A user may hold several. An assignment is never deleted: it ends, with who ended it and why.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="akun", related_name="assignments"
    )
    role = PlainCharField("peran", max_length=20, choices=ROLE_CHOICES)
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        null=True,
        blank=True,
        help_text="Kosongkan untuk seluruh Indonesia.",
    )
    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", null=True, blank=True
    )
    starts_on = models.DateField("mulai", default=localdate)
    ended_at, ended_by = stamp_at("berakhir pada"), stamp_by("diakhiri oleh")
    end_reason = PlainTextField("alasan berakhir", max_length=2000, blank=True, editable=False)

    frozen_when = Q(ended_at__isnull=False)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["pk"]
        constraints = [
            # Three, because to the databases two empty columns are not equal.
            one_assignment("national", ["user", "role"], Q(province__isnull=True)),
            one_assignment(
                "province",
                ["user", "role", "province"],
                Q(province__isnull=False, regency__isnull=True),
            ),
            one_assignment("regency", ["user", "role", "regency"], Q(regency__isnull=False)),
            models.CheckConstraint(
                name="programs_assignment_regency_in_province",
                condition=Q(regency__isnull=True)
                | Q(province__isnull=False, province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
                violation_error_message="Kabupaten/kota harus berada di provinsi yang dipilih.",
            ),
            models.CheckConstraint(
                name="programs_assignment_officer_has_regency",
                condition=~Q(role="regency_officer") | Q(regency__isnull=False),
                violation_error_message="Petugas kabupaten/kota memerlukan kabupaten/kotanya.",
            ),
            models.CheckConstraint(
                name="programs_assignment_starts_plausibly",
                condition=Q(starts_on__gte=date(2000, 1, 1), starts_on__lt=date(2100, 1, 1)),
                violation_error_message="Periksa tahunnya.",
            ),
            models.CheckConstraint(
                name="programs_assignment_ended_with_reason",
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
                violation_error_message="Tuliskan alasan berakhirnya.",
            ),
        ]

    def __str__(self):
        return f"{self.role_name}, {self.place_name}"

    def get_absolute_url(self):
        return record_url("programs:account_detail", self.user_id)

    def end(self, *, by, reason, version=None):
        """
        End the role with this moment. Raises TransitionError for one's own, and without a reason.
        """
        if self.ended_at:
            raise TransitionError("Penugasan ini sudah berakhir.")
        if self.user_id == by.pk and not by.is_superuser:
            raise TransitionError("Penugasan akun sendiri diakhiri oleh administrator lain.")
        if not reason.strip():
            raise TransitionError("Tuliskan alasannya.")
        self.ended_at, self.ended_by, self.end_reason = timezone.now(), by, reason.strip()
        running = Q(ended_at__isnull=True)
        return self.write_as(
            "ended_at", "ended_by", "end_reason", by=by, version=version, when=running
        )

    @property
    def role_name(self):
        return ROLES[self.role].label

    @property
    def place_name(self):
        return str(self.regency or self.province or "nasional")
