"""
Downloads of lists: every row of a list as it is filtered, in the columns that the list declares
(sinergi.kit.columns), as a workbook or as text.

Each is noted with the account that took it (`user.exports`), which may make one at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from sinergi.kit.columns import ROW, Cell
from sinergi.kit.dates import ZONE_NAMES, moment_text
from sinergi.kit.pagination import parts_by_key
from sinergi.kit.spreadsheets.tables import (
    BYTE_ORDER_MARK,
    csv_parts,
    text_for_excel,
    text_for_systems,
    write_table,
)
from sinergi.kit.text import file_stem, thousands

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The parameter that asks for a download, and what it may say.
PARAMETER = "unduh"
FORMATS = {
    "xlsx": "Excel (.xlsx)",
    "csv": "CSV untuk Excel",
    "csv-sistem": "CSV untuk sistem lain",
}
CSV = {
    "csv": {"delimiter": ";", "write": text_for_excel, "mark": BYTE_ORDER_MARK},
    "csv-sistem": {"delimiter": ",", "write": text_for_systems},
}
EMPTY = "Sel yang kosong berarti tidak ada datanya, bukan 0."


class ExportRunning(Exception):
    """This account makes another download now."""


@dataclass
class ListExport:
    """
    What is downloaded. `rows`: a queryset, which is read in the `order` of the list's pages; or the
    rows of a table that is counted. With a `prepare` the rows of the queryset are read as they are,
    and handed to it a part at a time; else only the columns. `host`: before the addresses of pages;
    `filters`: [(label, words)] by which the rows were chosen.
    """

    title: str
    columns: list
    rows: QuerySet | list
    order: tuple[str, str] = ()
    prepare: Callable | None = None
    filters: list = field(default_factory=list)
    host: str = ""
    user: object = None

    def parts(self):
        """Yield lists of tuples, a value of each column, a few thousand rows at a time."""
        names = list(dict.fromkeys(path for one in self.columns for path in one.paths))
        cells = [(one, [names.index(path) for path in one.paths]) for one in self.columns]
        for part in self.values(names):
            yield [
                tuple(self.cell(one, [row[at] for at in places]) for one, places in cells)
                for row in part
            ]

    def values(self, names):
        """Yield lists of tuples with the values at these paths."""
        if not isinstance(self.rows, QuerySet):
            yield [tuple(reach(row, name) for name in names) for row in self.rows]
        elif self.prepare:
            for part in parts_by_key(self.rows, order=self.order):
                self.prepare(part)
                yield [tuple(reach(row, name) for name in names) for row in part]
        else:
            keys = [name.lstrip("-") for name in self.order]
            for part in parts_by_key(self.rows.values_list(*keys, *names), order=self.order):
                yield [row[2:] for row in part]

    def cell(self, column, values):
        value = column.value_of(values)
        if value is None or value == "":
            return None
        if column.kind is Cell.LINK:
            return f"{self.host}{value}"
        if column.kind is Cell.MOMENT and column.read is None:
            return timezone.localtime(value)
        return value

    def about(self, number):
        """Return [(what, text)] of the sheet that says what the other one holds."""
        now = timezone.localtime()
        zone = ZONE_NAMES.get(timezone.get_current_timezone_name(), "")
        lines = [("Daftar", self.title)]
        lines += self.filters or [("Saringan", "tanpa saringan: semua yang boleh dilihat akun ini")]
        lines += [
            ("Diunduh oleh", str(self.user)),
            ("Diunduh pada", f"{moment_text(now)} {zone}".strip()),
            ("Jumlah baris", thousands(number)),
            ("Cara membaca", EMPTY),
        ]
        told = [(one, one.about or one.kind.value) for one in self.columns]
        return lines + [(f"Kolom “{one.label}”", about) for one, about in told]

    @property
    def file_name(self):
        return f"{file_stem(self.title, 'daftar')}-{timezone.localdate():%Y-%m-%d}"


def reach(row, path):
    """Return what stands at the end of a path ("library__name"), None where it breaks off."""
    if path == ROW:
        return row
    if hasattr(row, path):
        return getattr(row, path)
    for name in path.split("__"):
        row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
    return row


def export_response(export, kind, log):
    """
    Return a ListExport as a download of this kind (FORMATS). `log` is its row among the account's
    exports, which is told when it ends.
    """
    if kind == "xlsx":
        response = FileResponse(_workbook(export, log), content_type=XLSX_TYPE)
        name = f"{export.file_name}.xlsx"
    else:
        stream = CsvStream(export, log, **CSV[kind])
        response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
        name = f"{export.file_name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _workbook(export, log):
    """Return the workbook as an open file, which nobody else can open."""
    file, number = TemporaryFile(), None  # noqa: SIM115 (the response closes it)
    try:
        number = write_table(file, export.columns, export.parts(), title="Data", about=export.about)
    finally:
        log.end(number)
        if number is None:
            file.close()
    file.seek(0)
    return file


class CsvStream:
    """
    The text of an export, made while it is sent. Its end is told to `log` also when the reader went
    away, before the first part too.
    """

    def __init__(self, export, log, **form):
        self.export, self.log, self.number, self.form = export, log, 0, form
        self.zone, self.is_open = timezone.get_current_timezone(), True
        self.texts = self._texts()

    def __iter__(self):
        return self

    def __next__(self):
        # It is sent when the request is over, and with it the time zone of its reader.
        try:
            with timezone.override(self.zone):
                return next(self.texts).encode()
        except StopIteration:
            self._end(self.number)
            raise
        except BaseException:
            self._end(None)
            raise

    def _texts(self):
        return csv_parts(self.export.columns, self._counted(), **self.form)

    def _counted(self):
        for part in self.export.parts():
            self.number += len(part)
            yield part

    def close(self):
        self._end(None)

    def _end(self, number):
        if self.is_open:
            self.is_open = False
            self.log.end(number)
