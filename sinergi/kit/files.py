"""
Records that keep one file (evidence, a clipping, an agreement), and the form that takes it.

A file that was stored with a record stays, also when another takes its place or the record is
deleted: what was approved rested on it, and the history leads to it (`kept_file`).
"""

import uuid

from django import forms
from django.db import models

from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.forms import RecordForm
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

    def save_with(self, safe, *, by, version=None, idempotency_key=None):
        """
        Write the record and the file that came along (sinergi.kit.uploads.SafeFile, or None), or
        neither. Raises what `save_submission` raises.
        """
        self.refuse_duplicate(by=by, idempotency_key=idempotency_key)
        with uploads.replacing_file(self, safe):
            return self.save_submission(by=by, version=version, idempotency_key=idempotency_key)


class FileForm(RecordForm):
    """A form over a FileRecord; `safe` is the file that came along."""

    upload = forms.FileField(
        label="Berkas (foto atau PDF)",
        required=False,
        help_text="Paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.safe = None
        if self.instance.file:
            kept = (
                f"Sudah tersimpan: {self.instance.original_name}. Pilih berkas lain hanya untuk"
                " menggantinya."
            )
            self.fields["upload"].help_text = kept

    def save_as(self, *, by):
        return self.instance.save_with(self.safe, by=by, **self.sent)

    def matches(self, saved):
        """
        Return whether the form says the same as the saved record; another file is a difference.
        """
        same = not self.safe or (
            bool(saved.file)
            and (self.safe.original_name, self.safe.content.size)
            == (saved.original_name, saved.file.size)
        )
        return same and super().matches(saved)

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            self.safe = uploads.accept(upload)
        return upload

    def prepare_redisplay(self):
        """Ask to choose the file again: no browser sends a file twice by itself."""
        if self.safe:
            self[
                "upload"
            ].help_text = (
                f"{self.safe.original_name} belum tersimpan; pilih lagi setelah isian diperbaiki."
            )
