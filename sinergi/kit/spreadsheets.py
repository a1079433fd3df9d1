"""Spreadsheets that leave the house."""

from io import BytesIO

from django.http import HttpResponse
from import_export import resources
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

#: A cell that starts so is read as a formula by spreadsheet programs.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(value):
    """The value without what a sheet cannot hold, and with an apostrophe where a spreadsheet would run it as a formula."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if isinstance(value, str) and value.lstrip(" \n").startswith(DANGEROUS):
        return f"'{value}"
    return value


class ExportResource(resources.ModelResource):
    """The base of every export: each cell harmless."""

    def export_field(self, field, instance, **kwargs):
        return harmless(super().export_field(field, instance, **kwargs))


def write_xlsx(head, rows, *, title, notes=()):
    """
    A workbook (bytes) with one sheet of these rows below a bold header, every cell harmless; `notes`: lines of a second
    sheet that explains the first.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(head):
        sheet.column_dimensions[chr(65 + number % 26)].width = max(12, min(40, len(name) + 6))
    sheet.append([_bold(sheet, name) for name in head])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    if notes:
        explained = book.create_sheet("Petunjuk")
        explained.column_dimensions["A"].width = 100
        for line in notes:
            explained.append([harmless(line)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_response(content, name):
    """A workbook as a download."""
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.font = Font(bold=True)
    return cell
