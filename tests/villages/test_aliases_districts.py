"""
A written district that the official list does not have, or that is not the village's own: always
asked.
"""

from functools import cache

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.villages.importing import applied, batch_of, outcomes, plan, row
from tests.villages.test_imports_matching import atlas
from villages import gazetteer
from villages.imports import batches
from villages.imports.plan import make_plan
from villages.imports.rows import ListRow
from villages.imports.undo import undo_batch
from villages.imports.wording import (
    place_named,
    problem_choices,
    problem_hint,
    problem_reason,
    problem_title,
)
from villages.matching import Match, WrittenPlace, match_place
from villages.models import DistrictAlias, Library

KAPUK, BAKAM, MERAWANG, PEMALI = "19.01.06.2002", "19.01.06", "19.01.03", "19.01.08"
PAIR = f"kec|19.01|lama|{BAKAM}"


@cache
def atlas_of(province):
    return atlas(province, places=list(gazetteer.list_places(province)))


@pytest.mark.parametrize(
    ("province", "village", "district", "regency", "taken", "meant"),
    [
        ("11", "Meunasah Dayah", "Simpang Keramat", "Aceh Utara", "11.08.14.2010", "11.08.22.2010"),
        ("12", "Negeri Dolok", "Silau Kahean", "Simalungun", "12.08.13.2001", "12.08.27.2003"),
    ],
)
def test_a_misspelt_district_is_not_taken_for_that_of_a_namesake(
    province, village, district, regency, taken, meant
):
    """
    The name stands once in the regency, in another district; the district that is meant is spelled
    otherwise.
    """
    found = match_place(atlas_of(province), WrittenPlace(village, district, regency))
    assert (found.code, found.how) == ("", Match.NEARER)
    assert found.choices[0] == taken and meant in found.choices


def test_a_village_of_the_misspelt_district_is_asked_for_the_pair():
    found = match_place(
        atlas_of("11"), WrittenPlace("Blang Raleue", "Simpang Keramat", "Aceh Utara")
    )
    assert (found.code, found.how, found.choices[0][:8]) == ("", Match.UNLISTED, "11.08.22")


def test_a_code_does_not_outvote_the_district():
    found = match_place(
        atlas_of("11"),
        WrittenPlace("Meunasah Dayah", "Simpang Keramat", "Aceh Utara", code="11.08.14.2010"),
    )
    assert (found.code, found.how) == ("", Match.NEARER)


def test_an_alias_says_what_a_district_means_and_nothing_more():
    known = atlas(
        "11",
        places=list(gazetteer.list_places("11")),
        district_aliases=[("11.08", "simpangkeramat", "11.08.22")],
    )
    assert match_place(
        known, WrittenPlace("Blang Raleue", "Kec. Simpang Keramat", "Aceh Utara")
    ).code.startswith("11.08.22")
    assert (
        match_place(known, WrittenPlace("Meunasah Dayah", "Simpang Keramat", "Aceh Utara")).how
        == Match.NEARER
    )
    assert (
        match_place(known, WrittenPlace("Blang Raleue", "Simpang Keramat", "Kota Lhokseumawe")).code
        == ""
    )


@pytest.mark.django_db
class TestPair:
    @pytest.fixture(autouse=True)
    def babel(self):
        factories.regions()

    ROWS = (
        row("Kapuk", district="Lama"),
        row("Neknang", district="KEC. LAMA"),
        row("Kimak", district="Lama"),
    )

    def test_it_is_asked_once_for_all_its_rows(self):
        made = plan(*self.ROWS)
        first, second = made.questions().items()
        assert [one.number for one in first[1]] == [2, 3] and [one.number for one in second[1]] == [
            4
        ]
        problem, row = first[0], first[1][0].row
        assert (
            problem_title(problem, row, made.atlas)
            == "Kecamatan “Lama” tidak ada dalam daftar wilayah Kabupaten Bangka"
        )
        assert "2 desa pada baris ini ada di Kecamatan Bakam" in problem_hint(
            problem, row, made.atlas, 2
        )
        choices = problem_choices(problem, row, made.atlas)
        assert (choices[0].value, choices[0].label) == (
            BAKAM,
            "Terima: Kecamatan Bakam",
        ) and choices[-1].value == "lewati"
        assert "Lama" in problem_reason(first[1][0], made)

    def test_accepting_it_settles_its_rows_and_no_others(self):
        made = plan(*self.ROWS, answers={PAIR: BAKAM})
        assert outcomes(made) == [(2, "new"), (3, "new"), (4, "problem")]
        assert "dibaca sebagai Bakam" in made.rows[0].note

    def test_choosing_another_district_looks_for_the_villages_there(self):
        rows = [row("Air Duren", district="Lama"), row("Kapuk", district="Lama")]
        made = plan(*rows, answers={PAIR: MERAWANG})
        assert [one.problem.kind for one in made.rows] == [Match.AMBIGUOUS, Match.DISTRICT]

    @pytest.mark.parametrize("answer", ["19.02.01", "19.01", KAPUK, "x", ""])
    def test_an_answer_that_is_no_district_of_the_regency_settles_nothing(self, answer):
        assert outcomes(plan(*self.ROWS[:1], answers={PAIR: answer})) == [(2, "problem")]

    def test_another_district_may_be_named(self):
        made = plan(*self.ROWS[:1])
        (problem,) = made.questions()
        assert place_named("Kec. Merawang", problem, made.atlas) == (MERAWANG, "")
        assert place_named(MERAWANG, problem, made.atlas) == (MERAWANG, "")
        for text in ("Badau", "19.02.02", "zzz"):
            code, error = place_named(text, problem, made.atlas)
            assert not code and "kecamatan" in error

    def test_its_answer_is_remembered_in_the_regency(self):
        applied(*self.ROWS[:2], answers={PAIR: BAKAM})
        alias = DistrictAlias.objects.get()
        assert (alias.regency_id, alias.key, alias.written, alias.district_id) == (
            "19.01",
            "lama",
            "Lama",
            BAKAM,
        )
        again = plan(*self.ROWS)
        assert outcomes(again) == [(2, "unchanged"), (3, "unchanged"), (4, "problem")]
        assert "dikenal sebagai Bakam" in again.rows[0].note

    def test_a_second_district_of_the_same_writing_is_remembered_beside_it(self):
        """A district that was divided: its villages lie in two of today's."""
        second = f"kec|19.01|lama|{MERAWANG}"
        applied(*self.ROWS, answers={PAIR: BAKAM, second: MERAWANG})
        assert DistrictAlias.objects.count() == 2
        assert outcomes(plan(*self.ROWS)) == [(2, "unchanged"), (3, "unchanged"), (4, "unchanged")]

    @pytest.mark.both("constraints")
    def test_one_alias_a_pair_and_only_in_its_regency(self):
        DistrictAlias(regency_id="19.01", key="lama", written="Lama", district_id=BAKAM).save_as(
            by=None
        )
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            DistrictAlias(
                regency_id="19.01", key="lama", written="Lama", district_id=BAKAM
            ).save_as(by=None)
        with pytest.raises(IntegrityError, match="districtalias_in_regency"), transaction.atomic():
            DistrictAlias(
                regency_id="19.02", key="lama", written="Lama", district_id=BAKAM
            ).save_as(by=None)

    def test_leaving_out_remembers_nothing(self):
        applied(*self.ROWS[:2], answers={PAIR: "lewati"})
        assert not DistrictAlias.objects.exists() and not Library.objects.exists()

    def test_undoing_forgets_it_unless_a_later_list_was_read_with_it(self):
        first = applied(*self.ROWS[:1], answers={PAIR: BAKAM})
        later = applied(*self.ROWS[:2])
        assert later.district_aliases_used == [DistrictAlias.objects.get().pk]
        undo_batch(first, by=None)
        assert DistrictAlias.objects.count() == 1
        undo_batch(later, by=None)
        third = applied(row("Mabat", district="Baru"), answers={f"kec|19.01|baru|{BAKAM}": BAKAM})
        undo_batch(third, by=None)
        assert list(DistrictAlias.objects.values_list("key", flat=True)) == ["lama"]
        assert DistrictAlias.history.filter(history_type="-", key="baru").exists()

    def test_rows_near_another_district_are_each_asked(self):
        rows = [
            row("Kapuk", district="Merawangg"),
            row("Neknang", district="Merawangg"),
            row("Kimak", district="Merawangg"),
        ]
        made = plan(*rows)
        assert [problem.kind for problem in made.questions()] == [
            Match.NEARER,
            Match.NEARER,
            Match.UNLISTED,
        ]
        first = next(iter(made.questions()))
        made = plan(*rows, answers={first.key: KAPUK})
        assert outcomes(made) == [(2, "new"), (3, "problem"), (4, "problem")]

    def test_what_is_no_letter_writes_no_district(self):
        assert outcomes(plan(row("Kapuk", district="?"))) == [(2, "new")]


@pytest.mark.django_db
class TestTwoDistrictsOnOneVillage:
    ROWS = (row("Kapuk", district="Bakam"), row("Kapuk", district="Lama"))
    ANSWERS = {PAIR: BAKAM}

    @pytest.fixture(autouse=True)
    def babel(self):
        factories.regions()

    def question(self, *rows):
        made = plan(*rows, answers=self.ANSWERS)
        ((problem, asked),) = made.questions().items()
        return problem, asked, made

    def test_they_never_merge_silently(self):
        problem, asked, made = self.question(*self.ROWS)
        assert problem.kind == "districts" and [one.number for one in asked] == [2, 3]
        assert "kecamatan yang berbeda" in problem_title(problem, asked[0].row, made.atlas)
        values = [choice.value for choice in problem_choices(problem, asked[0].row, made.atlas)]
        assert values == ["sama", "2", "3", "lewati"]

    def test_a_person_may_say_that_they_are_one(self):
        problem, *_ = self.question(*self.ROWS)
        assert outcomes(plan(*self.ROWS, answers=self.ANSWERS | {problem.key: "sama"})) == [
            (2, "new"),
            (3, "skipped"),
        ]

    def test_or_which_of_them_is_meant(self):
        rows = [*self.ROWS, row("Kapuk", district="LAMA", year="2020")]
        problem, *_ = self.question(*rows)
        made = plan(*rows, answers=self.ANSWERS | {problem.key: "3"})
        assert outcomes(made) == [(2, "skipped"), (3, "new"), (4, "changed")]

    def test_two_spellings_of_the_villages_own_district_are_one(self):
        made = plan(
            row("Rebo", district="Sungai Liat"),
            row("Rebo", district="Kec. Sungailiat"),
            row("Rebo"),
        )
        assert outcomes(made) == [(2, "new"), (3, "skipped"), (4, "skipped")]


@pytest.mark.django_db
class TestSwappedColumns:
    HEAD = ["Kab", "Desa", "Kecamatan", "Tahun"]
    #: Each district has a village of its own name, so that each row names a village that exists.
    ROWS = (
        ["Bangka", "Bakam", "Kapuk", "2019"],
        ["Bangka", "Merawang", "Kimak", "2019"],
        ["Bangka", "Pemali", "Air Duren", ""],
    )
    KEY = "tukar|kolom"

    @pytest.fixture(autouse=True)
    def babel(self):
        factories.regions()

    def test_they_are_noticed_and_said_once(self):
        made = plan(*self.ROWS, head=self.HEAD)
        ((problem, rows),) = made.questions().items()
        assert (problem.kind, problem.key, len(rows)) == ("swapped", self.KEY, 3)
        assert "tertukar" in problem_reason(rows[0], made)

    def test_swapping_reads_them_so(self):
        made = plan(*self.ROWS, head=self.HEAD, answers={self.KEY: "tukar"})
        assert [(one.outcome, made.atlas.villages[one.code]) for one in made.rows] == [
            ("new", "Kapuk"),
            ("new", "Kimak"),
            ("new", "Air Duren"),
        ]

    def test_leaving_them_asks_each_as_it_is_written(self):
        made = plan(*self.ROWS, head=self.HEAD, answers={self.KEY: "biarkan"})
        assert {one.problem.kind for one in made.rows} == {Match.UNLISTED}

    def test_a_list_that_is_right_is_not_asked(self):
        rows = [
            ["Bangka", "Kapuk", "Bakam", ""],
            ["Bangka", "Bakam", "Bakam", ""],
            ["Bangka", "Merawang", "Merawang", ""],
        ]
        assert [one.outcome for one in plan(*rows, head=self.HEAD).rows] == ["new"] * 3

    def test_the_answer_goes_with_its_columns(self):
        batch = batch_of(*self.ROWS, head=self.HEAD, answers={self.KEY: "tukar"})
        sheets = batches.sheets_of(batch)
        layout = batches.layout_of(batch, sheets)
        layout.fields.pop(3)
        batches.use_layout(batch, layout, sheets)
        assert batch.answers == {}


def corrupted(name, regency, known):
    """
    Write the vowels of a name otherwise, such as no list has it; return "" where every such writing
    is a name there.
    """
    for old, new in (("a", "eu"), ("u", "oa"), ("i", "ie"), ("o", "ua"), ("e", "ai")):
        wrong = name.casefold().replace(old, new, 1)
        if wrong != name.casefold() and not known.districts_named(wrong):
            return wrong
    return ""


def test_over_the_country_no_more_is_asked_than_pairs_and_near_ones():
    """
    Every district misspelt: of 83,762 villages none is taken into another district, and the
    questions that the district adds are the pairs of districts and the rows near another one.
    """
    places = list(gazetteer.list_places())
    whole = atlas(None, places=places)
    rows, truth = [], {}
    for number, (code, name) in enumerate(whole.villages.items(), 1):
        district = corrupted(whole.districts[code[:8]], code[:5], whole)
        if district:
            rows.append(
                ListRow(number, regency=whole.regencies[code[:5]], district=district, village=name)
            )
            truth[number] = code
    assert len(rows) > 80_000
    made = make_plan(
        rows, [], atlas=whole, libraries={}, participations=set(), answers={}, year=2019
    )
    assert not made.ready, "a village was taken without asking"
    asked = [
        problem for problem in made.questions() if problem.kind in (Match.UNLISTED, Match.NEARER)
    ]
    pairs = {(one.row.district, truth[one.number][:8]) for one in made.rows}
    near = [one for one in made.rows if one.problem.kind == Match.NEARER]
    assert len(asked) <= len(pairs) + len(near) and len(near) < 200
    accepted = {
        problem.key: problem.choices[0] for problem in asked if problem.kind == Match.UNLISTED
    }
    made = make_plan(
        rows, [], atlas=whole, libraries={}, participations=set(), answers=accepted, year=2019
    )
    wrong = [one for one in made.ready if one.code[:8] != truth[one.number][:8]]
    assert not wrong
