"""The dated membership of a team."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from programs.models.institutions import Institution
from programs.models.people import Person
from programs.models.teams import ONE_YEAR, Team
from programs.name_keys import initials
from programs.querysets.memberships import MembershipQuerySet
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.periods import NoOverlap


class Membership(Record):
    """
    One person's part in the team from a first to a last day, both included.

    Institution and position are those of that period, so that leaving an office does not rewrite
    the past. Who stays on in another office gets a new period that replaces the old one.
    """

    class Role(models.TextChoices):
        """In the order in which a decree lists them."""

        RESPONSIBLE = "responsible", "Penanggung jawab"
        CHAIR = "chair", "Ketua Tim"
        SECRETARY = "secretary", "Sekretaris Tim"
        MEMBER = "member", "Anggota"

    team = models.ForeignKey(Team, models.PROTECT, verbose_name="tim", related_name="memberships")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="orang", related_name="memberships"
    )
    role = PlainCharField("peran", max_length=20, choices=Role, default=Role.MEMBER)
    is_coordinator = models.BooleanField(
        "koordinator harian",
        default=False,
        help_text="Memimpin kegiatan sehari-hari; boleh dari instansi pemerintah lain.",
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="instansi", related_name="memberships"
    )
    position = PlainCharField("jabatan", max_length=150, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField(
        "sampai", null=True, blank=True, help_text="Hari terakhir. Kosongkan selama masih anggota."
    )
    end_reason = PlainCharField("alasan berakhir", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="menggantikan",
        null=True,
        blank=True,
        related_name="replaced_by",
    )

    objects = MembershipQuerySet.as_manager()
    history_parents = ("team",)

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_membership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Hari terakhir tidak boleh sebelum hari pertama.",
            ),
            models.CheckConstraint(
                name="programs_membership_ended_with_reason",
                condition=Q(ends_on__isnull=True) | ~Q(end_reason=""),
                violation_error_message="Tuliskan alasan berakhirnya.",
            ),
            models.CheckConstraint(
                name="programs_membership_not_its_own_successor",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                violation_error_message="Keanggotaan tidak dapat menggantikan dirinya sendiri.",
            ),
            NoOverlap(
                fields=["team", "person"],
                name="programs_membership_once_at_a_time",
                violation_error_message="Orang ini sudah menjadi anggota tim pada masa itu.",
            ),
            NoOverlap(
                fields=["team"],
                only={"role": "chair"},
                name="programs_membership_one_chair",
                violation_error_message="Tim hanya mempunyai satu ketua pada satu waktu.",
            ),
            NoOverlap(
                fields=["team"],
                only={"is_coordinator": True},
                name="programs_membership_one_coordinator",
                violation_error_message=(
                    "Tim hanya mempunyai satu koordinator harian pada satu waktu."
                ),
            ),
        ]
        indexes = [models.Index(fields=["team", "starts_on"], name="programs_membership_team")]

    def __str__(self):
        return f"{self.person}, {self.role_text}"

    def get_absolute_url(self):
        return self.person.get_absolute_url()

    def is_on(self, day):
        """Whether it has that day: both the first and the last day count."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def label(self):
        """
        A short label: the abbreviation of the institution for members from elsewhere, else
        initials.
        """
        from_elsewhere = self.role == self.Role.MEMBER and self.institution.abbreviation
        return from_elsewhere or initials(self.person.name)

    @property
    def role_text(self):
        """The role as a decree writes it."""
        return (
            f"{self.get_role_display()} (koordinator harian)"
            if self.is_coordinator
            else self.get_role_display()
        )

    @property
    def period_text(self):
        """The period in words: "28 November 2018 sampai 18 Juni 2019"."""
        until = f"sampai {dates.long_date(self.ends_on)}" if self.ends_on else "sampai sekarang"
        return f"{dates.long_date(self.starts_on)} {until}"

    def clean(self):
        """
        Check the province of person and institution, the dates, and that a successor follows whom
        they replace.

        Errors are of the whole form, because not every form has every field.
        """
        if self.team_id and self.person_id and self.person.province_id != self.team.province_id:
            raise ValidationError("Orang ini terdaftar di provinsi lain.")
        if (
            self.team_id
            and self.institution_id
            and self.institution.province_id != self.team.province_id
        ):
            raise ValidationError("Instansi ini terdaftar di provinsi lain.")
        if problem := self.date_problem():
            raise ValidationError(problem)
        if self.replaces_id and self.starts_on:
            if self.replaces.team_id != self.team_id:
                raise ValidationError("Yang digantikan harus anggota tim yang sama.")
            if not self.replaces.ends_on or self.replaces.ends_on >= self.starts_on:
                raise ValidationError(
                    f"{self.replaces.person} yang digantikan masih anggota pada hari pertama"
                    " penggantinya."
                )
        successor = Membership.objects.filter(replaces=self.pk).first() if self.pk else None
        if successor and (not self.ends_on or self.ends_on >= successor.starts_on):
            raise ValidationError(
                f"Penggantinya mulai {dates.long_date(successor.starts_on)}; hari terakhirnya"
                " sebelum itu."
            )

    def date_problem(self):
        """
        Return what is wrong with the dates, most often a mistyped year, or "". A first day that is
        stored already is not checked again.
        """
        if not self.team_id or not self.starts_on:
            return ""
        begins = self._state.adding or self.differs_from_stored("starts_on")
        if begins and self.team.formed_on - self.starts_on > ONE_YEAR:
            return f"Periksa tahun mulainya: tim dibentuk {dates.long_date(self.team.formed_on)}."
        if begins and self.starts_on > self.team.today + 2 * ONE_YEAR:
            return "Periksa tahun mulainya: lebih dari dua tahun lagi."
        if self.ends_on and self.ends_on > self.team.today + 10 * ONE_YEAR:
            return "Periksa tahun berakhirnya: lebih dari sepuluh tahun lagi."
        return ""
