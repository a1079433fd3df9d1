"""The menu of downloads in a real browser: it opens within the window, and a list arrives."""

import io

import pytest
from openpyxl import load_workbook

from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_list_is_downloaded_as_it_is_filtered_without_javascript(visitor, viewport):
    desk = factories.user("secretariat")
    for number, name in enumerate(("Kapuk", "Dalil")):
        factories.library(factories.village(f"19.01.06.200{number + 2}", name))
    one = visitor(viewport=viewport, java_script_enabled=False)
    page = one.sign_in(desk)
    page.goto("/perpustakaan/?q=Kapuk")
    page.get_by_text("Unduh", exact=True).click()
    menu = page.locator("details[open] .s-fold").bounding_box()
    assert menu["x"] >= 0 and menu["x"] + menu["width"] <= viewport["width"]
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Excel (.xlsx)").click()
    found = arriving.value
    assert found.suggested_filename.startswith("perpustakaan-")
    with open(found.path(), "rb") as file:
        rows = list(load_workbook(io.BytesIO(file.read())).worksheets[0].values)
    assert [row[6] for row in rows[1:]] == ["Perpustakaan Desa Kapuk"]


def test_the_open_menu_has_nothing_that_shuts_anybody_out(visitor):
    desk = factories.user("secretariat")
    factories.library()
    one = visitor()
    page = one.sign_in(desk)
    page.goto("/perpustakaan/")
    page.get_by_text("Unduh", exact=True).click()
    one.axe("menu", dark_too=True)
