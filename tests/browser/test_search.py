"""The search at a browser: from the keyboard, while typing, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from advocacy.models import AgendaItem
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account():
    meeting = factories.meeting(factories.team(), title="Rapat triwulan")
    AgendaItem.objects.create(
        meeting=meeting, order=1, topic="Anggaran", decision="Desa menyisihkan dana buku."
    )
    factories.village(name="Kapuk")
    return factories.user("secretariat")


def test_slash_opens_the_field_and_typing_shows_what_is_found(visitor, account):
    someone = visitor(viewport=DESKTOP)
    page = someone.sign_in(account)
    page.keyboard.press("/")
    page.keyboard.type("menyisihkan", delay=20)
    panel = page.locator("#search-found")
    page.locator("#search-found[data-text=menyisihkan]").wait_for()  # not for fewer letters
    expect(panel.get_by_role("link", name="Rapat triwulan")).to_be_visible()
    expect(panel.locator("mark")).to_have_text(["menyisihkan"])
    expect(
        page.get_by_role("status").filter(has_text=re.compile(r"^\s*1 hasil\.\s*$"))
    ).to_have_count(1)
    someone.axe("sambil mengetik", dark_too=True)
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")


def test_enter_opens_what_was_typed_exactly(visitor, account):
    page = visitor(viewport=DESKTOP).sign_in(account)
    page.keyboard.press("/")
    page.keyboard.type("19.01.06.2002", delay=20)
    page.locator("#search-found[data-text='19.01.06.2002'] [data-exact]").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/19.01.06.2002/")


def test_a_slash_within_a_text_is_a_slash(visitor, account):
    page = visitor(viewport=DESKTOP).sign_in(account)
    page.goto("/rapat/")
    field = page.get_by_label("Kata kunci", exact=True)
    field.focus()
    page.keyboard.type("188/44")
    expect(field).to_have_value("188/44")


def test_on_a_phone_it_is_a_drawer(visitor, account):
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(account)
    page.get_by_role("button", name="Cari").first.click()
    page.get_by_label("Cari di Sinergi").press_sequentially("kapuk", delay=20)
    found = page.locator("#search-drawer-found")
    page.locator("#search-drawer-found[data-text=kapuk]").wait_for()
    expect(found.get_by_role("link", name="Buka Kapuk")).to_be_visible()
    someone.axe("di laci", dark_too=True)
    someone.fits()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_without_scripts_the_form_leads_to_the_page(visitor, account, viewport):
    someone = visitor(viewport=viewport, java_script_enabled=False)
    page = someone.sign_in(account)
    page.goto("/cari/")
    page.locator("#q").fill("kapuk")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/cari/?q=kapuk")
    page.locator("a:focus").filter(has_text="Buka").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/19.01.06.2002/")


def test_the_page_in_each_state(visitor, account):
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(account)
    for text in ("", "a", "menyisihkan", "kapuk", "entah: kapuk", "tidakada"):
        page.goto(f"/cari/?q={text}")
        someone.axe(f"cari {text}", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
