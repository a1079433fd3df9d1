"""
The rows of a sheet of quarterly reports (villages.reports.sheets): what each cell says, or what is
wrong with it, by its address. Knows no table.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from sinergi.kit.text import header_key
from villages import codes
from villages.imports.cells import SCIENTIFIC
from villages.imports.rows import TOTAL, SkippedRow
from villages.quarters import Quarter
from villages.reports.fields import BY_KEY, ReportField
from villages.reports.reading import read_figure
from villages.reports.sheets import (
    CODE,
    FIELD_NAMES,
    NAME,
    NOTES,
    OWN_NAMES,
    REVISION,
    STAMP,
    VERSION,
)

#: Rows within which the header is looked for; rows that a sheet may have.
HEADER_ROWS, MAX_LINES = 20, 2_000
NO_HEADER = (
    "Baris judul kolom tidak ditemukan. Pakai lembar isian yang diunduh dari halaman ini; kolom"
    " Kode dan paling sedikit satu kolom angkanya harus ada."
)
MARKED = {
    "formula": "Berisi rumus. Tulis angkanya.",
    "error": "Berisi galat Excel, bukan angka. Tulis angkanya, atau kosongkan bila belum tahu.",
    "decimal": "Tulis angka bulat. Kosong berarti belum tahu.",
}
FORMULA_IN_TEXT = "Berisi rumus. Tulis isinya."
VERSION_TEXT = re.compile(r"\d{1,9}", re.ASCII)
CUT_CODE = "Excel memotong kodenya. Salin lagi kodenya dari lembar isian yang baru diunduh."
NO_CODE = "Baris ini berisi angka tanpa kode desa. Salin kodenya dari lembar isian."
WRONG_CODE = "Bukan kode desa. Salin lagi kodenya dari lembar isian, misalnya 19.01.01.2001."


@dataclass
class ReportRow:
    """
    One library as the sheet has it. `figures`: {key: figure or None} of the columns that are there
    and can be read; `notes`: the cell as written, None without such a column; `version`: that of
    the report when the sheet was handed out, None where it does not say.
    """

    number: int
    code: str
    name: str
    figures: dict = field(default_factory=dict)
    notes: str | None = None
    version: int | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class ReportTable:
    """The table of a sheet: `columns` name → column from 0; names are keys of fields, or CODE …"""

    sheet: int
    header: int
    columns: dict[str, int]
    missing: list[ReportField]
    ignored: list[str]
    version: int | None = None
    rows: list[ReportRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)

    def address(self, name, number):
        """Return where a row says this, "F12"; without such a column its code's cell."""
        return f"{get_column_letter(self.columns.get(name, self.columns[CODE]) + 1)}{number}"


def read_report_table(sheets, *, fields, quarter, regency):
    """
    Return the ReportTable of these sheets (sinergi.kit.spreadsheets.read, marked). Raises
    ValidationError with what keeps the whole file from being read: another format, no header or
    several, the sheet of another quarter or regency.
    """
    if any(sheet.marks is None for sheet in sheets):
        raise ValidationError(
            "Lembar isian adalah berkas .xlsx. Simpan sebagai .xlsx, lalu pilih lagi."
        )
    found = [
        (number, *header)
        for number, sheet in enumerate(sheets)
        if (header := _find_header(sheet.rows)) is not None
    ]
    filled = [one for one in found if len(sheets[one[0]].rows) > one[1] + 1]
    if not found:
        raise ValidationError(NO_HEADER)
    if len(filled) > 1:
        names = " dan ".join(f"“{sheets[one[0]].name}”" for one in filled)
        raise ValidationError(f"Lembar {names} sama-sama berisi laporan. Sisakan satu.")
    number, position, places = (filled or found)[0]
    table = _table(sheets[number], number, position, places, fields)
    _refuse_other(table, sheets[number].rows[:position], quarter, regency)
    _read_rows(table, sheets[number])
    if sheets[number].more or len(table.rows) > MAX_LINES:
        raise ValidationError("Paling banyak 2.000 baris. Unduh lembar isian yang baru.")
    return table


def _find_header(rows):
    """Return (position, [(name, column, text)]) of the row with the code and a figure, or None."""
    for position, (_, cells) in enumerate(rows[:HEADER_ROWS]):
        places = [
            (FIELD_NAMES.get(key) or OWN_NAMES.get(key) or "", column, cell)
            for column, cell in enumerate(cells)
            if (key := header_key(cell))
        ]
        names = {name for name, *_ in places}
        if CODE in names and names & BY_KEY.keys():
            return position, places
    return None


def _table(sheet, number, position, places, fields):
    row, asked = sheet.rows[position][0], {one.key for one in fields}
    wanted, columns, ignored = asked | {CODE, NAME, REVISION, NOTES}, {}, []
    for name, column, text in places:
        if name in columns:
            cells = " dan ".join(
                f"{get_column_letter(at + 1)}{row}" for at in (columns[name], column)
            )
            raise ValidationError(f"Kolom “{text}” ada dua: {cells}. Sisakan satu.")
        if name in wanted:
            columns[name] = column
        elif name not in OWN_NAMES.values():
            ignored.append(text)
    missing = [one for one in fields if one.key not in columns]
    return ReportTable(number, position, columns, missing, ignored)


def _refuse_other(table, rows, quarter, regency):
    """Refuse a sheet that says itself that it is of another quarter, or another regency."""
    stamps = [
        (f"{get_column_letter(column + 1)}{number}", found)
        for number, cells in rows
        for column, cell in enumerate(cells)
        if (found := STAMP.search(cell))
    ]
    for address, (version, code, key) in ((at, found.groups()) for at, found in stamps):
        table.version = int(version[:6])
        if (of := Quarter.read(key)) != quarter:
            raise ValidationError(
                f"{address}: lembar ini milik {of}, bukan {quarter}. Pilih triwulannya, atau unduh"
                " lembar triwulan itu."
            )
        if code != regency.pk:
            raise ValidationError(
                f"{address}: lembar ini milik wilayah {code}, bukan {regency.name} ({regency.pk})."
                " Pilih kabupaten/kotanya, atau unduh lembarnya."
            )


def is_old(table):
    return table.version is not None and table.version < VERSION


# Rows -------------------------------------------------------------------------------------------
def _read_rows(table, sheet):
    merged = _merged_cells(sheet, table)
    for number, cells in sheet.rows[table.header + 1 :]:
        texts = {
            name: cells[column] if column < len(cells) else ""
            for name, column in table.columns.items()
        }
        marked = {name: sheet.marks.get(table.address(name, number), "") for name in texts}
        said = {name for name in texts if texts[name] or marked[name]}
        if not said & (BY_KEY.keys() | {CODE}) or _is_total(texts, cells, marked):
            if text := " | ".join(cell for cell in cells if cell)[:200]:
                table.skipped.append(SkippedRow(number, text, "bukan baris perpustakaan"))
            continue
        row = ReportRow(number, "", texts.get(NAME, ""))
        for name in table.columns:
            _read_cell(row, name, texts[name], marked[name], table, merged)
        table.rows.append(row)


def _is_total(texts, cells, marked):
    """Return whether a row without a code is a total below the table."""
    first = next((cell for cell in cells if cell), "")
    return not texts[CODE] and not marked[CODE] and bool(TOTAL.match(first.casefold()))


def _read_cell(row, name, text, mark, table, merged):
    if name == REVISION:
        # Nobody writes it, and it is hidden: what cannot be read there says nothing.
        row.version = int(text) if VERSION_TEXT.fullmatch(text) and not mark else None
        return
    address = table.address(name, row.number)
    if region := merged.get((row.number, table.columns[name])):
        row.problems.append((address, f"Sel {region} digabung. Pisahkan, lalu isi satu per satu."))
        return
    try:
        if name in BY_KEY:
            if mark or text.startswith("="):
                raise ValueError(MARKED[mark or "formula"])
            row.figures[name] = read_figure(BY_KEY[name], text)
        elif mark in ("formula", "error"):
            raise ValueError(FORMULA_IN_TEXT if mark == "formula" else MARKED[mark])
        elif name == CODE:
            row.code = read_code(text)
        elif name == NOTES:
            row.notes = text
    except ValidationError as error:
        row.problems += [(address, message) for message in error.messages]
    except ValueError as error:
        row.problems.append((address, str(error)))


def read_code(text):
    """Return the code of a village. Raises ValueError with what to do."""
    if not text:
        raise ValueError(NO_CODE)
    if SCIENTIFIC.match(text):
        raise ValueError(CUT_CODE)
    if not (code := codes.parse_village(text)):
        raise ValueError(WRONG_CODE)
    return code


def _merged_cells(sheet, table):
    """Return {(row number, column): "F12:F13"} of the cells of the table that are merged."""
    found, columns = {}, sorted(table.columns.values())
    numbers = [number for number, _ in sheet.rows[table.header + 1 :]]
    for top, left, bottom, right in sheet.merges:
        inside = [column for column in columns if left <= column <= right]
        region = f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"
        covered = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        for number in covered if inside else ():
            found |= {(number, column): region for column in inside}
    return found
