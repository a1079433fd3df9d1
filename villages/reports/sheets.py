"""
The sheet on which a regency fills in the reports of a quarter: how it is handed out, and the names
by which its columns and its notes are known again.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO

from xlsxwriter import Workbook

from sinergi.kit.spreadsheets.write import QUOTED, write_cell
from sinergi.kit.text import header_key, plain_text, thousands
from villages.quarters import Quarter
from villages.reports.checks import figure_text
from villages.reports.fields import FIELDS, fields_of

#: Of the columns that are handed out; one more when a field joins the registry, or leaves it.
VERSION = 1
CODE, NAME, STATE, BEFORE, NOTES = "Kode", "Perpustakaan", "Keadaan", "Terakhir", "Keterangan"
#: Hidden: the version of the report as it was handed out, 0 where there was none.
SINCE, REVISION = "Terakhir diverifikasi", "Versi"
#: Rows above the header, and columns before the first figure.
TOP, LEFT = 4, 5
#: What stands in the head of a sheet: which one it is. The page says the same, and both must agree.
STAMP = re.compile(r"Lembar isian versi (\d+), wilayah (\d\d\.\d\d), triwulan (\d{4}-[1-4])")
#: A note of one figure ends where the next begins.
BETWEEN = "; "
GUIDE = (
    "Isi kolom putih. Kosong berarti belum tahu, 0 berarti memang tidak ada. Yang abu-abu tidak"
    " dibaca."
)


def heading(one):
    """Return the name of a field's column, which no other has: Koleksi (judul)."""
    return f"{one.label} ({one.unit})"


def stamp(regency, quarter):
    return f"Lembar isian versi {VERSION}, wilayah {regency}, triwulan {quarter.key}"


def _names():
    """
    Return {header_key: key} by which the column of a field is known: its heading, and its label
    where no other has the same.
    """
    labels = [one.label for one in FIELDS]
    found = {header_key(heading(one)): one.key for one in FIELDS}
    found |= {header_key(one.label): one.key for one in FIELDS if labels.count(one.label) == 1}
    return found


FIELD_NAMES = _names()
OWN = (CODE, NAME, STATE, SINCE, REVISION, BEFORE, NOTES)
OWN_NAMES = {header_key(name): name for name in OWN}
#: "Pengunjung (orang): " at the beginning of a note, or behind another.
NOTE_OF = re.compile(
    r"(?:^|; *)("
    + "|".join(
        re.escape(name)
        for one in FIELDS
        for name in (heading(one), one.label)
        if header_key(name) in FIELD_NAMES
    )
    + r") *: *",
    re.IGNORECASE,
)


def notes_text(notes):
    """Return the notes {key: text} as the one cell that holds them."""
    told = [(one, notes[one.key]) for one in FIELDS if notes.get(one.key)]
    return plain_text(BETWEEN.join(f"{heading(one)}: {text}" for one, text in told))


def read_notes(text, jumped):
    """
    Return {key: note} of a cell. Text that names no figure is the note of those that `jumped`
    (keys) and have none of their own here; where all have one, it stands before theirs. Raises
    ValueError where nothing jumped.
    """
    parts, named = NOTE_OF.split(text), {}
    for name, note in zip(parts[1::2], parts[2::2], strict=True):
        key = FIELD_NAMES[header_key(name)]
        named[key] = _joined(named.get(key, ""), note.strip())
    named = {key: note for key, note in named.items() if note}
    if not (loose := parts[0].strip(" ;")):
        return named
    if not jumped:
        raise ValueError(
            "Tulis angka mana yang dijelaskan, misalnya “Pengunjung: ada pameran buku”."
        )
    told = [key for key in jumped if key not in named] or jumped
    return named | {key: _joined(loose, named.get(key, "")) for key in told}


def _joined(*notes):
    """Return the notes of one figure as one, each once."""
    return BETWEEN.join(dict.fromkeys(filter(None, notes)))


@dataclass(frozen=True)
class SheetLine:
    """
    One library on the sheet. `before`: the figures of its last verified report, of the quarter
    `since`; `is_open`: it may be filled in; `version`: of its report, 0 without one.
    """

    code: str
    name: str
    state: str
    is_open: bool
    figures: dict
    notes: dict
    before: dict = field(default_factory=dict)
    since: Quarter | None = None
    version: int = 0


def write_report_sheet(lines, *, regency, name, quarter):
    """
    Return the workbook (bytes) of these SheetLines, for the regency of that code and name. What is
    not to be filled in is locked, without a password.
    """
    stream, fields = BytesIO(), fields_of(quarter)
    with Workbook(stream, {"constant_memory": True}) as book:
        styles = {key: book.add_format(style) for key, style in STYLES.items()}
        told = stamp(regency, quarter)
        book.set_properties({"title": f"Laporan {quarter}, {name}", "comments": told})
        sheet = book.add_worksheet(f"Laporan {quarter.short}")
        _arrange(sheet, fields, len(lines))
        write_cell(sheet, 0, 0, f"Laporan {quarter}, {name}", styles["title"])
        write_cell(sheet, 1, 0, GUIDE)
        write_cell(sheet, 2, 0, told, styles["grey"])
        _write_header(sheet, fields, styles)
        for number, line in enumerate(lines, TOP + 1):
            _write_line(sheet, number, line, fields, styles)
        explained = book.add_worksheet("Petunjuk")
        explained.set_column(0, 0, 100)
        for number, line in enumerate(HINTS):
            write_cell(explained, number, 0, line)
    return stream.getvalue()


STYLES = {
    "title": {"bold": True, "font_size": 14, **QUOTED},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2},
    "head_grey": {"text_wrap": True, "valign": "top", "bottom": 2, "font_color": "#6B7670"},
    "text": {"bg_color": "#F0F2EF", **QUOTED},
    "grey": {"bg_color": "#F0F2EF", "font_color": "#6B7670", "num_format": "#,##0"},
    "open": {"locked": False, "border": 1, "border_color": "#B4BFB8", "num_format": "#,##0"},
    "shut": {"bg_color": "#F0F2EF", "num_format": "#,##0"},
    "note": {"locked": False, "border": 1, "border_color": "#B4BFB8", **QUOTED},
    "note_shut": {"bg_color": "#F0F2EF", **QUOTED},
}
HINTS = (
    (
        "Satu baris untuk satu perpustakaan desa. Isi kolom putih; kolom abu-abu di kanannya angka"
        " terakhir yang sudah diverifikasi, untuk dibandingkan, dan tidak dibaca."
    ),
    "Kosong berarti belum tahu, 0 berarti memang tidak ada. Angka ditulis bulat, tanpa rumus.",
    (
        "Baris yang seluruhnya abu-abu sudah dikirim atau diverifikasi, sehingga tidak dapat diubah"
        " di sini."
    ),
    (
        "Bila angka melonjak dari yang lalu, tulis sebabnya di kolom Keterangan, misalnya"
        " “Pengunjung: ada pameran buku”. Beberapa keterangan dipisahkan titik koma."
    ),
    (
        "Jangan mengubah kode dan nama. Kolom boleh dipindahkan; kolom yang dihapus tidak mengubah"
        " apa pun."
    ),
    (
        "Unggah lembar ini di halaman Lembar isian. Sebelum ada yang disimpan, semua yang perlu"
        " dibetulkan ditunjukkan dengan alamat selnya. Yang disimpan adalah draf; pengirimannya"
        " tetap satu per satu."
    ),
)


def _arrange(sheet, fields, count):
    """Set the widths, the lock, what stays in view, and what the cells of each field take."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.freeze_panes(TOP + 1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(TOP)
    sheet.set_column(0, 0, 15)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 3, 15)
    # Among the others, so that whoever sorts the rows takes it along.
    sheet.set_column(LEFT - 1, LEFT - 1, None, None, {"hidden": True})
    sheet.set_row(TOP, 62)
    for column, one in _columns(fields):
        sheet.set_column(column, column, 17 if one.is_money else 12)
        sheet.set_column(column + 1, column + 1, 15 if one.is_money else 9)
        if count:
            sheet.data_validation(TOP + 1, column, TOP + count, column, _whole_number(one))
    sheet.set_column(LEFT + 2 * len(fields), LEFT + 2 * len(fields), 60)


def _columns(fields):
    """Yield (column, field): right of each stands its grey one."""
    return ((LEFT + 2 * place, one) for place, one in enumerate(fields))


def _whole_number(one):
    most = figure_text(one, one.most) if one.is_money else thousands(one.most)
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": one.most,
        "error_title": "Angka bulat",
        "error_message": f"Tulis angka bulat, 0 sampai {most}. Kosongkan bila belum tahu.",
    }


def _write_header(sheet, fields, styles):
    for column, name in enumerate((CODE, NAME, STATE, SINCE, REVISION)):
        write_cell(sheet, TOP, column, name, styles["head"])
    outcome = None
    for column, one in _columns(fields):
        if one.outcome != outcome:
            outcome = one.outcome
            write_cell(sheet, TOP - 1, column, outcome.label, styles["title"])
    for column, one in _columns(fields):
        write_cell(sheet, TOP, column, heading(one), styles["head"])
        write_cell(sheet, TOP, column + 1, BEFORE, styles["head_grey"])
    write_cell(sheet, TOP, LEFT + 2 * len(fields), NOTES, styles["head"])


def _write_line(sheet, number, line, fields, styles):
    since = line.since.short if line.since else "belum ada"
    told = (line.code, line.name, line.state, since, line.version)
    for column, value in enumerate(told):
        write_cell(sheet, number, column, value, styles["shut" if column == LEFT - 1 else "text"])
    cells = [(column, line.figures.get(one.key)) for column, one in _columns(fields)]
    cells.append((LEFT + 2 * len(fields), notes_text(line.notes)))
    for column, value in cells:
        kinds = ("note", "note_shut") if column == cells[-1][0] else ("open", "shut")
        kind = kinds[0] if line.is_open else kinds[1]
        if value in (None, ""):
            sheet.write_blank(number, column, None, styles[kind])
        else:
            write_cell(sheet, number, column, value, styles[kind])
    for column, one in _columns(fields):
        value = line.before.get(one.key)
        if value is None:
            sheet.write_blank(number, column + 1, None, styles["grey"])
        else:
            write_cell(sheet, number, column + 1, value, styles["grey"])
