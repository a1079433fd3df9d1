"""
The questions of a checklist: stored and read alike, their keys, the answers to them, and last
answers beside today's questions.
"""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.checklist_sample import SAMPLE
from advocacy.last_answers import Answered, answers_too, line_up
from advocacy.question_changes import is_reordered, question_changes
from advocacy.questions import (
    MAX_ANSWER,
    Choice,
    InvalidAnswer,
    Kind,
    MalformedQuestions,
    Outcome,
    Question,
    clean_answer,
    display_answer,
    read_questions,
    unanswered,
    with_keys,
    write_questions,
)
from advocacy.views.checklists import in_sections

HOURS = (Choice("c2", "Setiap hari"), Choice("c3", "Kadang-kadang"), Choice("c4", "Tidak"))
OPEN = Question("k1", "Buka saat tim datang", section="Layanan")
DAYS = Question("k5", "Hari buka", section="Layanan", kind=Kind.NUMBER, unit="hari")
SIZE = Question("k6", "Luas ruang baca", kind=Kind.DECIMAL, unit="m²")
BOOK = Question("k7", "Buku tamu diisi", kind=Kind.ONE, choices=HOURS)
HELP = Question("k8", "Dukungan", kind=Kind.SEVERAL, choices=HOURS)
TEXT = Question("k9", "Yang menghambat", kind=Kind.TEXT)
ALL = (OPEN, DAYS, SIZE, BOOK, replace(HELP, choices=()), TEXT)


def stored(**changes):
    return write_questions([BOOK])[0] | changes


class TestStored:
    def test_what_is_written_is_read_again(self):
        asked = with_keys(SAMPLE, (), 0)[0]
        assert read_questions(json.loads(json.dumps(write_questions(asked)))) == asked

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def test_any_questions_are(self, data):
        words = st.sampled_from(["a", "b", "É", "Setiap hari", "☂ 1", "=1+1", "<b>"])
        made = []
        for _ in range(data.draw(st.integers(0, 5))):
            kind = data.draw(st.sampled_from(list(Kind)))
            labels = data.draw(st.lists(words, min_size=2, max_size=4, unique=True))
            choosing = kind in (Kind.ONE, Kind.SEVERAL)
            made.append(
                Question(
                    "",
                    data.draw(words),
                    kind=kind,
                    choices=tuple(Choice("", label) for label in labels) if choosing else (),
                    unit="hari" if kind == Kind.NUMBER else "",
                    required=data.draw(st.booleans()),
                    outcome=data.draw(st.sampled_from(["", *Outcome.values])),
                )
            )
        asked, last = with_keys(made, (), 0)
        keys = [one.key for one in asked] + [c.key for one in asked for c in one.choices]
        assert read_questions(write_questions(asked)) == asked
        assert len(set(keys)) == len(keys) == last

    @pytest.mark.parametrize(
        "broken",
        [
            None,
            {},
            "[]",
            [1],
            [{}],
            [stored(extra=1)],
            [stored(key="")],
            [stored(key="k0")],
            [stored(key="c5")],
            [stored(key=7)],
            [stored(text="")],
            [stored(text=None)],
            [stored(text="dua\nbaris")],
            [stored(text="a\x00")],
            [stored(text="a" * 301)],
            [stored(kind="photo")],
            [stored(kind=["one"])],
            [stored(outcome="money")],
            [stored(required=1)],
            [stored(unit="hari")],
            [stored(choices=[])],
            [stored(choices=[{"key": "c2", "label": "Satu saja"}])],
            [stored(choices="ya")],
            [stored(choices=[{"key": "c2"}, {"key": "c3"}])],
            [stored(choices=[{"key": "c2", "label": "A"}, {"key": "c2", "label": "B"}])],
            [stored(choices=[{"key": "c2", "label": "A"}, {"key": "c3", "label": "a. "}])],
            [stored(choices=[{"key": "c2", "label": "A"}, {"key": "c3", "label": ""}])],
            [stored(kind="yes_no")],
            [stored(), stored()],
            [stored()] * 101,
        ],
    )
    def test_what_is_none_is_refused(self, broken):
        with pytest.raises(MalformedQuestions):
            read_questions(broken)

    def test_the_sample_has_each_outcome_and_kind(self):
        assert 12 <= len(SAMPLE) <= 15
        assert {one.outcome for one in SAMPLE} >= set(Outcome.values)
        assert {one.kind for one in SAMPLE} == set(Kind)


class TestKeys:
    def test_a_key_is_made_once_and_stays_when_the_words_are_changed(self):
        first, last = with_keys([replace(DAYS, key=""), replace(OPEN, key="")], (), 0)
        assert [one.key for one in first] == ["k1", "k2"]
        reworded = [replace(first[1], text="Buka waktu dikunjungi"), first[0]]
        assert [one.key for one in with_keys(reworded, first, last)[0]] == ["k2", "k1"]

    def test_a_key_that_was_taken_away_is_never_given_again(self):
        first, last = with_keys([replace(DAYS, key="")], (), 0)
        none, last = with_keys([], first, last)
        again, last = with_keys([replace(DAYS, key="")], none, last)
        assert again[0].key == "k2" and last == 2

    def test_of_two_with_one_key_the_first_keeps_it(self):
        made, _ = with_keys([DAYS, replace(TEXT, key="k5")], (), 9)
        assert [one.key for one in made] == ["k5", "k10"]

    @pytest.mark.parametrize("claimed", ["k99", "k0", "c2", "x", "k٣", "k" + "9" * 30])
    def test_one_that_was_never_given_out_is_not_taken(self, claimed):
        assert with_keys([replace(DAYS, key=claimed)], (), 9)[0][0].key == "k10"

    def test_choices_keep_theirs_by_their_words(self):
        labels = ["Tidak", "setiap  hari.", "Sering"]
        changed = replace(BOOK, choices=tuple(Choice("", label) for label in labels))
        made, last = with_keys([changed], [BOOK], 9)
        assert [one.key for one in made[0].choices] == ["c4", "c2", "c10"] and last == 10


class TestAnswers:
    @pytest.mark.parametrize(
        ("question", "texts", "value", "shown"),
        [
            (OPEN, ["ya"], True, "Ya"),
            (OPEN, ["tidak"], False, "Tidak"),
            (DAYS, ["6"], 6, "6 hari"),
            (DAYS, ["0"], 0, "0 hari"),
            (DAYS, [" 1.250 "], 1250, "1.250 hari"),
            (SIZE, ["56"], "56", "56 m²"),
            (SIZE, ["6,50"], "6.5", "6,5 m²"),
            (SIZE, ["6.5"], "6.5", "6,5 m²"),
            (SIZE, ["1.250,75"], "1250.75", "1.250,75 m²"),
            (SIZE, ["1.250"], "1250", "1.250 m²"),
            (BOOK, ["c3"], "c3", "Kadang-kadang"),
            (HELP, ["c4", "c2"], ["c2", "c4"], "Setiap hari; Tidak"),
            (TEXT, ["Sinyal\r\nlemah\x00"], "Sinyal\nlemah", "Sinyal\nlemah"),
        ],
    )
    def test_are_stored_and_shown(self, question, texts, value, shown):
        assert clean_answer(question, texts) == value
        assert type(clean_answer(question, texts)) is type(value)
        assert display_answer(question, value) == shown
        assert json.loads(json.dumps(value)) == value

    @pytest.mark.parametrize("question", ALL)
    @pytest.mark.parametrize("blank", [[], [""], [" ", "\x00"]])
    def test_nothing_is_none_and_not_zero(self, question, blank):
        assert clean_answer(question, blank) is None
        assert display_answer(question, None) == ""

    @pytest.mark.parametrize(
        ("question", "texts", "words"),
        [
            (OPEN, ["mungkin"], "Pilih Ya atau Tidak."),
            (OPEN, ["ya", "tidak"], "Beri satu jawaban saja."),
            (DAYS, ["-1"], "Tulis angka bulat"),
            (DAYS, ["6,5"], "Tulis angka bulat"),
            (DAYS, ["12.50"], "Tulis angka bulat"),
            (DAYS, ["enam"], "Tulis angka bulat"),
            (DAYS, ["١٢"], "Tulis angka bulat"),
            (DAYS, ["9" * 40], "terlalu besar"),
            (SIZE, ["6,555"], "Tulis angka"),
            (SIZE, ["1e3"], "Tulis angka"),
            (SIZE, ["-6,5"], "Tulis angka"),
            (SIZE, ["1000000000"], "terlalu besar"),
            (BOOK, ["c9"], "Pilih dari daftarnya."),
            (BOOK, ["Tidak"], "Pilih dari daftarnya."),
            (HELP, ["c2", "c9"], "Pilih dari daftarnya."),
            (TEXT, ["a" * (MAX_ANSWER + 1)], "Paling banyak"),
        ],
    )
    def test_what_is_no_answer_is_told_in_words(self, question, texts, words):
        with pytest.raises(InvalidAnswer, match=words):
            clean_answer(question, texts)

    def test_what_has_to_be_answered(self):
        asked = [replace(OPEN, required=True), replace(DAYS, required=True), TEXT]
        assert unanswered(asked, {"k1": False, "k5": None}) == [asked[1]]
        assert unanswered(asked, {"k1": False, "k5": 0}) == []


# Three versions of one checklist: what became of each question ------------------------------------
FIRST = with_keys(
    [
        Question("", "Hari buka", kind=Kind.NUMBER, unit="hari"),  # k1, reworded
        Question("", "Ada internet"),  # k2, removed and written anew
        Question(
            "",
            "Buku tamu diisi",
            kind=Kind.ONE,
            choices=tuple(Choice("", label) for label in ("Setiap hari", "Kadang", "Tidak")),
        ),  # k3 with c4, c5, c6: choices change
        Question("", "Komputer", kind=Kind.TEXT),  # k7, another kind
        Question("", "Jam buka", kind=Kind.NUMBER, unit="jam"),  # k8, another unit
    ],
    (),
    0,
)
SECOND = with_keys(
    [
        replace(FIRST[0][0], text="Hari buka dalam sepekan"),
        replace(
            FIRST[0][2],
            choices=tuple(
                Choice("", label) for label in ("Setiap hari", "Sepekan sekali", "Tidak")
            ),
        ),
        replace(FIRST[0][3], kind=Kind.NUMBER, unit="unit"),
        replace(FIRST[0][4], unit="jam per pekan"),
    ],
    *FIRST,
)
THIRD = with_keys(
    [
        Question("", "Ada internet"),  # re-added: another question
        *SECOND[0],
        Question("", "Peserta kegiatan", kind=Kind.NUMBER, unit="orang"),
    ],
    *SECOND,
)
MARCH = Answered(
    date(2019, 3, 20),
    FIRST[0],
    {"k1": 5, "k2": True, "k3": "c5", "k7": "Dua, satu rusak", "k8": 6},
)
JUNE = Answered(date(2019, 6, 12), SECOND[0], {"k1": 6, "k7": None})


def found_in(asked, earlier):
    """{words of the question: (last answer or None for new, its day, what "same" answers)}"""
    return {
        row.question.text: (None if row.is_new else row.text, row.day, row.same)
        for row in line_up(asked, earlier)
    }


class TestLastAnswers:
    def test_beside_the_second_version(self):
        day = MARCH.day
        assert found_in(SECOND[0], [MARCH]) == {
            "Hari buka dalam sepekan": ("5 hari", day, 5),
            "Buku tamu diisi": ("Kadang", day, None),  # no choice of today
            "Komputer": ("Dua, satu rusak", day, None),  # in the words of then
            "Jam buka": ("6 jam", day, None),  # of another unit
        }

    def test_beside_the_third_version(self):
        assert found_in(THIRD[0], [JUNE, MARCH]) == {
            "Ada internet": (None, None, None),  # a new question, though of the same words
            "Hari buka dalam sepekan": ("6 hari", JUNE.day, 6),
            "Buku tamu diisi": ("Kadang", MARCH.day, None),
            "Komputer": ("Dua, satu rusak", MARCH.day, None),
            "Jam buka": ("6 jam", MARCH.day, None),
            "Peserta kegiatan": (None, None, None),
        }

    def test_a_choice_that_is_still_there_can_be_taken_again(self):
        kept = Answered(MARCH.day, FIRST[0], {"k3": "c4"})
        assert found_in(THIRD[0], [kept])["Buku tamu diisi"] == ("Setiap hari", kept.day, "c4")

    def test_asked_before_and_never_answered_is_not_new(self):
        assert found_in(SECOND[0], [Answered(MARCH.day, FIRST[0])])["Hari buka dalam sepekan"] == (
            "",
            None,
            None,
        )

    def test_no_and_nothing_are_answers(self):
        visit = Answered(MARCH.day, (OPEN, DAYS), {"k1": False, "k5": 0})
        assert [row.same for row in line_up((OPEN, DAYS), [visit])] == [False, 0]

    def test_without_a_visit_everything_is_new(self):
        assert all(row.is_new for row in line_up(THIRD[0], []))

    @pytest.mark.parametrize(
        ("now", "value", "same"),
        [
            (HELP, ["c2", "c3"], True),
            (replace(HELP, choices=HOURS[1:]), ["c2", "c3"], False),
            (replace(HELP, kind=Kind.ONE), ["c2"], False),
        ],
    )
    def test_several_choices_are_the_same_if_each_can_be_chosen(self, now, value, same):
        assert answers_too(now, HELP, value) is same


class TestTwoVersions:
    def test_what_became_of_each_question(self):
        changes = question_changes(SECOND[0], THIRD[0])
        assert [(c.question.text, c.before is None) for c in changes] == [
            ("Ada internet", True),
            ("Peserta kegiatan", True),
        ]
        changes = {c.question.text: c for c in question_changes(FIRST[0], SECOND[0])}
        assert changes["Hari buka dalam sepekan"].parts == (
            ("Pertanyaan", "Hari buka", "Hari buka dalam sepekan"),
        )
        assert changes["Buku tamu diisi"].parts == (
            (
                "Pilihan",
                "Setiap hari; Kadang; Tidak",
                "Setiap hari; Sepekan sekali; Tidak",
            ),
        )
        assert changes["Ada internet"].after is None
        assert len(changes) == 5
        assert question_changes(FIRST[0], FIRST[0]) == []

    def test_the_order_is_that_of_what_is_in_both(self):
        assert not is_reordered((OPEN, DAYS, TEXT), (OPEN, TEXT, SIZE))
        assert is_reordered((OPEN, DAYS), (DAYS, SIZE, OPEN))

    def test_a_heading_stands_where_the_section_changes(self):
        assert in_sections([OPEN, DAYS, TEXT]) == [
            ("Layanan", [(1, OPEN), (2, DAYS)]),
            ("", [(3, TEXT)]),
        ]
