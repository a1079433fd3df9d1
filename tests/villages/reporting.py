"""
Sheets of quarterly reports in tests: a regency with reports in every state, the sheet that is
handed out for it, and what is read when somebody has filled it in.
"""

import io

from django.utils import timezone
from openpyxl import load_workbook

from sinergi.kit.spreadsheets.read import read_sheets
from sinergi.kit.text import header_key
from tests import factories
from villages.imports import batches
from villages.imports.report_apply import apply_report_batch
from villages.imports.report_plan import new_report_batch, report_plan_of, standings
from villages.imports.report_rows import read_report_table
from villages.models import LibraryReport
from villages.quarters import Quarter
from villages.reports.fields import BY_KEY, fields_of
from villages.reports.sheets import TOP, heading, write_report_sheet

#: The quarter that reports are due for, and the one before.
LAST = Quarter.last_ended(timezone.localdate())
BEFORE = LAST.previous
#: Where the header stands on a sheet that nobody has changed.
HEADER = TOP + 1
CODES = {
    "empty": "19.01.06.2001",
    "draft": "19.01.06.2002",
    "returned": "19.01.06.2003",
    "submitted": "19.01.06.2004",
    "verified": "19.01.06.2005",
    "other": "19.01.06.2006",
}
ELSEWHERE, LATE = "19.02.01.2001", "19.01.06.2009"


def reported(code, name=""):
    place = factories.village(code, name or f"Kapuk {code[-1]}")
    library = factories.library(place)
    factories.participation(library, LAST.year - 2)
    return library


def regency_with_reports(officer, secretariat):
    """
    Make six libraries whose reports of the last quarter stand in every state, and two that have
    none to hand in here: one of another regency, one that joined afterwards.
    """
    libraries = {state: reported(code) for state, code in CODES.items()}
    done = {"state": "verified", "verified_by": secretariat}
    for state in ("empty", "draft"):
        factories.report(
            libraries[state], BEFORE, by=officer, participants=96, village_budget=5_000_000, **done
        )
    draft = factories.report(
        libraries["draft"], LAST, by=officer, state="draft", visitors=300, loans=0, participants=412
    )
    draft.notes = {"participants": "Ada\npameran; Pengunjung ramai"}
    draft.save_as(by=officer)
    returned = factories.report(libraries["returned"], LAST, by=officer, visitors=505)
    returned.send_back(by=secretariat, reason="Periksa pengunjungnya.")
    factories.report(libraries["submitted"], LAST, by=officer, visitors=70)
    factories.report(libraries["verified"], LAST, by=officer, visitors=80, **done)
    reported(ELSEWHERE, "Seberang")
    late = factories.library(factories.village(LATE, "Baru"))
    factories.participation(late, LAST.next.year, joined_on=LAST.next.starts_on)
    return libraries


def regency():
    return factories.regency("19.01", "Kabupaten Bangka")


def handed_out(quarter=LAST):
    """Return the sheet of the regency as it is downloaded (bytes)."""
    lines = [one.line for one in standings(regency(), quarter).values()]
    return write_report_sheet(lines, regency="19.01", name=regency().name, quarter=quarter)


class FilledSheet:
    """The sheet in somebody's hands: `at` finds a cell by library and column, `batch` sends it."""

    def __init__(self, data=None, quarter=LAST):
        self.quarter = quarter
        self.book = load_workbook(io.BytesIO(data or handed_out(quarter)))
        self.page = self.book.worksheets[0]

    def column(self, name):
        name = heading(BY_KEY[name]) if name in BY_KEY else name
        for row in self.page.iter_rows(max_row=HEADER + 3):
            for cell in row:
                if header_key(str(cell.value or "")) == header_key(name):
                    return cell.column
        raise LookupError(name)

    def row(self, state):
        code, column = CODES.get(state, state), self.column("Kode")
        for cell in self.page.iter_cols(column, column, HEADER + 1).__next__():
            if cell.value == code:
                return cell.row
        raise LookupError(state)

    def at(self, state, name):
        return self.page.cell(self.row(state), self.column(name))

    def put(self, state, name, value):
        """Write a cell, and return its address."""
        cell = self.at(state, name)
        cell.value = value
        return cell.coordinate

    @property
    def data(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def table(self):
        sheets = read_sheets(self.data, "lembar.xlsx", marked=True)
        fields = fields_of(self.quarter)
        return sheets, read_report_table(
            sheets, fields=fields, quarter=self.quarter, regency=regency()
        )

    def batch(self, by):
        sheets, table = self.table()
        made = new_report_batch(
            table,
            sheets,
            name="lembar.xlsx",
            data=self.data,
            regency=regency(),
            quarter=self.quarter,
        )
        return batches.save_batch(made, sheets, by=by)

    def plan(self, by):
        return report_plan_of(self.batch(by))

    def applied(self, by):
        batch = self.batch(by)
        apply_report_batch(batch, by=by)
        return batch


def problems(plan):
    return {address: told for one in plan.rows for address, told in one.problems}


def remarks(plan):
    return {address: told for one in plan.rows for address, told in one.remarks}


def stored():
    """Return what the reports say, without what every write touches."""
    names = [field.attname for field in LibraryReport._meta.concrete_fields]
    silent = {"id", "version", "updated_at", "updated_by_id", "created_at", "idempotency_key"}
    names = ["library__village_id", *(name for name in names if name not in silent)]
    return sorted(LibraryReport.objects.values_list(*names), key=repr)
