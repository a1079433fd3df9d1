"""People and the institutions they come from."""

from django.conf import settings
from django.db import models

from programs.querysets import PersonQuerySet
from sinergi.kit.models import Record
from sinergi.kit.querysets import ScopedQuerySet
from villages.models import Province


class Institution(Record):
    """An office, university, community, medium or company that the team works with."""

    class Sector(models.TextChoices):
        GOVERNMENT = "government", "Pemerintah"
        UNIVERSITY = "university", "Akademisi"
        COMMUNITY = "community", "Masyarakat sipil"
        PROFESSIONAL = "professional", "Organisasi profesi"
        MEDIA = "media", "Media"
        PRIVATE = "private", "Swasta"

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provinsi", related_name="institutions")
    name = models.CharField("nama", max_length=200)
    abbreviation = models.CharField("singkatan", max_length=10, blank=True, help_text="Untuk label di daftar, misalnya DPMD.")
    sector = models.CharField("unsur", max_length=20, choices=Sector)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "instansi/mitra"
        verbose_name_plural = "instansi/mitra"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "name"],
                name="programs_institution_name_once",
                violation_error_message="Instansi dengan nama ini sudah ada di provinsi ini.",
            )
        ]

    def __str__(self):
        return self.name


class Person(Record):
    """
    Somebody the team works with; `user` is the account they sign in with, if they have one.

    Institution and position are those of today. What they were on the day of a meeting stands in the attendance.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="provinsi", related_name="people")
    name = models.CharField("nama atau sebutan", max_length=150)
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="instansi", null=True, blank=True, related_name="people"
    )
    position = models.CharField("jabatan", max_length=150, blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    email = models.EmailField("surel", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="akun", null=True, blank=True, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "orang"
        ordering = ["name"]

    def __str__(self):
        return self.name
