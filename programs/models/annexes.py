"""The roster annexed to a decree, frozen with its signature."""

from django.db import models
from django.db.models import Q

from programs.models.decrees import Decree
from programs.models.institutions import Institution
from programs.models.memberships import Membership
from programs.models.people import Person
from programs.querysets.annexes import DecreeMemberQuerySet
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record


class DecreeMember(Record):
    """
    A row of the annex of a signed decree, in the words of that day.

    `person` and `institution` link to the register; what is shown is what stands here, whatever
    becomes of the membership.
    """

    decree = models.ForeignKey(
        Decree, models.PROTECT, verbose_name="SK", related_name="members", editable=False
    )
    order = models.PositiveSmallIntegerField("urutan", editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="orang", related_name="decree_rows", editable=False
    )
    name = PlainCharField("nama", max_length=150, editable=False)
    position = PlainCharField("jabatan", max_length=150, blank=True, editable=False)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        verbose_name="instansi (daftar)",
        related_name="decree_rows",
        editable=False,
    )
    institution_name = PlainCharField("instansi", max_length=200, editable=False)
    role = PlainCharField("kedudukan dalam tim", max_length=60, editable=False)

    history_title = ("name",)
    history_position = "order"
    objects = DecreeMemberQuerySet.as_manager()
    frozen_when = Q(decree__state__in=Decree.BINDING)

    class Meta:
        verbose_name = "lampiran SK"
        verbose_name_plural = "lampiran SK"
        ordering = ["decree", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["decree", "person"],
                name="programs_decreemember_once",
                violation_error_message="Orang ini sudah ada dalam lampiran SK.",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.role}"

    @property
    def province_id(self):
        return self.decree.province_id

    @classmethod
    def from_membership(cls, membership: Membership, order: int):
        """Return the row for this membership as it would stand in the annex today, not saved."""
        return cls(
            order=order,
            person=membership.person,
            name=membership.person.name,
            position=membership.position or membership.person.position,
            institution=membership.institution,
            institution_name=membership.institution.name,
            role=membership.role_text,
        )
