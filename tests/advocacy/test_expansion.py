"""Steps of a village into the programme: each with evidence or a reason, on days in order."""

from datetime import date, timedelta

import pytest

from advocacy.actions.expansion import add_step, correct_last_step, take_back_last_step
from advocacy.expansion_stages import Stage
from advocacy.models import ExpansionCase, ExpansionStep
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    return factories.user("secretariat")


def step(stage, day=date(2019, 6, 1), **fields):
    return ExpansionStep(stage=stage, reached_on=day, **{"reason": "list", "note": "x"} | fields)


def stage_of(case, day=date(2020, 1, 1)):
    return ExpansionCase.objects.at(day).get(pk=case.pk).stage


class TestSteps:
    def test_the_stage_is_that_of_the_last_step(self, by):
        case = factories.expansion(None, "candidate", "audience", by=by, day=date(2019, 1, 15))
        assert stage_of(case) == "audience"
        assert stage_of(case, date(2019, 1, 20)) == "candidate"
        assert not ExpansionCase.objects.at(date(2019, 1, 14)).exists()

    def test_late_entry_is_dated_any_day_from_the_step_before(self, by):
        case = factories.expansion(by=by, day=date(2019, 1, 15))
        with pytest.raises(TransitionError, match="Tidak boleh sebelum langkah calon"):
            add_step(case=case, step=step("audience", date(2019, 1, 14)), by=by)
        case.refresh_from_db()
        add_step(case=case, step=step("audience", date(2019, 1, 15)), by=by)
        assert stage_of(case) == "audience"

    def test_not_of_a_day_to_come(self, by):
        case = factories.expansion(by=by)
        tomorrow = date.today() + timedelta(days=2)
        with pytest.raises(TransitionError, match="sesudah hari ini"):
            add_step(case=case, step=step("audience", tomorrow), by=by)

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"reason": ""}, "Pilih satu bukti"),
            ({"reason": "other", "note": " "}, "Tuliskan sebabnya"),
            ({"stage": "candidate"}, "sudah pada tahap calon"),
            ({"stage": "stopped", "note": ""}, "Tuliskan sebabnya"),
        ],
    )
    def test_what_a_step_lacks(self, by, fields, message):
        case = factories.expansion(by=by)
        fields = {"stage": "audience"} | fields
        with pytest.raises(TransitionError, match=message):
            add_step(case=case, step=step(**fields), by=by)
        assert case.steps.count() == 1 and stage_of(case) == "candidate"

    def test_evidence_must_be_of_a_kind_that_shows_the_stage(self, by):
        case = factories.expansion(by=by)
        commitment = factories.commitment(case.team)
        shown = {"commitment": commitment, "reason": "", "note": ""}
        with pytest.raises(TransitionError, match="Yang dibutuhkan: audiensi"):
            add_step(case=case, step=step("audience", **shown), by=by)
        case.refresh_from_db()
        add_step(case=case, step=step("commitment", **shown), by=by)
        assert case.steps.last().evidence == commitment

    def test_back_and_stopped_with_words_and_resumed(self, by):
        case = factories.expansion(None, "candidate", "audience", "commitment", by=by)
        with pytest.raises(TransitionError, match="Tuliskan sebabnya"):
            add_step(case=case, step=step("audience", note=""), by=by)
        case.refresh_from_db()
        made = add_step(case=case, step=step("audience", note="Salah catat."), by=by)
        assert made.is_backward
        case.refresh_from_db()
        add_step(case=case, step=step("stopped", note="Desa mundur."), by=by)
        assert stage_of(case) == "stopped"
        case.refresh_from_db()
        made = add_step(case=case, step=step("audience", note=""), by=by)
        assert not made.is_backward and stage_of(case) == "audience"

    def test_two_at_once_are_one(self, by):
        case = factories.expansion(by=by)
        first, second = (ExpansionCase.objects.get(pk=case.pk) for _ in range(2))
        add_step(case=first, step=step("audience"), by=by)
        with pytest.raises(StaleRecord):
            add_step(case=second, step=step("commitment"), by=by)
        assert case.steps.count() == 2


class TestCorrections:
    def test_the_last_step_is_corrected_and_the_ones_before_are_not(self, by):
        case = factories.expansion(None, "candidate", "audience", by=by, day=date(2019, 1, 15))
        first, last = case.steps.all()
        last.reached_on = date(2019, 1, 14)
        with pytest.raises(TransitionError, match="Tidak boleh sebelum"):
            correct_last_step(step=last, by=by)
        last = case.steps.last()
        last.reached_on = date(2019, 2, 1)
        correct_last_step(step=last, by=by, version=last.version)
        assert case.steps.last().reached_on == date(2019, 2, 1)
        with pytest.raises(TransitionError, match="Hanya langkah terakhir"):
            correct_last_step(step=first, by=by)

    def test_the_last_step_is_taken_back_and_the_first_stays(self, by):
        case = factories.expansion(None, "candidate", "audience", by=by)
        take_back_last_step(case=case, by=by, version=case.version)
        assert stage_of(case) == "candidate"
        case.refresh_from_db()
        with pytest.raises(TransitionError, match="Langkah pertama"):
            take_back_last_step(case=case, by=by, version=case.version)


def test_evidence_that_is_withdrawn_marks_the_step_and_leaves_it(by):
    case = factories.expansion(by=by)
    commitment = factories.commitment(case.team)
    shown = {"commitment": commitment, "reason": "", "note": ""}
    add_step(case=case, step=step("commitment", **shown), by=by)
    assert case.steps.last().fault == ""
    commitment.withdraw(by=by, reason="Batal.")
    last = ExpansionStep.objects.with_evidence().get(number=2)
    assert last.fault == "Komitmen ini sudah ditarik." and stage_of(case) == "commitment"


@pytest.mark.both("what stands no longer is left out by joins")
def test_those_without_a_fault_are_the_ones_with_standing_evidence(by):
    place, team = factories.village(), factories.team()
    case = factories.expansion(place, by=by)
    asked = factories.case(team, villages=[place], by=by)
    promise, paid = (factories.commitment(team, case=asked, by=by) for _ in range(2))
    shown = {
        "audience": {"meeting": factories.audience(team, [asked], by=by)},
        "commitment": {"commitment": promise},
        "budget": {"realisation": factories.realisation(paid, amount=1, by=by)},
        "running": {
            "report": factories.report(
                factories.library(place), by=factories.user(), state="verified", verified_by=by
            )
        },
    }
    for stage, told in shown.items():
        given = step(stage, date(2019, 9, 6), reason="", **told)
        add_step(case=case, step=given, by=by)

    def standing():
        return {one.stage for one in case.steps.with_standing_evidence()}

    assert standing() == {one.stage for one in case.steps.all() if one.reason == ""} == set(shown)
    shown["audience"]["meeting"].cancel(by=by, reason="Batal.")
    assert standing() == {"commitment", "budget", "running"}
    promise.withdraw(by=by, reason="Batal.")
    paid.stored().withdraw(by=by, reason="Batal.")
    assert standing() == {"running"}
    shown["running"]["report"].stored().reopen(by=by, reason="Keliru.")
    assert standing() == set()
    assert all(one.reason or one.fault for one in case.steps.all())


@pytest.mark.both("constraints hold what an action would refuse")
class TestConstraints:
    def test_one_case_for_a_village(self, by):
        case = factories.expansion(by=by)
        other = factories.expansion(factories.village("19.01.06.2003"), by=by)
        refused(other, village_id=case.village_id)

    def test_one_evidence_or_a_reason(self, by):
        row = factories.expansion(None, "candidate", "audience", by=by).steps.last()
        meeting = factories.meeting(row.case.team)
        commitment = factories.commitment(row.case.team)
        refused(row, reason="")
        refused(row, meeting=meeting)
        kept(row, meeting=meeting, reason="")
        refused(row, commitment=commitment)
        refused(row, meeting=None)

    def test_it_moves_and_says_why_where_it_goes_back(self, by):
        row = factories.expansion(None, "candidate", "audience", by=by).steps.last()
        refused(row, stage="candidate")
        refused(row, is_backward=True, note="")
        refused(row, stage="stopped", note="")
        refused(row, reason="other", note="")
        kept(row, is_backward=True, note="Mundur.")
        refused(row, number=1)


def test_every_stage_but_the_last_two_has_a_next():
    assert [stage.next for stage in Stage] == [*list(Stage)[1:7], None, None]
