"""That two rows of the register were one person or one institution."""

from django.db import models
from django.db.models import Q

from programs.models.institutions import Institution
from programs.models.people import Person
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.querysets import ScopedQuerySet
from villages.models import Province


class Merge(Record):
    """
    Two people or two institutions that were merged, and how many references moved. Written once, by
    `merge_into`.
    """

    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="orang yang dipertahankan",
        null=True,
        related_name="merges",
        editable=False,
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        verbose_name="instansi yang dipertahankan",
        null=True,
        related_name="merges",
        editable=False,
    )
    removed_id = models.PositiveBigIntegerField("nomor yang dilebur", editable=False)
    removed_name = PlainCharField("nama yang dilebur", max_length=200, editable=False)
    moved = models.JSONField(
        "rujukan yang dipindahkan",
        default=dict,
        editable=False,
        help_text="Jenis data → berapa baris.",
    )

    objects = ScopedQuerySet.as_manager()
    history_parents = ("person", "institution", "removed_id")

    class Meta:
        verbose_name = "penggabungan"
        verbose_name_plural = "penggabungan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_merge_one_target",
                condition=Q(person__isnull=False, institution__isnull=True)
                | Q(person__isnull=True, institution__isnull=False),
                violation_error_message=(
                    "Penggabungan mempertahankan tepat satu orang atau satu instansi."
                ),
            )
        ]

    def __str__(self):
        return f"{self.removed_name} dilebur"  # the history shows rows whose target is gone

    @property
    def moved_text(self):
        """What moved, in words: "2 kehadiran, 1 tindak lanjut"."""
        return (
            ", ".join(f"{n} {label}" for label, n in sorted(self.moved.items()))
            or "tidak ada rujukan"
        )
