"""Which village a row means: the traps of the domain, and that nothing is guessed."""

import random
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villages import codes, gazetteer, spelling
from villages.matching import Atlas, Match, WrittenPlace, match_place

PROVINCES = takewhile(lambda place: place.level == 1, gazetteer.list_places())  # they come first
PLACES = list(gazetteer.list_places("19")) + [place for place in PROVINCES if place.code != "19"]


def atlas(within="19", places=PLACES, **aliases):
    level = {n: [(p.code, p.name) for p in places if p.level == n] for n in (1, 2, 3, 4)}
    return Atlas(
        provinces=level[1],
        regencies=level[2],
        districts=level[3],
        villages=level[4],
        within=within,
        **aliases,
    )


ATLAS = atlas()


def match(village, **written):
    return match_place(ATLAS, WrittenPlace(village, **written))


def names(found):
    return [ATLAS.villages[code] for code in found]


@pytest.mark.parametrize(
    ("village", "written", "code"),
    [
        ("Kapuk", {"regency": "Bangka"}, "19.01.06.2002"),
        ("Desa KAPUK", {"regency": "KAB. BANGKA"}, "19.01.06.2002"),
        ("ds. kapuk", {"regency": "Kabupaten  Bangka"}, "19.01.06.2002"),
        ("Desa/Kel. Kapuk", {"regency": "Kab/Kota Bangka"}, "19.01.06.2002"),
        ("Kapoek", {"regency": "Bangka"}, "19.01.06.2002"),
        ("Kayu Besi", {"regency": "Kab. Bangka"}, "19.01.08.2007"),
        ("Kayu Besi", {"regency": "Bangka Tengah"}, "19.04.05.2003"),
        ("Dendang", {"regency": "Belitung Timur"}, "19.06.03.2001"),
        ("Dendang", {"regency": "Bangka Barat"}, "19.05.04.2005"),
        ("Rebo", {"regency": "Bangka", "district": "Sungai Liat"}, "19.01.01.2007"),
        ("Air Saga", {"regency": "Belitung", "district": "Kec. Tanjung Pandan"}, "19.02.01.2010"),
        ("Riding Panjang", {"regency": "Bangka", "district": "Belinyu"}, "19.01.02.2006"),
        ("Seliu Pulau", {"regency": "Belitung"}, ""),
    ],
)
def test_a_name_within_its_regency(village, written, code):
    assert match(village, **written).code == code


class TestTraps:
    def test_siliu_is_asked_and_pulau_seliu_comes_first(self):
        found = match("Siliu", regency="KAB. BELITUNG")
        assert (found.code, found.how, found.regency) == ("", Match.UNKNOWN, "19.02")
        nearest = ATLAS.similar.villages("Siliu", "19.02")
        assert names(nearest)[0] == "Pulau Seliu" and len(nearest) == 3

    @pytest.mark.parametrize(
        "written",
        [
            "Siliu, Kec. Membalong",
            "Desa Siliu Kecamatan Membalong",
            "Siliu (Membalong)",
            "Siliu Membalong",
            "SILIU - MEMBALONG",
        ],
    )
    def test_siliu_with_its_district_behind_it_is_asked_and_pulau_seliu_comes_first(self, written):
        assert match(written, regency="Belitung").how == Match.UNKNOWN, "never guessed"
        assert names(ATLAS.similar.villages(written, "19.02"))[0] == "Pulau Seliu"

    @pytest.mark.parametrize(
        "district", ["Membalong", "Kec. Membalong", "Sijuk", "Selat Nasik", "Badau", "Memblong"]
    )
    def test_siliu_with_a_district_beside_it_too(self, district):
        assert names(ATLAS.similar.villages("Siliu", "19.02", district))[0] == "Pulau Seliu"

    def test_a_name_that_ends_as_a_district_is_still_compared_whole(self):
        """Simpang Pesak is a district of Belitung Timur, and a village that begins as others do."""
        assert names(ATLAS.similar.villages("Simpang Pesac", "19.06"))[0] == "Simpang Pesak"
        assert (
            names(ATLAS.similar.villages("Aik Pelempang Jaia Tanjungpandan", "19.02"))[0]
            == "Aik Pelempang Jaya"
        )

    def test_kayu_besi_without_a_regency_is_ambiguous(self):
        found = match("Kayu Besi")
        assert (found.code, found.how) == ("", Match.NO_REGENCY)
        assert [
            ATLAS.regencies[code] for code in ATLAS.similar.regencies(WrittenPlace("Kayu Besi"))
        ] == [
            "Kabupaten Bangka",
            "Kabupaten Bangka Tengah",
        ]

    def test_burung_mandi_is_a_dialect_and_not_a_spelling(self):
        assert match("Burung Mandi", regency="Belitung Timur").how == Match.UNKNOWN
        assert names(ATLAS.similar.villages("Burung Mandi", "19.06"))[0] == "Burong Mandi"

    def test_a_name_twice_in_one_regency_needs_its_district(self):
        found = match("Air Duren", regency="Bangka")
        assert found.how == Match.AMBIGUOUS and len(found.choices) == 2

    def test_a_district_of_another_regency_contradicts_the_row(self):
        """Kayu Besi of Bangka, but Namang lies in Bangka Tengah."""
        found = match("Kayu Besi", regency="Bangka", district="Namang")
        assert (found.code, found.how) == ("", Match.DISTRICT)
        assert found.choices == (
            "19.01.08.2007",
            "19.04.05.2003",
        ), "a person says which of the two is wrong"

    def test_a_district_of_the_same_regency_contradicts_the_row(self):
        assert match("Kapuk", regency="Bangka", district="Merawang").how == Match.DISTRICT

    def test_a_district_that_no_list_has_is_asked_beside_a_unique_name(self):
        found = match("Kapuk", regency="Bangka", district="Bakamm")
        assert (found.code, found.how, found.choices) == ("", Match.UNLISTED, ("19.01.06.2002",))

    def test_a_district_that_exists_once_names_its_regency(self):
        found = match("Kapuk", district="Bakam")
        assert found.code == "19.01.06.2002" and "diketahui dari kecamatan" in found.note

    def test_an_unknown_regency_is_asked(self):
        found = match("Kapuk", regency="Kab. Bangka Blt")
        assert (found.code, found.how) == ("", Match.UNKNOWN_REGENCY)

    def test_a_regency_of_another_province_is_unknown_here(self):
        assert match("Lamno", regency="Aceh Jaya").how == Match.UNKNOWN_REGENCY

    def test_an_empty_village_is_asked(self):
        assert match("Desa ", regency="Bangka").how in (Match.UNKNOWN, Match.NO_VILLAGE)
        assert match("", regency="Bangka", code="1901062002").how == Match.NO_VILLAGE

    def test_kabupaten_and_kota_of_one_name_are_told_apart(self):
        west = atlas("32", places=list(gazetteer.list_places("32")))
        assert west.regency_of("Kab. Bandung") == ("32.04",) and west.regency_of(
            "Kota Bandung"
        ) == ("32.73",)
        assert sorted(west.regency_of("Bandung")) == [
            "32.04",
            "32.73",
        ], "not certain without the word"

    def test_kotabaru_may_be_written_in_two_words(self):
        south = atlas("63", places=list(gazetteer.list_places("63")))
        for text in ("Kotabaru", "Kota Baru", "Kab. Kota Baru", "KABUPATEN KOTABARU"):
            assert south.regency_of(text) == ("63.02",), text

    def test_a_written_province_is_heard(self):
        assert match("Kimak", district="Merawang").code == "19.01.03.2005"
        for province in ("Aceh", "Provinsi X"):
            assert match("Kimak", district="Merawang", province=province).how == Match.NO_REGENCY

    def test_a_code_beside_a_district_that_lies_elsewhere_is_not_believed(self):
        assert match("Dendang", code="19.05.04.2005", district="Manggar").code == ""

    def test_two_villages_that_differ_in_a_space_need_their_district(self):
        north = atlas("12", places=list(gazetteer.list_places("12")))
        found = match_place(north, WrittenPlace("Huta Tinggi", regency="Mandailing Natal"))
        assert found.how == Match.AMBIGUOUS and len(found.choices) == 2
        for code in found.choices:
            district = north.districts[code[:8]]
            assert (
                match_place(north, WrittenPlace("Huta Tinggi", district, "Mandailing Natal")).code
                == code
            )

    @pytest.mark.parametrize(
        ("province", "written", "plain"),
        [
            ("11", "Gampong Lubok Batee", "Lubok Batee"),
            ("91", "Kampung Sentani Kota", "Sentani Kota"),
        ],
    )
    def test_a_regions_own_word_for_a_village_may_stand_before_its_name(
        self, province, written, plain
    ):
        there = atlas(province, places=list(gazetteer.list_places(province)))
        code = next(code for code, name in there.villages.items() if name == plain)
        found = match_place(
            there, WrittenPlace(written, there.districts[code[:8]], there.regencies[code[:5]])
        )
        assert found.code == code

    def test_elsewhere_that_word_is_the_name(self):
        assert spelling.bare_key("kampung baru", "19") != spelling.bare_key("baru", "19")

    def test_the_regency_in_a_title(self):
        for title, code in [
            ("DAFTAR DESA KABUPATEN BELITUNG TIMUR TAHUN 2019", "19.06"),
            ("Kab. Bangka", "19.01"),
            ("KOTA PANGKALPINANG", "19.71"),
            ("Provinsi Kepulauan Bangka Belitung", ""),
            ("Kabupaten Bangka dan Kabupaten Belitung", ""),
        ]:
            assert ATLAS.regency_titled(title) == code, title


class TestCodes:
    @pytest.mark.parametrize(
        "text",
        [
            "19.02.05.2003",
            "1902052003",
            "1902052003.0",
            "'1902052003",
            "19 02 05 2003",
            " 19.02.05.2003 ",
        ],
    )
    def test_ten_digits_have_one_reading(self, text):
        assert codes.parse_village(text) == "19.02.05.2003"

    @pytest.mark.parametrize(
        "text", ["", "190205200", "19020520033", "1.902.052.003", "19.02.05", "1,90205E+09", "kode"]
    )
    def test_anything_else_has_none(self, text):
        assert codes.parse_village(text) == ""

    def test_a_regency_that_excel_shortened_is_restored_only_where_one_exists(self):
        assert codes.parse_regency("19.1", {"19.01"}) == "19.01"
        assert codes.parse_regency("19.1", {"19.01", "19.10"}) == "", "both exist: not certain"
        assert codes.parse_regency("32.1", {"32.10"}) == "32.10"
        assert (
            codes.parse_regency("19.02", {"19.02"}) == "19.02"
            and codes.parse_regency("1902.0", {"19.02"}) == "19.02"
        )
        assert codes.parse_regency("19.99", {"19.02"}) == ""

    def test_a_code_that_the_names_confirm_is_believed(self):
        found = match("Kapuk", code="1901062002.0", regency="Bangka", district="Bakam")
        assert (found.code, found.how) == ("19.01.06.2002", Match.CODE)
        assert match("kapuk", code="19.01.06.2002").how == Match.CODE

    def test_a_code_of_the_statistics_office_is_not_believed_against_the_names(self):
        """
        BPS 1903 is Bangka Barat; Kemendagri 19.03 is Bangka Selatan: the digits name a village that
        is not meant.
        """
        other = next(code for code in ATLAS.villages if code.startswith("19.03"))
        found = match("Dendang", code=other.replace(".", ""), regency="Bangka Barat")
        assert (found.code, found.how) == ("19.05.04.2005", Match.NAME)
        assert "tidak dipakai" in found.note

    def test_a_code_without_a_name_proves_nothing(self):
        assert match("", code="19.01.06.2002").code == ""

    @pytest.mark.parametrize(
        "written",
        [
            {"regency": "Belitung"},
            {"district": "Merawang", "regency": "Bangka"},
            {"province": "Aceh", "regency": "Bangka"},
        ],
    )
    def test_every_name_beside_it_must_agree(self, written):
        assert match("Kapuk", code="19.01.06.2002", **written).how != Match.CODE


class TestAliases:
    KNOWN = atlas(aliases=[("19.02", "siliu", "19.02.02.2009")])

    def test_what_a_person_said_is_remembered_in_that_regency(self):
        found = match_place(self.KNOWN, WrittenPlace("Desa SILIU", regency="Belitung"))
        assert (found.code, found.how) == ("19.02.02.2009", Match.ALIAS)

    def test_and_in_no_other(self):
        assert (
            match_place(self.KNOWN, WrittenPlace("Siliu", regency="Belitung Timur")).how
            == Match.UNKNOWN
        )

    def test_an_official_name_comes_before_an_alias(self):
        odd = atlas(aliases=[("19.02", "sijuk", "19.02.02.2009")])
        assert match_place(odd, WrittenPlace("Sijuk", regency="Belitung")).code == "19.02.04.2001"

    def test_a_district_that_contradicts_it_is_asked(self):
        assert (
            match_place(
                self.KNOWN, WrittenPlace("Siliu", regency="Belitung", district="Sijuk")
            ).code
            == ""
        )


def test_spelling_before_1972_meets_todays():
    for old, new in [
        ("Soengai Liat", "Sungailiat"),
        ("Tandjoeng", "Tanjung"),
        ("Tjendil", "Cendil"),
        ("Banjoewangi", "Banyuwangi"),
    ]:
        assert spelling.modern_key(spelling.plain_key(old)) == spelling.modern_key(
            spelling.plain_key(new)
        ), old
    assert spelling.modern_key(spelling.plain_key("Raja")) != spelling.modern_key(
        spelling.plain_key("Raya")
    ), "j is not y in a word that is not old"


def test_numerals_and_abbreviations():
    assert spelling.modern_key(spelling.plain_key("Kuto Panji II")) == spelling.modern_key(
        spelling.plain_key("Kuto Panji 2")
    )
    assert spelling.modern_key(spelling.plain_key("Tj. Binga")) == spelling.modern_key(
        spelling.plain_key("Tanjung Binga")
    )
    assert spelling.plain_key("Ma’rang") == spelling.plain_key("Ma'rang")


def test_every_village_of_the_country_is_found_by_its_own_name_or_asked():
    """
    With regency and district, of 83,762 names only those that stand twice in one district are
    asked; none is wrong.
    """
    places = list(gazetteer.list_places())
    whole = atlas(None, places=places)
    asked = 0
    for code, name in whole.villages.items():
        found = match_place(
            whole,
            WrittenPlace(
                f"Desa {name.upper()}", whole.districts[code[:8]], whole.regencies[code[:5]]
            ),
        )
        assert found.code in (code, ""), (name, found)
        asked += not found.code
    assert asked == 34


WORDS = st.sampled_from(
    [
        "Kapuk",
        "Siliu",
        "Kayu Besi",
        "Air Duren",
        "Desa Dendang",
        "Pulau",
        "Burung Mandi",
        "x",
        "",
        "Kel. Mayang",
        "Sei Liat",
    ]
)
REGENCIES = st.sampled_from(
    ["", "Bangka", "KAB. BELITUNG", "Belitung Timur", "Kota Pangkal Pinang", "Aceh", "Bangka Blt"]
)


@settings(max_examples=300, deadline=None)
@given(
    village=st.one_of(WORDS, st.text(max_size=30)),
    district=st.sampled_from(["", "Bakam", "Namang", "Sungai Liat", "Dendang", "zzz"]),
    regency=REGENCIES,
    code=st.sampled_from(["", "1901062002", "19.02.02.2009", "1903012001", "x"]),
)
def test_matching_never_leaves_the_regency_and_always_says_the_same(
    village, district, regency, code
):
    written = WrittenPlace(village, district, regency, code=code)
    found = match_place(ATLAS, written)
    assert found == match_place(ATLAS, written) == match_place(SHUFFLED, written)
    named = ATLAS.regency_of(regency) if regency else ()
    if named:
        # A row that names two regencies offers both; nothing is ever found outside the one that is
        # written.
        asked = [] if found.how in (Match.NO_VILLAGE, Match.DISTRICT) else found.choices
        for one in [found.code, *asked] if len(named) == 1 else []:
            assert not one or one[:5] == named[0]
        for one in ATLAS.similar.villages(village, named[0], district):
            assert one[:5] == named[0]
        assert ATLAS.similar.villages(village, named[0]) == SHUFFLED.similar.villages(
            village, named[0]
        )


def shuffled():
    places = list(PLACES)
    random.Random(19).shuffle(places)
    return atlas(places=places)


SHUFFLED = shuffled()
