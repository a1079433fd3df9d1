"""
Read one spreadsheet: the worker (sinergi.kit.child) of sinergi.kit.spreadsheets.read.

A file from outside may make a reader eat all memory or abort (a sheet of 1 KB can claim 17 billion
cells), so it is read here, under limits that the system enforces. Imports nothing of Django: it
must start quickly.
"""

import csv
import io
import json
import math
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import python_calamine

MAX_CELL = 32_767  # characters, Excel's own limit
MAX_COLUMNS = 200
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, declared by a zip's table of contents
MAX_PARTS = 2_000
MAX_MERGES = 5_000
MAX_MARKS = 20_000
DELIMITERS = (";", "\t", ",")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Control, format and surrogate characters; PostgreSQL stores no NUL and no half of a character.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]"
)
#: Our own marks against formulas in a file of text (sinergi.kit.spreadsheets.write.harmless):
#: before the whole cell, and where another program may begin one.
FIRST_MARK = re.compile(r"'(?=[ \n']*[=+\-@\t\r＝＋－＠])")
INNER_MARKS = re.compile(r"([;,\t\r\n] *)'(?=[ ']*[=+\-@＝＋－＠])")


class Refused(Exception):
    """
    The file is not read; `code` names the reason (a message of sinergi.kit.spreadsheets.read),
    `row` the row.
    """

    def __init__(self, code, row=None):
        super().__init__(code)
        self.code, self.row = code, row


def cell_text(value, row):
    """Return a cell as text: whole numbers without ".0", spaces folded, nothing unprintable."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise Refused("long_cell", row)
        if value.isascii() and value.isprintable():
            return " ".join(value.split())
        return " ".join(UNPRINTABLE.sub("", unicodedata.normalize("NFC", value)).split())
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return (
            str(int(value))
            if math.isfinite(value) and value == int(value) and abs(value) < 1e15
            else repr(value)
        )
    return str(value)


def without_marks(text):
    """Return a cell of a text file without our marks against formulas: as it was written."""
    if "'" not in text:
        return text
    if FIRST_MARK.match(text):
        text = text[1:]
    return INNER_MARKS.sub(r"\1", text)


class Budget:
    """How much text all the sheets of a file may hold together."""

    def __init__(self, characters):
        self.left = characters

    def spend(self, texts, row):
        self.left -= sum(map(len, texts))
        if self.left < 0:
            raise Refused("much", row)


def text_rows(cells, first_row, max_rows, budget, marks=None):
    """
    Return [row number as the person sees it, [text, …]] of each row that is not empty, and whether
    there are more. Into `marks` go the addresses of numbers that are not whole.
    """
    rows = []
    for number, row in enumerate(cells, first_row):
        texts = [cell_text(value, number) for value in row]
        if marks is not None:
            for column, value in enumerate(row):
                if isinstance(value, float) and not value.is_integer():
                    marks.setdefault(f"{letters(column)}{number}", "decimal")
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MAX_COLUMNS:
            raise Refused("wide", number)
        if len(rows) >= max_rows:
            return rows, True
        budget.spend(texts, number)
        rows.append([number, texts])
    return rows, False


def letters(column):
    """Return the name of a column, counted from 0: A, Z, AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(65 + letter) + name, column - 1
    return name


def marked_cells(data):
    """
    Return {name of the sheet: {"F12": "formula" or "error"}} of an .xlsx, None for another format:
    what python_calamine reads as a plain value, or as nothing.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return None
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {one.get("Id"): one.get("Target", "") for one in links}
        book, found = ElementTree.fromstring(archive.read("xl/workbook.xml")), {}  # noqa: S314
        for sheet in (one for one in book.iter() if local_name(one) == "sheet"):
            key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            target = targets.get(key, "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            if path in parts:
                with archive.open(path) as part:
                    found[sheet.get("name")] = marks_of_part(part)
        return found


def marks_of_part(part):
    """Return {"F12": "formula" or "error"} of the XML of one sheet."""
    marks, row, column = {}, 0, -1
    for event, element in ElementTree.iterparse(part, ("start", "end")):  # noqa: S314
        name = local_name(element)
        if name == "row" and event == "start":
            number = element.get("r", "")
            row, column = int(number) if number.isdecimal() else row + 1, -1
        elif name == "row":
            element.clear()
        elif name == "c" and event == "end":
            column += 1
            address = element.get("r") or f"{letters(column)}{row}"
            if any(local_name(child) == "f" for child in element):
                marks[address] = "formula"
            elif element.get("t") == "e":
                marks[address] = "error"
        if len(marks) > MAX_MARKS:
            raise Refused("much")
    return marks


def local_name(element):
    return element.tag.rpartition("}")[2]


def read_workbook(data, max_rows, budget, *, marked=False):
    try:
        marks = marked_cells(data) if marked and not data.startswith(OLE) else None
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            worksheets = [
                m
                for m in workbook.sheets_metadata
                if m.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            # A hidden sheet is for lists of choices and the like; it is read only when there is
            # nothing else.
            visible = [
                m for m in worksheets if m.visible == python_calamine.SheetVisibleEnum.Visible
            ]
            for meta in visible or worksheets:
                sheet = workbook.get_sheet_by_name(meta.name)
                top, left = sheet.start or (0, 0)
                # Column A is column A: what a person sees left of the first filled column counts as
                # empty.
                cells = (
                    ([""] * left + row for row in sheet.to_python())
                    if left < MAX_COLUMNS
                    else sheet.to_python()
                )
                own = None if marks is None else marks.get(meta.name, {})
                rows, more = text_rows(cells, top + 1, max_rows, budget, own)
                # "or []": old formats know no merged ranges
                merges = [
                    [a + 1, b, c + 1, d]
                    for (a, b), (c, d) in (sheet.merged_cell_ranges or [])[:MAX_MERGES]
                ]
                yield {
                    "name": cell_text(meta.name, None)[:100],
                    "rows": rows,
                    "merges": merges,
                    "more": more,
                    "marks": own,
                }
    except python_calamine.PasswordError:
        raise Refused("password")
    except (
        python_calamine.CalamineError,
        python_calamine.ZipError,
        python_calamine.XmlError,
        ElementTree.ParseError,
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
    ):
        raise Refused("broken")


def decode(data):
    """Return the text of data in one of the encodings that Excel writes."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    sample = data[:4096]
    for offset, name in (
        (1, "utf-16-le"),
        (0, "utf-16-be"),
    ):  # without a mark: every other byte of plain letters is NUL
        half, other = sample[offset::2].count(0), sample[1 - offset :: 2].count(0)
        if len(sample) > 3 and half > 0.2 * len(sample) > 10 * other:
            return data.decode(name, errors="replace")
    if sum(byte < 32 and byte not in b"\t\r\n" for byte in sample) > max(8, len(sample) / 20):
        raise Refused("unknown")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(text):
    """Return the delimiter that splits most of the first lines into the same number of columns."""

    def score(delimiter):
        lines = csv.reader(io.StringIO(text[:20_000]), delimiter=delimiter)
        widths = [len(row) for _, row in zip(range(50), lines, strict=False) if row]
        best = max(
            set(widths), key=lambda width: (widths.count(width) * (width > 1), width), default=1
        )
        return (best > 1, widths.count(best) * min(best, 20))

    return max(DELIMITERS, key=score)


def read_text(data, max_rows, budget):
    text = decode(data).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(MAX_CELL + 1)
    delimiter = delimiter_of(text)
    try:
        rows, more = text_rows(lines_of(text, delimiter, csv.QUOTE_MINIMAL), 1, max_rows, budget)
    except Refused as refused:
        if refused.code != "quote" or delimiter != "\t":
            raise
        # What Excel puts on the clipboard has a quote as it is typed; only a cell of several lines
        # is quoted.
        rows, more = text_rows(lines_of(text, delimiter, csv.QUOTE_NONE), 1, max_rows, budget)
    return [{"name": "", "rows": rows, "merges": [], "more": more}]


def lines_of(text, delimiter, quoting):
    """
    Yield the rows, each followed by as many empty ones as its cells have further lines: row numbers
    stay those of the file.
    """
    reader, line = (
        csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True
        ),
        0,
    )
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused("long_cell" if "larger" in str(error) else "quote", line + 1)
        yield [without_marks(text) for text in row]
        for _ in range(reader.line_num - line - 1):
            yield []
        line = reader.line_num


def check_zip(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise Refused("broken")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("bomb")


def read(data, max_rows, characters=20_000_000, *, marked=False):
    """
    Return the sheets of the file. `marked`: each with its "marks" (marked_cells, and numbers that
    are not whole), None where the format does not tell. Raises Refused.
    """
    budget = Budget(characters)
    head = data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if not data.strip():
        raise Refused("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_zip(data)
        return list(read_workbook(data, max_rows, budget, marked=marked))
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("password")
        return list(read_workbook(data, max_rows, budget))
    if head.startswith(
        (
            b"<!doctype",
            b"<html",
            b"<table",
            b"<?xml",
            b"<head",
            b"<meta",
            b"<style",
            b"<body",
            b"mime-version",
        )
    ):
        raise Refused("html")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise Refused("unknown")
    return read_text(data, max_rows, budget)


def read_file(data, max_rows, characters, marked=""):
    """Yield one JSON object: {"sheets": […]} or {"error": code, "row": number}."""
    try:
        sheets = read(data, int(max_rows), int(characters), marked=bool(marked))
        if not any(sheet["rows"] for sheet in sheets):
            raise Refused("empty")
        answer = json.dumps({"sheets": sheets}, separators=(",", ":"))
    except Refused as refused:
        answer = json.dumps({"error": refused.code, "row": refused.row})
    except MemoryError:
        answer = json.dumps({"error": "much", "row": None})
    yield answer.encode()
