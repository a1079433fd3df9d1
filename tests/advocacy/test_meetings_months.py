"""A meeting that has a month and no day is ahead until that month is over in its own province."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from advocacy.models import Meeting
from sinergi.kit.dates import ZONE_NAMES
from tests import factories
from tests.pages import html_of

#: A province of each zone: WIB, WITA, WIT.
PROVINCES = ("19", "71", "91")
#: When (UTC) of a meeting of November it is too late in which of them.
MOMENTS = {
    datetime(2026, 10, 31, 14, 30, tzinfo=UTC): "",  # October is not over anywhere
    datetime(2026, 10, 31, 15, 30, tzinfo=UTC): "",  # 1 November in WIT alone
    datetime(2026, 10, 31, 17, 30, tzinfo=UTC): "",  # and everywhere
    datetime(2026, 11, 15, 2, tzinfo=UTC): "",
    datetime(2026, 11, 30, 14, 30, tzinfo=UTC): "",  # 23.30 WIT
    datetime(2026, 11, 30, 15, 30, tzinfo=UTC): "91",
    datetime(2026, 11, 30, 16, 30, tzinfo=UTC): "71 91",
    datetime(2026, 11, 30, 17, 30, tzinfo=UTC): "19 71 91",
}


@pytest.fixture
def of_november(db):
    """Return the meeting of November of each province, as the form stores it."""
    made = {}
    for code in PROVINCES:
        team = factories.team(code)
        first = datetime(2026, 11, 1, tzinfo=ZoneInfo(team.province.time_zone))
        title = f"Rapat bulanan {code}"
        made[code] = factories.meeting(team, title=title, starts_at=first, day_is_set=False)
    return made


def provinces_of(rows):
    return " ".join(sorted(row.province_id for row in rows))


@pytest.mark.both("moments in three zones are compared by the database")
@pytest.mark.parametrize(("moment", "late"), MOMENTS.items())
def test_its_own_clock_says_when_its_month_is_over(of_november, monkeypatch, moment, late):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    ahead = " ".join(code for code in PROVINCES if code not in late)
    for name in ("UTC", *ZONE_NAMES):  # on whichever clock somebody reads
        now = moment.astimezone(ZoneInfo(name))
        assert provinces_of(Meeting.objects.coming(now)) == ahead
        assert provinces_of(Meeting.objects.lapsed(now)) == late
    assert provinces_of(one for one in of_november.values() if one.is_ahead) == ahead


@pytest.mark.both("moments in three zones are compared by the database")
@pytest.mark.parametrize(("moment", "late"), MOMENTS.items())
def test_home_and_the_list_say_so_to_a_national_reader(
    client, sign_in, of_november, monkeypatch, moment, late
):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    sign_in("secretariat", province_code=None)
    home = client.get("/")
    told = {one.title[-2:] for one in home.context["tasks"] if one.title.startswith("Rapat bulan")}
    assert told == set(late.split())
    assert html_of(home).count("Waktunya sudah lewat") == len(told)
    coming = {one.title[-2:] for one in home.context["agenda"] if "/rapat/" in one.url}
    assert coming == set(PROVINCES) - told
    groups = client.get("/rapat/").context["rows"]["groups"]
    found = {row.title[-2:]: heading for heading, rows in groups for row, _ in rows}
    assert {code for code, heading in found.items() if heading == "November 2026"} == told
    assert {code for code, heading in found.items() if heading == "Akan datang"} == coming


@pytest.mark.both("moments are compared by the database")
def test_one_that_begins_now_is_ahead_wherever_that_is_asked(db, monkeypatch):
    now = datetime(2026, 11, 15, 2, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    one = factories.meeting(starts_at=now)
    assert one.is_ahead and [*Meeting.objects.coming(now)] == [one]
