"""
Lists in several tables: sheets that look alike, and tables beside each other. None is lost without
a word.
"""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from sinergi.kit.spreadsheets.read import Sheet, read_sheets
from tests import factories
from tests.villages import lists
from tests.villages.test_imports_pages import upload
from villages.imports import batches
from villages.imports.apply import apply_batch
from villages.imports.rows import ABOVE
from villages.imports.tables import unread_tables
from villages.models import ImportBatch, ImportRow, Library, Participation
from villages.row_numbers import MOST_TABLES, STEP, row_of

pytestmark = pytest.mark.django_db
HEAD = ["Kab", "Kec", "Desa"]
BANGKA, BELITUNG = (
    [["Bangka", "Bakam", "Kapuk"], ["Bangka", "", "Kimak"]],
    [["Belitung", "Sijuk", "Sijuk"]],
)


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


def book(**sheets):
    """Return the bytes of a workbook with these sheets of rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return lists.saved(made)


def draft(data, *, year=2019, source=""):
    told = {"province_id": "19", "source": source}
    sheets = batches.read_tables(read_sheets(data, "daftar.xlsx"), **told)
    batch = batches.new_batch(sheets, name="daftar.xlsx", data=data, year=year, **told)
    batches.save_batch(batch, sheets, by=None)
    return batch, batches.plan_of(batch)


def found(plan):
    return [
        (
            plan.label_of(one.number),
            plan.atlas.villages.get(one.code, one.problem and one.problem.kind),
        )
        for one in plan.rows
    ]


ALIKE = book(Bangka=[HEAD, *BANGKA], Belitung=[["Judul"], [], HEAD, *BELITUNG])


class TestSheets:
    def test_those_that_look_alike_are_one_list(self):
        batch, plan = draft(ALIKE)
        assert batch.tables == ["Bangka", "Belitung"]
        assert found(plan) == [
            ("2 (Bangka)", "Kapuk"),
            ("3 (Bangka)", "Kimak"),
            ("4 (Belitung)", "Sijuk"),
        ]

    def test_columns_may_stand_elsewhere(self):
        other = [
            ["No", "Desa/Kel.", "Keterangan", "Kabupaten", "Kecamatan"],
            [1, "Sijuk", "x", "Belitung", "Sijuk"],
        ]
        batch, plan = draft(book(Bangka=[HEAD, *BANGKA], Belitung=other))
        assert found(plan)[-1] == ("2 (Belitung)", "Sijuk")
        sheets = batches.sheets_of(batch)
        assert "Keterangan" in batches.layout_of(batch, sheets).ignored, (
            "what only one of them has is told as well"
        )

    def test_each_names_its_regency_and_year_over_it(self):
        data = book(
            Satu=[["DAFTAR DESA KABUPATEN BANGKA TAHUN 2018"], ["No", "Desa"], [1, "Kayu Besi"]],
            Dua=[["KABUPATEN BANGKA TENGAH 2020"], ["No", "Desa"], [1, "Kayu Besi"]],
        )
        _, plan = draft(data, year=None)
        assert [(one.code[:5], one.joins) for one in plan.rows] == [
            ("19.01", 2018),
            ("19.04", 2020),
        ]

    def test_a_sheet_may_be_called_as_its_regency(self):
        _, plan = draft(
            book(Bangka=[["No", "Desa"], [1, "Kayu Besi"]], Belitung=[["No", "Desa"], [1, "Sijuk"]])
        )
        assert [one.code[:5] for one in plan.rows] == ["19.01", "19.02"]

    def test_one_table_never_lends_its_regency_to_the_next(self):
        data = book(
            Satu=[["KABUPATEN BANGKA"], ["No", "Desa"], [1, "Kapuk"]],
            Dua=[["No", "Desa"], [1, "Kayu Besi"]],
        )
        batch, plan = draft(data)
        assert batch.tables == [] and len(plan.rows) == 1, "they are not joined"
        sections = book(
            Satu=[["No", "Desa"], ["KABUPATEN BANGKA"], [1, "Kapuk"]],
            Dua=[["No", "Desa"], [1, "Kayu Besi"]],
        )
        _, plan = draft(sections)
        assert [one.row.regency for one in plan.rows] == ["KABUPATEN BANGKA", ""]

    def test_one_table_never_lends_its_year_to_the_next(self):
        data = book(Satu=[["TAHUN 2018"], HEAD, *BANGKA], Dua=[HEAD, *BELITUNG])
        _, plan = draft(data, year=None)
        assert [one.joins for one in plan.rows] == [2018, 2018, None] and plan.rows[
            -1
        ].problem.field == "year"

    def test_a_year_that_a_person_says_is_that_of_tables_that_name_none(self):
        data = book(Satu=[["TAHUN 2018"], HEAD, *BANGKA], Dua=[HEAD, *BELITUNG])
        batch, plan = draft(data, year=2021)
        assert batch.tables and [one.joins for one in plan.rows] == [2018, 2018, 2021]

    def test_a_year_that_a_person_says_never_moves_a_table_to_another_year(self):
        data = book(**{"2019": [HEAD, *BANGKA], "2020": [HEAD, *BELITUNG]})
        batch, plan = draft(data, year=2019)
        assert batch.tables == ["2019", "2020"] and [one.joins for one in plan.rows] == [
            2019,
            2019,
            2020,
        ]

    def test_a_year_beside_a_word_over_the_first_is_not_that_of_the_next(self):
        _, plan = draft(
            book(Satu=[["Tahun", 2018], HEAD, *BANGKA], Dua=[HEAD, *BELITUNG]), year=None
        )
        assert [one.joins for one in plan.rows] == [2018, 2018, None]

    def test_a_merged_cell_stands_for_the_rows_of_its_own_sheet(self):
        made = load_workbook(
            lists.BytesIO(
                book(Satu=[HEAD, *BANGKA], Dua=[HEAD, ["Belitung", "", "Sijuk"], ["", "", "Badau"]])
            )
        )
        made["Dua"].merge_cells("A2:A3")
        _, plan = draft(lists.saved(made))
        assert [one.row.regency for one in plan.rows] == [
            "Bangka",
            "Bangka",
            "Belitung",
            "Belitung",
        ]

    def test_a_village_on_two_sheets_is_told_by_both(self):
        data = book(
            Satu=[[*HEAD, "Alamat"], ["Bangka", "", "Kapuk", "A"]],
            Dua=[[*HEAD, "Alamat"], ["Bangka", "", "Kapuk", "B"]],
        )
        _, plan = draft(data)
        (problem,) = plan.questions()
        assert problem.labels == ("2 (Satu)", "2 (Dua)")

    def test_they_are_applied_and_kept_row_by_row(self):
        batch, _ = draft(ALIKE)
        apply_batch(batch, by=None)
        assert [row.label for row in batch.rows.order_by("number")] == [
            "2 (Bangka)",
            "3 (Bangka)",
            "4 (Belitung)",
        ]
        assert Library.objects.count() == 3

    def test_a_single_sheet_is_read_as_before(self):
        batch, plan = draft(lists.recipients())
        assert batch.tables == [] and plan.label_of(16) == "16" and len(plan.rows) == 17


class TestManyTables:
    LAST_ROW = 1_048_576  # of a sheet

    @staticmethod
    def sheets(count, last=LAST_ROW):
        villages = [*["Kapuk"] * (count - 1), "Kimak"]
        rows = [[(1, HEAD), (last, ["Bangka", "", village])] for village in villages]
        return [Sheet(f"Lembar {n}", two) for n, two in enumerate(rows, 1)]

    @staticmethod
    def batch(sheets):
        tables = batches.read_tables(sheets, province_id="19")
        batch = batches.new_batch(tables, name="daftar.xlsx", data=b"", province_id="19", year=2019)
        return batches.save_batch(batch, tables, by=None)

    @pytest.mark.parametrize("count", [217, MOST_TABLES])
    def test_the_last_row_of_the_last_table_can_be_kept(self, count):
        batch = self.batch(self.sheets(count))
        assert len(batch.tables) == count
        apply_batch(batch, by=None)
        last = batch.rows.order_by("number").last()
        assert (
            last.label == f"{self.LAST_ROW} (Lembar {count})"
            and last.library.village.name == "Kimak"
        )

    def test_more_are_not_one_list(self):
        sheets = self.sheets(MOST_TABLES + 1)
        batch = self.batch(sheets)
        assert batch.tables == [] and len(batches.plan_of(batch).rows) == 1
        assert len(unread_tables(batches.sheets_of(batch), batch.sheet)) == MOST_TABLES, (
            "each that is left out is told"
        )

    def test_a_row_further_down_than_a_sheet_holds_is_no_row_of_the_next_table(self):
        """As an .ods file or text may number them."""
        assert self.batch(self.sheets(2, STEP - 1)).tables == ["Lembar 1", "Lembar 2"]
        assert self.batch(self.sheets(2, STEP)).tables == []

    def test_every_number_fits_the_column(self):
        validators = ImportRow._meta.get_field("number").validators
        assert all(
            one.limit_value >= MOST_TABLES * STEP - 1
            for one in validators
            if one.code == "max_value"
        )
        assert STEP > self.LAST_ROW and MOST_TABLES * STEP <= 2**31, "a PostgreSQL integer"


class TestOneTableOrTheSecondOfTwo:
    """What a table says does not depend on whether another one stands before it."""

    FIRST = [
        ["DAFTAR KABUPATEN BELITUNG 2018"],
        ["No", "Kecamatan", "Desa", "Kontak"],
        [1, "Sijuk", "Sijuk", "0812-1111-2222"],
    ]
    HEAD = FIRST[1]
    ROWS = [[1, "Bakam", "Kapuk", "0812-3456-7890"], [2, "Merawang", "Kimak", ""]]
    EXAMPLE = ["contoh", "", "Penyamun", "0812-3456-7890"]
    ELSEWHERE = ["Desa", "Kontak", "No", "Kecamatan"]
    NUMBERS = ["(1)", "(2)", "(3)", "(4)"]
    TABLES = {
        "an example above the header": [EXAMPLE, HEAD, *ROWS],
        "a letterhead above the header": [["Pemerintah", "Kabupaten", "Bangka"], HEAD, *ROWS],
        "a header with columns elsewhere": [
            EXAMPLE,
            ELSEWHERE,
            NUMBERS,
            ["Kapuk", "0812-3456-7890", 1, "Bakam"],
        ],
        "titles of districts": [
            HEAD,
            ["KECAMATAN BAKAM"],
            [1, "", "Kapuk"],
            [None, None, "Kec. Merawang"],
            [2, "", "Kimak"],
        ],
        "the header again": [HEAD, ROWS[0], HEAD, ROWS[1]],
        "totals": [HEAD, *ROWS, ["", "Jumlah", "2 desa"]],
        "signatures": [
            HEAD,
            *ROWS,
            ["", "", "Mengetahui,"],
            ["", "", "Kepala Dinas"],
            ["", "", "NIP. 19700101 199003 1 001"],
        ],
        "a title of a regency": [HEAD, ROWS[0], ["Kabupaten Bangka Tengah"], [2, "", "Kayu Besi"]],
    }

    @staticmethod
    def read(plan):
        def of_it(rows):
            return [row for row in rows if row_of(row.number) != row.number or not plan.tables]

        rows = [
            (row_of(one.number), one.code, one.row.village, one.row.district, one.joins)
            for one in of_it(plan.rows)
        ]
        # The text of a row follows the order of the joined list's columns.
        skipped = [
            (row_of(row.number), sorted(row.text.split(" | ")), row.reason)
            for row in of_it(plan.skipped)
        ]
        return rows, skipped

    @pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
    @pytest.mark.parametrize("title", ["DAFTAR KABUPATEN BANGKA TAHUN 2019", "KAB. BANGKA"])
    def test_it_gives_the_same_rows_and_skips(self, table, title):
        table, year = [[title], *table], None if "TAHUN" in title else 2019
        _, alone = draft(book(Dua=table), year=year)
        batch, second = draft(book(Satu=self.FIRST, Dua=table), year=year)
        assert batch.tables == ["Satu", "Dua"]
        assert self.read(second) == self.read(alone) and alone.rows

    @pytest.mark.parametrize(
        "table", [table for name, table in TABLES.items() if "letterhead" not in name]
    )
    def test_also_where_nothing_stands_over_them(self, table):
        _, alone = draft(book(Dua=table))
        batch, second = draft(book(Satu=self.FIRST[1:], Dua=table))
        assert batch.tables == ["Satu", "Dua"]
        assert self.read(second) == self.read(alone) and alone.rows

    def test_rows_above_a_header_are_told_with_their_table(self):
        batch, plan = draft(book(Satu=self.FIRST[1:], Dua=[self.EXAMPLE, self.HEAD, *self.ROWS]))
        assert [(plan.label_of(row.number), row.reason) for row in plan.skipped] == [
            ("1 (Dua)", ABOVE)
        ]
        assert [one.row.village for one in plan.rows] == ["Sijuk", "Kapuk", "Kimak"]
        apply_batch(batch, by=None, leave_problems=True)
        assert batch.rows.get(outcome="skipped").label == "1 (Dua)", "also once it is applied"


class TestBesideEachOther:
    def test_two_tables_with_the_same_header_are_one_list(self):
        data = lists.xlsx(
            [["DAFTAR 2019"], [*HEAD, None, *HEAD], [*BANGKA[0], None, *BELITUNG[0]], [*BANGKA[1]]]
        )
        batch, plan = draft(data, year=None)
        assert batch.tables == ["Daftar kolom A", "Daftar kolom E"]
        assert found(plan) == [
            ("3 (Daftar kolom A)", "Kapuk"),
            ("4 (Daftar kolom A)", "Kimak"),
            ("3 (Daftar kolom E)", "Sijuk"),
        ]
        assert {one.joins for one in plan.rows} == {2019}, "a title over both is over each"

    def test_a_column_that_only_repeats_a_name_is_no_table(self):
        batch, plan = draft(lists.xlsx([["Kab", "Desa", "Desa"], ["Bangka", "Kapuk", "x"]]))
        assert batch.tables == [] and len(plan.rows) == 1


class TestDoors:
    OTHER = book(Bangka=[[*HEAD, "Alamat"], [*BANGKA[0], "Jalan 1"]], Belitung=[HEAD, *BELITUNG])

    @pytest.fixture
    def account(self, sign_in):
        return sign_in("administrator")

    def test_the_wizard_reads_all_that_look_alike(self, client, account):
        upload(client, ALIKE, year="2019")
        page = client.get(ImportBatch.objects.get().get_absolute_url()).content.decode()
        assert "Dibaca sebagai satu daftar: “Bangka”, “Belitung”" in page and "4 (Belitung)" in page
        assert "Tabel yang tidak dibaca" not in page

    def test_the_wizard_says_what_it_leaves_out_and_lets_choose(self, client, account):
        upload(client, self.OTHER, year="2019")
        batch = ImportBatch.objects.get()
        page = client.get(batch.get_absolute_url()).content.decode()
        assert (
            "Tabel yang tidak dibaca" in page
            and "“Belitung”, 2 baris: juga memuat daftar desa" in page
        )
        columns = f"{batch.get_absolute_url()}kolom/"
        client.post(
            columns,
            {"version": batch.version, "sheet": "1", "header": batch.header, "year": "2019"},
        )
        page = client.get(batch.get_absolute_url()).content.decode()
        assert "Sijuk" in page and "“Bangka”, 2 baris: juga memuat daftar desa" in page

    def test_the_wizard_lets_one_of_those_that_look_alike_be_chosen(self, client, account):
        upload(client, ALIKE, year="2019")
        batch = ImportBatch.objects.get()
        columns = f"{batch.get_absolute_url()}kolom/"
        assert "Semua: Bangka, Belitung" in client.get(columns).content.decode()
        client.post(
            columns,
            {"version": batch.version, "sheet": "0", "header": batch.header, "year": "2019"},
        )
        batch.refresh_from_db()
        assert batch.tables == [] and len(batches.plan_of(batch).rows) == 2
        assert (
            "“Belitung”, 3 baris: juga memuat daftar desa"
            in client.get(batch.get_absolute_url()).content.decode()
        )

    def admin(self, client, data):
        upload = SimpleUploadedFile("daftar.xlsx", data)
        return client.post(
            "/admin/villages/library/import/",
            {"import_file": upload, "format": "0", "resource": "0"},
        )

    def test_the_admin_reads_all_that_look_alike(self, client, account):
        alike = book(
            Bangka=[[*HEAD, "Tahun"], [*BANGKA[0], 2019]],
            Belitung=[[*HEAD, "Tahun"], [*BELITUNG[0], 2019]],
        )
        page = self.admin(client, alike).content.decode()
        assert "Kapuk" in page and "2 (Belitung)" in page

    def test_the_admin_refuses_a_file_with_another_list(self, client, account):
        response = self.admin(client, self.OTHER)
        page = response.content.decode()
        assert (
            "memuat daftar lain" in page
            and "Belitung" in page
            and "confirm_form" not in response.context
        )

    def command(self, tmp_path, data, *arguments):
        path, out = tmp_path / "daftar.xlsx", StringIO()
        path.write_bytes(data)
        call_command(
            "import_villages",
            str(path),
            "--province",
            "19",
            "--year",
            "2019",
            *arguments,
            stdout=out,
            stderr=StringIO(),
        )
        return out.getvalue()

    def test_the_command_reads_all_that_look_alike(self, tmp_path):
        out = self.command(tmp_path, ALIKE)
        assert "3 baru" in out and "Dibaca sebagai satu daftar: Bangka, Belitung." in out

    def test_the_command_keeps_the_years_of_the_tables(self, tmp_path):
        self.command(tmp_path, book(**{"2019": [HEAD, *BANGKA], "2020": [HEAD, *BELITUNG]}))
        stored = Participation.objects.values_list("library__village__name", "year")
        assert sorted(stored) == [("Kapuk", 2019), ("Kimak", 2019), ("Sijuk", 2020)]

    def test_the_wizard_keeps_the_years_of_the_tables(self, client, account):
        upload(client, book(**{"2019": [HEAD, *BANGKA], "2020": [HEAD, *BELITUNG]}), year="2019")
        assert [one.joins for one in batches.plan_of(ImportBatch.objects.get()).rows] == [
            2019,
            2019,
            2020,
        ]

    def test_the_command_says_what_it_leaves_out(self, tmp_path):
        out = self.command(tmp_path, self.OTHER)
        assert (
            "1 baru" in out
            and "Tidak dibaca: lembar “Belitung” (2 baris)" in out
            and "--sheet" in out
        )
        told = json.loads(self.command(tmp_path, self.OTHER, "--dry-run", "--json"))
        assert told["unread"] == [{"table": "Belitung", "rows": 2, "looks_alike": True}]

    def test_the_command_reads_one_that_is_named(self, tmp_path):
        out = self.command(tmp_path, ALIKE, "--sheet", "Belitung")
        assert "1 baru" in out and "Tidak dibaca: lembar “Bangka”" in out

    def test_the_command_names_the_table_of_a_problem(self, tmp_path):
        data = book(Bangka=[HEAD, *BANGKA], Belitung=[HEAD, ["Belitung", "", "Siliu"]])
        assert "baris 2 (Belitung): Desa “Siliu”" in self.command(tmp_path, data, "--dry-run")
        (problem,) = json.loads(self.command(tmp_path, data, "--dry-run", "--json"))["problems"]
        assert (problem["row"], problem["table"]) == (2, "Belitung")
