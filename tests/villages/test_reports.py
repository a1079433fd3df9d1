"""Quarterly reports: quarters, the registry, what contradicts and jumps, states, expectations."""

import itertools
from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused
from villages.actions.reports import save_report, submit_report
from villages.models import Library, LibraryReport
from villages.quarters import Quarter
from villages.querysets.reports import expected_in
from villages.reports.checks import changes, contradictions, jumps
from villages.reports.fields import BY_KEY, FIELDS, Outcome, field_parts, fields_of

Q2 = Quarter(2019, 2)


class TestQuarters:
    @pytest.mark.parametrize(
        ("day", "quarter"),
        [
            (date(2019, 1, 1), Quarter(2019, 1)),
            (date(2019, 3, 31), Quarter(2019, 1)),
            (date(2019, 4, 1), Q2),
            (date(2019, 12, 31), Quarter(2019, 4)),
        ],
    )
    def test_of_a_day(self, day, quarter):
        assert Quarter.of(day) == quarter

    @given(st.integers(2010, 2099), st.integers(1, 4), st.integers(-40, 40))
    def test_moved_and_back(self, year, number, count):
        quarter = Quarter(year, number)
        assert quarter.moved(count).moved(-count) == quarter
        assert quarter.next.previous == quarter
        assert Quarter.of(quarter.starts_on) == Quarter.of(quarter.ends_on) == quarter
        assert (quarter.next > quarter) and Quarter.read(quarter.key) == quarter

    def test_in_words(self):
        assert str(Q2) == "Triwulan II 2019" and Q2.short == "Tw II 2019"
        assert Q2.months_text == "April sampai Juni 2019"
        assert (Q2.ends_on, Q2.due_on) == (date(2019, 6, 30), date(2019, 7, 10))
        assert [Q2.days_late(date(2019, 7, day)) for day in (10, 11, 20)] == [0, 1, 10]

    @pytest.mark.parametrize("text", ["", "2019", "2019-5", "2019-0", "19-1", "2019-1-1", "x-1"])
    def test_what_is_no_quarter(self, text):
        assert Quarter.read(text) is None


class TestRegistry:
    def test_every_field_has_its_column_and_no_column_is_forgotten(self):
        columns = [field.name for field in LibraryReport._meta.get_fields()]
        figures = [name for name in columns if name in BY_KEY]
        assert figures == [field.key for field in FIELDS]

    def test_parts_stand_behind_their_whole_in_its_outcome(self):
        keys = [field.key for field in FIELDS]
        for field in FIELDS:
            if field.whole:
                assert keys.index(field.whole) < keys.index(field.key)
                assert BY_KEY[field.whole].outcome == field.outcome
                assert BY_KEY[field.whole].measure == field.measure
        assert [part.key for part in field_parts("visitors", adding_up=True)] == ["women", "men"]

    def test_outcomes_come_one_after_the_other(self):
        found = [outcome for outcome, _ in itertools.groupby(field.outcome for field in FIELDS)]
        assert found == list(Outcome)

    def test_all_are_asked_now(self):
        assert fields_of(Q2) == list(FIELDS)


class TestContradictions:
    @pytest.mark.parametrize(
        ("figures", "wrong"),
        [
            ({"visitors": 497, "women": 268, "men": 229}, set()),
            ({"visitors": 505, "women": 268, "men": 229}, {"visitors"}),
            ({"visitors": 505, "women": 268, "men": None}, set()),
            ({"visitors": 200, "women": 268, "men": None}, {"visitors", "women"}),
            ({"visitors": None, "women": 268, "men": 229}, set()),
            ({"visitors": 0, "women": 0, "men": 0}, set()),
            ({"staff": 2, "trained_staff": 3}, {"trained_staff"}),
            ({"staff": None, "trained_staff": 3}, set()),
            ({"visitors": 10, "children": 11}, {"children"}),
        ],
    )
    def test_of_a_whole_and_its_parts(self, figures, wrong):
        assert set(contradictions(figures)) == wrong

    def test_says_by_how_much(self):
        told = contradictions({"visitors": 505, "women": 268, "men": 229})["visitors"]
        assert told == "505 tidak sama dengan rinciannya: 268 + 229 = 497, selisih 8."


class TestJumps:
    @pytest.mark.parametrize(
        ("before", "now", "jumped"),
        [
            (96, 412, True),
            (96, 145, False),  # not three times
            (10, 40, False),  # four times, but only 30 more
            (0, 60, True),  # from nothing
            (0, 40, False),
            (412, 96, True),
            (None, 412, False),
            (96, None, False),
        ],
    )
    def test_beyond_ratio_and_floor(self, before, now, jumped):
        found = jumps(FIELDS, {"participants": now}, {"participants": before})
        assert bool(found) == jumped

    def test_in_words(self):
        (one,) = jumps(FIELDS, {"participants": 412}, {"participants": 96})
        assert (one.text, one.times_text) == ("96 → 412", "4,3 kali")


def test_a_change_between_two_versions_tells_unknown_from_none():
    before = {"figures": {"visitors": 505, "children": None, "loans": None}, "notes": {}}
    after = {
        "figures": {"visitors": 497, "children": 0, "loans": None},
        "notes": {"loans": "Hilang"},
    }
    told = [(one.label, one.before, one.after) for one in changes(FIELDS, before, after)]
    assert told == [
        ("Pengunjung", "505", "497"),
        ("Di antaranya anak-anak", "belum tahu", "0"),
        ("Keterangan buku dipinjam atau dibaca di tempat", "", "Hilang"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("lama", "baru", "Diganti"), ("", "baru", "Ditambah"), ("lama", "", "Dihapus")],
)
def test_a_change_of_the_story_is_told_in_its_words_and_that_of_the_photograph_without(
    old, new, word
):
    before, after = (
        {"figures": {}, "notes": {}, "story": text, "photo": text} for text in (old, new)
    )
    told = [(one.label, one.before, one.after, one.word) for one in changes(FIELDS, before, after)]
    assert told == [("Kisah dampak", old, new, word), ("Foto kisah", "", "", word)]


@pytest.fixture
def officer():
    return factories.user("regency_officer", regency_code="19.01")


@pytest.fixture
def secretariat():
    return factories.user("secretariat")


@pytest.fixture
def library():
    return factories.library()


@pytest.mark.django_db
class TestStates:
    def test_handed_in_it_is_kept_word_for_word(self, library, officer):
        report = factories.report(library, by=officer, visitors=497, loans=0)
        submission = report.submissions.get()
        assert submission.content["figures"]["visitors"] == 497
        assert submission.content["figures"]["loans"] == 0
        assert submission.content["figures"]["members"] is None
        with pytest.raises(FrozenRecord):
            submission.save_as(by=officer)
        report.visitors = 1
        with pytest.raises(FrozenRecord):
            report.save_as(by=officer)

    def test_returned_with_a_reason_corrected_and_verified(self, library, officer, secretariat):
        report = factories.report(library, by=officer, visitors=505)
        with pytest.raises(TransitionError):
            report.send_back(by=secretariat, reason=" ")
        report.send_back(by=secretariat, reason="Periksa pengunjungnya.")
        report.visitors = 497
        save_report(report=report, by=officer, version=report.version, submit=True)
        report.verify(by=secretariat)
        assert report.stored().state == "verified"
        numbers = [row.content["figures"]["visitors"] for row in report.submissions.order_by("pk")]
        assert numbers == [505, 497]

    def test_nobody_verifies_or_returns_what_they_handed_in(self, library, secretariat):
        report = factories.report(library, by=secretariat)
        for act in (report.verify, lambda by: report.send_back(by=by, reason="Salah.")):
            with pytest.raises(TransitionError):
                act(by=secretariat)
        assert not LibraryReport.objects.to_verify_by(secretariat).exists()
        assert LibraryReport.objects.to_verify_by(factories.user("secretariat")).exists()

    def test_a_verified_one_changes_only_by_being_opened_and_verified_anew(
        self, library, officer, secretariat
    ):
        report = factories.report(library, by=officer, state="verified", verified_by=secretariat)
        report.visitors = 9
        with pytest.raises(FrozenRecord):
            report.save_as(by=officer)
        report = report.stored()
        report.reopen(by=secretariat, reason="Ada buku tamu kedua.")
        assert not LibraryReport.objects.verified().exists()
        report.visitors = 9
        save_report(report=report, by=officer, version=report.version, submit=True)
        assert report.submissions.count() == 2

    @pytest.mark.parametrize(
        ("figures", "told"),
        [
            ({"visitors": None}, "Belum ada angka yang diisi"),
            ({"visitors": 10, "women": 8, "men": 8}, "tidak sama dengan rinciannya"),
            ({"visitors": 1, "story": "Kelompok ibu berjualan."}, "yang diceritakan setuju"),
        ],
    )
    def test_what_keeps_it_from_being_handed_in(self, library, officer, figures, told):
        report = factories.report(library, by=officer, state="draft", **figures)
        with pytest.raises(TransitionError, match=told):
            submit_report(report=report, by=officer)
        assert not report.submissions.exists()

    def test_of_a_quarter_that_is_not_over(self, library, officer):
        report = factories.report(library, by=officer, state="draft", quarter=Quarter(2098, 4))
        with pytest.raises(TransitionError, match="belum berakhir"):
            submit_report(report=report, by=officer)

    def test_two_people_writing_the_second_is_told(self, library, officer, secretariat):
        report = factories.report(library, by=officer, state="draft")
        one, other = report.stored(), report.stored()
        save_report(report=one, by=officer, version=one.version)
        with pytest.raises(StaleRecord):
            save_report(report=other, by=secretariat, version=other.version)

    def test_late_is_read_from_the_calendar(self, library, officer):
        report = factories.report(library, by=officer, state="draft")
        assert report.status_on(date(2019, 7, 10)).label == "Draf"
        assert report.status_on(date(2019, 7, 12)).label == "Terlambat 2 hari"
        submit_report(report=report, by=officer)
        assert report.status_on(date(2019, 8, 1)).label == "Menunggu pemeriksaan"


@pytest.mark.both("constraints are held by the database")
@pytest.mark.django_db
class TestConstraints:
    def test_once_a_quarter(self, library, officer):
        factories.report(library, by=officer)
        with pytest.raises(IntegrityError):
            factories.report(library, by=officer)

    def test_quarter_reason_and_consent(self, library, officer):
        report = factories.report(library, by=officer)
        refused(report, quarter_number=5)
        refused(report, quarter_number=0)
        refused(report, state="returned")
        refused(report, story="Kisah.")
        kept(report, state="returned", return_reason="Lengkapi.", story="Kisah.")

    def test_verified_by_another(self, library, officer, secretariat):
        report = factories.report(library, by=officer)
        refused(report, state="verified", verified_by=officer)
        kept(report, state="verified", verified_by=secretariat)


@pytest.mark.django_db
@pytest.mark.both("which libraries are expected is asked of the database")
class TestExpected:
    @pytest.mark.parametrize(
        ("joined", "left", "quarters"),
        [
            (None, None, [1, 2, 3, 4]),
            (date(2019, 5, 20), None, [2, 3, 4]),
            (date(2019, 4, 1), date(2019, 9, 30), [2, 3]),
            (None, date(2019, 4, 1), [1, 2]),
            (None, date(2019, 3, 31), [1]),
        ],
    )
    def test_from_the_quarter_they_joined_to_the_one_they_left(
        self, library, joined, left, quarters
    ):
        factories.participation(library, 2019, joined_on=joined, left_on=left)
        found = [
            number
            for number in (1, 2, 3, 4)
            if expected_in(Library.objects, Quarter(2019, number)).exists()
        ]
        assert found == quarters
        assert not expected_in(Library.objects, Quarter(2018, 4)).exists()
        assert expected_in(Library.objects, Quarter(2020, 1)).exists() == (left is None)

    def test_once_however_many_years_it_takes_part(self, library):
        for year in (2019, 2020):
            factories.participation(library, year)
        assert expected_in(Library.objects, Quarter(2020, 3)).count() == 1

    def test_it_leaves_after_joining_in_its_year(self, library):
        row = factories.participation(library, 2019, joined_on=date(2019, 5, 1))
        refused(row, left_on=date(2019, 4, 30))
        refused(row, joined_on=date(2018, 12, 31))
        kept(row, left_on=date(2019, 5, 1))
