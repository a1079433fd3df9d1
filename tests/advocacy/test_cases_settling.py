"""Where a case stands, by what becomes of the commitments made in it."""

from datetime import date

import pytest
from django.urls import reverse

from advocacy.actions import (
    MeetingMinutes,
    delete_commitment,
    delete_realisation,
    move_case,
    record_meeting,
    renew_commitment,
    save_commitment,
    withdraw_commitment,
)
from advocacy.models import Realisation
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.advocacy.test_cases import fresh
from tests.advocacy.test_commitments import commitment_data, stored

pytestmark = pytest.mark.django_db


class TestSettling:
    """
    Where a case stands does not depend on the order in which its promises were kept, broken or
    corrected.
    """

    @pytest.fixture
    def two(self, team):
        case = factories.case(team)
        return case, *(
            factories.commitment(team, case=case, kind=kind, value=10)
            for kind in ("goods", "money")
        )

    @pytest.mark.parametrize("first", ["realise", "withdraw", "move away"])
    def test_realised_once_all_that_stands_has_come(self, team, two, first):
        case, goods, money = two
        steps = {
            "realise": lambda: factories.realisation(goods, amount=10),
            "withdraw": lambda: withdraw_commitment(
                commitment=stored(money), by=None, reason="Batal."
            ),
        }
        if first == "move away":
            steps["withdraw"] = lambda: move_away(money)
        for name in ("realise", "withdraw") if first != "withdraw" else ("withdraw", "realise"):
            steps[name]()
        assert fresh(case).stage == "realised"

    def test_committed_again_while_something_is_to_come(self, team, two):
        case, goods, money = two
        for one in (goods, money):
            factories.realisation(one, amount=10)
        assert fresh(case).stage == "realised"
        delete_realisation(realisation=Realisation.objects.get(commitment=money), by=None)
        assert fresh(case).stage == "committed" and "belum terealisasi" in case.steps.last().note

    def test_with_the_team_again_once_everything_was_taken_back(
        self, team, two, secretariat_account
    ):
        case, goods, money = two
        for one in (goods, money):
            withdraw_commitment(commitment=stored(one), by=None, reason="Batal.")
        assert (
            fresh(case).stage == "identified"
            and case.steps.last().note == "Semua komitmen ditarik."
        )
        renew_commitment(commitment=stored(goods), by=None)
        assert fresh(case).stage == "committed"

    @pytest.mark.parametrize(("amount", "stage"), [(10, "contacted"), (5, "realised")])
    def test_a_mended_word_does_not_settle_again(
        self, client, sign_in, team, secretariat_account, amount, stage
    ):
        sign_in(secretariat_account)
        case = factories.case(team)
        commitment = factories.commitment(team, case=case, value=10)
        came = factories.realisation(commitment, amount=amount)
        move_case(
            case=fresh(case), stage=stage, on=team.today, note="Kata Ketua.", by=secretariat_account
        )
        data = commitment_data(
            case=case.pk, value="10", description="Lima laptop", version=stored(commitment).version
        )
        assert (
            client.post(
                reverse("advocacy:commitment_update", args=[commitment.pk]), data
            ).status_code
            == 302
        )
        data = {
            "version": came.version,
            "realised_on": "2019-09-05",
            "amount": str(amount),
            "note": "BAST",
        }
        assert (
            client.post(reverse("advocacy:realisation_update", args=[came.pk]), data).status_code
            == 302
        )
        assert fresh(case).stage == stage

    @pytest.mark.parametrize("amount", [0, 10])
    def test_without_promises_it_is_with_the_team_again(self, team, amount):
        case = factories.case(team)
        commitment = factories.commitment(team, case=case, value=10)
        if amount:
            factories.realisation(commitment, amount=amount)
            move_away(commitment)
        else:
            delete_commitment(commitment=stored(commitment), by=None)
        assert (
            fresh(case).stage == "identified"
            and case.steps.last().note == "Tidak ada lagi komitmen."
        )

    def test_saving_again_does_not_move_what_a_person_moved(
        self, client, sign_in, team, secretariat_account
    ):
        sign_in(secretariat_account)
        case = factories.case(team)
        commitment = factories.commitment(team, case=case)
        move_case(
            case=fresh(case),
            stage="contacted",
            on=date(2019, 9, 1),
            note="Janjinya keliru.",
            by=secretariat_account,
        )
        data = commitment_data(
            case=case.pk, description="Enam komputer", version=stored(commitment).version
        )
        assert (
            client.post(
                reverse("advocacy:commitment_update", args=[commitment.pk]), data
            ).status_code
            == 302
        )
        assert fresh(case).stage == "contacted"
        held = factories.audience(team, [fresh(case)])
        move_case(
            case=fresh(case),
            stage="dormant",
            on=date(2019, 9, 2),
            note="Ditunda.",
            by=secretariat_account,
        )
        held.place = "Ruang lain"
        record_again(held, cases=[case])
        assert fresh(case).stage == "dormant"

    def test_what_has_come_is_not_taken_back_nor_changed_after(self, team):
        whole = factories.commitment(team, value=5)
        factories.realisation(whole, amount=5)
        with pytest.raises(TransitionError, match="sudah terealisasi seluruhnya"):
            stored(whole).withdraw(by=None, reason="Batal.")


def move_away(commitment):
    commitment = stored(commitment)
    commitment.case = None
    save_commitment(commitment=commitment, by=None, version=commitment.version)


def record_again(meeting, *, cases):
    record_meeting(MeetingMinutes(meeting=meeting, version=meeting.version, cases=cases), by=None)
