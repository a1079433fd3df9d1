"""
Rows as the preview and the result show them: the place, and in each column the old value and the
new.
"""

from dataclasses import dataclass

from villages.imports.apply import library_columns, written_as
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.columns import LABELS
from villages.imports.desk import CHANGED, NEW, SKIPPED, UNCHANGED
from villages.imports.rows import Skipped
from villages.models import ImportRow, Village
from villages.row_numbers import told

COLUMNS = (*LIBRARY_FIELDS, "year")


@dataclass(frozen=True)
class Cell:
    old: str = ""
    new: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class Line:
    number: int
    label: str  # the number as a person finds it in the file
    name: str
    district: str
    regency: str
    cells: dict[str, Cell]
    note: str = ""
    url: str = ""
    left_because: str = ""


@dataclass(frozen=True)
class Table:
    """Lines with the columns that any of them fills."""

    lines: list[Line]

    @property
    def columns(self):
        return [
            (field, LABELS[field])
            for field in COLUMNS
            if any(line.cells.get(field) for line in self.lines)
        ]

    @property
    def rows(self):
        names = [field for field, _ in self.columns]
        return [(line, [line.cells.get(name, Cell()) for name in names]) for line in self.lines]


def planned_lines(plan, planned):
    """Lines of rows that have not been written yet."""
    return Table([_planned_line(plan, one) for one in planned])


def _planned_line(plan, one):
    atlas = plan.atlas
    cells = {name: Cell(old, new, is_changed=True) for name, old, new in one.changes}
    if one.outcome in (NEW, UNCHANGED):
        values = (
            library_columns(one, atlas.villages[one.code]) if one.outcome == NEW else one.values
        )
        cells |= {
            name: Cell(new=values[name])
            for name in LIBRARY_FIELDS
            if values.get(name) and name in one.values
        }
    if one.joins or one.year:
        cells["year"] = Cell(
            new=str(one.joins or one.year), is_changed=bool(one.joins) and one.outcome == CHANGED
        )
    note = "; ".join(filter(None, [one.note, _meant(one)]))
    return Line(
        one.number,
        plan.told(one.number),
        atlas.villages.get(one.code, one.row.village),
        atlas.districts.get(one.code[:8], ""),
        _short(atlas.regencies.get(one.code[:5], "")),
        cells,
        note,
    )


def left_out(plan):
    """
    Rows of the file that are not imported, in its order: what is not data, and what a person left
    out.
    """
    chosen = [Skipped(one.number, written_as(one.row), one.note) for one in plan.of(SKIPPED)]
    return sorted([*chosen, *plan.skipped])


def skipped_lines(skipped, tables=()):
    return Table(
        [
            Line(row.number, told(row.number, tables), row.text, "", "", {}, row.reason)
            for row in skipped
        ]
    )


def _meant(one):
    """That the row writes another name, where a person or an earlier list said what it means."""
    if one.how not in ("choice", "alias"):
        return ""
    return f"tertulis “{one.row.village}”" + (", sudah dikenal" if one.how == "alias" else "")


def written_lines(rows, *, is_undone=False):
    """
    Lines of ImportRows; give them with village, district and regency selected. Once they are
    undone, what the list had changed is told the other way round: what stands there now is what
    stood there before.
    """
    return Table([_written_line(row, is_undone and not row.left_because) for row in rows])


def _written_line(row, is_undone=False):
    cells = {}
    changed = row.outcome == ImportRow.Outcome.CHANGED
    for name, new in row.after.items():
        if new or changed:
            old = row.before.get(name, "")
            cells[name] = Cell(
                *((new, old) if is_undone and changed else (old, new)), is_changed=changed
            )
    if row.made_year:
        year = str(row.made_year)
        cells["year"] = (
            Cell(year, "", is_changed=True)
            if is_undone and changed
            else Cell(new=year, is_changed=changed)
        )
    village = row.village
    return Line(
        row.number,
        row.label,
        village.name if village else row.written,
        village.district.name if village else "",
        village.regency.short_name if village else "",
        cells,
        row.note,
        village.get_absolute_url() if village else "",
        row.left_because,
    )


def unchanged_lines(pairs, tables=()):
    """Lines of rows that changed nothing, from their (number, village code)."""
    villages = Village.objects.select_related("district", "regency").in_bulk(
        [code for _, code in pairs]
    )
    found = [(number, villages[code]) for number, code in pairs if code in villages]
    return Table(
        [
            Line(
                number,
                told(number, tables),
                v.name,
                v.district.name,
                v.regency.short_name,
                {},
                url=v.get_absolute_url(),
            )
            for number, v in found
        ]
    )


def _short(regency):
    return regency.removeprefix("Kabupaten ")
