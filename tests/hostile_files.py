"""
Files that mean harm, made here: {name: HostileFile} in FILES. None of them is of any use outside
the tests: what they carry is the word MARK.

`python -m tests.hostile_files FOLDER` writes them down, to be tried by hand.
"""

import functools
import io
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from PIL import Image

from tests import word_files
from tests.pdfs import CATALOG, written

#: What must be found nowhere afterwards: neither stored nor shown.
MARK = "sinergi-hostile-4711"
#: Which entrance takes a file, and makes it harmless: pictures are drawn anew, sheets read as text.
PICTURE, SHEET = "picture", "sheet"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SCRIPT = f"<script>alert('{MARK}')</script>".encode()
ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY m "{MARK}">]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "{MARK}">{LAUGHS}]>'


@dataclass(frozen=True)
class HostileFile:
    """A name as a browser sends it, what makes the bytes, and the entrances that take it."""

    name: str
    make: object
    taken_by: frozenset = frozenset()

    @functools.cached_property
    def data(self):
        return self.make()


def zip_of(parts, compression=zipfile.ZIP_DEFLATED):
    """Return a zip of {name: content}."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def bomb(size=250_000_000, piece=1_000_000):
    """Return a zip of one part of `size` bytes, which is never in memory as a whole."""
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a", "w") as part,
    ):
        for _ in range(size // piece):
            part.write(b"0" * piece)
    return whole.getvalue()


# Sheets ------------------------------------------------------------------------------------------
def workbook(cells=(("A1", "Desa"), ("A2", "Kapuk"))):
    book, whole = Workbook(), io.BytesIO()
    for place, value in cells:
        book.active[place] = value
    book.save(whole)
    return whole.getvalue()


def changed_part(data, ending, change):
    """Return this zip with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (name,) = (name for name in parts if name.endswith(ending))
    return zip_of(parts | {name: change(parts[name])})


def sheet_with(prolog, cell):
    """Return a workbook whose sheet begins with a DTD and has a cell with an entity."""
    sheet = (
        f'<?xml version="1.0"?>{prolog}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{cell}</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    return changed_part(workbook(), "sheet1.xml", lambda _: sheet.encode())


def with_external_link():
    """Return a workbook that refers to another one elsewhere."""
    target = f"http://127.0.0.1:9/{MARK}.xlsx"
    relation = word_files.relation("externalLinkPath", target, "External")
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = word_files.relations(relation)
    return zip_of(parts)


def encrypted_workbook():
    """Return what Excel makes of a workbook with a password: an OLE file with this stream."""
    return OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096


# Pictures ----------------------------------------------------------------------------------------
def picture(fmt="JPEG", size=(40, 30), mode="RGB", **options):
    whole = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(whole, fmt, **options)
    return whole.getvalue()


def png_of(width, height):
    """Return a PNG that says it is as large, and whose picture is a few zeroes."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


# PDF ---------------------------------------------------------------------------------------------
def acting(action):
    """Return a PDF that does this when it is opened."""
    return written(CATALOG[:-2] + b" /OpenAction " + action + b" >>")


def with_embedded():
    names = b"/Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>]"
    file = b"<< /Type /EmbeddedFile /Length 20 >>\nstream\n" + MARK.encode() + b"\nendstream"
    return written(CATALOG[:-2] + b" /Names << /EmbeddedFiles << " + names + b" >> >> >>", file)


def encrypted_pdf():
    trailer = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>"
    return written(CATALOG, trailer=trailer)


# Word --------------------------------------------------------------------------------------------
def with_macros():
    part = "word/vbaProject.bin"
    relation = word_files.relation(
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"
    )
    return word_files.docx(
        word_files.p("x"),
        parts=[(part, OLE)],
        types=[(part, "application/vnd.ms-office.vbaProject")],
        rels=[relation],
    )


def with_remote_template():
    target = f"http://127.0.0.1:9/{MARK}.dotm"
    return word_files.docx(
        word_files.p("x"), rels=[word_files.relation("attachedTemplate", target, "External")]
    )


#: A list may be text of any kind: it is shown as text, and asked which column is what.
TEXT = frozenset({SHEET})


def page_of_text():
    return SCRIPT


SCRIPTED = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
FILES = {
    # Sheets
    "zip bomb": HostileFile("daftar.xlsx", bomb),
    "a zip of thousands of parts": HostileFile(
        "daftar.xlsx", lambda: zip_of({f"b{n}": b"" for n in range(3000)})
    ),
    "cell at the far corner": HostileFile(
        "daftar.xlsx", lambda: workbook((("A1", "Desa"), ("XFD1048576", MARK)))
    ),
    "sheet with an external entity": HostileFile(
        "daftar.xlsx", lambda: sheet_with(ENTITY, "&e;&m;")
    ),
    "sheet with a billion laughs": HostileFile("daftar.xlsx", lambda: sheet_with(LAUGHS, "&l9;")),
    "workbook with external links": HostileFile(
        "daftar.xlsx", with_external_link, frozenset({SHEET})
    ),
    "workbook with formulas": HostileFile(
        "daftar.xlsx",
        lambda: workbook((("A1", f'=HYPERLINK("http://x/{MARK}")'), ("A2", "=1+1"))),
        frozenset({SHEET}),
    ),
    "text with formulas": HostileFile(
        "daftar.csv", lambda: b'Desa;Kab\n=cmd|"/C calc"!A0;@SUM(1)\n', frozenset({SHEET})
    ),
    "encrypted workbook": HostileFile("daftar.xlsx", encrypted_workbook),
    "garbage that begins like an old workbook": HostileFile(
        "daftar.xls", lambda: OLE + bytes(range(256)) * 20
    ),
    "text with NULs": HostileFile("daftar.csv", lambda: b"Desa;\0\0\0Kab\n" + b"\0" * 5000),
    "a line of 9 MB": HostileFile("daftar.csv", lambda: b"Desa;Kab\nKapuk;" + b"x" * 9_000_000),
    "page of the web called a workbook": HostileFile("daftar.xls", lambda: b"<html>" + SCRIPT),
    "path traversal in a zip": HostileFile(
        "daftar.xlsx", lambda: zip_of({"../../../tmp/" + MARK: b"x", "..\\..\\" + MARK: b"x"})
    ),
    # Pictures
    "PNG of a gigapixel": HostileFile("foto.png", lambda: png_of(60_000, 60_000)),
    "PNG of 81 megapixels in 10 KB": HostileFile(
        "foto.png", lambda: picture("PNG", (9000, 9000), "1")
    ),
    "JPEG that is a page of the web, too": HostileFile(
        "foto.jpg",
        lambda: picture(comment=SCRIPT) + b"<html>" + SCRIPT,
        frozenset({PICTURE}),
    ),
    "page of the web called a JPEG": HostileFile("foto.jpg", lambda: b"<html>" + SCRIPT),
    "SVG with a script": HostileFile(
        "gambar.svg",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        TEXT,
    ),
    "JPEG cut off": HostileFile("foto.jpg", lambda: picture(size=(400, 400))[:300]),
    # PDF
    "PDF with JavaScript": HostileFile("surat.pdf", lambda: acting(SCRIPTED)),
    "PDF that starts a program": HostileFile(
        "surat.pdf", lambda: acting(b"<< /S /Launch /F (calc.exe) >>")
    ),
    "PDF with a file inside": HostileFile("surat.pdf", with_embedded),
    "encrypted PDF": HostileFile("surat.pdf", encrypted_pdf),
    "PDF cut off": HostileFile("surat.pdf", lambda: written(CATALOG)[:80]),
    # Word
    "letter with macros": HostileFile("surat.docx", with_macros),
    "letter with a template elsewhere": HostileFile("surat.docx", with_remote_template),
    "letter that runs": HostileFile(
        "surat.docx", lambda: word_files.docx(word_files.p("{{ cycler.__init__.__globals__ }}"))
    ),
    # Names
    "program": HostileFile(
        "surat.pdf.exe", lambda: b"MZ\x90\0" + bytes(range(256)) * 20 + MARK.encode()
    ),
    "name that leads to another folder": HostileFile("../../../etc/passwd", page_of_text, TEXT),
    "name of a folder on Windows": HostileFile("C:\\Windows\\System32\\a.exe", page_of_text, TEXT),
    "name of a device on Windows": HostileFile("CON.jpg", page_of_text, TEXT),
    "name that reads backwards": HostileFile("foto\u202egpj.exe", page_of_text, TEXT),
    "name that is a page of the web": HostileFile(
        f"<script>{MARK}<script>.jpg", page_of_text, TEXT
    ),
    "name of many letters": HostileFile("a" * 5000 + ".jpg", page_of_text),
    "empty": HostileFile("kosong.jpg", lambda: b""),
}


def write_down(folder):
    """Write every file under a name of its own, and its number in FILES."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (title, file) in enumerate(FILES.items(), 1):
        ending = Path(file.name).suffix if len(file.name) < 100 else ".jpg"
        (folder / f"{number:02} {title}{ending}").write_bytes(file.data)


if __name__ == "__main__":
    write_down(Path(sys.argv[1]))
