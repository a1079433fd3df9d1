"""
Reading spreadsheets from outside: every format, and whatever a file may do to its reader; and
writing them, with cells that no program runs.
"""

import io
import os
import re
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sinergi.kit.spreadsheets import worker
from sinergi.kit.spreadsheets.read import read_sheets
from sinergi.kit.spreadsheets.write import (
    CUT,
    DANGEROUS,
    NUMBER,
    clean_text,
    harmless,
    write_xlsx,
)
from tests import hostile_files
from tests.villages import lists

ROWS = [["Kabupaten", "Desa"], ["Bangka", "Kapuk, Bakam"], ["Bangka", "Kimak"]]


def cells(data, name="daftar"):
    (sheet,) = read_sheets(data, name)
    return [row for _, row in sheet.rows]


@pytest.mark.parametrize(
    "data",
    [
        lists.xlsx(ROWS),
        lists.xls(ROWS),
        lists.ods(ROWS),
        lists.text(ROWS, ";").encode(),
        lists.text(ROWS, "\t").encode(),
        lists.text([['"' + cell + '"' for cell in row] for row in ROWS], ",").encode(),
        lists.text(ROWS).encode("utf-8-sig"),
        lists.text(ROWS).encode("utf-16"),
        lists.text(ROWS).encode("utf-16-le"),
        lists.text(ROWS).encode("utf-16-be"),
        lists.text(ROWS, ";").replace("\n", "\r\n").encode(),
    ],
    ids=[
        "xlsx",
        "xls",
        "ods",
        "semicolon",
        "tab",
        "comma",
        "utf-8 mark",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "crlf",
    ],
)
def test_every_format_reads_alike(data):
    assert cells(data) == ROWS


def test_windows_1252_is_understood():
    assert cells("Desa;Alamat\nKapuk;Jalan “Café” – 1\n".encode("cp1252"))[1] == [
        "Kapuk",
        "Jalan “Café” – 1",
    ]


def test_numbers_and_dates_are_text_as_a_person_reads_them():
    book = Workbook()
    book.active.append([19.02, 1902052003, 81234567890.0, 2019.0, True, 1.5])
    assert cells(lists.saved(book)) == [["19.02", "1902052003", "81234567890", "2019", "ya", "1.5"]]


def test_row_numbers_are_those_of_the_file_and_column_a_stays_column_a():
    book = Workbook()
    book.active["C5"] = "Desa"
    book.active["C7"] = "Kapuk"
    (sheet,) = read_sheets(lists.saved(book), "a.xlsx")
    assert sheet.rows == [[5, ["", "", "Desa"]], [7, ["", "", "Kapuk"]]]


def test_merged_cells_come_along():
    (sheet,) = read_sheets(lists.recipients(), "a.xlsx")
    assert sheet.name == "Rekap 2019" and [6, 1, 11, 1] in sheet.merges


def test_line_ends_of_old_macs_and_of_every_system():
    for end in ("\r", "\n", "\r\n"):
        assert cells(f"Kab;Desa{end}Bangka;Kapuk{end}".encode()) == [
            ["Kab", "Desa"],
            ["Bangka", "Kapuk"],
        ]


def test_an_open_quote_swallows_no_rows():
    """
    On the clipboard it is a letter like any other; in a file nobody can say where its cell ends.
    """
    rows = [["Desa", "Alamat"], ["Kapuk", '"Gedung lantai 2'], ["Kimak", "Jalan 1"]]
    assert cells(lists.text(rows, "\t").encode()) == rows
    with pytest.raises(ValidationError, match="petik yang tidak ditutup pada baris 2"):
        read_sheets(lists.text(rows, ";").encode(), "a.csv")


def test_a_cell_of_two_lines_keeps_the_row_numbers():
    (sheet,) = read_sheets(b'Desa;Alamat\nKapuk;"Jalan 1\nRT 2"\nKimak;x\n', "a.csv")
    assert sheet.rows == [
        [1, ["Desa", "Alamat"]],
        [2, ["Kapuk", "Jalan 1 RT 2"]],
        [4, ["Kimak", "x"]],
    ]


def test_a_hidden_sheet_is_read_only_when_there_is_no_other():
    book = Workbook()
    book.active.append(["Desa"])
    hidden = book.create_sheet("Pilihan")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    assert [sheet.name for sheet in read_sheets(lists.saved(book), "a.xlsx")] == ["Sheet"]


def test_text_that_begins_like_a_zip_is_text():
    assert cells(b"PKBM;Desa\nA;Kapuk\n") == [["PKBM", "Desa"], ["A", "Kapuk"]]


def test_one_long_text_in_every_cell_is_too_much():
    """8 KB of file, 24 MB of text: the same string shared by 800 cells."""
    data = lists.xlsx([["x" * 30_000]] * 800)
    with pytest.raises(ValidationError, match="terlalu banyak teks"):
        read_sheets(data, "a.xlsx")


def test_a_formula_is_text_without_any_sign_and_read_as_it_was():
    """Its cell is typed as text, and stays text for whoever edits it."""
    row = [
        '=HYPERLINK("http://x","y")',
        "==1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "<script>alert(1)</script>",
    ]
    data = write_xlsx(["a", "b", "c", "d", "e", "f"], [row], title="x")
    stored = load_workbook(io.BytesIO(data)).active[2]
    assert [cell.value for cell in stored] == row
    assert {(cell.data_type, cell.quotePrefix) for cell in stored} == {("s", True)}
    assert cells(data)[1] == row


def test_an_apostrophe_is_a_mark_in_a_text_file_alone():
    rows = [["Desa", "Kab"], ["'=1+1", "' -Baca, '-"]]
    assert cells(lists.xlsx(rows))[1] == rows[1]
    text = "\n".join(";".join(row) for row in rows).encode()
    assert cells(text)[1] == ["=1+1", "-Baca, -"]


def test_a_workbook_may_be_wider_than_the_alphabet():
    head = [f"Kolom {n}" for n in range(60)]
    assert cells(write_xlsx(head, [list(range(60))], title="x"))[1][26:28] == ["26", "27"]


def test_a_formula_in_a_file_is_never_run():
    book = Workbook()
    book.active.append(["Desa", '=HYPERLINK("http://x","y")', "=1+1"])
    assert cells(lists.saved(book)) == [["Desa"]], "a formula that nobody calculated has no value"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tidak berisi apa-apa"),
        (b"   \r\n \n", "tidak berisi apa-apa"),
        (lists.xlsx([]), "tidak berisi apa-apa"),
        (lists.recipients()[:3000], "rusak atau terpotong"),
        (lists.xls(ROWS)[:700], "rusak atau terpotong"),
        (hostile_files.encrypted_workbook, "bersandi"),
        (b"<html><body><table><tr><td>Desa</td></tr></table></body></html>", "halaman web"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "halaman web"),
        (lambda: hostile_files.zip_of({"a": b"0" * 300_000_000}), "terlalu besar bila dibuka"),
        (lambda: hostile_files.zip_of({f"b{n}": b"" for n in range(2100)}), "terlalu besar"),
        (hostile_files.zip_of({"a": b"bukan buku kerja"}), "rusak atau terpotong"),
        (hostile_files.FILES["cell at the far corner"].make, "lembar yang terlalu luas"),
        (b"Desa;Alamat\nKapuk;" + b"x" * 5_000_000 + b"\n", "baris 2"),
        (b'Desa;Alamat\n"Kapuk;' + b"x;y\n" * 20_000, "petik yang tidak ditutup"),
        (b"a;" * 300 + b"b\n", "lebih dari 200 kolom"),
        (bytes(range(256)) * 20, "bukan lembar kerja"),
        (b"%PDF-1.7 ...", "bukan lembar kerja"),
        (b"\x00" * 5000, "bukan lembar kerja"),
    ],
    ids=[
        "empty",
        "blank",
        "empty xlsx",
        "truncated xlsx",
        "truncated xls",
        "encrypted",
        "html",
        "xml",
        "zip bomb",
        "many parts",
        "a zip that is no workbook",
        "far corner",
        "5 MB cell",
        "open quote",
        "wide",
        "binary",
        "pdf",
        "nul",
    ],
)
def test_a_bad_file_gets_a_sentence_that_names_it(data, says):
    with pytest.raises(ValidationError) as refused:
        read_sheets(data() if callable(data) else data, "../daftar desa.xls")
    (message,) = refused.value.messages
    assert message.startswith("daftar desa.xls ") and says in message


def test_a_zip_that_lies_about_its_size_meets_the_memory_limit():
    """The table of contents says 10 bytes; the sheet unpacks to 400 MB."""
    sheet = (
        b"<worksheet><sheetData>"
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
        + b"x" * 400_000_000
    )
    stream = io.BytesIO(lists.xlsx(ROWS))
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(
                part.filename, sheet if "sheet1" in part.filename else old.read(part.filename)
            )
    data = packed.getvalue().replace(len(sheet).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(ValidationError):
        read_sheets(data, "a.xlsx")


def test_a_million_blank_rows_cost_nothing():
    assert cells(b"Desa;Kab\n" + b"\n" * 1_000_000 + b"Kapuk;Bangka\n") == [
        ["Desa", "Kab"],
        ["Kapuk", "Bangka"],
    ]


def test_unprintable_characters_are_dropped():
    assert cells("Desa;Kab\nKa\x00puk\u200b;\u202eBangka\n".encode()) == [
        ["Desa", "Kab"],
        ["Kapuk", "Bangka"],
    ]


def test_more_rows_than_allowed_are_said_to_be_more():
    (sheet,) = read_sheets(b"Desa\n" + b"Kapuk\n" * 100, "a.csv", max_rows=50)
    assert sheet.more and len(sheet.rows) == 50


def test_time_is_bounded(monkeypatch):
    """A reader that never ends is stopped by the system."""
    monkeypatch.setattr(
        "sinergi.kit.spreadsheets.read.WORKER", "tests.sinergi.odd_worker:misbehave"
    )
    with pytest.raises(ValidationError, match="terlalu lama"):
        read_sheets(b"compute", "a.csv", seconds=1)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=3000),
        st.text(max_size=2000).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.binary(max_size=200).map(lambda tail: worker.OLE + tail),
        st.tuples(st.integers(0, 6000), st.binary(min_size=1, max_size=8)).map(
            lambda change: VALID[: change[0]] + change[1] + VALID[change[0] + len(change[1]) :]
        ),
    )
)
def test_reading_never_crashes_on_any_bytes(data):
    """
    In this process, past the child: it answers with rows or with a reason, and with nothing else.
    """
    try:
        found = worker.read(data, 1000)
    except worker.Refused as refused:
        assert refused.code in sheet_messages()
    else:
        for sheet in found:
            for number, row in sheet["rows"]:
                assert number >= 1 and all(
                    isinstance(cell, str) and "\x00" not in cell for cell in row
                )
                "".join(row).encode()  # no half of a character: it can be stored


VALID = lists.recipients()


def sheet_messages():
    from sinergi.kit.spreadsheets.read import MESSAGES

    return MESSAGES


def test_the_child_process_is_really_another_one():
    """
    An abort of the reader (far corner) must not be seen here; the process that tests this is still
    the same.
    """
    before = os.getpid()
    with pytest.raises(ValidationError):
        read_sheets(hostile_files.FILES["cell at the far corner"].data, "a.xlsx")
    assert os.getpid() == before


# Written ----------------------------------------------------------------------------------------
@given(st.text())
def test_no_cell_of_a_text_file_is_a_formula(text):
    found = harmless(text)
    assert NUMBER.fullmatch(found) or not found.lstrip(" \n").startswith(DANGEROUS)


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "==1+1", "+1-1", "@SUM(A1)", " =1"])
def test_cells_that_would_run_are_only_text(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("\x01=1") == "'=1" and harmless("Desa Kapuk") == "Desa Kapuk"


@pytest.mark.parametrize("number", [5, -5, "-5", "-5,25", "+62717422222"])
def test_a_number_is_no_formula(number):
    assert harmless(number) == number


@pytest.mark.parametrize("text", ["Rapat;=1+1", "Rapat,+1-1", "Rapat\n@SUM(A1)", "Rapat\t=1"])
def test_whoever_splits_the_line_elsewhere_finds_no_formula_either(text):
    assert not re.search(r"[;,\t\n][=+@]", harmless(text))


@given(st.text(st.sampled_from("a' =+-@;,\t\r\n＝")))
@example("Jl. Sudirman No. 5, -")
@example("' -Baca")
@example("'=x, '-y;''+z")
def test_the_reader_takes_off_what_the_writer_put_on(text):
    """An apostrophe that somebody typed stays, however it stands."""
    assert NUMBER.fullmatch(text) or worker.without_marks(harmless(text)) == text


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_that_no_cell_takes_is_cut_and_marked(letter):
    found = clean_text(letter * 40_000)
    assert len(found.encode("utf-16-le")) // 2 <= 32_767 and found.endswith(CUT)
    assert clean_text("x" * 32_767) == "x" * 32_767 and clean_text("a\x00b\x0bc") == "abc"


class TestMarks:
    """What a reader takes for a plain value, or for nothing, is named where it is asked for."""

    @staticmethod
    def marks(data):
        return [sheet.marks for sheet in read_sheets(data, "daftar.xlsx", marked=True)]

    def test_formulas_errors_and_numbers_that_are_not_whole(self):
        book, stream = Workbook(), io.BytesIO()
        page = book.active
        page["B2"], page["C2"], page["D2"], page["E2"] = "=1+1", 1.5, 2.0, "3,5"
        page["AB3"] = "#REF!"
        page["AB3"].data_type = "e"
        page["AA3"] = 0.25
        book.create_sheet("Kedua")["A1"] = "isi"
        book.save(stream)
        told = {"B2": "formula", "C2": "decimal", "AB3": "error", "AA3": "decimal"}
        assert self.marks(stream.getvalue()) == [told, {}]

    def test_are_none_of_formats_that_do_not_tell(self):
        for data in (lists.ods(ROWS), lists.xls(ROWS), lists.text(ROWS).encode()):
            assert self.marks(data) == [None]

    def test_are_not_looked_for_unless_asked(self):
        (sheet,) = read_sheets(lists.xlsx(ROWS), "daftar.xlsx")
        assert sheet.marks is None

    def test_columns_are_named_as_programs_do(self):
        named = [worker.letters(number) for number in (0, 25, 26, 51, 52, 701, 702, 16_383)]
        assert named == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]

    def test_a_sheet_of_nothing_but_formulas_is_refused(self, monkeypatch):
        monkeypatch.setattr(worker, "MAX_MARKS", 3)
        book, stream = Workbook(), io.BytesIO()
        for row in range(1, 6):
            book.active.cell(row, 1).value = "=1"
        book.save(stream)
        with pytest.raises(worker.Refused):
            worker.read(stream.getvalue(), 100, marked=True)

    def test_cells_without_an_address_are_counted(self):
        part = io.BytesIO(b"<s><row><c/><c><f>1</f></c></row><row r='7'><c t='e'/></row></s>")
        assert worker.marks_of_part(part) == {"B1": "formula", "A7": "error"}
