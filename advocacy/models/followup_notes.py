"""The log of a follow-up's progress."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from advocacy.models.followups import FollowUp
from advocacy.models.visits import Visit
from advocacy.querysets.followup_notes import FollowUpNoteQuerySet
from programs.models import Person
from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.files import FileRecord


class FollowUpNote(FileRecord):
    """
    One entry: how far it is, with another day or another person where that changed, and the
    evidence; or that it was closed, or opened again. Who and when are its stamps.

    Written once; what turns out wrong is said by the next entry.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", "Perkembangan"
        CLOSED = "closed", "Diselesaikan"
        REOPENED = "reopened", "Dibuka lagi"

    followup = models.ForeignKey(
        FollowUp,
        models.CASCADE,
        verbose_name="tindak lanjut",
        related_name="progress",
        editable=False,
    )
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        verbose_name="kunjungan",
        null=True,
        editable=False,
        related_name="followup_notes",
    )
    kind = PlainCharField(
        "jenis", max_length=10, choices=Kind, default=Kind.PROGRESS, editable=False
    )
    text = PlainTextField("catatan", max_length=2000)
    due_on = models.DateField("tenggat baru", null=True, blank=True)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="dipegang oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    file = models.FileField("bukti", upload_to=uploads.random_path, blank=True, editable=False)

    objects = FollowUpNoteQuerySet.as_manager()
    history_parents = ("followup",)
    history_title = ("original_name",)
    kept_file = "advocacy:followup_kept"
    frozen_when = Q(pk__isnull=False)
    frozen_message = "Catatan perkembangan tidak diubah lagi; tulis catatan yang baru."

    class Meta:
        verbose_name = "perkembangan tindak lanjut"
        verbose_name_plural = "perkembangan tindak lanjut"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_followupnote_says_something",
                condition=~Q(text=""),
                violation_error_message="Tuliskan perkembangannya.",
            ),
            models.CheckConstraint(
                name="advocacy_followupnote_moves_while_open",
                condition=Q(kind="progress") | Q(due_on__isnull=True, person__isnull=True),
                violation_error_message=(
                    "Tenggat dan orangnya berubah selama tindak lanjut terbuka."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:80]}"

    @property
    def province_id(self):
        return self.followup.province_id

    @property
    def evidence_url(self):
        return reverse("advocacy:followup_evidence", args=[self.key]) if self.file else ""
