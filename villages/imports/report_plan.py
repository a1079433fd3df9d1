"""
What a sheet of quarterly reports would do: which drafts it begins, which it changes, and what keeps
it from being applied. Planned anew each time it is shown, as every import is.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from sinergi.kit.spreadsheets.worker import cell_text
from sinergi.kit.text import header_key
from sinergi.kit.uploads import clean_name
from villages.codes import REGENCY_LENGTH
from villages.imports import batches
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.report_rows import ReportRow, ReportTable, read_report_table
from villages.models import ImportBatch, Library, LibraryReport, Regency
from villages.querysets.reports import expected_in, with_last_verified
from villages.reports.checks import contradictions, figure_text, jumps
from villages.reports.fields import BY_KEY, fields_of
from villages.reports.sheets import CODE, NAME, NOTES, SheetLine, notes_text, read_notes

NOTE_LENGTH = 500


@dataclass
class ReportStanding:
    """
    A library that is to report of a quarter, its report if there is one, and the last verified one
    before.
    """

    library: Library
    report: LibraryReport | None = None
    before: LibraryReport | None = None

    @property
    def is_open(self):
        return self.report is None or self.report.is_editable

    @property
    def state(self):
        return self.report.get_state_display() if self.report else "Belum mulai"

    @property
    def version(self):
        return self.report.version if self.report else 0

    @property
    def figures(self):
        return self.report.figures if self.report else {}

    @property
    def notes(self):
        return self.report.notes if self.report else {}

    @property
    def line(self):
        before = self.before
        return SheetLine(
            code=self.library.village_id,
            name=self.library.name,
            state=self.state,
            is_open=self.is_open,
            figures=self.figures,
            notes=self.notes,
            before=before.figures if before else {},
            since=before.quarter if before else None,
            version=self.version,
        )


def standings(regency, quarter):
    """
    Return {code of the village: ReportStanding} of the libraries of a regency that are to report of
    this quarter, by district and name. Three queries, however many there are.
    """
    libraries = Library.objects.village().filter(regency=regency)
    rows = with_last_verified(expected_in(libraries, quarter), quarter).with_place()
    rows = list(rows.order_by("village__district__name", "name", "id"))
    keys = [row.pk for row in rows]
    reports = LibraryReport.objects.of(quarter).filter(library__in=keys)
    reports = {report.library_id: report for report in reports}
    verified = LibraryReport.objects.in_bulk([row.verified_id for row in rows if row.verified_id])
    return {
        row.village_id: ReportStanding(row, reports.get(row.pk), verified.get(row.verified_id))
        for row in rows
    }


@dataclass
class PlannedReport:
    """
    One row of the sheet. `changes`: (key of the field, or "notes"; old, new); `problems` and
    `remarks`: (address of the cell, what is wrong). A remark keeps nothing from being stored.
    """

    row: ReportRow
    standing: ReportStanding | None = None
    outcome: str = UNCHANGED
    changes: list[tuple] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def number(self):
        return self.row.number

    @property
    def code(self):
        return self.row.code

    @property
    def name(self):
        return self.standing.library.name if self.standing else self.row.name or self.row.code

    @property
    def written(self):
        """Return {column: value} of the report as it would be: figures and notes that change."""
        return {key: new for key, _, new in self.changes}


@dataclass
class ReportPlan:
    """`unnamed`: the libraries that are to report, and of which the sheet says nothing."""

    table: ReportTable
    rows: list[PlannedReport]
    unnamed: list[Library]

    @property
    def counts(self):
        counts = Counter(one.outcome for one in self.rows)
        counts[SKIPPED] += len(self.table.skipped)
        return {outcome: counts[outcome] for outcome in (PROBLEM, CHANGED, NEW, UNCHANGED, SKIPPED)}

    def of(self, *outcomes):
        return [one for one in self.rows if one.outcome in outcomes]

    @property
    def ready(self):
        """The rows that would write something."""
        return self.of(NEW, CHANGED)

    @property
    def fingerprint(self):
        """What would be written, and over which versions, in few letters."""
        digest = hashlib.sha256()
        for one in self.ready:
            digest.update(repr((one.code, one.standing.version, one.changes)).encode())
        return digest.hexdigest()[:20]


def new_report_batch(table, sheets, *, name, data, regency, quarter):
    """Return an unsaved batch for the sheet of that regency and quarter."""
    return ImportBatch(
        province_id=regency.province_id,
        regency=regency,
        year=quarter.year,
        quarter_number=quarter.number,
        file_name=clean_name(name),
        file_hash=hashlib.sha256(data).hexdigest(),
        sheet=table.sheet,
    )


def report_plan_of(batch):
    """
    Return what this batch would do now. Raises ContentGone when its cells are no longer kept, and
    ValidationError when the columns asked for are no longer those of its sheet.
    """
    quarter, regency = batch.quarter, batch.regency
    table = read_report_table(
        batches.sheets_of(batch), fields=fields_of(quarter), quarter=quarter, regency=regency
    )
    return plan_reports(table, regency, quarter)


def plan_reports(table, regency, quarter):
    """Return the plan of a table that was read for this regency and quarter."""
    known = standings(regency, quarter)
    outside = _outside({row.code for row in table.rows} - known.keys() - {""}, regency, quarter)
    seen, rows = {}, []
    for row in table.rows:
        planned = PlannedReport(row, known.get(row.code), problems=list(row.problems))
        if row.code and planned.standing is None:
            planned.problems.append((table.address(CODE, row.number), outside[row.code]))
        elif row.code and not _refuse_wrong_library(planned, table, seen):
            _compare(planned, table)
        if planned.problems:
            planned.outcome = PROBLEM
        rows.append(planned)
    unnamed = [one.library for code, one in known.items() if code not in seen]
    return ReportPlan(table, rows, unnamed)


def _outside(codes, regency, quarter):
    """Return {code: why} of villages whose library is none of those that are to report here."""
    if not codes:
        return {}
    names = Regency.objects.in_bulk({code[:REGENCY_LENGTH] for code in codes} - {regency.pk})
    here = Library.objects.village().filter(regency=regency, village__in=codes)
    here, why = set(here.values_list("village_id", flat=True)), {}
    for code in codes:
        if code[:REGENCY_LENGTH] != regency.pk:
            place = names.get(code[:REGENCY_LENGTH])
            where = f"berada di {place.name}" if place else "berada di wilayah lain"
            why[code] = f"Desa ini {where}, bukan di {regency.name}."
        elif code in here:
            why[code] = f"Perpustakaan ini bukan peserta program pada {quarter}."
        else:
            why[code] = f"Belum ada perpustakaan desa dengan kode {code}."
    return why


def _refuse_wrong_library(planned, table, seen):
    """
    Refuse a library that was written above, and a code beside the name of another; return whether
    it is one.
    """
    row, name = planned.row, planned.standing.library.name
    is_wrong = row.code in seen
    if is_wrong:
        told = f"Perpustakaan ini sudah ditulis pada baris {seen[row.code]}. Sisakan satu."
        planned.problems.append((table.address(CODE, row.number), told))
    seen.setdefault(row.code, row.number)
    if row.name and header_key(row.name) != header_key(name):
        told = f"Kode {row.code} milik {name}. Periksa apakah barisnya tergeser."
        planned.problems.append((table.address(NAME, row.number), told))
        is_wrong = True
    return is_wrong


def _compare(planned, table):
    """
    Find what the row changes; of a report that was handed in, each change is a problem. What cannot
    be read is a problem already, and changes nothing.
    """
    row, standing = planned.row, planned.standing
    figures = standing.figures
    for key, new in row.figures.items():
        if (old := figures.get(key)) != new:
            planned.changes.append((key, old, new))
    figures = figures | row.figures
    before = standing.before.figures if standing.before else {}
    jumped = jumps((BY_KEY[key] for key in table.columns if key in BY_KEY), figures, before)
    _compare_notes(planned, table, [jump.field.key for jump in jumped])
    if not standing.is_open:
        told = f"Laporan ini {standing.state.lower()}, jadi isinya tidak dapat diubah dari lembar."
        planned.problems += [
            (table.address(_column(key), row.number), told) for key, *_ in planned.changes
        ]
    if planned.problems or not planned.changes:
        return
    planned.outcome = CHANGED if standing.report else NEW
    planned.remarks = [
        (table.address(_column(key), row.number), told)
        for key, told in _remarks(planned, figures, jumped)
    ]


def _remarks(planned, figures, jumped):
    """
    Yield (key of the field or "notes", what is to be looked at): what would write over a report
    that was changed since the sheet was handed out, figures that would be emptied, contradict
    another, or jumped without a note.
    """
    is_overtaken = planned.row.version not in (None, planned.standing.version)
    for key, old, new in planned.changes:
        if is_overtaken:
            yield key, f"Laporan ini diubah setelah lembar diunduh; {_replaced(key, old, new)}."
        elif key in BY_KEY and new is None:
            told = figure_text(BY_KEY[key], old)
            yield key, f"{told} menjadi belum tahu, karena selnya kosong."
    yield from contradictions(figures).items()
    notes = planned.written.get("notes", planned.standing.notes)
    for jump in jumped:
        if not notes.get(jump.field.key):
            yield jump.field.key, f"{jump.text}, melonjak. Tulis sebabnya di kolom Keterangan."


def _replaced(key, old, new):
    if key == "notes":
        return "keterangan di portal diganti"
    old, new = (figure_text(BY_KEY[key], figure) for figure in (old, new))
    return f"angka di portal {old} diganti {new}"


def _column(key):
    return NOTES if key == "notes" else key


def _compare_notes(planned, table, jumped):
    """Compare the notes, which stand in one cell."""
    row, stored = planned.row, planned.standing.notes
    if row.notes is None or row.notes == cell_text(notes_text(stored), row.number):
        return
    address = table.address(NOTES, row.number)
    try:
        notes = read_notes(row.notes, jumped)
    except ValueError as error:
        planned.problems.append((address, str(error)))
        return
    if any(len(note) > NOTE_LENGTH for note in notes.values()):
        told = f"Keterangan satu angka paling panjang {NOTE_LENGTH} huruf. Ringkas isinya."
        planned.problems.append((address, told))
    elif notes != stored:
        planned.changes.append(("notes", stored, notes))
