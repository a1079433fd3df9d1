"""What a list would do, before it does it: new, changed, unchanged, asked, left out."""

import pytest

from tests import factories
from tests.villages.importing import batch_of, outcomes, plan, row
from villages.imports import batches
from villages.imports.cells import CellError, clean_cell, clean_phone, clean_year
from villages.imports.wording import place_named, problem_choices, problem_reason
from villages.models import Participation, Village, VillageAlias

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


@pytest.fixture
def kapuk():
    """Return a library in Kapuk that takes part in 2019."""
    library = factories.library(
        Village.objects.get(pk="19.01.06.2002"), head="Pengelola", phone="0812-3456-7890"
    )
    Participation(library=library, year=2019).save_as(by=None)
    return library


class TestOutcomes:
    def test_a_village_without_a_library_is_new(self):
        (one,) = plan(row("Kapuk")).rows
        assert (one.outcome, one.code, one.joins) == ("new", "19.01.06.2002", 2019)

    def test_what_is_stored_already_is_unchanged(self, kapuk):
        (one,) = plan(row("Kapuk", head="Pengelola", phone="081234567890")).rows
        assert one.outcome == "unchanged" and not one.changes

    def test_an_empty_cell_empties_nothing(self, kapuk):
        assert outcomes(plan(row("Kapuk"))) == [(2, "unchanged")]

    def test_a_difference_is_shown_old_and_new(self, kapuk):
        (one,) = plan(row("Kapuk", head="Kepala baru", address="Jalan Desa 1")).rows
        assert one.outcome == "changed"
        assert one.changes == (
            ("address", "", "Jalan Desa 1"),
            ("head", "Pengelola", "Kepala baru"),
        )

    def test_one_more_year_is_a_change(self, kapuk):
        (one,) = plan(row("Kapuk"), year=2020).rows
        assert (one.outcome, one.joins, one.changes) == ("changed", 2020, ())

    def test_the_year_of_the_row_comes_before_that_of_the_list(self, kapuk):
        (one,) = plan(row("Kapuk", year="2021.0")).rows
        assert one.joins == 2021

    def test_the_counts_are_those_of_the_rows(self, kapuk):
        counts = plan(
            row("Kapuk"), row("Kimak"), row("Siliu", "Belitung"), row("Rebo", head="x"), ["Jumlah"]
        ).counts
        assert counts == {"problem": 1, "changed": 0, "new": 2, "unchanged": 1, "skipped": 1}


class TestAnswers:
    def test_a_question_stands_for_all_rows_that_ask_it(self):
        made = plan(row("Siliu", "Belitung"), row("SILIU", "KAB. BELITUNG"))
        ((problem, rows),) = made.questions().items()
        assert [one.number for one in rows] == [2, 3] and problem.regency == "19.02"
        labels = [choice.label for choice in problem_choices(problem, rows[0].row, made.atlas)]
        assert (
            labels[0] == "Pulau Seliu" and labels[-1] == "Keluarkan baris ini" and len(labels) == 4
        )

    def test_the_reason_names_the_nearest(self):
        made = plan(row("Siliu", "Belitung"))
        assert "Pulau Seliu" in problem_reason(made.rows[0], made) and "Siliu" in problem_reason(
            made.rows[0], made
        )

    def test_an_answer_settles_it(self):
        key = "desa|19.02||siliu"
        made = plan(row("Siliu", "Belitung"), answers={key: "19.02.02.2009"})
        assert (made.rows[0].outcome, made.rows[0].code) == ("new", "19.02.02.2009")
        assert [problem.key for problem in made.answers] == [key]

    @pytest.mark.parametrize("answer", ["19.01.06.2002", "11.01.01.2001", "x", "", "19.02"])
    def test_an_answer_outside_the_regency_settles_nothing(self, answer):
        made = plan(row("Siliu", "Belitung"), answers={"desa|19.02||siliu": answer})
        assert outcomes(made) == [(2, "problem")]

    def test_a_regency_is_answered_once_for_all_its_rows(self):
        made = plan(row("Kapuk", "Bangka Blt"), row("Kimak", "Bangka Blt"))
        ((problem, rows),) = made.questions().items()
        assert len(rows) == 2
        made = plan(
            row("Kapuk", "Bangka Blt"), row("Kimak", "Bangka Blt"), answers={problem.key: "19.01"}
        )
        assert outcomes(made) == [(2, "new"), (3, "new")]

    def test_a_row_that_names_two_regencies_may_mean_either(self):
        rows = [row("Kayu Besi", "Bangka", district="Namang")]
        (problem,) = plan(*rows).questions()
        for code in ("19.01.08.2007", "19.04.05.2003"):
            assert plan(*rows, answers={problem.key: code}).rows[0].code == code
        assert outcomes(plan(*rows, answers={problem.key: "19.04.05.2004"})) == [(2, "problem")]

    def test_a_code_beside_another_regency_is_not_offered(self):
        rows = [row("", "Bangka", code="19.02.04.2001")]
        (problem,) = plan(*rows).questions()
        assert problem.choices == ()
        assert outcomes(plan(*rows, answers={problem.key: "19.02.04.2001"})) == [(2, "problem")]

    def test_leaving_out(self):
        made = plan(row("Siliu", "Belitung"), answers={"desa|19.02||siliu": "lewati"})
        assert outcomes(made) == [(2, "skipped")]

    def test_another_village_may_be_named_by_name_or_code(self):
        made = plan(row("Siliu", "Belitung"))
        (problem,) = made.questions()
        assert place_named("sijuk", problem, made.atlas) == ("19.02.04.2001", "")
        assert place_named("19.02.04.2001", problem, made.atlas) == ("19.02.04.2001", "")
        for text in ("Kapuk", "19.01.06.2002", "zzz"):
            code, error = place_named(text, problem, made.atlas)
            assert not code and "Belitung" in error

    def test_a_row_of_another_province_can_only_be_left_out(self):
        factories.regions("11")
        sheet = ["Provinsi", "Kab", "Desa"]
        batch = batch_of(["Aceh", "Aceh Selatan", "Keude Bakongan"], head=sheet)
        made = batches.plan_of(batch)
        (problem,) = made.questions()
        assert problem.kind == "outside"
        assert [
            choice.value for choice in problem_choices(problem, made.rows[0].row, made.atlas)
        ] == ["lewati"]
        code = Village.objects.filter(regency="11.01").first().pk
        batch.answers = {problem.key: code}
        assert outcomes(batches.plan_of(batch)) == [(2, "problem")]

    def test_two_rows_of_a_name_that_stands_twice_are_two_questions(self):
        rows = [row("Air Duren"), row("Air Duren")]
        first, second = plan(*rows).questions()
        made = plan(*rows, answers={first.key: first.choices[0], second.key: second.choices[1]})
        assert {one.code for one in made.rows} == set(first.choices) and outcomes(made) == [
            (2, "new"),
            (3, "new"),
        ]

    def test_a_regency_that_is_only_a_code_is_one_question_for_all_its_rows(self):
        made = plan(
            ["19.6", "Dendang"], ["19.6", "Mayang"], ["19.6", "Cendil"], head=["Kode Kab", "Desa"]
        )
        ((problem, rows),) = made.questions().items()
        assert (
            len(rows) == 3
            and problem_choices(problem, rows[0].row, made.atlas)[0].label
            == "Kabupaten Belitung Timur"
        )

    def test_another_regency_may_be_named(self):
        made = plan(row("Dendang", "Beltim"))
        (problem,) = made.questions()
        assert place_named("Belitung Timur", problem, made.atlas) == ("19.06", "")
        assert place_named("19.06", problem, made.atlas) == ("19.06", "")
        assert "kabupaten/kota" in place_named("Aceh Jaya", problem, made.atlas)[1]

    def test_a_list_of_one_regency_names_it_in_its_title(self):
        batch = batch_of(
            ["1", "Dendang"], head=["No", "Desa"], title="DAFTAR DESA KABUPATEN BELITUNG TIMUR"
        )
        assert batch.regency_id == "19.06"
        (one,) = batches.plan_of(batch).rows
        assert one.code == "19.06.03.2001"

    def test_a_gap_in_a_list_with_a_column_is_not_filled_from_the_title(self):
        batch = batch_of(
            row("Kapuk"), row("Kimak"), row("Kayu Besi", ""), title="DAFTAR DESA KABUPATEN BANGKA"
        )
        assert batches.plan_of(batch).rows[2].problem.kind == "no_regency"


class TestCells:
    def test_a_row_without_any_year_is_asked_once_for_all(self):
        rows = [row("Kapuk"), row("Kimak")]
        ((problem, asked),) = plan(*rows, year=None).questions().items()
        assert len(asked) == 2 and "tidak tertulis" in problem.message
        assert outcomes(plan(*rows, year=None, answers={problem.key: ""})) == [
            (2, "problem"),
            (3, "problem"),
        ]
        assert [
            one.joins for one in plan(*rows, year=None, answers={problem.key: "2021"}).rows
        ] == [2021, 2021]

    def test_the_same_cell_in_two_rows_is_two_questions(self):
        """Excel shows every long number as 8,12E+10; each library has its own."""
        assert (
            len(plan(row("Kapuk", phone="8,12E+10"), row("Kimak", phone="8,12E+10")).questions())
            == 2
        )

    def test_a_cell_that_cannot_be_read_is_asked(self):
        made = plan(row("Kapuk", phone="8,12E+11"))
        (problem,) = made.questions()
        assert (problem.kind, problem.field) == (
            "cell",
            "phone",
        ) and "Ketik ulang" in problem.message
        assert "8,12E+11" in problem_reason(made.rows[0], made)

    @pytest.mark.parametrize(
        ("answer", "outcome", "stored"),
        [
            ("081234567890", "new", "0812-3456-7890"),
            ("", "new", None),
            ("masih salah", "problem", None),
            ("lewati", "skipped", None),
        ],
    )
    def test_its_answer_takes_its_place(self, answer, outcome, stored):
        (one,) = plan(row("Kapuk", phone="rusak"), answers={"baris|2|phone|rusak": answer}).rows
        assert (one.outcome, one.values.get("phone")) == (outcome, stored)

    @pytest.mark.parametrize(
        ("text", "stored"),
        [
            ("081234567890", "0812-3456-7890"),
            ("81234567890", "0812-3456-7890"),
            ("+62 812 3456 7890", "0812-3456-7890"),
            ("0717-422123", "0717-422123"),
            ("0812-3456-7890 / 0717-422123", "0812-3456-7890 / 0717-422123"),
            ("0812-3456-7890 / 0813-2222-3333", "0812-3456-7890 / 0813-2222-3333"),
            ("0717-2019-12", "0717-2019-12"),
        ],
    )
    def test_phones(self, text, stored):
        assert clean_phone(text) == stored

    def test_two_numbers_fit_the_column(self):
        two = "0812-3456-7890 / 0813-2222-3333"
        assert len(two) == 31 and clean_cell("phone", two) == two
        (one,) = plan(row("Kapuk", phone=two)).rows
        assert (one.outcome, one.values["phone"]) == ("new", two)

    @pytest.mark.parametrize("text", ["8.12346E+11", "belum ada", "0812-3456-789x", "-"])
    def test_not_a_phone(self, text):
        with pytest.raises(CellError):
            clean_phone(text)

    @pytest.mark.parametrize(
        "text",
        [
            "2019-03-12",
            "2019-03-12 00:00:00",
            "1908-12-01",
            "12-03-2019",
            "12.3.2019",
            "0812-3456-7890 / 2019-03-12",
        ],
    )
    def test_a_date_is_not_a_phone(self, text):
        with pytest.raises(CellError, match="tanggal"):
            clean_phone(text)

    @pytest.mark.parametrize(
        "text", ["19", "2009", "2100", "dua ribu", "20191", "٢٠١٩", "9" * 5000]
    )
    def test_not_a_year(self, text):
        with pytest.raises(CellError):
            clean_year(text)

    def test_too_long(self):
        with pytest.raises(CellError, match="150"):
            clean_cell("name", "x" * 151)
        assert clean_cell("name", "x" * 150) == "x" * 150


class TestRepeats:
    def test_rows_that_say_the_same_are_one(self):
        assert outcomes(plan(row("Kapuk", head="A"), row("Desa KAPUK", head="A"))) == [
            (2, "new"),
            (3, "skipped"),
        ]

    def test_rows_that_complete_each_other_are_one(self):
        made = plan(row("Kapuk", head="A"), row("Kapuk", address="Jalan 1"))
        assert made.rows[0].values == {"head": "A", "address": "Jalan 1"}

    def test_rows_that_contradict_each_other_are_asked(self):
        rows = [row("Kapuk", head="A"), row("Kapuk", head="B")]
        made = plan(*rows)
        assert outcomes(made) == [(2, "problem"), (3, "problem")]
        (problem,) = made.questions()
        made = plan(*rows, answers={problem.key: "3"})
        assert outcomes(made) == [(2, "skipped"), (3, "new")] and made.rows[1].values == {
            "head": "B"
        }

    def test_the_row_that_is_not_chosen_still_takes_part_in_its_year(self):
        rows = [row("Kapuk", head="A", year="2019"), row("Kapuk", head="B", year="2020")]
        (problem,) = plan(*rows).questions()
        made = plan(*rows, answers={problem.key: "3"})
        assert sorted(one.joins for one in made.ready) == [2019, 2020]
        assert [(one.outcome, one.values) for one in made.ready] == [
            ("new", {"head": "B"}),
            ("changed", {}),
        ]

    def test_two_years_of_one_village_are_one_library_and_two_participations(self):
        made = plan(row("Kapuk", year="2019"), row("Kapuk", year="2020"))
        assert [(one.outcome, one.joins) for one in made.rows] == [("new", 2019), ("changed", 2020)]


def test_a_remembered_name_is_not_asked_again():
    VillageAlias(
        regency_id="19.02", key="siliu", written="Siliu", village_id="19.02.02.2009"
    ).save_as(by=None)
    (one,) = plan(row("Siliu", "Belitung")).rows
    assert (one.code, one.how) == ("19.02.02.2009", "alias")


def test_a_code_that_is_gone_is_not_matched():
    Village.objects.filter(pk="19.01.06.2002").update(gone_in="Edisi baru")
    assert outcomes(plan(row("Kapuk", code="19.01.06.2002"))) == [(2, "problem")]


def test_the_same_number_of_queries_for_2_and_for_200_rows(django_assert_num_queries):
    few = batch_of(*[row("Kapuk"), row("Kimak")])
    many = batch_of(*[row(name, regency) for name, regency in all_villages()[:200]])
    with django_assert_num_queries(9):
        batches.plan_of(few)
    with django_assert_num_queries(9):
        batches.plan_of(many)


def all_villages():
    return [
        (v.name, v.regency.name) for v in Village.objects.select_related("regency").order_by("pk")
    ]


class TestAsAbove:
    """A gap in a list that writes the regency on its rows, and the signs people write there."""

    def choices(self, made, number):
        one = next(one for one in made.rows if one.number == number)
        return problem_choices(one.problem, one.row, made.atlas)

    def test_is_offered_with_the_regency_of_the_row_above(self):
        made = plan(row("Kapuk"), row("Kimak"), row("Kayu Besi", ""))
        first = self.choices(made, 4)[0]
        assert (first.value, first.label, first.hint) == (
            "atas",
            "Sama seperti baris di atasnya",
            "Kabupaten Bangka",
        )

    def test_the_answer_finds_the_village_there(self):
        rows = [
            row("Kapuk"),
            row("Kimak"),
            row("Kayu Besi", ""),
            row("Namang", "Bangka Tengah"),
            row("Kayu Besi", ""),
        ]
        gap, other = plan(*rows).questions()
        made = plan(*rows, answers={gap.key: "atas", other.key: "atas"})
        assert [one.code[:5] for one in made.rows] == ["19.01", "19.01", "19.01", "19.04", "19.04"]
        assert made.rows[2].code == "19.01.08.2007" and made.rows[4].code == "19.04.05.2003"

    def test_what_is_not_there_is_asked_on(self):
        rows = [row("Sijuk", "Belitung"), row("Badau", "Belitung"), row("Siliu", "")]
        (gap,) = plan(*rows).questions()
        made = plan(*rows, answers={gap.key: "atas"})
        (asked,) = made.questions()
        assert (asked.kind, asked.regency) == ("unknown", "19.02")
        assert problem_choices(asked, made.rows[2].row, made.atlas)[0].label == "Pulau Seliu"

    def test_gaps_below_each_other_go_on_from_the_last_row_that_says(self):
        rows = [row("Kapuk"), row("Kimak"), row("Kayu Besi", ""), row("Rebo", "")]
        keys = [problem.key for problem in plan(*rows).questions()]
        made = plan(*rows, answers=dict.fromkeys(keys, "atas"))
        assert {one.code[:5] for one in made.rows} == {"19.01"} and not made.questions()

    @pytest.mark.parametrize("sign", ['"', "''", "sda", "s.d.a.", "Idem"])
    def test_a_sign_that_says_so_is_one_question(self, sign):
        rows = [
            row("Kapuk"),
            row("Kayu Besi", sign),
            row("Namang", "Bangka Tengah"),
            row("Kayu Besi", sign),
        ]
        (asked,) = plan(*rows).questions()
        made = plan(*rows, answers={asked.key: "atas"})
        assert [one.code[:5] for one in made.rows] == ["19.01", "19.01", "19.04", "19.04"]

    def test_a_name_that_is_not_known_is_no_such_sign(self):
        made = plan(row("Kapuk"), row("Kayu Besi", "Bangkalan Utara"))
        assert "atas" not in [choice.value for choice in self.choices(made, 3)]
        (asked,) = made.questions()
        assert plan(
            row("Kapuk"), row("Kayu Besi", "Bangkalan Utara"), answers={asked.key: "atas"}
        ).questions()

    def test_the_first_row_has_none_above(self):
        made = plan(row("Kayu Besi", ""), row("Kapuk"), row("Kimak"))
        assert "atas" not in [choice.value for choice in self.choices(made, 2)]

    def test_siliu_with_its_district_and_no_regency_offers_pulau_seliu_first(self):
        made = plan(row("Siliu", "", district="Membalong"), row("Kapuk"), row("Kimak"))
        assert self.choices(made, 2)[0].label == "Pulau Seliu"
        (asked,) = made.questions()
        rows = [row("Siliu", "", district="Membalong"), row("Kapuk"), row("Kimak")]
        assert plan(*rows, answers={asked.key: "19.02.02.2009"}).rows[0].code == "19.02.02.2009"
