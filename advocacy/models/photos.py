"""Photographs of a visit."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from advocacy.models.visits import Visit
from advocacy.querysets.photos import VisitPhotoQuerySet
from sinergi.kit import uploads
from sinergi.kit.files import FileRecord


class VisitPhoto(FileRecord):
    """
    A photograph of a visit, drawn anew by the server (sinergi.kit.uploads).

    It is sent by itself, under the idempotency key that the device gave it, also after its visit:
    `Visit.photo_keys` names those that are still to come.
    """

    visit = models.ForeignKey(
        Visit, models.CASCADE, verbose_name="kunjungan", related_name="photos", editable=False
    )
    thumbnail = models.FileField(
        "gambar kecil", upload_to=uploads.random_path, blank=True, editable=False
    )
    size = models.PositiveIntegerField("ukuran (bita)", editable=False)

    objects = VisitPhotoQuerySet.as_manager()
    history_parents = ("visit",)
    history_title = ("original_name",)
    history_hidden = FileRecord.history_hidden | {"size", "thumbnail"}
    kept_file = "advocacy:photo_kept"
    frozen_when = Q(visit__state=Visit.State.SENT)

    class Meta:
        verbose_name = "foto kunjungan"
        verbose_name_plural = "foto kunjungan"
        ordering = ["pk"]

    def __str__(self):
        return self.original_name

    @property
    def province_id(self):
        return self.visit.province_id

    def get_absolute_url(self):
        return reverse("advocacy:photo", args=[self.key])
