"""The institutions that a team works with."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from programs.name_keys import NameKeyField, institution_key
from programs.querysets.institutions import InstitutionQuerySet
from sinergi.kit.fields import PlainCharField, PlainEmailField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.phones import PhoneField
from villages.models import Province, Regency
from villages.models.regions import PROVINCE_LENGTH

#: A name of dashes or of invisible characters would be a link that nobody can find.
SAYS_SOMETHING = RegexValidator(r"[^\W_]", "Nama memuat paling sedikit satu huruf atau angka.")


def regency_lies_in_province(model):
    return models.CheckConstraint(
        name=f"programs_{model}_regency_in_province",
        condition=Q(regency__isnull=True) | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
        violation_error_message="Kabupaten/kota harus berada di provinsi yang sama.",
    )


class Institution(Record):
    """An office, university, community, medium or company that the team works with."""

    class Sector(models.TextChoices):
        """The sectors from which a team draws its partners; government by its level."""

        GOV_PROVINCE = "gov_province", "Pemerintah provinsi"
        GOV_REGENCY = "gov_regency", "Pemerintah kabupaten/kota"
        GOV_VILLAGE = "gov_village", "Pemerintah desa"
        GOV_CENTRAL = "gov_central", "Pemerintah pusat"
        UNIVERSITY = "university", "Perguruan tinggi"
        COMMUNITY = "community", "Komunitas"
        PROFESSIONAL = "professional", "Organisasi profesi"
        MEDIA = "media", "Media"
        PRIVATE = "private", "Swasta"
        STATE_OWNED = "state_owned", "BUMN/BUMD"

    class Affair(models.TextChoices):
        """
        The government affair (urusan, UU 23/2014) for which a guideline of the programme wants an
        office in the team. Names of offices differ from province to province (Bappeda, Bapperida);
        their affair does not.
        """

        LIBRARY = "library", "Perpustakaan"
        PLANNING = "planning", "Perencanaan pembangunan (Bappeda)"
        VILLAGES = "villages", "Pemberdayaan masyarakat dan desa (DPMD)"

    GOVERNMENT = (Sector.GOV_PROVINCE, Sector.GOV_REGENCY, Sector.GOV_VILLAGE, Sector.GOV_CENTRAL)

    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="institutions"
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="institutions",
        null=True,
        blank=True,
    )
    name = PlainCharField("nama", max_length=200, validators=[SAYS_SOMETHING])
    name_key = NameKeyField("kunci nama", make=institution_key)
    abbreviation = PlainCharField(
        "singkatan", max_length=10, blank=True, help_text="Untuk label di daftar, misalnya DPMD."
    )
    sector = PlainCharField("sektor", max_length=20, choices=Sector)
    affair = PlainCharField(
        "urusan",
        max_length=10,
        choices=Affair,
        blank=True,
        help_text="Untuk dinas atau badan yang diminta pedoman ada di tim.",
    )
    phone = PhoneField("telepon", blank=True)
    email = PlainEmailField("surel", blank=True)
    address = PlainCharField("alamat", max_length=300, blank=True)

    history_title = ("name",)
    history_hidden = frozenset({"name_key"})
    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "instansi/mitra"
        verbose_name_plural = "instansi/mitra"
        ordering = ["name"]
        permissions = [("merge_institution", "Dapat menggabungkan instansi ganda")]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "name"],
                name="programs_institution_name_once",
                violation_error_message="Instansi dengan nama ini sudah ada di provinsi ini.",
            ),
            regency_lies_in_province("institution"),
            models.CheckConstraint(
                name="programs_institution_affair_of_government",
                condition=Q(affair="") | Q(sector__startswith="gov_"),
                violation_error_message="Urusan pemerintahan hanya untuk instansi pemerintah.",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="programs_institution_list"),
            models.Index(fields=["province", "name", "id"], name="programs_institution_prov"),
            models.Index(fields=["province", "name_key"], name="programs_institution_key"),
            models.Index(fields=["province", "phone"], name="programs_institution_phone"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_url("programs:institution_detail", self.pk)

    @property
    def is_government(self):
        return self.sector in self.GOVERNMENT
