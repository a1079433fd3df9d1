"""
The sheet of a regency's quarterly reports: handed out and read again, with whatever people and
programs do to it in between.
"""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from sinergi.kit import bulk
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept
from tests.constraints import refused as refused_by_database
from tests.villages.reporting import (
    BEFORE,
    CODES,
    ELSEWHERE,
    HEADER,
    LAST,
    LATE,
    FilledSheet,
    handed_out,
    problems,
    regency,
    regency_with_reports,
    remarks,
    reported,
    stored,
)
from villages.actions.reports import submit_report
from villages.imports import report_apply, report_rows
from villages.imports.apply import PlanChanged
from villages.imports.report_apply import apply_report_batch, undo_report_batch
from villages.imports.report_plan import report_plan_of, standings
from villages.models import ImportBatch, LibraryReport
from villages.reports import sheets as report_sheets
from villages.reports.fields import FIELDS, fields_of
from villages.reports.sheets import FIELD_NAMES, notes_text, read_notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.user("regency_officer", regency_code="19.01")


@pytest.fixture
def secretariat():
    return factories.user("secretariat")


@pytest.fixture
def libraries(officer, secretariat):
    return regency_with_reports(officer, secretariat)


@pytest.fixture
def sheet(libraries):
    return FilledSheet()


class TestHandedOut:
    def test_every_field_has_a_name_of_its_own(self):
        names = [report_sheets.heading(field) for field in FIELDS]
        assert len(set(names)) == len(FIELDS)
        assert {FIELD_NAMES[report_sheets.header_key(name)] for name in names} == {
            field.key for field in FIELDS
        }
        assert not FIELD_NAMES.keys() & report_sheets.OWN_NAMES.keys()

    def test_one_row_for_each_that_is_to_report_and_no_other(self, sheet):
        column = sheet.column("Kode")
        codes = [sheet.page.cell(row, column).value for row in range(HEADER + 1, HEADER + 20)]
        assert sorted(filter(None, codes)) == sorted(CODES.values())

    def test_what_is_reported_is_there_and_the_last_verified_beside_it(self, sheet):
        assert sheet.at("draft", "visitors").value == 300
        assert sheet.at("draft", "loans").value == 0
        assert sheet.at("draft", "members").value is None
        beside = sheet.at("draft", "participants")
        assert beside.value == 412
        grey = sheet.page.cell(beside.row, beside.column + 1)
        assert (grey.value, grey.protection.locked) == (96, True)
        assert sheet.at("draft", "Terakhir diverifikasi").value == BEFORE.short
        assert sheet.at("other", "Terakhir diverifikasi").value == "belum ada"

    def test_only_what_may_be_filled_in_is_open(self, sheet):
        assert sheet.page.protection.sheet
        assert not sheet.page.protection.password
        for state in CODES:
            is_locked = state in ("submitted", "verified")
            for field in FIELDS:
                assert sheet.at(state, field.key).protection.locked == is_locked
            assert sheet.at(state, "Keterangan").protection.locked == is_locked
            for name in ("Kode", "Perpustakaan", "Keadaan", "Versi"):
                assert sheet.at(state, name).protection.locked
        states = [sheet.at(state, "Keadaan").value for state in CODES]
        assert states[:3] == ["Belum mulai", "Draf", "Dikembalikan"]

    def test_its_versions_are_hidden(self, sheet):
        cell = sheet.at("draft", "Versi")
        assert cell.value == LibraryReport.objects.of(LAST).get(visitors=300).version
        assert sheet.at("empty", "Versi").value == 0
        assert sheet.page.column_dimensions[cell.column_letter].hidden

    def test_cells_take_whole_numbers_up_to_the_most_of_their_field(self, sheet):
        rules = {
            str(rule.sqref): (rule.type, rule.formula1, rule.formula2)
            for rule in sheet.page.data_validations.dataValidation
        }
        assert len(rules) == len(fields_of(LAST))
        column = sheet.at("draft", "opening_days").column_letter
        first, last = HEADER + 1, HEADER + len(CODES)
        assert rules[f"{column}{first}:{column}{last}"] == ("whole", "0", "7")

    def test_says_which_it_is(self, sheet):
        told = f"Lembar isian versi 1, wilayah 19.01, triwulan {LAST.key}"
        assert sheet.page.cell(3, 1).value == told
        assert sheet.book.properties.description == told

    def test_no_name_is_run(self, libraries, officer):
        libraries["draft"].name = "=HYPERLINK(0)"
        libraries["draft"].save_as(by=officer)
        sheet = FilledSheet()
        cell = sheet.at("draft", "Perpustakaan")
        assert (cell.value, cell.data_type) == ("=HYPERLINK(0)", "s")
        assert problems(sheet.plan(officer)) == {}

    def test_three_queries_however_many_there_are(self, libraries):
        place = regency()

        def count():
            with CaptureQueriesContext(connection) as queries:
                standings(place, LAST)
            return len(queries)

        before = count()
        for number in range(3):
            reported(f"19.01.07.200{number + 1}")
        assert count() == before == 3


class TestRoundTrip:
    def test_as_it_was_handed_out_it_changes_nothing(self, sheet, officer):
        before = stored()
        plan = sheet.plan(officer)
        assert (problems(plan), plan.ready, remarks(plan)) == ({}, [], {})
        assert plan.counts["unchanged"] == len(CODES)
        assert not plan.unnamed
        sheet.applied(officer)
        assert stored() == before

    @pytest.mark.both("figures, notes and histories are written by each database's own bulk way")
    def test_what_was_filled_in_is_stored_as_drafts(self, sheet, libraries, officer):
        sheet.put("empty", "visitors", 120)
        sheet.put("empty", "village_budget", "Rp12.500.000")
        sheet.put("empty", "Keterangan", "Peserta kegiatan: tidak tercatat")
        sheet.put("draft", "visitors", "1.286")
        sheet.put("draft", "loans", None)
        sheet.put("returned", "visitors", 497)
        batch = sheet.applied(officer)
        assert (batch.new_count, batch.changed_count, batch.unchanged_count) == (1, 2, 3)
        reports = {
            report.library.village_id: report
            for report in LibraryReport.objects.of(LAST).select_related("library")
        }
        made = reports[CODES["empty"]]
        assert (made.state, made.visitors, made.village_budget) == ("draft", 120, 12_500_000)
        assert (made.loans, made.regency_id, made.created_by) == (None, "19.01", officer)
        assert made.notes == {"participants": "tidak tercatat"}
        draft = reports[CODES["draft"]]
        assert (draft.visitors, draft.loans, draft.participants) == (1286, None, 412)
        assert draft.notes == {"participants": "Ada\npameran; Pengunjung ramai"}
        assert reports[CODES["returned"]].state == "returned"
        assert reports[CODES["returned"]].visitors == 497
        assert [row.history_type for row in made.history.all()] == ["+"]
        last = draft.history.first()
        assert (last.history_type, last.visitors, last.history_user) == ("~", 1286, officer)

    def test_the_same_file_again_changes_nothing(self, sheet, officer):
        sheet.put("empty", "visitors", 120)
        sheet.put("draft", "visitors", 310)
        sheet.applied(officer)
        before = stored()
        again = sheet.applied(officer)
        assert (again.new_count, again.changed_count) == (0, 0)
        assert stored() == before

    def test_a_second_round_shows_exactly_what_changed(self, sheet, officer):
        sheet.put("empty", "visitors", 120)
        sheet.applied(officer)
        second = FilledSheet()
        second.put("empty", "women", 70)
        second.put("empty", "visitors", 121)
        second.put("draft", "visitors", None)
        told = {one.code: one.changes for one in second.plan(officer).ready}
        assert told == {
            CODES["empty"]: [("visitors", 120, 121), ("women", None, 70)],
            CODES["draft"]: [("visitors", 300, None)],
        }

    def test_a_library_without_any_figure_gets_no_draft(self, sheet, officer):
        sheet.applied(officer)
        assert not LibraryReport.objects.of(LAST).filter(library__village=CODES["empty"]).exists()

    @pytest.mark.parametrize(
        ("notes", "jumped", "cell"),
        [
            ({}, [], ""),
            ({"visitors": "Ramai."}, ["visitors"], None),
            ({"titles": "Sumbangan", "copies": "Sumbangan; dua kali"}, [], None),
            ({"visitors": "Ramai", "loans": "Ramai"}, ["visitors", "loans"], "Ramai"),
            (
                {"media": "Hilang", "visitors": "Ramai"},
                ["visitors"],
                "Ramai; Publikasi media: Hilang",
            ),
            ({"visitors": "a: b; c"}, [], "pengunjung:a: b; c"),
            ({"visitors": "a; b"}, [], "Pengunjung: a; Pengunjung: b"),
            ({"visitors": "a", "media": "b"}, [], "Pengunjung: a; Publikasi media: b; Pengunjung:"),
            ({"visitors": "Ada pameran; ramai"}, ["visitors"], "Ada pameran; Pengunjung: ramai"),
            (
                {"visitors": "ramai", "loans": "Ada pameran"},
                ["visitors", "loans"],
                "Ada pameran; Pengunjung: ramai",
            ),
            ({"visitors": "Ramai"}, ["visitors"], "Ramai; Pengunjung: Ramai"),
        ],
    )
    def test_notes_stand_in_one_cell(self, notes, jumped, cell):
        assert read_notes(notes_text(notes) if cell is None else cell, jumped) == notes

    def test_notes_of_nothing_are_asked_about(self):
        with pytest.raises(ValueError, match="angka mana"):
            read_notes("ada pameran", [])


# What people do to it ---------------------------------------------------------------------------
def put(state, name, value):
    return lambda sheet: sheet.put(state, name, value)


def error_value(sheet):
    cell = sheet.at("empty", "visitors")
    cell.value, cell.data_type = "#REF!", "e"
    return cell.coordinate


def array_formula(sheet):
    cell = sheet.at("empty", "visitors")
    sheet.page[cell.coordinate] = ArrayFormula(cell.coordinate, "=SUM(1,2)")
    return cell.coordinate


def merged_down(sheet):
    first = min(sheet.row("empty"), sheet.row("draft"))
    column = sheet.at("empty", "visitors").column_letter
    assert {sheet.row("empty"), sheet.row("draft")} == {first, first + 1}
    sheet.page.merge_cells(f"{column}{first}:{column}{first + 1}")
    return [f"{column}{first}", f"{column}{first + 1}"]


def row_of(code, name="Perpustakaan"):
    """Append a row for a library that has none here."""

    def change(sheet):
        row = sheet.page.max_row + 1
        sheet.page.cell(row, sheet.column("Kode")).value = code
        sheet.page.cell(row, sheet.column("Perpustakaan")).value = name
        sheet.page.cell(row, sheet.column("visitors")).value = 55
        return sheet.page.cell(row, sheet.column("Kode")).coordinate

    return change


def twice(sheet):
    sheet.put("empty", "visitors", 5)
    name = sheet.at("empty", "Perpustakaan").value
    return row_of(CODES["empty"], name)(sheet)


def shifted_names(sheet):
    """Sort the names alone, so that two rows have each other's."""
    one, other = sheet.at("empty", "Perpustakaan"), sheet.at("other", "Perpustakaan")
    one.value, other.value = other.value, one.value
    return [one.coordinate, other.coordinate]


#: (habit, what is done; the addresses that are to be named, words of the message).
HABITS = {
    "a dash": (put("empty", "visitors", "-"), "Kosongkan bila belum tahu"),
    "tidak tahu": (put("empty", "visitors", "tidak tahu"), "Kosongkan bila belum tahu"),
    "nihil": (put("empty", "visitors", "nihil"), "Tulis 0"),
    "negative": (put("empty", "visitors", -3), "kurang dari 0"),
    "a decimal": (put("empty", "visitors", 12.5), "bulat"),
    "a decimal of three places": (put("empty", "visitors", 1.234), "bulat"),
    "a decimal in text": (put("empty", "visitors", "12,5"), "bulat"),
    "a part of a rupiah": (put("empty", "village_budget", 1_000_000.5), "bulat"),
    "a thousand million visitors": (put("empty", "visitors", 10**9), "paling banyak"),
    "beyond every column": (put("empty", "visitors", 1e19), "bulat"),
    "more rupiah than there are": (put("empty", "village_budget", 10**14), "lebih dari"),
    "eight days a week": (put("empty", "opening_days", 8), "paling banyak 7"),
    "words": (put("empty", "visitors", "ratusan"), "bulat"),
    "a number with its unit": (put("empty", "visitors", "12 orang"), "bulat"),
    "letters for noughts": (put("empty", "visitors", "1.2OO"), "bulat"),
    "points in wrong places": (put("empty", "visitors", "12.50"), "bulat"),
    "a date": (put("empty", "visitors", date(2019, 2, 1)), "bulat"),
    "a true value": (put("empty", "visitors", True), "bulat"),
    "a formula": (put("empty", "visitors", "=SUM(A1:B2)"), "rumus"),
    "a formula for money": (put("empty", "village_budget", "=1000*5"), "rumus"),
    "an array formula": (array_formula, "rumus"),
    "a formula for the code": (put("empty", "Kode", '="19.01"&".06.2001"'), "rumus"),
    "an error of Excel": (error_value, "galat"),
    "merged cells": (merged_down, "digabung"),
    "a code as Excel cuts it": (put("empty", "Kode", "1,90E+09"), "memotong"),
    "a code that is none": (put("empty", "Kode", "Desa Satu"), "Bukan kode"),
    "no code": (put("draft", "Kode", None), "tanpa kode"),
    "a library of another regency": (row_of(ELSEWHERE), "Kabupaten Belitung"),
    "a library that joined later": (row_of(LATE), "bukan peserta"),
    "a village without a library": (row_of("19.01.06.2999"), "Belum ada"),
    "a code of nowhere": (row_of("99.01.06.2001"), "wilayah lain"),
    "a library twice": (twice, "sudah ditulis"),
    "names sorted apart from codes": (shifted_names, "milik"),
    "figures of a submitted report": (put("submitted", "visitors", 71), "menunggu pemeriksaan"),
    "figures of a verified report": (put("verified", "loans", 0), "terverifikasi"),
    "a verified figure erased": (put("verified", "visitors", None), "terverifikasi"),
    "a note of no figure": (put("other", "Keterangan", "ada pameran"), "angka mana"),
    "a very long note": (put("other", "Keterangan", "Pengunjung: " + "a" * 501), "500 huruf"),
}


def overtaken(plan):
    told = [remark for one in plan.rows for remark in one.remarks]
    return {address: text for address, text in told if "setelah lembar diunduh" in text}


class TestHabits:
    def test_there_are_thirty(self):
        assert len(HABITS) >= 30

    @pytest.mark.parametrize("habit", HABITS)
    def test_is_named_at_its_cell_and_nothing_else_is(self, habit, sheet, officer):
        act, words = HABITS[habit]
        before, planted = stored(), act(sheet)
        batch = sheet.batch(officer)
        found = problems(report_plan_of(batch))
        assert set(found) == ({planted} if isinstance(planted, str) else set(planted))
        assert all(words in told for told in found.values()), found
        with pytest.raises(TransitionError):
            apply_report_batch(batch, by=officer)
        assert stored() == before

    def test_a_figure_that_would_be_emptied_is_pointed_out(self, sheet, officer):
        cell = sheet.put("draft", "visitors", None)
        plan = sheet.plan(officer)
        assert remarks(plan) == {cell: "300 menjadi belum tahu, karena selnya kosong."}
        assert sheet.applied(officer).changed_count == 1

    def test_what_a_colleague_wrote_meanwhile_is_pointed_out(self, sheet, officer):
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.visitors, report.loans = 310, 55
        report.notes |= {"visitors": "Ramai."}
        report.save_as(by=officer)
        sheet.put("returned", "loans", 4)
        plan, told = sheet.plan(officer), "Laporan ini diubah setelah lembar diunduh; "
        assert problems(plan) == {}
        assert overtaken(plan) == {
            sheet.at("draft", "visitors").coordinate: f"{told}angka di portal 310 diganti 300.",
            sheet.at("draft", "loans").coordinate: f"{told}angka di portal 55 diganti 0.",
            sheet.at("draft", "Keterangan").coordinate: f"{told}keterangan di portal diganti.",
        }
        batch = sheet.applied(officer)
        assert "setelah lembar diunduh" in batch.rows.get(village=CODES["draft"]).note

    def test_a_report_begun_meanwhile_is_pointed_out(self, sheet, libraries, officer):
        factories.report(libraries["empty"], LAST, by=officer, state="draft", visitors=20)
        cell = sheet.put("empty", "visitors", 25)
        assert "angka di portal 20 diganti 25" in overtaken(sheet.plan(officer))[cell]

    @pytest.mark.parametrize("said", [None, "", "lama", "=1", 1.5, "9" * 5000])
    def test_a_sheet_that_says_no_version_points_nothing_out(self, said, sheet, officer):
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.loans = 55
        report.save_as(by=officer)
        if said is None:
            sheet.page.delete_cols(sheet.column("Versi"))
        else:
            sheet.put("draft", "Versi", said)
        plan = sheet.plan(officer)
        assert (problems(plan), overtaken(plan)) == ({}, {})
        assert [one.changes for one in plan.ready] == [[("loans", 55, 0)]]

    def test_all_of_all_rows_are_named_at_once(self, sheet, officer):
        planted = {
            sheet.put("empty", "visitors", "-"),
            sheet.put("empty", "loans", "=1"),
            sheet.put("draft", "women", -1),
            sheet.put("other", "men", 1.5),
            sheet.put("submitted", "visitors", 1),
            sheet.put("submitted", "loans", "banyak"),
            sheet.put("other", "Keterangan", "ada pameran"),
        }
        assert set(problems(sheet.plan(officer))) == planted

    def test_what_contradicts_and_what_jumps_is_said_and_may_be_stored(self, sheet, officer):
        sheet.put("empty", "visitors", 30)
        planted = {sheet.put("empty", "women", 40): "lebih besar"}
        planted[sheet.at("empty", "visitors").coordinate] = "selisih"
        planted[sheet.put("empty", "participants", 900)] = "melonjak"
        plan = sheet.plan(officer)
        assert problems(plan) == {}
        found = remarks(plan)
        assert found.keys() == planted.keys()
        assert all(words in found[address] for address, words in planted.items())
        sheet.put("empty", "Keterangan", "Ada pameran.")
        del planted[sheet.at("empty", "participants").coordinate]
        assert remarks(sheet.plan(officer)).keys() == planted.keys()
        assert sheet.applied(officer).new_count == 1


def moved_columns(sheet):
    """Put the figures of two columns in each other's place, with their headers."""
    one, other = sheet.column("visitors"), sheet.column("loans")
    for row in range(HEADER, sheet.page.max_row + 1):
        a, b = sheet.page.cell(row, one), sheet.page.cell(row, other)
        a.value, b.value = b.value, a.value


def reversed_rows(sheet):
    last, width = HEADER + len(CODES), sheet.page.max_column
    rows = [
        [sheet.page.cell(row, column).value for column in range(1, width + 1)]
        for row in range(last, HEADER, -1)
    ]
    for row, values in enumerate(rows, HEADER + 1):
        for column, value in enumerate(values, 1):
            sheet.page.cell(row, column).value = value


def total_row(sheet):
    row = sheet.page.max_row + 2
    sheet.page.cell(row, 2).value = "Jumlah"
    column = sheet.column("visitors")
    sheet.page.cell(row, column).value = f"=SUM(A1:A{row - 1})"
    sheet.page.cell(row + 2, 2).value = "Mengetahui, Kepala Dinas"


def hidden_copy(sheet):
    sheet.book.copy_worksheet(sheet.page).sheet_state = "hidden"


def without_head(sheet):
    sheet.page.delete_rows(1, HEADER - 1)


def codes_as_numbers(sheet):
    for row in range(HEADER + 1, HEADER + 1 + len(CODES)):
        cell = sheet.page.cell(row, sheet.column("Kode"))
        cell.value = int(cell.value.replace(".", ""))


def own_column(sheet):
    sheet.page.cell(HEADER, sheet.page.max_column + 1).value = "Catatan kami"
    sheet.page.cell(HEADER + 1, sheet.page.max_column).value = "=1"


def renamed(sheet):
    sheet.page.title = "Kiriman kedua"


def blank_rows(sheet):
    sheet.page.insert_rows(HEADER + 2, 3)


def unlocked(sheet):
    sheet.page.protection.sheet = False
    sheet.page.data_validations.dataValidation = []


def shorter_names(sheet):
    sheet.page.cell(HEADER, sheet.column("visitors")).value = "PENGUNJUNG"


class TestHarmlessHabits:
    @pytest.mark.parametrize(
        "act",
        [
            moved_columns,
            reversed_rows,
            total_row,
            hidden_copy,
            without_head,
            codes_as_numbers,
            own_column,
            renamed,
            blank_rows,
            unlocked,
            shorter_names,
        ],
        ids=lambda act: act.__name__,
    )
    def test_changes_what_was_filled_in_and_nothing_else(self, act, sheet, officer):
        sheet.put("empty", "visitors", "1.250")
        sheet.put("draft", "loans", "1 250")
        act(sheet)
        plan = sheet.plan(officer)
        assert problems(plan) == {}
        assert {one.standing.library.village_id: one.changes for one in plan.ready} == {
            CODES["empty"]: [("visitors", None, 1250)],
            CODES["draft"]: [("loans", 0, 1250)],
        }

    def test_a_library_that_was_taken_out_keeps_its_report(self, sheet, officer):
        sheet.page.delete_rows(sheet.row("draft"))
        before = stored()
        plan = sheet.plan(officer)
        assert [library.village_id for library in plan.unnamed] == [CODES["draft"]]
        sheet.applied(officer)
        assert stored() == before

    def test_a_sheet_from_before_a_field_came_leaves_it_alone(self, sheet, officer, monkeypatch):
        sheet.page.delete_cols(sheet.column("visitors"), 2)
        sheet.put("draft", "loans", 9)
        monkeypatch.setattr(report_rows, "VERSION", 2)
        plan = sheet.plan(officer)
        assert [field.key for field in plan.table.missing] == ["visitors"]
        assert report_rows.is_old(plan.table)
        sheet.applied(officer)
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        assert (report.visitors, report.loans) == (300, 9)

    def test_a_column_that_is_unknown_is_told(self, sheet, officer):
        own_column(sheet)
        assert sheet.plan(officer).table.ignored == ["Catatan kami"]

    def test_without_notes_they_stay(self, sheet, officer):
        sheet.page.delete_cols(sheet.column("Keterangan"))
        sheet.put("draft", "loans", 9)
        sheet.applied(officer)
        assert LibraryReport.objects.of(LAST).get(library__village=CODES["draft"]).notes


def refused(data, quarter=LAST):
    with pytest.raises(ValidationError) as error:
        FilledSheet(data, quarter).table()
    return " ".join(error.value.messages)


class TestWholeFiles:
    """What keeps a file from being read at all is said at once, at its cell where there is one."""

    def test_of_another_quarter(self, libraries):
        told = refused(handed_out(BEFORE))
        assert told.startswith("A3: ")
        assert str(BEFORE) in told
        assert str(LAST) in told

    def test_of_another_regency(self, sheet):
        sheet.page["A3"] = sheet.page["A3"].value.replace("19.01", "19.02")
        assert refused(sheet.data).startswith("A3: lembar ini milik wilayah 19.02")

    def test_a_column_twice(self, sheet):
        cell = sheet.page.cell(HEADER, sheet.page.max_column + 1)
        cell.value = "Pengunjung (orang)"
        assert f"dan {cell.coordinate}" in refused(sheet.data)

    def test_two_sheets_with_reports(self, sheet):
        sheet.book.copy_worksheet(sheet.page)
        assert "Sisakan satu" in refused(sheet.data)

    def test_without_a_header(self, sheet):
        sheet.page.delete_rows(HEADER)
        assert "judul kolom" in refused(sheet.data)

    def test_another_workbook(self):
        book, stream = Workbook(), io.BytesIO()
        book.active["A1"] = "Daftar desa"
        book.save(stream)
        assert "judul kolom" in refused(stream.getvalue())


# Writing and taking back ------------------------------------------------------------------------
class TestAllOrNothing:
    def test_a_failure_in_the_middle_leaves_nothing(self, sheet, officer, monkeypatch):
        sheet.put("empty", "visitors", 5)
        sheet.put("draft", "visitors", 6)
        batch, before = sheet.batch(officer), stored()

        def fail(*args, **kwargs):
            raise StaleRecord(batch)

        monkeypatch.setattr(bulk, "update", fail)
        with pytest.raises(StaleRecord):
            apply_report_batch(batch, by=officer)
        assert stored() == before
        assert batch.stored().state == ImportBatch.State.DRAFT
        assert not batch.rows.exists()

    def test_what_changed_since_it_was_shown_is_shown_again(self, sheet, officer):
        sheet.put("draft", "visitors", 6)
        batch = sheet.batch(officer)
        shown = report_plan_of(batch).fingerprint
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.loans = 4
        report.save_as(by=officer)
        with pytest.raises(PlanChanged):
            apply_report_batch(batch, by=officer, shown=shown)
        submit_report(report=report, by=officer)
        with pytest.raises(TransitionError):
            apply_report_batch(batch, by=officer, shown=shown)
        assert report.stored().visitors == 300

    def test_a_report_changed_after_it_was_planned_is_not_written_over(
        self, sheet, officer, monkeypatch
    ):
        sheet.put("draft", "visitors", 6)
        batch = sheet.batch(officer)
        plan = report_plan_of(batch)
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.loans = 4
        report.save_as(by=officer)
        monkeypatch.setattr(report_apply, "report_plan_of", lambda batch: plan)
        with pytest.raises(StaleRecord):
            apply_report_batch(batch, by=officer)
        assert (report.stored().loans, report.stored().visitors) == (4, 300)

    def test_once(self, sheet, officer):
        sheet.put("draft", "visitors", 6)
        batch = sheet.applied(officer)
        with pytest.raises(TransitionError):
            apply_report_batch(batch, by=officer)

    def test_as_many_queries_for_three_rows_as_for_six(self, sheet, officer):
        def cost(filled):
            for state in filled:
                sheet.put(state, "loans", sheet.at(state, "loans").value or 3)
                sheet.put(state, "members", len(filled) + 3)
            batch = sheet.batch(officer)
            with CaptureQueriesContext(connection) as queries:
                apply_report_batch(batch, by=officer)
            return len(queries)

        assert cost(["empty", "draft"]) == cost(["other", "draft", "returned", "empty"])


@pytest.mark.both("rows are put back and deleted by each database's own bulk way")
class TestUndo:
    def test_all_is_as_it_was(self, sheet, officer):
        before = stored()
        sheet.put("empty", "visitors", 5)
        sheet.put("draft", "visitors", None)
        sheet.put("draft", "Keterangan", "Peserta kegiatan: pindah")
        sheet.put("returned", "loans", 0)
        batch = sheet.applied(officer)
        assert stored() != before
        undo_report_batch(batch, by=officer)
        assert stored() == before
        assert (batch.left_count, batch.stored().state) == (0, "undone")
        gone = LibraryReport.history.filter(history_type="-").get()
        assert gone.history_user == officer

    def test_what_was_changed_or_handed_in_since_stays_with_its_reason(self, sheet, officer):
        for state in ("empty", "other", "draft", "returned"):
            sheet.put(state, "loans", 7)
        batch = sheet.applied(officer)
        reports = {
            state: LibraryReport.objects.of(LAST).get(library__village=CODES[state])
            for state in ("empty", "other", "draft", "returned")
        }
        reports["empty"].members = 4
        reports["empty"].save_as(by=officer)
        reports["draft"].loans = 8
        reports["draft"].save_as(by=officer)
        submit_report(report=reports["returned"], by=officer)
        undo_report_batch(batch, by=officer)
        told = {row.village_id: row.left_because for row in batch.rows.exclude(left_because="")}
        assert told == {
            CODES["empty"]: "sudah diubah sesudahnya: Anggota perpustakaan",
            CODES["draft"]: "sudah diubah sesudahnya: Buku dipinjam atau dibaca di tempat",
            CODES["returned"]: "laporannya menunggu pemeriksaan",
        }
        left = LibraryReport.objects.of(LAST).values_list("library__village", "loans")
        assert dict(left)[CODES["draft"]] == 8
        assert dict(left)[CODES["returned"]] == 7
        assert CODES["other"] not in dict(left)
        assert batch.left_count == 3

    def test_what_was_handed_in_since_and_returned_stays(self, sheet, officer, secretariat):
        sheet.put("draft", "loans", 7)
        sheet.put("returned", "loans", 7)
        batch = sheet.applied(officer)
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.notes |= {"loans": "Dihitung ulang."}
        submit_report(report=report.save_as(by=officer), by=officer)
        report.stored().send_back(by=secretariat, reason="Periksa pesertanya.")
        undo_report_batch(batch, by=officer)
        assert report.stored().loans == 7
        left = batch.rows.exclude(left_because="").get()
        assert left.village_id == CODES["draft"]
        assert left.left_because == "laporannya sudah dikirim sesudahnya, lalu dikembalikan"

    def test_what_else_was_changed_in_a_report_stays(self, sheet, officer):
        sheet.put("draft", "loans", 7)
        batch = sheet.applied(officer)
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.members = 4
        report.save_as(by=officer)
        undo_report_batch(batch, by=officer)
        assert (report.stored().loans, report.stored().members) == (0, 4)

    def test_of_two_sheets_the_later_first(self, sheet, officer):
        before = stored()
        sheet.put("empty", "loans", 7)
        first = sheet.applied(officer)
        sheet.put("empty", "loans", 9)
        second = sheet.applied(officer)
        undo_report_batch(second, by=officer)
        undo_report_batch(first, by=officer)
        assert (first.left_count, second.left_count) == (0, 0)
        assert stored() == before


@pytest.mark.both("a constraint")
def test_a_sheet_of_reports_is_of_a_regency_and_a_quarter(sheet, officer):
    batch = sheet.batch(officer)
    refused_by_database(batch, regency=None)
    refused_by_database(batch, year=None)
    refused_by_database(batch, quarter_number=5)
    kept(batch, quarter_number=4)
