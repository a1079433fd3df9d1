"""The agenda on home: what comes, with its time on the clock of its province."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
#: At one moment in provinces of WIB, WITA and WIT.
TIMES = {"19": "09.00 WIB", "71": "10.00 WITA", "91": "11.00 WIT"}


@pytest.mark.parametrize(
    ("roles", "own"),
    [
        ([None], "WIB"),  # national
        (["19"], "WIB"),
        (["71"], "WITA"),
        (["91"], "WIT"),
        (["71", "19"], "WIB"),
        (["71", "91"], "WIB"),
    ],
)
def test_a_zone_is_named_where_it_is_not_the_readers(client, sign_in, monkeypatch, roles, own):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 2, tzinfo=UTC))
    for code in TIMES:
        starts = datetime(2026, 11, 25, 2, tzinfo=UTC)
        factories.meeting(factories.team(code), title=code, starts_at=starts, place="Aula")
    first, *others = roles
    account = factories.user("secretariat", province_code=first)
    for code in others:
        factories.assign(account, "secretariat", code)
    sign_in(account)
    notes = {one.title: one.note for one in client.get("/").context["agenda"]}
    seen = TIMES if first is None else {code: TIMES[code] for code in roles}
    assert notes == {
        code: f"Rabu, 25 November 2026, {time.removesuffix(f' {own}')} · Aula"
        for code, time in seen.items()
    }
    calendar = client.get("/kalender/?hari=2026-11-25").context["items"]
    assert {one.text: one.note for one in calendar} == {
        code: time.removesuffix(f" {own}") for code, time in seen.items()
    }
