"""Village lists as offices send them, built for tests."""

from io import BytesIO
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from xlwt import Workbook as OldWorkbook

#: The real list of 2019, where the project's shared material lies beside it.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "daftar-penerima-2019.xlsx"

#: Kecamatan (as it is written, "" for empty) and desa of 2019, by regency.
RECIPIENTS = {
    "KAB. BANGKA": [
        ("Bakam", "Kapuk"),
        ("Merawang", "Merawang"),
        ("Sungai Liat", "Desa Rebo"),
        ("Pemali", "PEMALI"),
        ("Merawang", "Kimak"),
        ("", "Desa Kayu Besi"),
    ],
    "KAB. BELITUNG": [
        ("Badau", "Sungai Samak"),
        ("Badau", "BADAU"),
        ("", "Desa Air Batu Buding"),
        ("Tanjung Pandan", "Air Saga"),
        ("", "Siliu"),
        ("Sijuk", "Desa SIJUK"),
    ],
    "KAB. BELITUNG TIMUR": [
        ("Dendang", "Dendang"),
        ("", "Cendil"),
        ("", "Desa Mayang"),
        ("", "BURONG MANDI"),
        ("Simpang Renggiang", "Aik Madu"),
    ],
}


def recipients():
    """
    Return the list of 2019 (bytes of an xlsx): titles, a header of two rows, merged regencies, a
    total.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Rekap 2019"
    sheet.append(["DAFTAR PENERIMA PROGRAM REVITALISASI PERPUSTAKAAN UMUM"])
    sheet.append(["PROVINSI KEPULAUAN BANGKA BELITUNG TAHUN 2019"])
    sheet.append([])
    sheet.append(["NO", "KAB/KOTA", "LOKASI", None, "PERPUSTAKAAN", None, "KET."])
    sheet.append([None, None, "KEC.", "DESA/KEL.", "NAMA", "NO. HP PENGELOLA", None])
    number = 0
    for regency, villages in RECIPIENTS.items():
        first = sheet.max_row + 1
        for district, village in villages:
            number += 1
            sheet.append(
                [number, regency if sheet.max_row + 1 == first else None, district or None, village]
            )
        sheet.merge_cells(f"B{first}:B{sheet.max_row}")
    sheet.append([None, "JUMLAH", None, "17 desa"])
    for merged in ("A1:G1", "A2:G2", "A4:A5", "B4:B5", "C4:D4", "E4:F4", "G4:G5"):
        sheet.merge_cells(merged)
    return saved(book)


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(rows, *, title="Daftar"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def xls(rows):
    book = OldWorkbook()
    sheet = book.add_sheet("Daftar")
    for top, row in enumerate(rows):
        for left, value in enumerate(row):
            sheet.write(top, left, value)
    return saved(book)


def ods(rows):
    document, table = OpenDocumentSpreadsheet(), Table(name="Daftar")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    stream = BytesIO()
    document.write(stream)
    return stream.getvalue()


def text(rows, delimiter=";"):
    return "\n".join(delimiter.join(row) for row in rows) + "\n"
