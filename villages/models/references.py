"""Facts of the programme that explain its pages: reference data, kept by administrators."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify

from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError
from villages.querysets.references import ProgramReferenceQuerySet

KEY_LENGTH = 60


class ProgramReference(Record):
    """
    One fact of the programme, with where it stands written. The same in every province, so that it
    lies in no place.

    `key` is what code finds it by (of an outcome, its value in villages.reports.fields); one that
    was added by hand takes it from its title.
    """

    class Kind(models.TextChoices):
        PROGRAM = "program", "Program"
        COMPONENT = "component", "Komponen program"
        OUTCOME = "outcome", "Capaian program"
        LAW = "law", "Dasar hukum"
        GOAL = "goal", "Tujuan Pembangunan Berkelanjutan (SDGs)"

    #: Of which code asks by key: none is added, renamed or deleted.
    FIXED = (Kind.PROGRAM, Kind.OUTCOME)

    kind = PlainCharField("jenis", max_length=10, choices=Kind)
    key = PlainCharField("kunci", max_length=KEY_LENGTH, editable=False)
    title = PlainCharField("judul", max_length=200)
    text = PlainTextField("penjelasan", max_length=1000, blank=True)
    source = PlainCharField(
        "sumber", max_length=300, blank=True, help_text="Tempat hal ini dapat dibaca."
    )
    order = models.PositiveSmallIntegerField(
        "urutan", default=0, help_text="Yang kecil lebih dulu."
    )

    objects = ProgramReferenceQuerySet.as_manager()
    history_title = ("title",)
    history_hidden = frozenset({"key"})
    is_everywhere = True

    class Meta:
        verbose_name = "rujukan program"
        verbose_name_plural = "rujukan program"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "kind"],
                name="villages_programreference_key_once",
                violation_error_message="Rujukan dengan judul ini sudah ada.",
            ),
            models.UniqueConstraint(
                "kind",
                Lower("title"),
                name="villages_programreference_title_once",
                violation_error_message="Rujukan dengan judul ini sudah ada.",
            ),
            models.CheckConstraint(
                name="villages_programreference_named",
                condition=~models.Q(key="") & ~models.Q(title=""),
                violation_error_message="Isi judulnya dengan huruf atau angka.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('villages:reference_list')}#rujukan-{self.pk}"

    @property
    def is_fixed(self):
        return self.kind in self.FIXED

    def why_kept(self):
        if self.is_fixed:
            return "Halaman lain memakai rujukan ini, jadi tidak dapat dihapus. Ubah saja isinya."
        return super().why_kept()

    def delete_as(self, *, by, version=None):
        if self.is_fixed:
            raise TransitionError(self.why_kept())
        return super().delete_as(by=by, version=version)

    def clean(self):
        """Refuse a second of the same title; take a key from the title, of what has none."""
        same = type(self).objects.filter(kind=self.kind, title__iexact=self.title)
        if self.title and same.exclude(pk=self.pk).exists():
            raise ValidationError({"title": "Rujukan dengan judul ini sudah ada."})
        self.key = self.key or self._free_key()
        if self.title and not self.key:
            raise ValidationError({"title": "Isi judulnya dengan huruf atau angka."})

    def _free_key(self):
        """Return the title as a key that no other of its kind has, by a number at its end."""
        begin = slugify(self.title)
        taken = set(type(self).objects.filter(kind=self.kind).values_list("key", flat=True))
        key, number = begin[:KEY_LENGTH].strip("-"), 1
        while key in taken:
            number += 1
            ending = f"-{number}"
            key = begin[: KEY_LENGTH - len(ending)].strip("-") + ending
        return key
