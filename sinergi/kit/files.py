"""
Records that keep one file (evidence, a clipping, an agreement).

A file that was stored with a record stays, also when another takes its place or the record is
deleted: what was approved rested on it, and the history leads to it (`kept_file`). Only the
photograph of a report goes, unless it was handed in (villages.actions.reports).
"""

import uuid

from django.db import models

from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record


class FileRecord(Record):
    """
    A record with an optional file, served by its `key`, which nobody can guess.

    The file that replaces another has a key of its own (sinergi.kit.uploads.replacing_file).
    """

    key = models.UUIDField("kunci berkas", default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("berkas", upload_to=uploads.random_path, blank=True, editable=False)
    content_type = PlainCharField("tipe isi", max_length=50, blank=True, editable=False)
    original_name = PlainCharField("nama berkas", max_length=120, blank=True, editable=False)

    history_hidden = frozenset({"key", "content_type", "original_name"})
    kept_file = ""  # URL name of the file of an earlier version, by the key of that version

    class Meta:
        abstract = True

    @property
    def download_name(self):
        return uploads.download_name(self.original_name, self.content_type)

    def save_submission(self, *, by, version=None, idempotency_key=None, safe=None):
        """
        Write what a form sent, and the file that came along (sinergi.kit.uploads.SafeFile), or
        neither. Raises what `Record.save_submission` raises.
        """
        sent = {"by": by, "version": version, "idempotency_key": idempotency_key}
        if safe is None:
            return super().save_submission(**sent)
        self.refuse_duplicate(by=by, idempotency_key=idempotency_key)
        with uploads.replacing_file(self, safe):
            return super().save_submission(**sent)
