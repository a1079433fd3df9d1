"""
Uploaded files: recognised by content, judged in a child process under limits, stored under random
names.

PDF, JPEG, PNG and WebP are accepted. A picture is drawn anew (at most 1600 px, no GPS or other
metadata); whatever was hidden in the original is gone. A PDF is kept as it is, unless it carries a
script, another file, or something that happens by itself.
"""

import json
import time
import unicodedata
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404

from sinergi.kit import child, frames
from sinergi.kit.storage import take_back

MAX_BYTES = 10 * 1024 * 1024
#: Pixels of a picture as it is stored: its longer side.
MAX_SIDE = 1600
#: Pixels of all the pictures of one request, each at its format's cost
#: (sinergi.kit.picture_worker): 25 photographs of 12 megapixels, or 4 screens of 25. Files of one
#: child; seconds for all children of a request.
MAX_PIXELS, MAX_BATCH, SECONDS = 300_000_000, 2 * MAX_BYTES, 20

ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
PICTURE = "sinergi.kit.picture_worker:redraw_files"
PDF = "sinergi.kit.pdf_worker:judge_files"

PRINT_ANEW = "Cetak ulang ke PDF, lalu pilih lagi."
CHOOSE_AGAIN = "Pilih lagi berkas ini, lalu kirim lagi."
MESSAGES = {
    "size": "ukurannya lebih dari 10 MB. Perkecil dulu, lalu pilih lagi.",
    "empty": "berkasnya kosong.",
    "unknown": "isinya bukan PDF, JPEG, PNG, atau WebP.",
    "late": f"belum diambil, karena berkas yang dikirim sekaligus terlalu banyak. {CHOOSE_AGAIN}",
    "busy": f"belum diperiksa, karena peladen sedang sibuk. {CHOOSE_AGAIN}",
    PICTURE: {
        "broken": "gambarnya rusak atau tidak lengkap.",
        "large": "gambarnya terlalu besar ({size} piksel). Perkecil dulu, lalu pilih lagi.",
        "memory": (
            "gambarnya terlalu besar untuk dibuka. Simpan ulang sebagai JPEG yang lebih kecil, lalu"
            " pilih lagi."
        ),
        "budget": (
            f"belum diambil, karena gambar yang dikirim sekaligus terlalu besar. {CHOOSE_AGAIN}"
        ),
    },
    PDF: {
        "broken": f"PDF-nya rusak atau tidak lengkap. {PRINT_ANEW}",
        "password": "PDF-nya bersandi. Simpan ulang tanpa kata sandi.",
        "active": (
            f"PDF-nya memuat skrip, tindakan otomatis, atau berkas lain di dalamnya. {PRINT_ANEW}"
        ),
        "memory": f"PDF-nya terlalu rumit untuk diperiksa. {PRINT_ANEW}",
    },
}


@dataclass
class SafeFile:
    """An accepted file, ready to be stored."""

    content: ContentFile
    content_type: str
    original_name: str
    thumbnail: ContentFile | None = None

    @property
    def is_image(self):
        return self.content_type.startswith("image/")


def clean_name(name):
    """
    Return the last part of the name a device gave, without control characters; never used as a
    path.
    """
    last = PurePosixPath(str(name).replace("\\", "/")).name
    text = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C"
    ).strip(". ")
    return text[-120:] or "berkas"


def accept(upload, *, side=MAX_SIDE):
    """
    Return the upload as a SafeFile, a picture with at most `side` pixels a side. Raises
    ValidationError with a message that names the file.
    """
    (answer,) = accept_all([upload], side=side)
    if isinstance(answer, ValidationError):
        raise answer
    return answer


def accept_all(sent, *, side=MAX_SIDE):
    """
    Return the outcome of each of these uploads of one request, in their order: a SafeFile, or a
    ValidationError that names the file.

    They share a budget of pixels and of time; an upload beyond it is refused with that reason,
    whatever became of the others.
    """
    judges = {PICTURE: _Judge(PICTURE, side), PDF: _Judge(PDF)}
    deadline = time.monotonic() + SECONDS
    answers = {}
    for batch in _batches(list(enumerate(sent))):
        held = {PICTURE: {}, PDF: {}}
        for number, upload in batch:
            data = b"" if upload.size > MAX_BYTES else upload.read()
            code = "size" if upload.size > MAX_BYTES else _kind(data)
            if code in held:
                held[code][number] = (clean_name(upload.name), data)
            else:
                answers[number] = _refusal(clean_name(upload.name), MESSAGES[code])
        for worker, files in held.items():
            judged = judges[worker].judged(list(files.values()), deadline)
            answers |= dict(zip(files, judged, strict=True))
    return [answers[number] for number in sorted(answers)]


def _batches(numbered):
    """Yield lists of uploads that are held in memory together."""
    batch, size = [], 0
    for number, upload in numbered:
        if batch and size + upload.size > MAX_BATCH:
            yield batch
            batch, size = [], 0
        batch.append((number, upload))
        size += min(upload.size, MAX_BYTES)
    yield batch


def _kind(data):
    """Return the worker that judges this data, or the code of the reason why there is none."""
    if not data:
        return "empty"
    if data.startswith(b"%PDF-"):
        return PDF
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if is_webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return PICTURE
    return "unknown"


def _refusal(name, message):
    return ValidationError(f"{name}: {message}")


class _Judge:
    """Judge the files of a request by one kind of worker."""

    def __init__(self, worker, side=MAX_SIDE):
        self.worker, self.pixels, self.side = worker, MAX_PIXELS, side

    def judged(self, files, deadline):
        """
        Return the answer to each (name, data). A file that ends its child is refused, and those
        behind it get another one.
        """
        answers = []
        while len(answers) < len(files):
            rest = files[len(answers) :]
            seconds = int(deadline - time.monotonic())
            if seconds < 1:
                return answers + [_refusal(name, MESSAGES["late"]) for name, _ in rest]
            output, why = self._asked([data for _, data in rest], seconds)
            parts = frames.unpack(output)
            told = zip(parts[::3], parts[1::3], parts[2::3], strict=False)
            for (name, data), answer in zip(rest, told, strict=False):
                answers.append(self._answer(name, data, *answer))
            if len(answers) < len(files):
                answers.append(_refusal(files[len(answers)][0], why))
        return answers

    def _asked(self, contents, seconds):
        """
        Return the child's answer, and the message for the first file that it did not come to
        answer.
        """
        words = MESSAGES[self.worker]
        arguments = [self.pixels, self.side] if self.worker == PICTURE else []
        try:
            files = frames.pack(*contents)
            output = child.run(self.worker, files, *arguments, seconds=seconds, wall=seconds)
        except child.Busy as stopped:
            return stopped.output, MESSAGES["busy"]
        except (child.TooMuchMemory, child.TooLong) as stopped:
            return stopped.output, words["memory"]
        except child.Crashed as stopped:
            return stopped.output, words["broken"]
        return output, words["broken"]

    def _answer(self, name, data, told, content, thumbnail):
        told = json.loads(told)
        if "refused" in told:
            return _refusal(name, MESSAGES[self.worker][told["refused"]].format(**told))
        self.pixels -= told.get("cost", 0)
        if self.worker == PDF:
            return SafeFile(ContentFile(data), "application/pdf", name)
        return SafeFile(ContentFile(content), "image/jpeg", name, thumbnail=ContentFile(thumbnail))


def random_path(instance, filename):
    """
    Return the path to store a file under (`upload_to`): nothing of the name a device gave, and no
    more than 256 files a folder on average.
    """
    name = uuid.uuid4().hex
    return f"{instance._meta.model_name}/{name[:2]}/{name}"


def download_name(original_name, content_type):
    """
    Return the file name for a download: what the device called it, with the ending of what it is.
    """
    stem = original_name.rpartition(".")[0] or original_name
    return f"{stem}.{'jpg' if content_type.startswith('image/') else 'pdf'}"


@contextmanager
def replacing_file(record, safe):
    """
    Put this SafeFile (or, with None, nothing new) into `record.file` while the record is saved
    inside; its small picture into `record.thumbnail`, where the record keeps one.

    When that fails the new file is deleted, whatever is raised; once it is done the old one stays
    where it was, for the history to show. Each file has a key of its own: an address that once led
    to another file leads nowhere.
    """
    storage, old, stored = record.file.storage, record.file.name, []
    before = {name: getattr(record, name) for name in ("key", "content_type", "original_name")}
    try:
        with transaction.atomic():
            if safe:
                record.file.save(safe.original_name, safe.content, save=False)
                stored, record.key = [record.file.name], uuid.uuid4()
                if safe.thumbnail and hasattr(record, "thumbnail"):
                    record.thumbnail.save(safe.original_name, safe.thumbnail, save=False)
                    stored.append(record.thumbnail.name)
                record.content_type, record.original_name = safe.content_type, safe.original_name
            yield
    except Exception:
        take_back(storage, stored)
        if stored:
            record.file = old
            for name, value in before.items():
                setattr(record, name, value)
        raise


def serve_file_of(record, column="file"):
    """
    Return the record's file (or "thumbnail") as a response. Raises Http404 without one, or when it
    is no longer in the store.
    """
    stored = getattr(record, column)
    if not stored:
        raise Http404
    return serve(stored, content_type=record.content_type, name=record.download_name)


def serve(stored, *, content_type, name):
    """
    Return a stored file as a response that no browser takes for a page: images in place, everything
    else as a download. Raises Http404 when it is no longer in the store.
    """
    try:
        file = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file, as_attachment=not content_type.startswith("image/"), filename=name
    )
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}
    return response
