"""
The country's regions: province, regency, district, village.

Reference data of the Ministry of Home Affairs (Kemendagri), brought in by `manage.py load_regions`
and edited by no one. The code is the key: it is what every letter and spreadsheet names, and it
says what lies in what (PP.KK.CC.DDDD), which the constraints below hold every row to.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse

from sinergi.kit.dates import ZONE_NAMES
from sinergi.kit.fields import PlainCharField
from villages.codes import DISTRICT_LENGTH, PROVINCE_LENGTH, REGENCY_LENGTH
from villages.querysets import PlaceQuerySet, ProvinceQuerySet, RegencyQuerySet, VillageQuerySet


def lies_in(parent, length, name):
    """Return a constraint: the row's code begins with its parent's code."""
    return models.CheckConstraint(
        condition=Q(**{parent: Substr("code", 1, length)}),
        name=name,
        violation_error_message="Kode wilayah tidak sesuai dengan wilayah di atasnya.",
    )


class Region(models.Model):
    """
    `gone_in`: the edition of the official list that no longer has this code. The row stays: a
    library may stand there.
    """

    name = PlainCharField("nama", max_length=100)
    gone_in = PlainCharField(
        "tidak ada lagi sejak", max_length=60, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("villages:region_detail", args=[self.pk])


class Province(Region):
    code = PlainCharField("kode Kemendagri", max_length=2, primary_key=True)
    time_zone = PlainCharField(
        "zona waktu", max_length=20, choices=list(ZONE_NAMES.items()), default="Asia/Jakarta"
    )

    objects = ProvinceQuerySet.as_manager()

    class Meta(Region.Meta):
        verbose_name = "provinsi"
        verbose_name_plural = "provinsi"

    @property
    def province_id(self):
        return self.pk

    @property
    def place_name(self):
        return f"Provinsi {self.name}"

    @property
    def short_name(self):
        return self.name.replace("Kepulauan", "Kep.")


class Regency(Region):
    """A kabupaten or a kota; the name has the word in it, as the list writes it."""

    code = PlainCharField("kode Kemendagri", max_length=5, primary_key=True)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="regencies"
    )

    objects = RegencyQuerySet.as_manager()

    class Meta(Region.Meta):
        verbose_name = "kabupaten/kota"
        verbose_name_plural = "kabupaten/kota"
        constraints = [lies_in("province_id", PROVINCE_LENGTH, "villages_regency_in_province")]

    @property
    def regency_id(self):
        return self.pk

    @property
    def place_name(self):
        return self.name

    @property
    def short_name(self):
        """The name without its kind, for a shelf or a trail: "Belitung Timur"."""
        return self.name.removeprefix("Kabupaten ")


class District(Region):
    code = PlainCharField("kode Kemendagri", max_length=8, primary_key=True)
    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", related_name="districts"
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+"
    )

    objects = PlaceQuerySet.as_manager()

    class Meta(Region.Meta):
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        constraints = [
            lies_in("regency_id", REGENCY_LENGTH, "villages_district_in_regency"),
            lies_in("province_id", PROVINCE_LENGTH, "villages_district_in_province"),
        ]


class Village(Region):
    """A desa, a kelurahan or a desa adat."""

    class Kind(models.TextChoices):
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"
        DESA_ADAT = "desa_adat", "Desa adat"

    code = PlainCharField("kode Kemendagri", max_length=13, primary_key=True)
    kind = PlainCharField("jenis", max_length=10, choices=Kind, default=Kind.DESA)
    postal_code = PlainCharField("kode pos", max_length=5, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, verbose_name="kecamatan", related_name="villages"
    )
    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", related_name="villages"
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+"
    )

    objects = VillageQuerySet.as_manager()

    class Meta(Region.Meta):
        verbose_name = "desa/kelurahan"
        verbose_name_plural = "desa/kelurahan"
        constraints = [
            lies_in("district_id", DISTRICT_LENGTH, "villages_village_in_district"),
            lies_in("regency_id", REGENCY_LENGTH, "villages_village_in_regency"),
            lies_in("province_id", PROVINCE_LENGTH, "villages_village_in_province"),
        ]
        indexes = [
            models.Index(fields=["name", "code"], name="villages_village_name"),
            models.Index(fields=["province", "name", "code"], name="villages_village_prov_name"),
            models.Index(fields=["regency", "name", "code"], name="villages_village_reg_name"),
        ]

    @property
    def place_name(self):
        return f"{self.get_kind_display()} {self.name}"

    def expansion_on(self, day, user):
        """
        Return the case by which the village comes into the programme, with its stage on a day, as
        the floor above knows it; None where there is none, or for those who may not see it.
        """
        cases = Village.objects.model_of("expansion_case").objects.visible_to(user)
        return cases.at(day).filter(village=self).first()
