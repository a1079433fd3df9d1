"""A stored file is whole, or it is not there."""

import errno

import pytest
from django.core.files.base import ContentFile

from advocacy.models import Attachment
from sinergi.kit.storage import WholeFileStorage
from sinergi.kit.uploads import SafeFile
from tests import factories


class FullDisk(ContentFile):
    """A file after whose first half the disk is full."""

    def chunks(self, chunk_size=None):
        yield self.read(self.size // 2)
        raise OSError(errno.ENOSPC, "No space left on device")


def content_of(storage, name):
    with storage.open(name) as file:
        return file.read()


def stored_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_whole_file_is_kept_under_its_name(tmp_path):
    storage = WholeFileStorage(tmp_path)
    name = storage.save("2026/abc.pdf", ContentFile(b"isi"))
    assert name == "2026/abc.pdf" and content_of(storage, name) == b"isi"
    assert stored_in(tmp_path) == [tmp_path / name]


def test_a_full_disk_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="No space left"):
        WholeFileStorage(tmp_path).save("2026/abc.pdf", FullDisk(b"isi" * 1000))
    assert stored_in(tmp_path) == []


def test_one_name_is_one_file(tmp_path):
    storage = WholeFileStorage(tmp_path)
    names = [storage.save("abc.pdf", ContentFile(text)) for text in (b"satu", b"dua")]
    assert len(set(names)) == 2
    assert [content_of(storage, name) for name in names] == [b"satu", b"dua"]


@pytest.mark.django_db
def test_an_upload_whose_row_cannot_be_written_leaves_no_file(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    safe = SafeFile(
        content=ContentFile(b"isi"),
        content_type="application/pdf",
        original_name="undangan.pdf",
    )

    def refuse(self, **kwargs):
        assert stored_in(tmp_path), "the file is written first"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Attachment, "save_as", refuse)
    with pytest.raises(OSError, match="No space"):
        Attachment.store(safe, kind=next(iter(Attachment.Kind)), by=factories.user())
    assert stored_in(tmp_path) == []
