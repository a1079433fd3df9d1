"""
Rows of a sheet of quarterly reports as the preview and the result show them: in each column the old
figure and the new.
"""

from django.urls import reverse

from villages.imports.lines import DisplayCell, DisplayLine, DisplayTable
from villages.imports.problems import CHANGED
from villages.reports.checks import figure_text
from villages.reports.fields import BY_KEY, FIELDS
from villages.reports.sheets import heading, notes_text

COLUMNS = (*((one.key, heading(one)) for one in FIELDS), ("notes", "Keterangan"))


def planned_reports(rows, quarter):
    """Return the lines of PlannedReports that have not been written yet."""
    return DisplayTable([_planned_line(one, quarter) for one in rows], COLUMNS, "Perpustakaan")


def _planned_line(one, quarter):
    library = one.standing.library
    changed = one.outcome == CHANGED
    cells = {key: _cell(key, old, new, changed) for key, old, new in one.changes}
    return DisplayLine(
        one.number,
        str(one.number),
        library.name,
        library.village.district.name,
        "",
        cells,
        url=_url(library.pk, quarter),
    )


def written_reports(rows, quarter, *, is_undone=False):
    """
    Return the lines of ImportRows; give them with village and district selected. Of a sheet that
    was undone, the old and the new figure change places: what stands there now is what stood there
    before.
    """
    lines = [_written_line(row, quarter, is_undone) for row in rows]
    return DisplayTable(lines, COLUMNS, "Perpustakaan")


def _written_line(row, quarter, is_undone):
    changed, cells = row.outcome == CHANGED, {}
    for key, new in row.after.items():
        values = (row.before.get(key), new)
        if is_undone and changed and not row.left_because:
            values = values[::-1]
        cells[key] = _cell(key, *values, changed)
    return DisplayLine(
        row.number,
        str(row.number),
        row.written,
        row.village.district.name if row.village else "",
        "",
        cells,
        "",
        _url(row.library_id, quarter) if row.library_id else "",
        row.left_because,
    )


def _cell(key, old, new, changed):
    if not changed:
        return DisplayCell(new=_text(key, new))
    return DisplayCell(_text(key, old), _text(key, new), is_changed=True)


def _text(key, value):
    """Return a figure in words, belum tahu too; or the notes."""
    return notes_text(value or {}) if key == "notes" else figure_text(BY_KEY[key], value)


def _url(library, quarter):
    return reverse("villages:report_update", args=[library, quarter.key])
