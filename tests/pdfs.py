"""Plain PDFs to send, and what a PDF of ours says."""

import io
import re

import page
import pikepdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def written(catalog, *more, trailer=b""):
    """
    Return the bytes of a PDF with one page (object 3); `more` are its objects from number 4 on.
    """
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(
        [catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *more], 1
    ):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return (
        data
        + head
        + b"trailer << /Size %d /Root 1 0 R " % size
        + trailer
        + b" >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    )


PDF = written(CATALOG)


def _letters_of(font):
    """{code: letters} of a font, by its own table."""
    table, found = font.ToUnicode.read_bytes().decode("latin1"), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for n, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(letter, 16) + n)
    return found


def pages_of(content):
    """[(text, width in mm, height in mm)] of each page of a paper that Typst has set."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            fonts = {
                name: _letters_of(font) for name, font in page.Resources.get("/Font", {}).items()
            }
            words, letters = [], {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    letters = fonts[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    parts = operands[0] if str(operator) == "TJ" else operands
                    for raw in (bytes(part) for part in parts if isinstance(part, pikepdf.String)):
                        words += [
                            letters.get(int.from_bytes(raw[n : n + 2], "big"), "")
                            for n in range(0, len(raw), 2)
                        ]
                elif str(operator) == "ET":
                    words.append(" ")
            left, bottom, right, top = (float(side) for side in page.MediaBox)
            found.append(
                (
                    "".join(words),
                    round((right - left) / 72 * 25.4),
                    round((top - bottom) / 72 * 25.4),
                )
            )
    return found


#: A rule of page-validation that sees a fault in some long files where qpdf, which decodes every
#: stream of them, sees none.
FALSE_ALARM = "PDFA2A-STREAM-LENGTH-001"


def faults_of(content):
    """Return what keeps a PDF from being an archive copy (PDF/A-2a) that is read aloud (UA-1)."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = list(document.check_pdf_syntax())
    for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf_bytes(content, profile=profile)
        found += [
            f"{profile} {fault.rule_id}: {fault.message}"
            for fault in report.failures
            if fault.rule_id != FALSE_ALARM
        ]
    return found


def is_archival(content):
    return faults_of(content) == []
