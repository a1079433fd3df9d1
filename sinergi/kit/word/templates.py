"""
Word templates from the side of the portal: what is wrong with an uploaded one, and a document
filled in, both in the child process (sinergi.kit.word.worker), which alone opens such files.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from sinergi.kit import child, frames
from sinergi.kit.documents import PaperBusy, PaperError
from sinergi.kit.text import file_stem
from sinergi.kit.word.blocks import flat
from sinergi.kit.word.fields import field_outline, sample_of, values_of
from sinergi.kit.word.placeholders import Fault

FILL, DRAW = "sinergi.kit.word.worker:fill", "sinergi.kit.word.worker:draw"
SECONDS = 10
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 10 * 1024 * 1024
TOO_LARGE = Fault("berkas", "", "Berkasnya lebih dari 10 MB. Kecilkan gambarnya.")
TOO_MUCH = Fault(
    "berkas",
    "",
    "Berkas ini terlalu rumit untuk dibaca. Sederhanakan, lalu simpan ulang dari Word.",
)
BROKEN = Fault("berkas", "", "Berkas Word ini rusak. Simpan ulang dari Word.")
LOST = Fault("berkas", "", "Berkas templat tidak ditemukan. Unggah lagi.")


@dataclass(frozen=True)
class WordForm:
    """
    A document's part in Word: `fields` are what its template may name, `blocks` what the shipped
    template is made of.

    `prepare(data)` returns the document's data as its Word file says them, with what only that
    says; `get_hint(data)` returns a line about the shipped template for the document's page.
    """

    fields: tuple
    blocks: tuple
    prepare: Callable = lambda data: data
    get_hint: Callable = lambda data: ""

    @property
    def plan(self):
        return json.dumps(flat(self.blocks)).encode()


@dataclass(frozen=True)
class Filled:
    """A template with text in it: `content` is the .docx, `texts` its lines by part of it."""

    content: bytes
    texts: list


class WordTemplateError(PaperError):
    """The template in use does not fit the document any more."""

    reason = "template"


class UnfitTemplate(Exception):
    """The template cannot be used; `faults` says why, all at once."""

    def __init__(self, faults):
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


class LostTemplate(WordTemplateError):
    """The file of the template in use is not in the store any more."""

    reason = "lost"


def read_template(template):
    """Return the bytes of a kept template (`read`). Raises UnfitTemplate where its file is lost."""
    try:
        return template.read()
    except FileNotFoundError:
        raise UnfitTemplate([LOST]) from None


def shipped_template(form, logo=b""):
    """Return the shipped template of a document as a .docx, with this logo in its letterhead."""
    return _run(DRAW, frames.pack(form.plan, logo))


def fill_sample(form, template=b""):
    """
    Return this template (default: the shipped one) Filled with the sample of every field. Raises
    UnfitTemplate, and PaperBusy.
    """
    return _filled(form, template, sample_of(form.fields))


def fill_word(form, data, template=b""):
    """
    Return this template (default: the shipped one) Filled with what a document says. Raises
    PaperError.
    """
    logo = bytes(data.get("logo") or b"")
    try:
        return _filled(form, template, values_of(form.fields, form.prepare(data)), logo)
    except UnfitTemplate as unfit:
        raise WordTemplateError(str(unfit)) from None


def _filled(form, template, values, logo=b""):
    if len(template) > MAX_BYTES:
        raise UnfitTemplate([TOO_LARGE])
    told = (json.dumps(one).encode() for one in (field_outline(form.fields), values))
    try:
        answer = _run(FILL, frames.pack(template, form.plan, *told, logo))
    except (child.TooMuchMemory, child.TooLong):
        raise UnfitTemplate([TOO_MUCH]) from None
    except child.Crashed:
        raise UnfitTemplate([BROKEN]) from None
    report, content = frames.unpack(answer)
    report = json.loads(report)
    if faults := report.get("faults"):
        raise UnfitTemplate([Fault(*one) for one in faults])
    return Filled(content, report["texts"])


def _run(worker, data):
    try:
        return child.run(worker, data, seconds=SECONDS)
    except child.Busy:
        raise PaperBusy from None


def word_response(content, name):
    """Return a .docx as a download."""
    response = HttpResponse(content, content_type=DOCX)
    stem = file_stem(name, "naskah")
    response["Content-Disposition"] = f'attachment; filename="{stem}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
