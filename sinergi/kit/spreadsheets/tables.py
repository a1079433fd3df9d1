"""Write a table of typed columns (sinergi.kit.columns) as a workbook or as text, row by row."""

import csv
from datetime import date, datetime
from io import StringIO

from xlsxwriter import Workbook

from sinergi.kit.columns import Cell
from sinergi.kit.phones import display
from sinergi.kit.spreadsheets.write import QUOTED, clean_text, harmless

NUMBERS = (Cell.NUMBER, Cell.RUPIAH)
DATES = (Cell.DATE, Cell.MOMENT)
#: How Excel shows a cell of this kind; the others as text.
FORMATS = {
    Cell.NUMBER: "General",
    Cell.RUPIAH: "#,##0",
    Cell.DATE: "dd/mm/yyyy",
    Cell.MOMENT: "dd/mm/yyyy hh:mm",
}
WIDTHS = {Cell.RUPIAH: 18, Cell.DATE: 12, Cell.MOMENT: 17, Cell.PHONE: 18, Cell.LINK: 44}
#: Excel knows no day before this one.
FIRST_DAY = date(1900, 1, 1)
BYTE_ORDER_MARK = "\ufeff"


def write_table(stream, columns, parts, *, title, about):
    """
    Write a workbook into `stream` (binary): the rows of `parts` (lists of tuples, a value of each
    column) on a sheet of this title, then what `about(number of rows)` returns, [(what, text)].
    Return the number of rows.
    """
    with Workbook(stream, {"constant_memory": True}) as book:
        styles = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        text = book.add_format(QUOTED)
        bold = book.add_format({"bold": True, **QUOTED})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for place, one in enumerate(columns):
            width = max(WIDTHS.get(one.kind, 12), min(40, len(one.label) + 6))
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, one.label, bold)
        kinds = [one.kind for one in columns]
        number = _write_rows(sheet, parts, kinds, styles, text)
        _write_about(book, about(number), bold, text)
    return number


def _write_rows(sheet, parts, kinds, styles, text):
    number = 0
    for part in parts:
        for row in part:
            number += 1
            for place, (value, kind) in enumerate(zip(row, kinds, strict=True)):
                if value is None or value == "":
                    continue
                if kind in NUMBERS:
                    sheet.write_number(number, place, value, styles[kind])
                elif kind in DATES and _day_of(value) >= FIRST_DAY:
                    sheet.write_datetime(number, place, _on_the_clock(value), styles[kind])
                else:
                    sheet.write_string(
                        number, place, clean_text(text_for_people(value, kind)), text
                    )
    return number


def _write_about(book, lines, bold, text):
    sheet = book.add_worksheet("Tentang data ini")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for number, (what, told) in enumerate(lines):
        sheet.write_string(number, 0, clean_text(what), bold)
        sheet.write_string(number, 1, clean_text(told), text)


def _day_of(value):
    return value.date() if isinstance(value, datetime) else value


def _on_the_clock(value):
    """Return a moment as its own clock shows it, for a cell that knows no zone."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def text_for_people(value, kind):
    """Return a value as people read it in a cell of text."""
    if kind is Cell.PHONE:
        return display(value)
    if kind is Cell.YES_NO:
        return "ya" if value else "tidak"
    if kind is Cell.MOMENT:
        return f"{_on_the_clock(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if kind is Cell.DATE else str(value)


def text_for_systems(value, kind):
    """Return a value as a program reads it: a number with a point, a moment with its zone."""
    if kind is Cell.MOMENT:
        return value.isoformat(timespec="minutes")
    if kind is Cell.PHONE:
        return str(value)
    return text_for_people(value, kind)


def text_for_excel(value, kind):
    """Return a value as a spreadsheet program in Indonesian reads it: with a decimal comma."""
    text = text_for_people(value, kind)
    return text.replace(".", ",") if kind in NUMBERS else text


def csv_parts(columns, parts, *, delimiter, write, mark=""):
    """
    Yield the text of a file of these rows, a part at a time: each value by `write(value, kind)`,
    harmless, and nothing for None. `mark`: stands before everything else.
    """
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    stream.write(mark)
    writer.writerow([harmless(one.label) for one in columns])
    yield stream.getvalue()  # at once: whoever waits sees that it has begun
    kinds = [one.kind for one in columns]
    for part in parts:
        stream.seek(0)
        stream.truncate()
        writer.writerows(
            [
                "" if value is None else harmless(write(value, kind))
                for value, kind in zip(row, kinds, strict=True)
            ]
            for row in part
        )
        yield stream.getvalue()
