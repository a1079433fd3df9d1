"""The rows of a list: what is data, what is a total or a repeated header, and the cells that a merged cell stands for."""

import re
from typing import NamedTuple

from villages.imports.columns import PLACES, header_key
from villages.matching import Written

TOTAL = re.compile(r"^(?:sub ?|grand )?(?:total|jumlah|jml)\b")
#: A village's own cell counts only if it is nothing but the word: there are villages called Totala.
NOTHING_BUT_TOTAL = re.compile(r"(?:sub ?|grand )?(?:total|jumlah|jml)[\s:.]*\d*(?: desa)?")
SECTION = re.compile(r"^(?:kabupaten|kab|kota)\b")
REPEATED, COLUMN_NUMBERS, TOTALS = "judul kolom yang berulang", "nomor kolom", "baris jumlah"


class Row(NamedTuple):
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
        return Written(self.village, self.district, self.regency, self.province, self.code, self.regency_code)


class Skipped(NamedTuple):
    """A row that is not data, and why."""

    number: int
    text: str
    reason: str


def read_rows(sheet, layout):
    """(rows, skipped) of the sheet below its header, in the order of the file."""
    columns = {field: column for column, field in layout.fields.items()}
    places = [(Row._fields.index(field), columns[field]) for field in Row._fields[1:] if field in columns]
    header = {header_key(part) for parts in layout.parts for part in parts}
    merged = _merged_below(sheet, layout.header, [columns[field] for field in PLACES if field in columns])
    fill_regency = columns["regency"] if "regency" in columns and _is_grouped(sheet, layout, columns) else None
    rows, skipped, section, above = [], [], "", ""
    for number, cells in sheet.rows[layout.header + 1 :]:
        values = [number] + [""] * (len(Row._fields) - 1)
        for place, column in places:
            values[place] = cells[column] if column < len(cells) else ""
            if not values[place] and (number, column) in merged:
                values[place] = merged[number, column]
        row = Row._make(values)
        if reason := _not_data(row, cells, header):
            skipped.append(Skipped(number, _text(cells), reason))
            above = "" if reason == TOTALS else above
            continue
        if not row.village and not row.code:
            text = _text(cells)
            if "regency" not in columns and SECTION.match(text.casefold()) and len([c for c in cells if c]) == 1:
                section = text
                skipped.append(Skipped(number, text, "judul kabupaten/kota untuk baris di bawahnya"))
            elif not (row.name or row.phone or row.district):
                skipped.append(Skipped(number, text, "tidak menyebut desa"))
            else:
                rows.append(row)
            continue
        if section and not row.regency:
            row = row._replace(regency=section)
        if fill_regency is not None:
            above = row.regency or above
            row = row._replace(regency=above)
        rows.append(row)
    return rows, skipped


def _text(cells):
    return " | ".join(cell for cell in cells if cell)[:200]


def _not_data(row, cells, header):
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and all(header_key(cell) in header for cell in filled):
        return REPEATED
    numbers = [cell.strip("()") for cell in filled]
    if len(filled) > 2 and numbers == [str(n) for n in range(1, len(filled) + 1)]:
        return COLUMN_NUMBERS
    told = {row.name, row.address, row.head, row.phone, row.village}
    if any(TOTAL.match(cell.casefold()) for cell in filled if cell not in told) or NOTHING_BUT_TOTAL.fullmatch(
        row.village.casefold()
    ):
        return TOTALS
    return ""


def _merged_below(sheet, header, columns):
    """(row number, column) → text, for the empty cells of vertically merged places."""
    first = sheet.rows[header + 1][0] if header + 1 < len(sheet.rows) else 0
    last = sheet.rows[-1][0] if sheet.rows else 0
    tops = dict(sheet.rows) if sheet.merges else {}
    filled = {}
    for top, left, bottom, _ in sheet.merges:
        if top < first or left not in columns or bottom == top:
            continue
        cells = tops.get(top, [])
        text = cells[left] if left < len(cells) else ""
        for number in range(top + 1, min(bottom, last) + 1):
            filled[number, left] = text
    return filled


def _is_grouped(sheet, layout, columns):
    """
    Whether an empty regency means "as above": the list names each regency once, at the head of its villages.

    A list that anywhere repeats the name from one row to the next writes it on every row, and an empty cell is a gap.
    Merged cells say it themselves, so a sheet that has some in this column needs no such reading.
    """
    column = columns["regency"]
    last_of_header = sheet.rows[layout.header][0] if layout.header >= 0 else 0
    if any(left == column and bottom > top > last_of_header for top, left, bottom, _ in sheet.merges):
        return False
    previous, gaps = "", False
    for _, cells in sheet.rows[layout.header + 1 :]:
        text = cells[column] if column < len(cells) else ""
        if text and text == previous:
            return False
        gaps |= bool(previous) and not text
        previous = text or previous
    return gaps
