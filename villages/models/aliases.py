"""What names in the lists of a regency mean, as a person once said."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from villages.models.imports import ImportBatch
from villages.models.regions import REGENCY_LENGTH, District, Regency, Village
from villages.querysets import AliasQuerySet


class VillageAlias(Record):
    """
    What a name in the lists of a regency means, as a person once said: "Siliu" in Kabupaten
    Belitung is Pulau Seliu.

    `key` is the name's first key (villages.spelling); a name that the official list has needs no
    alias.
    """

    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", related_name="village_aliases"
    )
    key = PlainCharField("kunci nama", max_length=150, editable=False)
    written = PlainCharField("tertulis", max_length=150)
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa/kelurahan", related_name="aliases"
    )
    batch = models.ForeignKey(
        ImportBatch,
        models.SET_NULL,
        verbose_name="dari impor",
        null=True,
        editable=False,
        related_name="aliases",
    )

    history_hidden = frozenset({"key"})
    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = "nama lain desa"
        verbose_name_plural = "nama lain desa"
        ordering = ["regency", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "key"],
                name="villages_villagealias_once",
                violation_error_message="Nama ini sudah dikenal di kabupaten/kota itu.",
            ),
            models.CheckConstraint(
                name="villages_villagealias_in_regency",
                condition=Q(regency_id=Substr("village_id", 1, REGENCY_LENGTH)),
                violation_error_message="Desa harus berada di kabupaten/kota yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.written} → {self.village}"

    @property
    def province_id(self):
        return self.regency_id[:2]


class DistrictAlias(Record):
    """
    In which district of today's list the villages lie that the lists of a regency write in another:
    "Silau Kahean" in Kabupaten Simalungun is Silou Kahean.

    `key` is villages.spelling.district_key of the name. A district that was divided has several,
    one for each pair that a person accepted; a name that the official list has in the regency needs
    none.
    """

    regency = models.ForeignKey(
        Regency, models.PROTECT, verbose_name="kabupaten/kota", related_name="district_aliases"
    )
    key = PlainCharField("kunci nama", max_length=150, editable=False)
    written = PlainCharField("tertulis", max_length=150)
    district = models.ForeignKey(
        District, models.PROTECT, verbose_name="kecamatan", related_name="aliases"
    )
    batch = models.ForeignKey(
        ImportBatch,
        models.SET_NULL,
        verbose_name="dari impor",
        null=True,
        editable=False,
        related_name="district_aliases",
    )

    history_hidden = frozenset({"key"})
    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = "nama lain kecamatan"
        verbose_name_plural = "nama lain kecamatan"
        ordering = ["regency", "key", "district"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "key", "district"],
                name="villages_districtalias_once",
                violation_error_message="Nama ini sudah dikenal untuk kecamatan itu.",
            ),
            models.CheckConstraint(
                name="villages_districtalias_in_regency",
                condition=Q(regency_id=Substr("district_id", 1, REGENCY_LENGTH)),
                violation_error_message="Kecamatan harus berada di kabupaten/kota yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.written} → {self.district}"

    @property
    def province_id(self):
        return self.regency_id[:2]
