"""After signing out, Back shows nothing private; before, nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from advocacy.models import Attachment
from sinergi.kit import uploads
from tests import factories
from tests.browser.conftest import DESKTOP, Visitor
from tests.sinergi.test_uploads import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    made = factories.minutes(factories.team(), title="Rapat rahasia")
    Attachment.store(uploads.accept(jpeg()), kind="photo", by=None, meeting=made)
    return made


@pytest.fixture(params=["asks again", "keeps whole pages"])
def someone(request, browser, browser_type, browser_type_launch_args, live_server):
    """
    At a browser that keeps answers alone, and at one that keeps whole pages too, as people have.
    """
    own = None
    if request.param == "keeps whole pages":
        whole = {"ignore_default_args": ["--disable-back-forward-cache"]}
        own = browser_type.launch(**browser_type_launch_args | whole)
    visitor = Visitor(own or browser, live_server.url, viewport=DESKTOP)
    yield visitor
    visitor.context.close()
    if own:
        own.close()


def sign_out(page):
    page.goto("/")
    page.evaluate("document.querySelector('form[action=\"/keluar/\"]').submit()")
    page.get_by_role("heading", name="Masuk ke Sinergi").wait_for()


def go_back(page):
    """
    Go back. A page that the browser kept whole is not loaded again; it tells Playwright only that
    it is there. The page's policy lets no expression be waited for inside it, so it is asked anew.
    """
    page.go_back(wait_until="commit")
    for _ in range(100):
        if page.evaluate("document.readyState") == "complete":
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page is not complete")


def test_back_after_signing_out_shows_nothing_private(someone, meeting):
    page = someone.sign_in_by_form(factories.user("secretariat"))
    page.goto(meeting.get_absolute_url())
    page.get_by_role("heading", name="Rapat rahasia").wait_for()
    picture = page.locator(".s-gallery a").get_attribute("href")
    page.goto(picture)
    sign_out(page)
    shown = []
    for _ in range(3):  # the first page, the picture, the minutes
        go_back(page)
        shown.append((page.url, page.locator("body").inner_text(), page.locator("img").count()))
    assert len(shown) == 3
    for url, text, pictures in shown:
        assert "/masuk/" in url and "Masuk ke Sinergi" in text, url
        assert "Rapat rahasia" not in text and not pictures


def test_back_while_signed_in_brings_back_what_was_typed(someone, meeting):
    page = someone.sign_in_by_form(factories.user("secretariat"))
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat yang sedang ditulis")
    page.get_by_text(re.compile(r"Draf tersimpan \d\d\.\d\d")).last.wait_for()
    page.goto(meeting.get_absolute_url())
    go_back(page)
    title = page.get_by_label("Judul")
    if title.input_value() != "Rapat yang sedang ditulis":
        page.get_by_role("button", name="Pulihkan isian").click()
    expect(title).to_have_value("Rapat yang sedang ditulis")
