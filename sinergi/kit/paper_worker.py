"""
Set documents with Typst: the worker (sinergi.kit.child) of sinergi.kit.documents. Imports nothing
of Django.
"""

import json
import re
from pathlib import Path

import typst

#: A paper for the archive (PDF/A-2a) that a screen reader can read (PDF/UA-1).
STANDARDS = ["a-2a", "ua-1"]
#: What Typst says of a character, or of a few that stand for one sign, that no font has.
MISSING = re.compile('the text `"(.+?)"` could not be displayed with font', re.DOTALL)
BOX = "\u25a1"
#: How often characters that no font has are looked for. Typst names all of them at once; another
#: look finds those that came to stand beside a box.
TRIES = 4
#: Letters, digits, punctuation and the box: all of them are in the fonts of the package.
COMMON = re.compile("[^\n\t -~\u00a0-\u017f\u2010-\u2026\u20ac\u2190-\u2193\u25a1]")


def typeset(data, folder, template, timestamp):
    """
    Yield the PDF (bytes) of `<folder>/<template>.typ`; `data` is what it prints, as JSON;
    `timestamp`, in seconds, is when the paper says that it was made. Raises typst.TypstError.

    A character that the fonts lack becomes a box: no paper leaves as anything but an archive copy.
    """
    told = json.loads(data)
    source = str(Path(folder) / f"{template}.typ")
    for _ in range(TRIES):
        try:
            yield compiled(source, folder, told, timestamp)
        except typst.TypstError as error:
            missing = set(MISSING.findall(str(error)))
            if not missing:
                raise
            # The longest first: a sign of several characters before one that is part of it.
            signs = "|".join(re.escape(one) for one in sorted(missing, key=len, reverse=True))
            told = replaced(told, re.compile(signs))
        except BaseException as panic:
            # The typesetter itself broke, as it does over some scripts: without them it may not.
            if type(panic).__name__ != "PanicException":
                raise
            break
        else:
            return
    yield compiled(source, folder, replaced(told, COMMON), timestamp)


def compiled(source, folder, told, timestamp):
    return typst.compile(
        source,
        root=folder,
        format="pdf",
        pdf_standards=STANDARDS,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        # The same page on every machine: the fonts are the package's own.
        ignore_system_fonts=True,
        timestamp=int(timestamp),
    )


def replaced(told, signs):
    """Return the data with a box for each of these signs (a pattern) in its texts."""
    if isinstance(told, str):
        return signs.sub(BOX, told)
    if isinstance(told, list):
        return [replaced(one, signs) for one in told]
    if isinstance(told, dict):
        return {key: replaced(value, signs) for key, value in told.items()}
    return told
