"""Home on a phone: nothing waits for whoever cannot act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = "Tidak ada yang menunggu Anda hari ini"


@pytest.fixture
def team():
    """Create a team whose meeting to come leaves room for follow-ups; nothing is late of it."""
    made = factories.team()
    for kind in ("internal", "stakeholder", "audience", "plan"):
        factories.cadence_rule(made, kind, is_active=False)
    return made


def in_charge(team, account, what="Menyusun usulan anggaran"):
    meeting = factories.meeting(team, starts_at=timezone.now() + timedelta(days=30))
    person = factories.person(account=account)
    return factories.followup(meeting, what=what, person_in_charge=person, due_on=team.today)


def titles(page):
    return page.locator(".s-tasks h4").all_inner_texts()


@pytest.mark.parametrize("role", ["observer", "regency_officer", None])
def test_whoever_cannot_act_has_nothing_to_do(visitor, team, role):
    in_charge(team, factories.user("member"))
    where = {"regency_code": "19.01"} if role == "regency_officer" else {}
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(factories.user(role, **where))
    assert not titles(page)
    someone.axe("beranda", dark_too=True)
    someone.fits()
    page.goto("/tugas/")
    assert page.get_by_role("heading", name=NOTHING).is_visible()
    someone.axe("semua tugas", dark_too=True)
    someone.fits()
