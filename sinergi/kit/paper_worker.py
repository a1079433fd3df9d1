"""
Set documents with Typst: the worker (sinergi.kit.child) of sinergi.kit.documents. Imports nothing
of Django.
"""

import time
from pathlib import Path

import typst


def typeset(data, folder, template):
    """
    Yield the PDF (bytes) of `<folder>/<template>.typ`; `data` is what it prints, as JSON. Raises
    typst.TypstError.

    It is a PDF/A, unless somebody wrote a character that its font lacks: then a plain PDF, with a
    box in its place.
    """
    options = {
        "root": folder,
        "format": "pdf",
        "sys_inputs": {"data": data.decode()},
        # The same page on every machine: the fonts are the package's own.
        "ignore_system_fonts": True,
        "timestamp": int(time.time()),
    }
    source = str(Path(folder) / f"{template}.typ")
    try:
        yield typst.compile(source, pdf_standards="a-2b", **options)
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
        yield typst.compile(source, **options)
