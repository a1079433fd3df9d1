"""
How the parts of a page are aligned in a real browser: names are not cut, boxes and cards keep their
place.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

#: How far the cards of the board, and what is written on them, run over the edge of their column.
OVER = """() => Math.max(...[...document.querySelectorAll(".s-column")].flatMap((column) =>
  [...column.querySelectorAll(".s-card, .s-card *")].map(
    (one) => one.getBoundingClientRect().right - column.getBoundingClientRect().right)))"""


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def desk(team):
    return factories.assign(factories.user("secretariat"), "chair")


def width(page, selector):
    return page.locator(selector).first.bounding_box()["width"]


def test_a_short_name_in_the_path_is_never_cut(visitor, team, desk):
    meeting = factories.minutes(
        team, by=desk, title="Rapat internal: persiapan saling belajar antarpengelola"
    )
    page = visitor().sign_in(desk)
    page.goto(meeting.get_absolute_url())
    link = page.locator(".s-breadcrumb").get_by_role("link", name="Rapat", exact=True)
    cut = (
        "(one) => Math.max(one.scrollWidth - one.clientWidth, one.parentNode.scrollWidth -"
        " one.parentNode.clientWidth)"
    )
    assert link.evaluate(cut) <= 0


def test_a_box_above_a_narrow_form_is_as_wide_as_the_form(visitor, team, desk):
    plan = factories.plan(team, year=2021, activities=0)
    page = visitor(viewport=DESKTOP).sign_in(desk)
    page.goto(reverse("programs:activity_create", args=[plan.pk]))
    assert width(page, ".s-alert--warning:has(#no-sources)") == width(page, "form.s-narrow")
    page.locator(".s-actions .btn-primary").click()
    page.locator("#error-summary").wait_for()
    page.wait_for_load_state()
    assert width(page, "#error-summary") == width(page, "form.s-narrow")


def test_cards_stay_in_their_column(visitor, team, desk):
    factories.case(team, by=desk, stage="contacted")
    page = visitor(viewport=DESKTOP).sign_in(desk)
    page.goto("/advokasi/")
    page.locator(".s-card .s-chip--late").wait_for()
    assert page.evaluate(OVER) <= 0


def test_the_stairs_of_decrees_rise_and_members_have_room_for_their_names(visitor, team, desk):
    factories.decree(team, level="governor")
    page = visitor(viewport=DESKTOP).sign_in(desk)
    page.goto(team.get_absolute_url())
    first, second, third = (
        one.bounding_box()["height"] for one in page.locator(".s-stairs__step").all()
    )
    assert first < second < third
    table = page.locator("table").filter(has_text="Instansi dan kedudukan")
    assert (
        table.locator("td.c-title").first.bounding_box()["width"]
        >= 0.4 * table.bounding_box()["width"]
    )


def test_a_button_beside_a_date_stands_on_the_line_of_the_field(visitor, team, desk):
    page = visitor(viewport=DESKTOP).sign_in(desk)
    page.goto(team.get_absolute_url())
    field, button = (
        page.locator(".s-filter [type=date]").bounding_box(),
        page.locator(".s-filter .btn").first.bounding_box(),
    )
    assert abs(field["y"] + field["height"] - button["y"] - button["height"]) <= 1
    expect(page.locator(".s-filter").get_by_text("boleh kosong")).to_be_hidden()


def test_a_short_menu_fills_the_bar_of_a_phone(visitor, team):
    page = visitor().sign_in(factories.user("regency_officer", regency_code="19.01"))
    last = page.locator(".s-bottombar > :last-child").bounding_box()
    assert round(last["x"] + last["width"]) == PHONE["width"]


def test_the_list_of_meetings_calls_them_meetings(visitor, team, desk):
    factories.minutes(team, by=desk)
    page = visitor(viewport=DESKTOP).sign_in(desk)
    page.goto("/rapat/")
    expect(page.get_by_role("columnheader", name="Rapat", exact=True)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Kegiatan", exact=True)).to_have_count(0)


def test_the_mark_of_an_error_stands_at_its_first_line(visitor, team, desk):
    """A link of two lines in a box of its own would hang its mark on the last one."""
    page = visitor().sign_in(desk)
    page.goto("/rapat/baru/")
    page.locator(".s-actions").get_by_role("button", name="Kirim notula").click()
    links = page.locator("#error-summary li a")
    links.first.wait_for()
    page.wait_for_load_state()
    assert set(links.evaluate_all("(all) => all.map((one) => getComputedStyle(one).display)")) == {
        "block"
    }


def test_no_page_stands_in_its_own_path_and_none_is_without_a_name(visitor):
    admin = factories.user("administrator")
    page = visitor().sign_in(admin)
    for url in ("/rencana/", "/rapat/baru/"):
        page.goto(url)
        names = [name.strip() for name in page.locator(".s-breadcrumb li").all_text_contents()]
        assert all(names) and len(names) == len(set(names)), (url, names)
        expect(page.locator("h1")).not_to_be_empty()
