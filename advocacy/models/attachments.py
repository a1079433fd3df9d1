"""Photos and scanned lists that belong to a meeting."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from advocacy.models.meetings import Meeting
from advocacy.querysets.attachments import AttachmentQuerySet
from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.storage import take_back


class Attachment(Record):
    """
    A stored file. While `meeting` is empty it waits for the form it was sent with; `manage.py
    purge_uploads` takes away what was never saved.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", "Foto"
        ATTENDANCE_LIST = "attendance_list", "Daftar hadir pindaian"

    key = models.UUIDField("kunci", default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        verbose_name="rapat",
        related_name="attachments",
        null=True,
        editable=False,
    )
    kind = PlainCharField("jenis", max_length=20, choices=Kind, default=Kind.PHOTO)
    file = models.FileField("berkas", upload_to=uploads.random_path, editable=False)
    thumbnail = models.FileField(
        "gambar kecil", upload_to=uploads.random_path, blank=True, editable=False
    )
    content_type = PlainCharField("tipe isi", max_length=50, editable=False)
    original_name = PlainCharField("nama asli", max_length=120, editable=False)
    size = models.PositiveIntegerField("ukuran (bita)", editable=False)

    objects = AttachmentQuerySet.as_manager()
    history_parents = ("meeting",)
    history_title = ("original_name",)
    history_hidden = frozenset({"key", "content_type", "size", "original_name", "thumbnail"})
    kept_file = "advocacy:attachment_kept"
    frozen_when = Q(meeting__state__in=Meeting.FROZEN)

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["pk"]

    def __str__(self):
        return self.original_name

    @property
    def province_id(self):
        return self.meeting and self.meeting.province_id

    def get_absolute_url(self):
        return reverse("advocacy:attachment", args=[self.key])

    @classmethod
    def store(cls, safe, *, kind, by, meeting=None):
        """
        Keep an accepted upload (sinergi.kit.uploads.SafeFile); without a meeting it waits for one.
        """
        row = cls(
            meeting=meeting,
            kind=kind,
            content_type=safe.content_type,
            original_name=safe.original_name,
            size=safe.content.size,
        )
        try:
            row.file.save(safe.original_name, safe.content, save=False)
            if safe.thumbnail:
                row.thumbnail.save(safe.original_name, safe.thumbnail, save=False)
            return row.save_as(by=by)
        except Exception:
            take_back(row.file.storage, [row.file.name, row.thumbnail.name])
            raise

    @property
    def is_image(self):
        return self.content_type.startswith("image/")

    @property
    def download_name(self):
        return uploads.download_name(self.original_name, self.content_type)

    @property
    def size_text(self):
        return f"{max(1, round(self.size / 1024)):,} KB".replace(",", ".")
