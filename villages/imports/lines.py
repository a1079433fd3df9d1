"""
Rows as the preview and the result show them: the place, and in each column the old value and the
new.
"""

from dataclasses import dataclass

from villages.imports.apply import library_columns, written_as
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.columns import LABELS
from villages.imports.problems import CHANGED, NEW, SKIPPED, UNCHANGED
from villages.imports.rows import SkippedRow
from villages.matching import Match
from villages.models import ImportRow, Village
from villages.row_numbers import row_label

COLUMNS = (*LIBRARY_FIELDS, "year")


@dataclass(frozen=True)
class DisplayCell:
    old: str = ""
    new: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class DisplayLine:
    number: int
    label: str  # the number as a person finds it in the file
    name: str
    district: str
    regency: str
    cells: dict[str, DisplayCell]
    note: str = ""
    url: str = ""
    left_because: str = ""


@dataclass(frozen=True)
class DisplayTable:
    """Lines with those of the `names`, (field, label), that any of them fills."""

    lines: list[DisplayLine]
    names: tuple = tuple((field, LABELS[field]) for field in COLUMNS)
    subject: str = "Desa"  # what a line is of

    @property
    def columns(self):
        filled = {field for line in self.lines for field in line.cells}
        return [(field, label) for field, label in self.names if field in filled]

    @property
    def has_regencies(self):
        return any(line.regency for line in self.lines)

    @property
    def rows(self):
        names = [field for field, _ in self.columns]
        return [
            (line, [line.cells.get(name, DisplayCell()) for name in names]) for line in self.lines
        ]


def planned_lines(plan, planned):
    """Return the lines of rows that have not been written yet."""
    return DisplayTable([_planned_line(plan, one) for one in planned])


def _planned_line(plan, one):
    atlas = plan.atlas
    cells = {name: DisplayCell(old, new, is_changed=True) for name, old, new in one.changes}
    if one.outcome in (NEW, UNCHANGED):
        values = (
            library_columns(one, atlas.villages[one.code]) if one.outcome == NEW else one.values
        )
        cells |= {
            name: DisplayCell(new=values[name])
            for name in LIBRARY_FIELDS
            if values.get(name) and name in one.values
        }
    if one.joins or one.year:
        cells["year"] = DisplayCell(
            new=str(one.joins or one.year), is_changed=bool(one.joins) and one.outcome == CHANGED
        )
    note = "; ".join(filter(None, [one.note, _meant(one)]))
    return DisplayLine(
        one.number,
        plan.label_of(one.number),
        atlas.villages.get(one.code, one.row.village),
        atlas.districts.get(one.code[:8], ""),
        _short(atlas.regencies.get(one.code[:5], "")),
        cells,
        note,
    )


def left_out(plan):
    """
    Return the rows of the file that are not imported, in its order: what is not data, and what a
    person left out.
    """
    chosen = [SkippedRow(one.number, written_as(one.row), one.note) for one in plan.of(SKIPPED)]
    return sorted([*chosen, *plan.skipped])


def skipped_lines(skipped, tables=()):
    return DisplayTable(
        [
            DisplayLine(row.number, row_label(row.number, tables), row.text, "", "", {}, row.reason)
            for row in skipped
        ]
    )


def _meant(one):
    """
    Return a remark that the row writes another name, where a person or an earlier list said what it
    means.
    """
    if one.how not in (Match.CHOICE, Match.ALIAS):
        return ""
    return f"tertulis “{one.row.village}”" + (", sudah dikenal" if one.how == Match.ALIAS else "")


def written_lines(rows, *, is_undone=False):
    """
    Return the lines of ImportRows; give them with village, district and regency selected. Of an
    import that was undone, the old and the new value change places: what stands there now is what
    stood there before.
    """
    return DisplayTable([_written_line(row, is_undone and not row.left_because) for row in rows])


def _written_line(row, is_undone=False):
    cells = {}
    changed = row.outcome == ImportRow.Outcome.CHANGED
    for name, new in row.after.items():
        if new or changed:
            old = row.before.get(name, "")
            cells[name] = DisplayCell(
                *((new, old) if is_undone and changed else (old, new)), is_changed=changed
            )
    if row.made_year:
        year = str(row.made_year)
        cells["year"] = (
            DisplayCell(year, "", is_changed=True)
            if is_undone and changed
            else DisplayCell(new=year, is_changed=changed)
        )
    village = row.village
    return DisplayLine(
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
    """Return the lines of rows that changed nothing, from their (number, village code)."""
    villages = Village.objects.select_related("district", "regency").in_bulk(
        [code for _, code in pairs]
    )
    found = [(number, villages[code]) for number, code in pairs if code in villages]
    return DisplayTable(
        [
            DisplayLine(
                number,
                row_label(number, tables),
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
