"""The team and its dated membership."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from programs.models.people import Institution, Person
from programs.querysets import MembershipQuerySet
from sinergi.kit.models import Record
from sinergi.kit.querysets import ScopedQuerySet
from villages.models import Province


class Team(Record):
    """A Tim Sinergi Provinsi; `office` is the library office under which it stands."""

    province = models.OneToOneField(Province, models.PROTECT, verbose_name="provinsi", related_name="team")
    name = models.CharField("nama", max_length=200)
    office = models.CharField("dinas", max_length=200, help_text="Dinas yang membawahi tim, seperti dalam kop surat.")
    formed_on = models.DateField("dibentuk pada")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "tim sinergi"
        verbose_name_plural = "tim sinergi"
        ordering = ["province"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programs:team_detail", args=[self.pk])


class Membership(Record):
    """
    One person's part in the team from a first to a last day, both included.

    Institution and position are those of that period, so that leaving an office does not rewrite the past.
    """

    class Role(models.TextChoices):
        """In the order in which a decree lists them."""

        RESPONSIBLE = "responsible", "Penanggung jawab"
        CHAIR = "chair", "Ketua Tim"
        SECRETARY = "secretary", "Sekretaris Tim"
        MEMBER = "member", "Anggota"

    team = models.ForeignKey(Team, models.PROTECT, verbose_name="tim", related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="orang", related_name="memberships")
    role = models.CharField("peran", max_length=20, choices=Role, default=Role.MEMBER)
    institution = models.ForeignKey(Institution, models.PROTECT, verbose_name="instansi", related_name="memberships")
    position = models.CharField("jabatan", max_length=150, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True, help_text="Hari terakhir. Kosongkan selama masih anggota.")
    end_reason = models.CharField("alasan berakhir", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        constraints = [
            models.CheckConstraint(
                name="programs_membership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Hari terakhir tidak boleh sebelum hari pertama.",
            ),
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(ends_on__isnull=True),
                name="programs_membership_once_at_a_time",
                violation_error_message="Orang ini masih menjadi anggota tim.",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(ends_on__isnull=True, role="chair"),
                name="programs_membership_one_chair",
                violation_error_message="Tim hanya mempunyai satu ketua pada satu waktu.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"

    @property
    def province_id(self):
        return self.team.province_id
