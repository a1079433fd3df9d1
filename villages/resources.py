"""
The admin's import of village lists, for files that need no questions: the same matching and writing
as the wizard.

A row that the wizard would ask about is an error here, and then nothing is written.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.html import format_html
from import_export import resources
from import_export.formats.base_formats import Format
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from sinergi.kit.models import StaleRecord
from sinergi.kit.spreadsheets import read as sheets
from villages.imports import batches
from villages.imports.apply import PlanChanged, apply_batch
from villages.imports.columns import best_layout
from villages.imports.lines import planned_lines
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.tables import unread_tables
from villages.imports.wording import problem_reason

UNREAD = (
    "Tidak ada yang ditulis: berkas ini memuat daftar lain dengan kolom yang berbeda. Pakai Impor"
    " data di portal untuk"
)
TYPES = {
    NEW: RowResult.IMPORT_TYPE_NEW,
    CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    SKIPPED: RowResult.IMPORT_TYPE_SKIP,
    PROBLEM: RowResult.IMPORT_TYPE_ERROR,
}


class Spreadsheet(Format):
    """Any file the wizard reads, read as the wizard reads it: in a child process, within limits."""

    def __init__(self, encoding=None):
        """Ignore the encoding: it is the file's own, found while reading it."""

    def get_title(self):
        return "Lembar kerja (.xlsx, .xls, .ods, .csv)"

    def get_extension(self):
        return "xlsx"

    def can_import(self):
        return True

    def create_dataset(self, in_stream):
        """
        Return the list as a dataset, with the sheets it was read from (`sheets`): titles, merged
        cells and row numbers count.
        """
        if len(in_stream) > sheets.MAX_BYTES:
            raise ValidationError("Berkasnya lebih besar dari 10 MB.")
        read = sheets.read_sheets(in_stream, "Berkas")
        layout = best_layout(read)
        sheet = read[layout.sheet]
        if not layout.is_certain or sheet.more:
            raise ValidationError(
                "Kolom desa tidak ditemukan, atau lebih dari 20.000 baris. Pakai Impor data di"
                " portal."
            )
        width = max(len(cells) for _, cells in sheet.rows)
        dataset = Dataset(headers=[*layout.names, *[""] * width][:width])
        for _, cells in sheet.rows[layout.header + 1 :]:
            dataset.append([*cells, *[""] * width][:width])
        dataset.sheets, dataset.bytes = read, in_stream
        return dataset


class VillageListResource(resources.Resource):
    """
    Takes a dataset with the wizard's columns. `user` imports; `province_id` (None: the country) is
    where they may.
    """

    def __init__(self, *, user=None, province_id=None, **kwargs):
        super().__init__(**kwargs)
        self.user, self.province_id = user, province_id

    @classmethod
    def get_display_name(cls):
        return "Daftar desa"

    def get_user_visible_fields(self):
        return []

    def import_data(self, dataset, dry_run=False, file_name="Impor admin", shown=None, **kwargs):
        """
        Return the library's own result, from our plan. `dry_run` writes nothing; otherwise all rows
        are written, or none when any of them is a problem or the plan is not the one that was
        `shown` (its fingerprint).
        """
        name, province_id = file_name, self.province_id
        tables = batches.read_tables(dataset.sheets, province_id=province_id)
        batch = batches.new_batch(tables, name=name, data=dataset.bytes, province_id=province_id)
        if others := [name for name, _, is_list in unread_tables(tables, batch.sheet) if is_list]:
            result = Result()
            result.append_base_error(
                Error(ValidationError(f"{UNREAD} {', '.join(others)}.").messages[0])
            )
            return result
        rows = batches.rows_of_sheet(tables[batch.sheet], batches.layout_of(batch, tables))
        plan = batches.plan_of(batch, *rows)
        if not dry_run and not plan.of(PROBLEM):
            try:
                with transaction.atomic():
                    batches.save_batch(batch, tables, by=self.user)
                    plan = apply_batch(batch, by=self.user, shown=shown)
            except (PlanChanged, StaleRecord, IntegrityError) as refused:
                result = _result(plan)
                result.append_base_error(Error(refused))
                return result
        return _result(plan)


def _result(plan):
    result = Result()
    result.fingerprint = plan.fingerprint
    result.diff_headers = ["Baris", "Desa", "Kecamatan", "Kabupaten/kota", "Isi"]
    result.total_rows = len(plan.rows)
    lines = planned_lines(plan, plan.rows).lines
    for one, line in zip(plan.rows, lines, strict=True):
        row = RowResult()
        row.import_type = TYPES[one.outcome]
        row.diff = [line.label, line.name, line.district, line.regency, _cells_as_html(line)]
        if one.outcome == PROBLEM:
            row.errors = [
                Error(
                    ValidationError(problem_reason(one, plan)).messages[0],
                    number=plan.label_of(one.number),
                )
            ]
        result.append_row_result(row)
        result.increment_row_result_total(row)
    return result


def _cells_as_html(line):
    parts = [
        (
            format_html("<del>{}</del> <ins>{}</ins>", cell.old, cell.new)
            if cell.is_changed
            else cell.new
        )
        for cell in line.cells.values()
    ]
    return format_html(", ".join(["{}"] * len(parts)), *parts) if parts else ""
