"""The people that a team works with."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from programs.models.institutions import SAYS_SOMETHING, Institution, regency_lies_in_province
from programs.name_keys import NameKeyField, person_key
from programs.querysets.people import PersonQuerySet
from sinergi.kit.fields import PlainCharField, PlainEmailField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.phones import PhoneField
from villages.models import Province, Regency


class Person(Record):
    """
    Somebody the team works with; `user` is their account, if they have one.

    Institution and position are those of today. Those on the day of a meeting are in the
    attendance, those while in the team in the membership.
    """

    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="people"
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="people",
        null=True,
        blank=True,
    )
    name = PlainCharField("nama atau sebutan", max_length=150, validators=[SAYS_SOMETHING])
    name_key = NameKeyField("kunci nama", make=person_key)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        verbose_name="instansi",
        null=True,
        blank=True,
        related_name="people",
    )
    position = PlainCharField("jabatan", max_length=150, blank=True)
    phone = PhoneField("telepon", blank=True)
    email = PlainEmailField("surel", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="akun",
        null=True,
        blank=True,
        related_name="person",
    )

    history_title = ("name",)
    history_hidden = frozenset({"name_key"})
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "orang"
        ordering = ["name"]
        permissions = [("merge_person", "Dapat menggabungkan orang ganda")]
        constraints = [regency_lies_in_province("person")]
        indexes = [
            models.Index(fields=["name", "id"], name="programs_person_list"),
            models.Index(fields=["province", "name", "id"], name="programs_person_prov"),
            models.Index(fields=["province", "name_key"], name="programs_person_key"),
            models.Index(fields=["province", "phone"], name="programs_person_phone"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_url("programs:person_detail", self.pk)

    def clean(self):
        """Check that the institution is of the same province."""
        if self.institution_id and self.institution.province_id != self.province_id:
            raise ValidationError("Instansinya terdaftar di provinsi lain.")
