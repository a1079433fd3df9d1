"""Write spreadsheets for download."""

import re
from io import BytesIO

from django.http import HttpResponse
from import_export import resources
from import_export.formats.base_formats import XLSX
from tablib import Dataset
from xlsxwriter import Workbook

#: A cell that starts so is read as a formula by spreadsheet programs.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: Characters that the format of a sheet (XML 1.0) has no place for.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Letters in one cell, as Excel takes them.
MAX_CELL = 32_767
#: Part of a cell's format: what is in it is text, also for whoever edits it. It shows no sign.
QUOTED = {"quote_prefix": True}


#: A number as text, which a spreadsheet program reads as one.
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
#: What an apostrophe is put before: an apostrophe that stood there counts as one of the marks, so
#: that the reader, who takes one away, leaves the text as it was.
MARKED = re.compile(rf"[ \n']*[{re.escape(''.join(DANGEROUS))}]")
#: Where another program may begin a cell: one that splits a line elsewhere than this file means it.
BEGINNINGS = re.compile(r"([;,\t\r\n] *)(?=[ ']*[=+\-@＝＋－＠])")
#: Ends a text that was too long for a cell.
CUT = " … (terpotong, lanjutannya ada di portal)"


def clean_text(text):
    """
    Return a text without what a sheet cannot hold: unprintable characters, and more letters than a
    cell takes, which ends in a mark.
    """
    text = ILLEGAL.sub("", text)
    if len(text) > MAX_CELL // 2 and _length(text) > MAX_CELL:
        text = text.encode("utf-16-le")[: 2 * (MAX_CELL - len(CUT))].decode("utf-16-le", "ignore")
        text += CUT
    return text


def _length(text):
    """Return how many letters Excel counts: two for one beyond the first 65,536."""
    return len(text.encode("utf-16-le")) // 2


def harmless(value):
    """
    Return a value for a file of text (CSV), in which nothing but an apostrophe keeps a spreadsheet
    program from running what looks like a formula. A number is none.

    The cell of a workbook is typed, and needs none: `write_cell`. Quotes would not do: a program
    that splits the line elsewhere does not see them. The reader of text takes the marks off again
    (sinergi.kit.spreadsheets.worker.without_marks).
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return value
    text = BEGINNINGS.sub(r"\1'", clean_text(value))
    return f"'{text}" if MARKED.match(text) else text


class ExportResource(resources.ModelResource):
    """
    Base of every export of the admin: the columns of the rows.

    Columns are read as values, not as objects: 20,000 rows take a second instead of five.
    """

    def export(self, queryset=None, **kwargs):
        fields = self.get_export_fields(kwargs.get("export_fields"))
        dataset = Dataset(headers=[field.column_name for field in fields])
        columns = queryset.values_list(*(field.attribute for field in fields))
        for row in columns.iterator(chunk_size=self.get_chunk_size()):
            dataset.append(
                [self.cell(field, value) for field, value in zip(fields, row, strict=True)]
            )
        return dataset

    @staticmethod
    def cell(field, value):
        return value if isinstance(value, str) else field.widget.render(value)


class XlsxFormat(XLSX):
    """XLSX written row by row, so that an export costs the memory of a row."""

    def export_data(self, dataset, **kwargs):
        return write_xlsx(dataset.headers, dataset, title="Data")


def write_xlsx(head, rows, *, title, notes=()):
    """
    Return a workbook (bytes) with one sheet of these rows below a bold header; `notes` are lines of
    a second sheet that explains the first.
    """
    stream = BytesIO()
    with Workbook(stream, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True, **QUOTED})
        text = book.add_format(QUOTED)
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            sheet.set_column(column, column, max(12, min(40, len(name) + 6)))
            write_cell(sheet, 0, column, name, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                write_cell(sheet, number, column, value, None if is_number(value) else text)
        if notes:
            explained = book.add_worksheet("Petunjuk")
            explained.set_column(0, 0, 100)
            for number, line in enumerate(notes):
                write_cell(explained, number, 0, line, text)
    return stream.getvalue()


def is_number(value):
    return isinstance(value, int | float)


def write_cell(sheet, row, column, value, style=None):
    """
    Write numbers as numbers, an empty cell for None, everything else as text that is never run or
    linked: its cell is typed, and the style of one that others may have written is QUOTED, so that
    nobody who presses Enter in it makes a formula of it either.
    """
    if value is None or value == "":
        return
    if is_number(value):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, clean_text(str(value)), style)


def xlsx_response(content, name):
    """Return a workbook as a download."""
    response = HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
