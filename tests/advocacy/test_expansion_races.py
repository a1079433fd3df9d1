"""
Two real requests at the same moment over the expansion and its trainings, on PostgreSQL, each with
its negative control (tests/test_races.py says how).
"""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from advocacy.models import ExpansionCase, ExpansionStep, Training
from sinergi.kit.models import Record
from tests import factories
from tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

AUDIENCE, COMMITMENT = "audience", "commitment"


@pytest.fixture
def account():
    return factories.user("secretariat")


@pytest.fixture
def other():
    return factories.user("administrator")


@pytest.fixture
def case(account):
    """Return the case of a village with one step."""
    return factories.expansion(factories.village(), by=account, day=date(2019, 1, 15))


@pytest.fixture
def further(account):
    """Return the case of a village with two steps."""
    stages = ("candidate", AUDIENCE)
    return factories.expansion(factories.village(), *stages, by=account, day=date(2019, 1, 15))


@pytest.fixture
def without_claim(monkeypatch):
    """Take the guard away: nobody asks any more which version was read."""
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)


@pytest.fixture
def without_turn(monkeypatch):
    """Take away that each writes the case first, which lets one in after the other."""
    monkeypatch.setattr(ExpansionCase, "save_as", lambda self, **told: self)


@pytest.fixture
def without_numbers():
    """Take away that a number is that of one step, until the test has looked."""
    name = "advocacy_expansionstep_number_once"
    once = next(one for one in ExpansionStep._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(ExpansionStep, once)
    yield
    ExpansionStep.objects.filter(number__gt=1).delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(ExpansionStep, once)


def met_before(method):
    """Return this method of a step, before which two wait for each other."""

    def meet_first(self, **told):
        self.meet()
        return method(self, **told)

    return meet_first


def move(case, stage, sender, **changes):
    data = {
        "version": case.version,
        "idempotency_key": str(uuid.uuid4()),
        "reached_on": "2019-08-13",
        "note": "Dari rapat desa.",
        "evidence": "none",
        "reason": "spoken",
    }
    return (
        f"{reverse('advocacy:expansion_move', args=[case.pk])}?ke={stage}",
        data | changes,
        sender,
    )


def take_back(case, sender):
    url = reverse("advocacy:expansion_take_back", args=[case.pk])
    return url, {"version": case.version}, sender


def correct(case, sender):
    step = case.steps.last()
    url = reverse("advocacy:expansion_step_update", args=[step.pk])
    data = {"version": step.version, "reached_on": "2019-02-20", "note": "Tanggalnya keliru."}
    return url, data | {"evidence": "none", "reason": "earlier"}, sender


def steps_of(case):
    return list(case.steps.order_by("number", "pk").values_list("number", "stage"))


def numbers_of(case):
    return [number for number, _ in steps_of(case)]


class TestTheNextStep:
    def test_of_two_people_one_wins_and_the_other_is_told(self, account, other, case, monkeypatch):
        requests = [move(case, AUDIENCE, account), move(case, COMMITMENT, other)]
        meet = (ExpansionCase, "_claim")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 409]
        assert numbers_of(case) == [1, 2]
        first, last = case.steps.order_by("number")
        assert last.from_stage == first.stage

    def test_control_without_the_claim_the_second_moves_what_nobody_showed_them(
        self, account, other, case, without_claim, monkeypatch
    ):
        requests = [move(case, AUDIENCE, account), move(case, COMMITMENT, other)]
        meet = (ExpansionCase, "_claim")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert numbers_of(case) == [1, 2, 3]

    def test_control_where_no_case_is_written_the_number_stops_the_second(
        self, account, other, case, without_turn, monkeypatch
    ):
        requests = [move(case, AUDIENCE, account), move(case, COMMITMENT, other)]
        meet = (ExpansionStep, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 422]
        assert numbers_of(case) == [1, 2]

    def test_control_without_that_either_there_are_two_second_steps(
        self, account, other, case, without_turn, without_numbers, monkeypatch
    ):
        requests = [move(case, AUDIENCE, account), move(case, COMMITMENT, other)]
        meet = (ExpansionStep, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert numbers_of(case) == [1, 2, 2]

    def test_the_same_form_twice_is_one_step_and_done_both_times(self, account, case, monkeypatch):
        twice = [move(case, AUDIENCE, account)] * 2
        meet = (ExpansionCase, "_claim")
        assert at_once(None, *twice, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert steps_of(case) == [(1, "candidate"), (2, AUDIENCE)]

    def test_control_without_its_key_the_second_sending_is_told(self, account, case, monkeypatch):
        twice = [move(case, AUDIENCE, account, idempotency_key="")] * 2
        meet = (ExpansionCase, "_claim")
        assert at_once(None, *twice, meet_in=meet, monkeypatch=monkeypatch) == [302, 409]
        assert steps_of(case) == [(1, "candidate"), (2, AUDIENCE)]


class TestTheFirstStep:
    def two_openings(self, account, other):
        factories.team()
        url = reverse("advocacy:expansion_create", args=[factories.village().pk])
        data = {"source": "", "reached_on": "2019-08-13", "evidence": "none", "reason": "list"}
        return [
            (url, data | {"idempotency_key": str(uuid.uuid4())}, sender)
            for sender in (account, other)
        ]

    def test_two_open_the_case_of_one_village_and_there_is_one(self, account, other, monkeypatch):
        requests = self.two_openings(account, other)
        meet = (ExpansionCase, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 422]
        assert numbers_of(ExpansionCase.objects.get()) == [1]

    def test_control_without_one_case_for_a_village_there_are_two(
        self, account, other, monkeypatch
    ):
        requests = self.two_openings(account, other)
        table = ExpansionCase._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'"
                " AND conname LIKE '%%village%%'",
                [table],
            )
            name = cursor.fetchone()[0]
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        meet = (ExpansionCase, "save_as")
        try:
            answers = at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch)
            assert answers == [302, 302] and ExpansionCase.objects.count() == 2
        finally:
            ExpansionStep.objects.all().delete()
            ExpansionCase.objects.all().delete()
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" UNIQUE (village_id)')

    def test_the_same_form_twice_is_one_case_and_done_both_times(self, account, monkeypatch):
        request = self.two_openings(account, account)[0]
        meet = (ExpansionCase, "save_as")
        answers = at_once(None, request, request, meet_in=meet, monkeypatch=monkeypatch)
        assert answers == [302, 302] and numbers_of(ExpansionCase.objects.get()) == [1]


class TestTheLastStep:
    def corrected_and_moved(self, case, account, other):
        return [correct(case, account), move(case, COMMITMENT, other)]

    def test_corrected_while_another_adds_one_only_one_is_written(
        self, account, other, further, monkeypatch
    ):
        requests = self.corrected_and_moved(further, account, other)
        meet = (ExpansionCase, "_claim")
        answers = at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch)
        note = further.steps.get(number=2).note
        moved, corrected = numbers_of(further) == [1, 2, 3], note == "Tanggalnya keliru."
        assert answers in ([302, 409], [302, 422]) and moved != corrected

    def test_control_without_the_claim_a_step_that_is_no_longer_the_last_is_corrected(
        self, account, other, further, without_claim, monkeypatch
    ):
        requests = self.corrected_and_moved(further, account, other)
        meet = (ExpansionStep, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert numbers_of(further) == [1, 2, 3]
        assert further.steps.get(number=2).note == "Tanggalnya keliru."

    def taken_back_and_moved(self, case, account, other):
        return [take_back(case, account), move(case, COMMITMENT, other)]

    def test_taken_back_while_another_adds_one_no_number_is_missing(
        self, account, other, further, monkeypatch
    ):
        requests = self.taken_back_and_moved(further, account, other)
        meet = (ExpansionCase, "_claim")
        answers = at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch)
        assert answers in ([302, 409], [302, 422])
        assert numbers_of(further) in ([1], [1, 2, 3])

    def test_control_where_no_case_is_written_a_number_is_missing(
        self, account, other, further, without_turn, monkeypatch
    ):
        requests = self.taken_back_and_moved(further, account, other)
        monkeypatch.setattr(ExpansionStep, "meet", lambda self: None, raising=False)
        for name in ("save_as", "delete_as"):
            monkeypatch.setattr(ExpansionStep, name, met_before(getattr(ExpansionStep, name)))
        meet = (ExpansionStep, "meet")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert numbers_of(further) == [1, 3]

    def test_taken_back_twice_by_a_double_tap_one_goes(self, account, monkeypatch):
        stages = ("candidate", AUDIENCE, COMMITMENT)
        case = factories.expansion(factories.village(), *stages, by=account)
        twice = [take_back(case, account)] * 2
        meet = (ExpansionCase, "_claim")
        assert at_once(None, *twice, meet_in=meet, monkeypatch=monkeypatch) == [302, 422]
        assert numbers_of(case) == [1, 2]


class TestTrainings:
    def twice(self, key, sender):
        factories.team()
        place = factories.village()
        data = {
            "idempotency_key": key,
            "title": "Bimtek TIK",
            "subject": "ict",
            "held_on": "2019-08-20",
            "peserta-TOTAL_FORMS": 1,
            "peserta-INITIAL_FORMS": 0,
            "peserta-0-place": place.pk,
            "peserta-0-women": 3,
        }
        return [(reverse("advocacy:training_create"), data, sender)] * 2

    def test_saved_twice_by_a_double_tap_it_is_one(self, account, monkeypatch):
        requests = self.twice(str(uuid.uuid4()), account)
        meet = (Training, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert Training.objects.get().participants.count() == 1

    def test_control_without_the_key_there_are_two(self, account, monkeypatch):
        requests = self.twice("", account)
        meet = (Training, "save_as")
        assert at_once(None, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 302]
        assert Training.objects.count() == 2
