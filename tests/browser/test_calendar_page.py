"""The calendar by hand: through months by the keyboard, filtered without scripts, on a phone."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/kalender/?bulan=2019-11"


@pytest.fixture
def november():
    desk = factories.user("secretariat")
    team = factories.team()
    for n in range(8):
        starts_at = datetime(2019, 11, 20, 1 + n, tzinfo=UTC)
        factories.meeting(team, title=f"Rapat bidang {n}", starts_at=starts_at)
    called_off = factories.meeting(
        team, title="Rapat batal", starts_at=datetime(2019, 11, 5, 2, tzinfo=UTC)
    )
    called_off.cancel(by=desk, reason="Bentrok.")
    factories.meeting(
        team, title="Rapat kapan", starts_at=datetime(2019, 11, 1, tzinfo=UTC), day_is_set=False
    )
    factories.visit(visited_on=date(2019, 11, 6))
    factories.trip(team, days=3, starts_on=date(2019, 11, 11), by=desk)
    factories.partnership(team, ends_on=date(2019, 11, 28))
    factories.commitment(team, due_on=date(2019, 11, 14))
    return desk


def test_through_the_months_by_the_keyboard(visitor, november):
    someone = visitor(viewport=DESKTOP)
    page = someone.sign_in(november)
    page.goto(ADDRESS)
    expect(page.locator(".s-month > li")).to_have_count(35)
    expect(page.locator(".s-month > li.empty").first).to_be_visible()
    someone.axe("bulan", dark_too=True)
    someone.fits()
    page.get_by_role("link", name="Oktober 2019").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Desember 2019", exact=True).wait_for()
    page.get_by_role("link", name="November 2019").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="November 2019", exact=True).wait_for()
    page.get_by_role("link", name="… dan 2 lagi").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Rabu, 20 November 2019").wait_for()
    someone.axe("hari", dark_too=True)
    expect(page.get_by_role("link", name="Rapat bidang")).to_have_count(8)
    page.get_by_role("link", name="Kalender November 2019").click()
    page.get_by_role("heading", name="November 2019", exact=True).wait_for()


def test_the_agenda_of_a_phone_has_only_days_with_something(visitor, november):
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(november)
    page.goto(ADDRESS)
    days = page.locator(".s-month > li")
    shown = [row.get_by_role("time").first for row in days.all() if row.is_visible()]
    told = [one.get_attribute("datetime")[-2:] for one in shown]
    assert told == ["05", "06", "09", "11", "12", "13", "14", "20", "28"]
    page.get_by_text("Saring kalender").click()
    someone.axe("agenda", dark_too=True)
    someone.suits_a_phone()
    someone.fits()
    page.get_by_role("link", name="… dan 2 lagi").click()
    page.get_by_role("heading", name="Rabu, 20 November 2019").wait_for()
    someone.suits_a_phone()
    someone.fits()


def test_filtered_without_scripts(visitor, november):
    someone = visitor(viewport=DESKTOP, java_script_enabled=False)
    page = someone.sign_in(november)
    page.goto(ADDRESS)
    page.get_by_text("Saring kalender").click()
    page.get_by_label("Kunjungan dan perjalanan").check()
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url("**jenis=*")
    expect(page.get_by_role("link", name="1 kunjungan")).to_be_visible()
    expect(page.get_by_role("link", name="Rapat bidang 0")).to_have_count(0)
    expect(page.get_by_label("Kunjungan dan perjalanan")).to_be_checked()
    page.get_by_role("link", name="Desember 2019").click()
    page.get_by_role("link", name="November 2019").click()
    expect(page.get_by_role("link", name="1 perjalanan")).to_be_visible()


def test_a_wrong_place_is_told_accessibly(visitor, november):
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(november)
    page.goto(f"{ADDRESS}&regency=99.99")
    page.get_by_role("alert").or_(page.locator(".s-alert--error")).first.wait_for()
    someone.axe("saringan keliru", dark_too=True)
    someone.fits()
