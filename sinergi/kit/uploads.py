"""
Files that people send: recognised by content, bounded before they are parsed, stored under random names.

PDF, JPEG, PNG and WebP are accepted. A picture is drawn anew (at most 1600 px, no GPS or other metadata); whatever
was hidden in the original is gone. A PDF is kept as it is, unless it carries a script or another file.
"""

import re
import unicodedata
import uuid
import warnings
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a 60-megapixel photograph; more is a decompression bomb
MAX_SIDE = 1600  # px, of the stored picture
THUMBNAIL_SIDE = 320  # px
#: Bytes of one PDF stream, and of all streams together, that are unpacked to look for scripts.
MAX_STREAM, MAX_STREAMS = 4 * 1024 * 1024, 64 * 1024 * 1024

ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
PDF_FORBIDDEN = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")


@dataclass
class SafeFile:
    """What is stored of an accepted file."""

    content: ContentFile
    content_type: str
    original_name: str
    thumbnail: ContentFile | None = None

    @property
    def is_image(self):
        return self.content_type.startswith("image/")


def clean_name(name):
    """The last part of the name a device gave, without control characters; never used as a path."""
    last = PurePosixPath(str(name).replace("\\", "/")).name
    text = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(". ")
    return text[-120:] or "berkas"


def accept(upload):
    """The upload as a SafeFile; raises ValidationError with a message that names the file."""
    name = clean_name(upload.name)
    if upload.size > MAX_BYTES:
        raise ValidationError(f"{name}: ukurannya lebih dari 10 MB. Perkecil dulu, lalu pilih lagi.")
    data = upload.read()
    if not data:
        raise ValidationError(f"{name}: berkasnya kosong.")
    if data.startswith(b"%PDF-"):
        return _accept_pdf(data, name)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return _accept_image(data, name)
    raise ValidationError(f"{name}: isinya bukan PDF, JPEG, PNG, atau WebP.")


def _accept_image(data, name):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is our own
            picture = Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(f"{name}: gambarnya terlalu besar ({picture.width} × {picture.height} piksel).")
            picture.draft("RGB", (MAX_SIDE * 2, MAX_SIDE * 2))
            picture = ImageOps.exif_transpose(picture)
            picture.thumbnail((MAX_SIDE, MAX_SIDE))
            if picture.mode != "RGB":
                flat = Image.new("RGB", picture.size, "white")
                rgba = picture.convert("RGBA")
                flat.paste(rgba, mask=rgba.getchannel("A"))
                picture = flat
    except ValidationError:
        raise
    except Exception as error:  # what a broken picture, or its metadata, makes the reader raise has no end
        raise ValidationError(f"{name}: gambarnya rusak atau tidak lengkap.") from error
    content = _jpeg(picture, quality=82)
    picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return SafeFile(content, "image/jpeg", name, thumbnail=_jpeg(picture, quality=70))


def _jpeg(picture, *, quality):
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True)  # no exif=: metadata does not come along
    return ContentFile(buffer.getvalue())


def _accept_pdf(data, name):
    if b"%%EOF" not in data[-2048:]:
        raise ValidationError(f"{name}: PDF-nya tidak lengkap.")
    if b"/Encrypt" in data:
        raise ValidationError(f"{name}: PDF-nya bersandi. Simpan ulang tanpa kata sandi.")
    if any(PDF_FORBIDDEN.search(_plain_names(part)) for part in _pdf_parts(data)):
        raise ValidationError(
            f"{name}: PDF-nya memuat skrip atau berkas lain di dalamnya. Cetak ulang ke PDF, lalu pilih lagi."
        )
    return SafeFile(ContentFile(data), "application/pdf", name)


def _plain_names(part):
    """PDF names may hide letters as #4A; write them out."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), part)


def _pdf_streams(data):
    """(start, end) of each stream's bytes, in one walk through the file."""
    position = 0
    while (start := data.find(b"stream", position)) >= 0 and (end := data.find(b"endstream", start + 6)) >= 0:
        yield start + 6, end
        position = end + 9


def _pdf_parts(data):
    """The file itself without its streams' bytes, then each packed stream that may hold objects, unpacked within limits."""
    streams = list(_pdf_streams(data))
    begins = [0, *(end for _, end in streams)]
    ends = [*(start for start, _ in streams), len(data)]
    yield b"".join(data[begin:end] for begin, end in zip(begins, ends, strict=True))
    left = MAX_STREAMS
    for start, end in streams:
        head = data[max(0, start - 512) : start].rpartition(b"obj")[2]
        if b"/ObjStm" not in _plain_names(head):
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[start:end].lstrip(b"\r\n"), min(MAX_STREAM, left))
        except zlib.error:
            continue
        left -= len(unpacked)
        yield unpacked
        if left <= 0:
            return


def random_path(instance, filename):
    """`upload_to`: nothing of the name a device gave, and no more than 256 files a folder on average."""
    name = uuid.uuid4().hex
    return f"{instance._meta.model_name}/{name[:2]}/{name}"


def download_name(original_name, content_type):
    """The name a browser saves it under: what the device called it, with the ending of what it is."""
    stem = original_name.rpartition(".")[0] or original_name
    return f"{stem}.{'jpg' if content_type.startswith('image/') else 'pdf'}"


@contextmanager
def replacing_file(record, safe):
    """
    Put this SafeFile (or, with None, nothing new) into `record.file` while the record is saved inside. When that fails the
    new file goes, whatever is raised; once it is done the old one stays where it was, for the history to show.
    """
    storage, stored = record.file.storage, None
    try:
        with transaction.atomic():
            if safe:
                record.file.save(safe.original_name, safe.content, save=False)
                stored, record.content_type, record.original_name = record.file.name, safe.content_type, safe.original_name
            yield
    except Exception:
        if stored:
            storage.delete(stored)
        raise


def serve_file_of(record):
    """The record's file as an answer; 404 without one, or when it is no longer in the store."""
    if not record.file or not record.file.storage.exists(record.file.name):
        raise Http404
    return serve(record.file, content_type=record.content_type, name=record.download_name)


def serve(stored, *, content_type, name):
    """
    A stored file as an answer that no browser takes for a page: images in place, everything else as a download.
    """
    response = FileResponse(stored.open("rb"), as_attachment=not content_type.startswith("image/"), filename=name)
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}
    return response
