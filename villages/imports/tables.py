"""
The tables of a file: sheets, and tables that stand beside each other on one. Those that look alike
are read as one list.

A list in several tables names its regency or its year over each of them, if it has no column for
it: what is heard there stands in a column of its own in the joined list.
"""

from openpyxl.utils import get_column_letter

from sinergi.kit.spreadsheets.read import MAX_ROWS, Sheet
from sinergi.kit.text import header_key
from villages.imports.columns import (
    ALIASES,
    COUNTERS,
    LABELS,
    best_layout,
    read_layout,
    title_lines,
    title_year,
)
from villages.imports.rows import rows_above
from villages.row_numbers import MOST_TABLES, STEP


def find_tables(sheets, *, regencies, remembered=None, max_rows=MAX_ROWS):
    """
    Return what a person may choose from: each table by itself, and after them, as one Sheet with
    the names of its `tables`, those that look alike. `regencies`: the Atlas that knows what a title
    names.
    """
    apart = [table for sheet in sheets for table in _beside(sheet, remembered)]
    joined = _joined(apart, regencies, remembered, max_rows)
    return [*apart, joined] if joined else apart


def unread_tables(sheets, chosen):
    """
    Return (name, number of rows, whether it looks like a list of villages) of the tables that the
    `chosen` one leaves out.
    """
    sheet = sheets[chosen]
    read = set(sheet.tables) or {sheet.name}
    others = [one for one in sheets if not one.tables and one.name not in read]
    return [(one.name, len(one.rows), read_layout(one).is_certain) for one in others]


# Tables beside each other -----------------------------------------------------------------------
def _beside(sheet, remembered):
    """
    Return the tables of a sheet from left to right, if its header begins anew with the same
    columns; else the sheet.
    """
    layout = read_layout(sheet, remembered=remembered)
    keys = [_key(parts) for parts in layout.parts]
    first = next((column for column, key in enumerate(keys) if key), None)
    if not layout.is_certain or first is None:
        return [sheet]
    starts = [column for column, key in enumerate(keys) if key == keys[first]]
    bounds = list(zip(starts, [*starts[1:], 200], strict=True))
    tables = [_part(sheet, layout, start, end) for start, end in bounds]
    fields = [set(read_layout(table, remembered=remembered).fields.values()) for table in tables]
    apart = all(len(fields[0]) > 1 or not keys[start - 1] for start in starts[1:])
    return (
        tables if len(tables) > 1 and apart and all(one == fields[0] for one in fields) else [sheet]
    )


def _key(parts):
    whole = header_key(" ".join(parts))
    return whole if whole in ALIASES or whole in COUNTERS or not parts else header_key(parts[-1])


def _part(sheet, layout, start, end):
    """
    Return the columns from `start` to before `end`, where they are; a title over the whole sheet
    stands over each part.
    """
    rows = []
    for position, (number, cells) in enumerate(sheet.rows):
        part = ["" if column < start else cell for column, cell in enumerate(cells[:end])]
        filled = [cell for cell in cells if cell]
        if position < layout.header and len(filled) == 1 and not any(part):
            part = [""] * start + filled
        if any(part):
            rows.append((number, part))
    merges = [
        [top, left, bottom, min(right, end - 1)]
        for top, left, bottom, right in sheet.merges
        if start <= left < end
    ]
    return Sheet(
        f"{sheet.name} kolom {get_column_letter(start + 1)}".strip(), rows, merges, sheet.more
    )


# Tables that look alike -------------------------------------------------------------------------
def _joined(tables, regencies, remembered, max_rows):
    """
    Return the tables with the same fields as the one that looks most like a list, as one; None if
    it is the only one.
    """
    if len(tables) < 2 or len({table.name for table in tables}) < len(tables):
        return None
    layouts = [
        read_layout(table, remembered=remembered, number=n) for n, table in enumerate(tables)
    ]
    fields = set(best_layout(tables, remembered).fields.values())
    alike = [
        (tables[n], layout)
        for n, layout in enumerate(layouts)
        if set(layout.fields.values()) == fields
    ]
    if (
        "village" not in fields
        or len(alike) < 2
        or sum(len(table.rows) for table, _ in alike) > max_rows
    ):
        return None
    if len(alike) > MOST_TABLES or any(
        number >= STEP for table, _ in alike for number, _ in table.rows
    ):
        return None  # a number would not be one row of the list
    heard = []
    if not fields & {"regency", "regency_code"}:
        named = [_regency_of(table, layout, regencies) for table, layout in alike]
        if any(named) and not all(named):
            return None  # of some it is known and of others not: a person chooses
        heard += [("regency", named)] if any(named) else []
    if "year" not in fields:
        # Also where a person said a year: it is that of the tables that name none.
        years = [str(title_year(table, layout) or "") for table, layout in alike]
        heard += [("year", years)] if any(years) else []
    return _append(alike, heard)


def _regency_of(table, layout, regencies):
    found = {
        code for title in title_lines(table, layout) if (code := regencies.regency_titled(title))
    }
    found = found or set(regencies.regency_of(table.name))
    return regencies.regencies[found.pop()] if len(found) == 1 else ""


def _append(alike, heard):
    """
    Put the rows of all tables under the first one's header, its columns in their places and the
    others' below them.
    """
    first, layout = alike[0]
    columns = _Columns(first, layout)
    above = _above(first, layout)
    rows = [
        row
        for row in first.rows[: layout.header + 1]
        if sum(map(bool, row[1])) > 1 and row not in above
    ]
    header, merges = len(rows) - 1, [list(merge) for merge in first.merges]
    heard_columns = [(columns.add(LABELS[field]), values) for field, values in heard]
    for n, (table, own) in enumerate(alike):
        places = {} if n == 0 else columns.places(table, own)
        if n:
            above += [(number + n * STEP, cells) for number, cells in _above(table, own)]
            merges += [
                [a + n * STEP, places.get(b, b), c + n * STEP, places.get(d, d)]
                for a, b, c, d in table.merges
            ]
        for number, cells in table.rows[own.header + 1 :]:
            values = {places.get(column, column): cell for column, cell in enumerate(cells) if cell}
            values |= {column: texts[n] for column, texts in heard_columns}
            rows.append(
                (
                    number + n * STEP,
                    [values.get(column, "") for column in range(max(values, default=-1) + 1)],
                )
            )
    number, cells = rows[header]
    rows[header] = (number, [*cells, *[""] * (columns.width - len(cells))])
    for column, name in columns.added.items():
        rows[header][1][column] = name
    names = [table.name for table, _ in alike]
    more, heard_in = any(table.more for table, _ in alike), [column for column, _ in heard_columns]
    return Sheet(f"Semua: {', '.join(names)}"[:100], rows, merges, more, names, above, heard_in)


def _above(table, layout):
    return rows_above(table, layout, {header_key(part) for parts in layout.parts for part in parts})


class _Columns:
    """
    The columns of the joined list: those of its first table, and after them what only others have.
    """

    def __init__(self, table, layout):
        self.width = max(len(layout.parts), *(len(cells) for _, cells in table.rows))
        self.of_field = {field: column for column, field in layout.fields.items()}
        self.of_name = {
            header_key(name): column for column, name in enumerate(layout.names) if name
        }
        self.added = {}

    def add(self, name):
        self.width += 1
        self.added[self.width - 1] = name
        if name:
            self.of_name[header_key(name)] = self.width - 1
        return self.width - 1

    def places(self, table, layout):
        """
        Return column of another table → column of the joined list: by what it holds, else by its
        name, else a new one.
        """
        found = {}
        for column in range(max(len(layout.parts), *(len(cells) for _, cells in table.rows))):
            name = layout.names[column] if column < len(layout.parts) else ""
            if column in layout.fields:
                found[column] = self.of_field[layout.fields[column]]
            elif (
                name
                and header_key(name) in self.of_name
                and self.of_name[header_key(name)] not in found.values()
            ):
                found[column] = self.of_name[header_key(name)]
            else:
                found[column] = self.add(name)
        return found
