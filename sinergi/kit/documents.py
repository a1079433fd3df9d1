"""
Documents for print: a Typst template and its data become a PDF/A, in a child process under limits.

Templates are the files `templates/documents/*.typ`, which an office may edit; what they print is
handed over as JSON (`sys.inputs.data`), never pasted into the source, so that nobody's text is read
as markup.
"""

import json
import re

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

from sinergi.kit import child

FOLDER = settings.BASE_DIR / "templates" / "documents"
WORKER = "sinergi.kit.paper_worker:typeset"
#: Of the processor, and of memory: a plan of 500 activities takes less than a second and 200 MB.
SECONDS, MEGABYTES = 10, child.MEGABYTES


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


def breakable(text):
    """Return the text with places to break in words that are longer than a column of a table."""
    return re.sub(r"(\S{18})(?=\S)", "\\1\u200b", text)


def render_pdf(template, data):
    """
    Return the PDF (bytes) of `templates/documents/<template>.typ` with this data.

    Raises PaperError, which PaperErrorMiddleware reports to the person; for a broken template too,
    whose fault the log names.
    """
    told = json.dumps(data).encode()
    try:
        return child.run(WORKER, told, FOLDER, template, seconds=SECONDS, megabytes=MEGABYTES)
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
