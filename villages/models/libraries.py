"""The libraries of the programme."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from sinergi.kit.fields import PlainCharField, PlainEmailField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from villages.codes import PROVINCE_LENGTH, REGENCY_LENGTH
from villages.models.regions import Province, Regency, Village
from villages.querysets import LibraryQuerySet


class Library(Record):
    """
    A public library of a province, a regency or a village: exactly one place each, and one library
    of a place.

    A village's library names its regency and province too, so that lists need no joins; the codes
    hold them together.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", "Provinsi"
        REGENCY = "regency", "Kabupaten/Kota"
        VILLAGE = "village", "Desa/Kelurahan"

    level = PlainCharField("tingkat", max_length=10, choices=Level, editable=False)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", editable=False, related_name="libraries"
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        null=True,
        editable=False,
        related_name="libraries",
    )
    village = models.OneToOneField(
        Village,
        models.PROTECT,
        verbose_name="desa/kelurahan",
        null=True,
        editable=False,
        related_name="library",
    )
    name = PlainCharField("nama perpustakaan", max_length=150)
    address = PlainTextField("alamat", max_length=500, blank=True)
    head = PlainCharField("kepala atau pengelola", max_length=150, blank=True)
    phone = PlainCharField("telepon", max_length=60, blank=True)  # two numbers, or three
    email = PlainEmailField("surel", blank=True)
    opening_hours = PlainCharField(
        "jam buka", max_length=100, blank=True, help_text="Misalnya Senin–Sabtu, 08.00–15.00."
    )

    history_title = ("name",)
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "perpustakaan"
        verbose_name_plural = "perpustakaan"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="villages_library_one_place",
                condition=Q(level="province", regency__isnull=True, village__isnull=True)
                | Q(level="regency", regency__isnull=False, village__isnull=True)
                | Q(level="village", regency__isnull=False, village__isnull=False),
                violation_error_message=(
                    "Perpustakaan berada di tepat satu tempat: provinsi, kabupaten/kota, atau desa."
                ),
            ),
            models.CheckConstraint(
                name="villages_library_places_agree",
                condition=(
                    Q(regency__isnull=True)
                    | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH))
                )
                & (Q(village__isnull=True) | Q(regency_id=Substr("village_id", 1, REGENCY_LENGTH))),
                violation_error_message=(
                    "Desa, kabupaten/kota, dan provinsi perpustakaan tidak saling sesuai."
                ),
            ),
            models.UniqueConstraint(
                fields=["province"],
                condition=Q(level="province"),
                name="villages_library_one_a_province",
                violation_error_message="Provinsi ini sudah mempunyai perpustakaan.",
            ),
            models.UniqueConstraint(
                fields=["regency"],
                condition=Q(level="regency"),
                name="villages_library_one_a_regency",
                violation_error_message="Kabupaten/kota ini sudah mempunyai perpustakaan.",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="villages_library_name"),
            models.Index(fields=["province", "name", "id"], name="villages_library_prov_name"),
            models.Index(fields=["regency", "name", "id"], name="villages_library_reg_name"),
            models.Index(fields=["province", "regency", "id"], name="villages_library_shelf"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_url("villages:library_detail", self.pk)

    @property
    def place(self):
        return self.village or self.regency or self.province

    @property
    def place_words(self):
        """Return where it stands, from the village up to the regency or province."""
        village = self.village.place_name if self.village_id else ""
        above = self.regency.name if self.regency_id else self.province.name
        return ", ".join(filter(None, [village, above]))

    def set_place(self, place):
        """Stand at this province, regency or village; level and the places above follow from it."""
        self.village = place if isinstance(place, Village) else None
        self.regency = place if isinstance(place, Regency) else getattr(place, "regency", None)
        self.province = place if isinstance(place, Province) else place.province
        self.level = (
            self.Level.VILLAGE
            if self.village
            else self.Level.REGENCY
            if self.regency
            else self.Level.PROVINCE
        )
