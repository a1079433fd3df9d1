"""Where a list's header is, what its columns hold, and which of its rows are data."""

import sys
from collections import Counter

import pytest

from sinergi.kit.spreadsheets.read import Sheet, read_sheets
from tests.villages import lists
from villages.imports.columns import best_layout, read_layout, title_year
from villages.imports.rows import read_list_rows


def sheet(*rows, merges=(), name=""):
    """Numbered as in a file; empty rows are left out, as the reader does."""
    return Sheet(
        name,
        [(n, list(row)) for n, row in enumerate(rows, 1) if any(row)],
        [list(m) for m in merges],
    )


def read(*rows, **more):
    one = sheet(*rows, **more)
    layout = read_layout(one)
    return (layout, *read_list_rows(one, layout))


@pytest.mark.parametrize(
    "data", [lists.recipients(), *([lists.SHARED.read_bytes()] if lists.SHARED.exists() else [])]
)
def test_the_list_of_2019(data):
    (one,) = read_sheets(data, "daftar-penerima-2019.xlsx")
    layout = best_layout([one])
    assert layout.fields == {1: "regency", 2: "district", 3: "village", 4: "name", 5: "phone"}
    assert layout.ignored == ["KET."] and title_year(one, layout) == 2019
    rows, skipped = read_list_rows(one, layout)
    assert [(row.regency, row.district, row.village) for row in rows] == [
        (regency, *village)
        for regency, villages in lists.RECIPIENTS.items()
        for village in villages
    ]
    assert [(row.number, row.reason) for row in skipped] == [(23, "baris jumlah")]


def test_a_header_below_titles_and_a_letterhead():
    layout, rows, _ = read(
        ["PEMERINTAH KABUPATEN"],
        [],
        ["Jalan …"],
        ["No", "Nama Desa", "Kec."],
        ["1", "Kapuk", "Bakam"],
    )
    assert layout.fields == {1: "village", 2: "district"} and [row.village for row in rows] == [
        "Kapuk"
    ]


def test_a_pasted_header_of_two_rows_has_lost_its_merged_cells():
    layout, rows, _ = read(
        ["No", "Lokasi", "", "Perpustakaan", ""],
        ["", "Kec", "Desa", "Nama", "No. HP"],
        ["1", "Bakam", "Kapuk", "P", "0"],
    )
    assert (
        layout.fields == {1: "district", 2: "village", 3: "name", 4: "phone"}
        and rows[0].name == "P"
    )


def test_no_header_is_no_layout():
    layout, *_ = read(["Kapuk", "Bakam"], ["Kimak", "Merawang"])
    assert not layout.is_certain and layout.fields == {}


def test_the_sheet_that_looks_like_a_list_is_taken():
    layout = best_layout(
        [
            sheet(["Rekap"], ["Jumlah", "17"], name="Rekap"),
            sheet(["Kab", "Desa"], ["Bangka", "Kapuk"]),
        ]
    )
    assert layout.sheet == 1


def test_what_an_office_called_its_columns_is_remembered():
    one = sheet(["Lokus", "Wilayah"], ["Kapuk", "Bangka"])
    assert not read_layout(one).is_certain
    assert read_layout(one, remembered={"lokus": "village", "wilayah": "regency"}).fields == {
        0: "village",
        1: "regency",
    }


def test_two_columns_of_one_name_are_one_field_and_one_ignored():
    layout, *_ = read(["Desa", "Desa"], ["Kapuk", "x"])
    assert layout.fields == {0: "village"} and layout.ignored == ["Desa"]


def test_repeated_headers_numbers_of_columns_and_totals_are_not_data():
    _, rows, skipped = read(
        ["No", "Kab", "Desa", "Pengelola"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Bangka", "Kapuk", "Jumlah Rezeki"],
        ["No", "Kab", "Desa", "Pengelola"],
        ["2", "Bangka", "Totala", ""],
        ["", "Sub Total", "2", ""],
        ["", "", "Jumlah", ""],
        ["", "", "", "Pangkalpinang, 12 Maret 2019"],
    )
    assert [row.village for row in rows] == ["Kapuk", "Totala"]
    assert [(row.number, row.reason) for row in skipped] == [
        (2, "nomor kolom"),
        (4, "judul kolom yang berulang"),
        (6, "baris jumlah"),
        (7, "baris jumlah"),
        (8, "tanda tangan"),
    ]


def test_a_merged_cell_stands_for_its_rows_and_for_no_others():
    _, rows, _ = read(
        ["Kab", "Desa"], ["Bangka", "Kapuk"], ["", "Kimak"], ["", "Sijuk"], merges=[(2, 0, 3, 0)]
    )
    assert [row.regency for row in rows] == ["Bangka", "Bangka", ""]


def test_a_regency_named_once_for_its_group_is_filled_down():
    _, rows, _ = read(
        ["Kab", "Desa"], ["Bangka", "Kapuk"], ["", "Kimak"], ["Belitung", "Sijuk"], ["", "Badau"]
    )
    assert [row.regency for row in rows] == ["Bangka", "Bangka", "Belitung", "Belitung"]


def test_an_empty_cell_in_a_list_that_names_the_regency_on_every_row_is_a_gap():
    _, rows, _ = read(["Kab", "Desa"], ["Bangka", "Kapuk"], ["Bangka", "Kimak"], ["", "Kayu Besi"])
    assert [row.regency for row in rows] == ["Bangka", "Bangka", ""]


def test_a_district_is_never_filled_down():
    _, rows, _ = read(
        ["Kab", "Kec", "Desa"], ["Bangka", "Merawang", "Kimak"], ["", "", "Kayu Besi"]
    )
    assert [row.district for row in rows] == ["Merawang", ""]


def test_a_total_ends_a_group():
    _, rows, _ = read(["Kab", "Desa"], ["Bangka", "Kapuk"], ["Jumlah", ""], ["", "Kimak"])
    assert [row.regency for row in rows] == ["Bangka", ""]


def test_a_regency_as_a_title_between_the_rows():
    _, rows, skipped = read(
        ["No", "Desa"], ["KABUPATEN BANGKA"], ["1", "Kapuk"], ["KABUPATEN BELITUNG"], ["2", "Sijuk"]
    )
    assert [(row.regency, row.village) for row in rows] == [
        ("KABUPATEN BANGKA", "Kapuk"),
        ("KABUPATEN BELITUNG", "Sijuk"),
    ]
    assert len(skipped) == 2


def test_a_row_without_a_village_that_says_something_else_is_kept_to_be_asked():
    _, rows, _ = read(["Kab", "Desa", "Telepon"], ["Bangka", "", "081234567890"])
    assert rows[0].phone == "081234567890"


@pytest.mark.parametrize("title", ["TAHUN 2019", "Penerima 2019"])
def test_the_year_of_the_title(title):
    one = sheet([title], ["Kab", "Desa"], ["Bangka", "Kapuk"])
    assert title_year(one, read_layout(one)) == 2019


def test_two_years_in_the_title_are_not_certain():
    one = sheet(["2018-2019"], ["Kab", "Desa"], ["Bangka", "Kapuk"])
    assert title_year(one, read_layout(one)) is None


def test_a_regency_alone_on_its_row_begins_its_group():
    _, rows, _ = read(
        ["Kab", "Desa"],
        ["Bangka Barat", "Kelapa"],
        ["", "Tempilang"],
        ["Belitung Timur", ""],
        ["", "Dendang"],
    )
    assert [(row.regency, row.village) for row in rows] == [
        ("Bangka Barat", "Kelapa"),
        ("Bangka Barat", "Tempilang"),
        ("Belitung Timur", "Dendang"),
    ]


@pytest.mark.parametrize(
    ("title", "regency"),
    [
        (["A. KABUPATEN BELITUNG TIMUR"], "KABUPATEN BELITUNG TIMUR"),
        (["II", "KAB. BELITUNG TIMUR"], "KAB. BELITUNG TIMUR"),
        (["", "Kabupaten Belitung Timur"], "Kabupaten Belitung Timur"),
        (["BELITUNG TIMUR", "", "x"], ""),
        (["LAINNYA"], ""),
    ],
)
def test_the_regency_of_the_section_before_is_never_carried_on(title, regency):
    _, rows, _ = read(
        ["No", "Desa"], ["KABUPATEN BANGKA BARAT"], ["1", "Kelapa"], title, ["1", "Dendang"]
    )
    assert rows[0].regency == "KABUPATEN BANGKA BARAT"
    assert [row.regency for row in rows if row.village == "Dendang"] == [regency]


def test_a_village_may_be_called_kota_baru():
    _, rows, _ = read(["No", "Desa"], ["1", "Kota Baru"])
    assert [row.village for row in rows] == ["Kota Baru"]


def test_the_first_header_counts_and_nothing_above_it_is_lost():
    layout, rows, _ = read(
        ["No", "Kab", "Desa"],
        ["1", "Bangka", "Kapuk"],
        [],
        ["No", "Kab", "Kecamatan", "Desa"],
        ["1", "Bangka", "Merawang", "Kimak"],
    )
    assert layout.header == 0 and "Kapuk" in [row.village for row in rows]
    _, _, skipped = read(["1", "Bangka", "Kapuk"], ["No", "Kab", "Desa"], ["2", "Bangka", "Kimak"])
    assert [(row.number, row.reason) for row in skipped] == [(1, "di atas judul kolom")]


def test_a_second_table_beside_the_first_is_pointed_out():
    layout, *_ = read(
        ["Kab", "Desa", "", "Kab", "Desa"], ["Bangka", "Kapuk", "", "Belitung", "Sijuk"]
    )
    assert layout.doubled == ["Kab", "Desa"]


def test_a_remark_that_begins_with_a_total_is_a_remark():
    _, rows, _ = read(
        ["Kab", "Desa", "Ket"],
        ["Bangka", "Kapuk", "Jumlah buku 200"],
        ["Bangka", "Kimak", "Total 3 orang"],
    )
    assert [row.village for row in rows] == ["Kapuk", "Kimak"]


def test_a_merged_year_stands_for_its_rows():
    _, rows, _ = read(
        ["Kab", "Desa", "Tahun"],
        ["Bangka", "Kapuk", "2021"],
        ["Bangka", "Kimak", ""],
        merges=[(2, 2, 3, 2)],
    )
    assert [row.year for row in rows] == ["2021", "2021"]


@pytest.mark.parametrize("nothing", ["-", "–", "N/A", "tidak ada", "Belum ada", "..."])
def test_a_dash_says_nothing(nothing):
    _, rows, _ = read(
        ["Kab", "Desa", "Pengelola", "Telepon"], ["Bangka", "Kapuk", nothing, nothing]
    )
    assert rows[0].head == rows[0].phone == ""


def test_the_phone_of_the_village_head_is_not_the_librarys():
    layout, *_ = read(
        ["No", "Desa", "KEPALA DESA", "", "PENGELOLA", "", "PERPUSTAKAAN", ""],
        ["", "", "NAMA", "NO HP", "NAMA", "NO HP", "NAMA", "ALAMAT"],
        ["1", "Kapuk", "a", "b", "c", "d", "e", "f"],
        merges=[(1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7)],
    )
    assert layout.fields == {1: "village", 4: "head", 5: "phone", 6: "name", 7: "address"}


def test_a_header_of_three_rows():
    layout, *_ = read(
        ["No", "Wilayah", "", "Perpustakaan"],
        ["", "Kab", "Desa", "Kontak"],
        ["", "", "", "Telepon"],
        ["1", "Bangka", "Kapuk", "0"],
        merges=[(1, 1, 1, 2), (2, 1, 3, 1), (2, 2, 3, 2)],
    )
    assert layout.fields == {1: "regency", 2: "village", 3: "phone"}


def test_a_column_that_an_office_leaves_alone_stays_so():
    one = sheet(["Kab", "Desa", "Telepon"], ["Bangka", "Kapuk", "0"])
    assert "phone" not in read_layout(one, remembered={"telepon": ""}).fields.values()


def lines_run(function):
    """Return how many lines of Python it takes to call this function, whatever else runs."""
    lines, tracer = Counter(), sys.gettrace()

    def count(frame, event, argument):
        lines.update([event])
        return count

    sys.settrace(count)
    try:
        function()
    finally:
        sys.settrace(tracer)
    return lines["line"]


def test_merged_ranges_without_end_cost_as_much_as_their_number():
    """Overlapping and a million rows tall, as no program writes them."""

    def lines_for(count):
        one = sheet(
            ["Kab", "Desa"],
            *(["Bangka", f"Desa {n}"] for n in range(count)),
            merges=[(2, 0, 1_048_576, 0)] * count,
        )
        rows, _ = read_list_rows(one, read_layout(one))
        assert len(rows) == count
        return lines_run(lambda: read_list_rows(one, read_layout(one)))

    assert lines_for(400) < 2.2 * lines_for(200)


def test_the_header_of_another_table_below_is_not_data():
    _, rows, skipped = read(
        ["Kab", "Desa"],
        ["Bangka", "Kapuk"],
        [],
        ["Kab", "Desa", "Telepon"],
        ["Belitung", "Sijuk", "0"],
    )
    assert [row.village for row in rows] == ["Kapuk", "Sijuk"] and skipped[
        0
    ].reason == "judul kolom yang berulang"


def test_a_village_may_be_called_kelurahan():
    """33.22.08.2003, in Kabupaten Semarang."""
    _, rows, _ = read(
        ["Kab", "Desa", "Pengelola"], ["Kabupaten Semarang", "Kelurahan", "Pengelola"]
    )
    assert [row.village for row in rows] == ["Kelurahan"]


@pytest.mark.parametrize(
    "block",
    [
        [
            ["", "", "Mengetahui,", ""],
            ["", "", "Kepala Dinas Perpustakaan", ""],
            ["", "", "Nama Pejabat", ""],
            ["", "", "NIP. 19700101 199503 1 001", ""],
        ],
        [
            ["", "Pangkalpinang, 12 Maret 2019", "", ""],
            ["", "Ketua Tim,", "", ""],
            ["", "", "Nama Pejabat", ""],
        ],
        [
            ["", "Menyetujui,", "Dibuat oleh:", ""],
            ["", "Kepala Dinas", "Pelaksana", ""],
            ["", "NIP 19700101", "NIP: -", ""],
        ],
        [["", "", "NIP. 19700101 199503 1 001", ""]],
    ],
)
def test_a_signature_block_is_no_village(block):
    _, rows, skipped = read(
        ["No", "Kab", "Desa", "Pengelola"], ["1", "Bangka", "Kapuk", "P"], [], *block
    )
    assert [row.village for row in rows] == ["Kapuk"]
    assert [row.reason for row in skipped] == ["tanda tangan"] * len(block)


def test_a_table_after_a_signature_is_read():
    head = ["No", "Kab", "Desa"]
    _, rows, _ = read(
        head,
        ["1", "Bangka", "Kapuk"],
        ["", "", "Mengetahui,"],
        ["", "", "Nama"],
        head,
        ["1", "Bangka", "Kimak"],
    )
    assert [row.village for row in rows] == ["Kapuk", "Kimak"]


def test_a_word_of_signatures_far_above_the_end_hides_no_rows():
    data = [[str(n), "Bangka", f"Desa {n}"] for n in range(30)]
    _, rows, skipped = read(["No", "Kab", "Desa"], ["", "", "Mengetahui,"], *data)
    assert len(rows) == 30 and len(skipped) == 1


def test_a_full_row_after_a_signature_is_a_row():
    _, rows, _ = read(["No", "Kab", "Desa"], ["", "", "Mengetahui,"], ["2", "Bangka", "Kimak"])
    assert [row.village for row in rows] == ["Kimak"]


def test_a_numbered_village_ends_the_signatures():
    rest = [
        ["2", "Penyamun"],
        ["3.", "Karya Makmur"],
        ["", "Pangkalpinang, 12 Maret 2019"],
        ["", "Ketua Tim"],
    ]
    _, rows, skipped = read(
        ["No", "Desa"], ["1", "Air Duren"], ["", "Mengetahui,"], ["", "Kepala Dinas"], *rest
    )
    assert [row.village for row in rows] == ["Air Duren", "Penyamun", "Karya Makmur"]
    assert [row.reason for row in skipped] == ["tanda tangan"] * 4


@pytest.mark.parametrize(
    "signer", [["2", "", "Nama Pejabat"], ["a.", "Kepala Dinas", ""], ["", "Nama Pejabat", ""]]
)
def test_a_signer_without_a_number_or_a_village_does_not(signer):
    _, rows, skipped = read(
        ["No", "Desa", "Pengelola"], ["1", "Kapuk", "P"], ["", "Mengetahui,", ""], signer
    )
    assert [row.village for row in rows] == ["Kapuk"] and [row.reason for row in skipped] == [
        "tanda tangan"
    ] * 2


@pytest.mark.parametrize(
    "title",
    [
        ["KECAMATAN PEMALI"],
        ["B. Kec. Pemali"],
        ["II", "KECAMATAN PEMALI"],
        ["", "Kecamatan Pemali"],
    ],
)
def test_a_district_as_a_title_between_the_rows(title):
    _, rows, skipped = read(
        ["No", "Desa"],
        ["KABUPATEN BANGKA"],
        ["Kecamatan Bakam"],
        ["1", "Kapuk"],
        title,
        ["1", "Air Duren"],
    )
    assert [(row.regency, row.village) for row in rows] == [
        ("KABUPATEN BANGKA", "Kapuk"),
        ("KABUPATEN BANGKA", "Air Duren"),
    ]
    assert rows[0].district == "Kecamatan Bakam" and "emali" in rows[1].district.casefold()
    assert [row.reason for row in skipped] == ["judul untuk baris di bawahnya"] * 3


def test_a_district_title_in_a_list_with_regencies_and_districts():
    _, rows, _ = read(
        ["Kab", "Kec", "Desa"],
        ["", "Kecamatan Pemali", ""],
        ["Bangka", "", "Air Duren"],
        ["Bangka", "Bakam", "Kapuk"],
    )
    assert [(row.district, row.village) for row in rows] == [
        ("Kecamatan Pemali", "Air Duren"),
        ("Bakam", "Kapuk"),
    ]


def test_the_next_regency_and_a_total_end_a_district():
    _, rows, _ = read(
        ["No", "Desa"],
        ["KAB. BANGKA"],
        ["KEC. PEMALI"],
        ["1", "Pemali"],
        ["KAB. BELITUNG"],
        ["1", "Sijuk"],
        ["KEC. BADAU"],
        ["1", "Badau"],
        ["", "Jumlah"],
        ["1", "Kapuk"],
    )
    assert [row.district for row in rows] == ["KEC. PEMALI", "", "KEC. BADAU", ""]
