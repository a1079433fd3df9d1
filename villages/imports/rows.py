"""
The rows of a list: what is data, what is a total or a repeated header, and the cells that a merged
cell stands for.
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from sinergi.kit.text import header_key, plain_text
from villages.imports.columns import ALIASES, PLACES
from villages.matching import WrittenPlace
from villages.row_numbers import table_of

TOTAL = re.compile(r"^(?:sub ?|grand )?(?:total|jumlah|jml)\b")
#: A village's own cell counts only if it is nothing but the word: there are villages called Totala.
NOTHING_BUT_TOTAL = re.compile(r"(?:sub ?|grand )?(?:total|jumlah|jml)[\s:.]*\d*(?: desa)?")
#: "KABUPATEN BANGKA", "A. Kab. Bangka", "II. KOTA …" as a title between the rows.
NUMBERING = re.compile(r"^(?:[a-z]|[ivx]+|\d+)\s*[.)]\s*")
SECTION = re.compile(r"^(?:kabupaten|kab|kota)\b")
KABUPATEN = re.compile(r"^(?:kabupaten|kab)\b")
#: "KECAMATAN PEMALI" as such a title, in whichever column; the word alone is the name of six
#: villages (Kemantren).
DISTRICT = re.compile(r"^(?:kecamatan|kec|distrik|kapanewon|kemantren)\b[.\s]+\S")
#: How the block of signatures below a list begins, and a row of it that says itself what it is.
MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
SIGNED = re.compile(
    r"^(?:mengetahui|menyetujui|mengesahkan|diketahui|disetujui|disahkan)\b|^(?:yang"
    r" membuat|dibuat|disusun)\b.*[:,]$"
    rf"|^[^\d,]+,[\s\d.…_]*(?:{MONTHS})\s*(?:20\d\d)?$"
)
NIP = re.compile(r"^nip\b[\s.:]*[-\s\d.…_]*$")
#: The rows above the end of a sheet within which all that follows a signature is taken for one.
SIGNATURES = 15
RUNNING_NUMBER = re.compile(r"^\d+[.)]?$")
COUNTER = re.compile(r"^(?:\d+|[ivx]+|[a-z])[.)]?$")
REPEATED, COLUMN_NUMBERS, TOTALS = "judul kolom yang berulang", "nomor kolom", "baris jumlah"
SIGNATURE = "tanda tangan"
SECTION_TITLE, NO_VILLAGE, ABOVE = (
    "judul untuk baris di bawahnya",
    "tidak menyebut desa",
    "di atas judul kolom",
)
#: What people write into a cell that has nothing to say.
NOTHING = {
    "-",
    "–",
    "—",
    "--",
    "---",
    ".",
    "..",
    "...",
    "…",
    "n/a",
    "na",
    "nihil",
    "kosong",
    "tidak ada",
    "belum ada",
    "tdk ada",
}


class ListRow(NamedTuple):
    """One row as written, text only; `number` as the person sees it in the file."""

    number: int
    code: str = ""
    province: str = ""
    regency_code: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    name: str = ""
    address: str = ""
    head: str = ""
    phone: str = ""
    year: str = ""

    @property
    def written(self):
        return WrittenPlace(
            self.village, self.district, self.regency, self.province, self.code, self.regency_code
        )


class SkippedRow(NamedTuple):
    """A row that is not data, and why."""

    number: int
    text: str
    reason: str


def read_list_rows(sheet, layout):
    """Return (rows, skipped) of the sheet, in the order of the file."""
    columns = {field: column for column, field in layout.fields.items()}
    # What was heard over a table is the same on each of its rows, and says nothing of what a row
    # is.
    own = {field: column for field, column in columns.items() if column not in sheet.heard}
    places = [
        (ListRow._fields.index(field), columns[field])
        for field in ListRow._fields[1:]
        if field in columns
    ]
    header = {header_key(part) for parts in layout.parts for part in parts}
    merged = _merged_below(
        sheet, layout.header, [columns[field] for field in (*PLACES, "year") if field in columns]
    )
    is_grouped = "regency" in own and _is_grouped(sheet, layout, columns)
    above_headers = [*rows_above(sheet, layout, header), *sheet.above]
    skipped = [SkippedRow(number, _text(cells), ABOVE) for number, cells in above_headers]
    data = sheet.rows[layout.header + 1 :]
    ends = {table_of(number): position for position, (number, _) in enumerate(data)}
    rows, section, district, above, signed, table = [], "", "", "", False, 0
    for position, (number, cells) in enumerate(data):
        if table != table_of(number):
            # Nothing that one table says holds for the next.
            section, district, above, signed, table = "", "", "", False, table_of(number)
        row = _row(number, cells, places, merged)
        if sheet.heard:
            cells = ["" if column in sheet.heard else cell for column, cell in enumerate(cells)]
        reason = _not_data(row, cells, header, own)
        signed = (
            signed and not reason and sum(map(bool, cells)) < 3 and not _is_numbered(row, cells)
        )
        if not reason and (title := _district_title(cells)):
            district, reason, signed = title, SECTION_TITLE, False
        elif not reason and (title := _section_title(row, cells, own)):
            section, district, reason, signed = title, "", SECTION_TITLE, False
        elif not reason and (signed or _is_signature(cells)):
            reason, signed = (
                SIGNATURE,
                signed or (ends[table] - position < SIGNATURES and not _is_nip(cells)),
            )
        elif not reason and not (row.village or row.code or row.name or row.phone or row.district):
            reason = NO_VILLAGE
        if reason in (TOTALS, NO_VILLAGE):
            # What comes after a total or another title belongs to nothing that was named before it.
            section = district = above = ""
        if reason in ("", NO_VILLAGE):
            above = row.regency or above
        if reason:
            skipped.append(SkippedRow(number, _text(cells), reason))
            continue
        written = row.regency if "regency" in own else section or row.regency
        regency = written or (above if is_grouped else section)
        rows.append(row._replace(regency=regency, district=row.district or district))
    return rows, sorted(skipped)


def _row(number, cells, places, merged):
    values = [number] + [""] * (len(ListRow._fields) - 1)
    for place, column in places:
        text = plain_text(cells[column], multiline=True) if column < len(cells) else ""
        text = text or merged.get((number, column), "")
        values[place] = "" if text.casefold() in NOTHING else text
    return ListRow._make(values)


def _text(cells):
    return " | ".join(cell for cell in cells if cell)[:200]


def rows_above(sheet, layout, header):
    """
    Return (row number, cells) above the header that may be data: a title is one cell, a table's row
    several.
    """
    found = []
    for number, cells in sheet.rows[: max(layout.header, 0)]:
        filled = [cell for cell in cells if cell]
        if len(filled) > 2 and not any(header_key(cell) in header for cell in filled):
            found.append((number, cells))
    return found


def _not_data(row, cells, header, columns):
    filled = [cell for cell in cells if cell]
    written = {
        field: cells[column]
        for field, column in columns.items()
        if column < len(cells) and cells[column]
    }
    # Every cell must be a column's name: there is a village called Kelurahan (33.22.08.2003).
    is_header = len(written) > 1 and all(
        ALIASES.get(header_key(cell)) == field for field, cell in written.items()
    )
    if is_header or (len(filled) > 1 and all(header_key(cell) in header for cell in filled)):
        return REPEATED
    numbers = [cell.strip("()") for cell in filled]
    # In any order: the columns of a table may have been put below those of another.
    if len(filled) > 2 and set(numbers) == {str(n) for n in range(1, len(filled) + 1)}:
        return COLUMN_NUMBERS
    # The word stands before the village's column; further right it may begin a remark.
    before = cells[: columns["village"]] if "village" in columns else cells
    if any(TOTAL.match(cell.casefold()) for cell in before) or NOTHING_BUT_TOTAL.fullmatch(
        row.village.casefold()
    ):
        return TOTALS
    return ""


def _is_nip(cells):
    return any(NIP.match(cell.casefold()) for cell in cells if cell)


def _is_signature(cells):
    """
    Return whether a row begins the signatures below a list, or is one of them by its own words.
    """
    filled = [cell.casefold() for cell in cells if cell]
    return len(filled) < 3 and (_is_nip(cells) or any(SIGNED.match(cell) for cell in filled))


def _is_numbered(row, cells):
    """
    Return whether a row begins with a running number and names a village: one of the list, also
    below a signature.
    """
    first = next(filter(None, cells), "")
    return bool(row.village) and first != row.village and bool(RUNNING_NUMBER.match(first))


def _district_title(cells):
    """
    Return the district that this row names as a title for those below it; "" for any other row.
    """
    filled = [cell for cell in cells if cell and not COUNTER.match(cell.casefold())]
    title = NUMBERING.sub("", filled[0].casefold()) if len(filled) == 1 else ""
    return filled[0][len(filled[0]) - len(title) :] if DISTRICT.match(title) else ""


def _section_title(row, cells, columns):
    """
    Return the regency that this row names as a title for those below it; "" for any other row.
    """
    filled = [cell for cell in cells if cell and not COUNTER.match(cell.casefold())]
    if "regency" in columns or len(filled) != 1:
        return ""
    title = NUMBERING.sub("", filled[0].casefold())
    # In the village's own column only "Kabupaten" is a title: there are villages called Kota Baru.
    return (
        filled[0][len(filled[0]) - len(title) :]
        if (KABUPATEN if row.village else SECTION).match(title)
        else ""
    )


def _merged_below(sheet, header, columns):
    """
    Return (row number, column) → text, for the empty cells of vertically merged places. Only rows
    that are there cost anything.
    """
    below = sheet.rows[header + 1 :]
    numbers, filled, covered = [number for number, _ in below], {}, {}
    for top, left, bottom, _ in sorted(sheet.merges):
        # Merged ranges do not overlap; a file made by hand in which they do is read by the first.
        if (
            left not in columns
            or bottom <= top
            or not numbers
            or top < max(numbers[0], covered.get(left, 0))
        ):
            continue
        covered[left] = bottom + 1
        first = bisect_left(numbers, top)
        if first == len(numbers) or numbers[first] != top:
            continue  # the cell that names them is empty
        cells = below[first][1]
        text = cells[left] if left < len(cells) else ""
        for number in numbers[first + 1 : bisect_right(numbers, bottom)]:
            filled[number, left] = text
    return filled


def _is_grouped(sheet, layout, columns):
    """
    Return whether an empty regency means "as above": the list names each regency once, at the head
    of its villages.

    A list that anywhere repeats the name from one row to the next writes it on every row, and an
    empty cell is a gap. Merged cells say it themselves, so a sheet that has some in this column
    needs no such reading.
    """
    column = columns["regency"]
    last_of_header = sheet.rows[layout.header][0] if layout.header >= 0 else 0
    if any(
        left == column and bottom > top > last_of_header for top, left, bottom, _ in sheet.merges
    ):
        return False
    previous, gaps = "", False
    for _, cells in sheet.rows[layout.header + 1 :]:
        text = cells[column] if column < len(cells) else ""
        if text and text == previous:
            return False
        gaps |= bool(previous) and not text
        previous = text or previous
    return gaps
