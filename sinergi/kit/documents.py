"""
Documents for print: a Typst template and its data become a PDF/A, in a child process under limits.

Templates are the files `templates/documents/*.typ`, which an office may edit; what they print is
handed over as JSON (`sys.inputs.data`), never pasted into the source, so that nobody's text is read
as markup. A `Document` names a template and the function that makes its data; its page draws the
same data.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

from sinergi.kit import child

FOLDER = settings.BASE_DIR / "templates" / "documents"
WORKER = "sinergi.kit.paper_worker:typeset"
#: Of the processor, and of memory: a plan of 500 activities takes less than a second and 200 MB.
SECONDS, MEGABYTES = 10, child.MEGABYTES


#: Where something is written in by hand, and what stands across a paper that is not final.
BLANK = "………………………"
DRAFT, CALLED_OFF = "DRAF", "DIBATALKAN"


@dataclass(frozen=True)
class Document:
    """
    A document of a record. `slug` is its part of the address, `label` its name for people,
    `template` the name of its templates; `get_data(record, **options)` returns what it says, a
    dictionary of text, lists and flags with `title` and `mark` (what stands across it, or "").

    `get_options(query)` reads the options from a query string; `is_available(record)` says whether
    the record has this document yet; `made_at(record)` is the moment that the file says it was
    made, None as long as it is not final; `get_letterhead(record)` is the part of the data that is
    its letterhead, with the bytes of the `logo`; `word` (sinergi.kit.word.templates.WordForm) is
    what a Word template may draw of it, None where there is none.
    """

    slug: str
    label: str
    template: str
    get_data: Callable
    get_options: Callable = lambda query: {}
    is_available: Callable = lambda record: True
    made_at: Callable = lambda record: None
    get_letterhead: Callable = lambda record: {}
    word: object = None


class PaperError(Exception):
    """The document cannot be set: its text exceeds the child's limits, or breaks the typesetter."""

    status = 422
    reason = "text"


class PaperTooLarge(PaperError):
    """The document would need more memory or time than it may have."""

    reason = "large"


class PaperBusy(PaperError):
    """The machine has no time for the document now."""

    status = 503
    reason = "busy"


#: The sheets that offices print on: A4, and F4 or folio (215 × 330 mm).
PAPER_SIZES = ("a4", "f4")


def requested_paper_size(request):
    """Return the paper size that the query string names (?kertas=f4); A4 otherwise."""
    asked = request.GET.get("kertas", "").lower()
    return asked if asked in PAPER_SIZES else PAPER_SIZES[0]


def facts_of(*rows):
    """Return those of these (label, text) that say something, as a document has its facts."""
    return [[label, told] for label, told in rows if told]


def requested_number(query, name, usual, most):
    """Return the number of this name in a query string, from 0 to `most`; else the usual one."""
    told = query.get(name, "")
    is_number = told.isascii() and told.isdecimal() and len(told) < 6
    return min(int(told), most) if is_number else usual


def breakable(text):
    """Return the text with places to break in words that are longer than a column of a table."""
    return re.sub(r"(\S{18})(?=\S)", "\\1\u200b", text)


def render_pdf(template, data, *, at=None):
    """
    Return the PDF (bytes) of `templates/documents/<template>.typ` with this data, for the archive
    (PDF/A-2a) and for screen readers (PDF/UA-1).

    `at` is the moment (aware datetime) that the file says it was made; without one, now. The same
    data of the same moment are the same bytes.

    Raises PaperError, which PaperErrorMiddleware reports to the person; for a broken template too,
    whose fault the log names.
    """
    told = json.dumps(data).encode()
    made = int(at.timestamp() if at else time.time())
    limits = {"seconds": SECONDS, "megabytes": MEGABYTES}
    try:
        return child.run(WORKER, told, FOLDER, template, made, **limits)
    except child.Busy:
        raise PaperBusy from None
    except (child.TooMuchMemory, child.TooLong):
        raise PaperTooLarge from None
    except child.Crashed:
        raise PaperError from None


def pdf_response(content, name):
    """Return a PDF as a download."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class PaperErrorMiddleware:
    """Answer a PaperError, wherever it is raised, by a page that explains it and leads back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PaperError):
            return None
        # /sk/3/cetak/ is a paper of /sk/3/
        above = f"{request.path.rstrip('/').rpartition('/')[0]}/"
        context = {
            "reason": exception.reason,
            "back": above if is_valid_path(above) else "",
            "again": request.get_full_path(),
        }
        response = render(request, "paper_error.html", context, status=exception.status)
        if exception.status == 503:
            response["Retry-After"] = "30"
        return response
