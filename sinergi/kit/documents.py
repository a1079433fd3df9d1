"""
Documents for print: a Typst template and its data become a PDF/A.

Templates are the files `templates/documents/*.typ`, which an office may edit; what they print is handed over as JSON
(`sys.inputs.data`), never pasted into the source, so that nobody's text is read as markup.
"""

import json
import re
from datetime import UTC, datetime

import typst
from django.conf import settings
from django.http import HttpResponse

FOLDER = settings.BASE_DIR / "templates" / "documents"


def breakable(text):
    """With places to break in words that are longer than a column of a table."""
    return re.sub(r"(\S{18})(?=\S)", "\\1\u200b", text)


def pdf(template, data):
    """
    The PDF (bytes) of `templates/documents/<template>.typ` with this data; raises typst.TypstError for a broken template.

    It is a PDF/A, unless somebody wrote a character that its font lacks: then a plain PDF, with a box in its place.
    """
    options = {
        "root": str(FOLDER),
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
        "ignore_system_fonts": True,  # the same page on every machine: the fonts are the package's own
        "timestamp": int(datetime.now(UTC).timestamp()),
    }
    source = str(FOLDER / f"{template}.typ")
    try:
        return typst.compile(source, pdf_standards="a-2b", **options)
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
        return typst.compile(source, **options)


def pdf_response(content, name):
    """A PDF as a download; what it says may change, so nobody keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
