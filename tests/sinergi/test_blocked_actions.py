"""What one may do but not yet: shown, with the reason it points at."""

import re

import pytest

from programs.actions import submit_plan
from tests import factories

pytestmark = pytest.mark.django_db


class TestBlockedActions:
    """What one may do but not yet: shown, with the reason it points at."""

    def assert_blocked(self, page, label):
        blocked = (
            r'<a class="btn[^"]*" href="#([\w-]+)" aria-disabled="true"'
            r' aria-describedby="\1">(?:<svg.*?</svg> )?'
        )
        found = re.search(blocked + label, page, re.DOTALL)
        assert found, label
        assert f'id="{found[1]}"' in page

    def test_a_plan_with_gaps(self, client, sign_in):
        account = sign_in("secretariat")
        plan = factories.plan(factories.team(), activities=0, by=account)
        self.assert_blocked(
            client.get(plan.get_absolute_url()).content.decode(), "Ajukan ke Ketua Tim"
        )

    def test_a_decree_with_gaps(self, client, sign_in):
        account = sign_in("secretariat")
        decree = factories.decree(
            factories.team(), state="drafting", level="governor", by=account, diktum=""
        )
        self.assert_blocked(client.get(decree.get_absolute_url()).content.decode(), "Ajukan")

    def test_minutes_and_a_plan_of_ones_own(self, client, sign_in):
        account = sign_in(factories.assign(factories.user("secretariat"), "chair"))
        team = factories.team()
        meeting = factories.minutes(team, by=account, state="submitted")
        self.assert_blocked(
            client.get(meeting.get_absolute_url()).content.decode(), "Sahkan notula"
        )
        plan = factories.plan(team, by=account)
        submit_plan(plan=plan, by=account)
        self.assert_blocked(
            client.get(f"{plan.get_absolute_url()}tinjau/").content.decode(), "Setujui rencana"
        )
