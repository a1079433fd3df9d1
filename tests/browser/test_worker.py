"""The service worker from one version of the portal to the next."""

import pytest

from tests import factories
from tests.browser.faults import fault_proxy
from tests.browser.queue_states import until
from tests.browser.test_queue import PREPARE, come

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["come"]  # a fixture
ASSETS = """async () => (await caches.keys()).filter((name) => name.startsWith("sinergi-aset-"))
  .map((name) => name.split("-").pop()).sort()"""
UPDATE = "navigator.serviceWorker.getRegistration().then(found => found.update()).then(() => null)"
STATES = """navigator.serviceWorker.getRegistration().then(({ active, waiting }) =>
  [active?.state, waiting?.state])"""
FORM = "/rapat/baru/"


@pytest.fixture
def account():
    factories.team()
    return factories.user("secretariat")


def prepare(page, account, *urls):
    for url in urls:
        assert "problem" not in page.evaluate(PREPARE, [url, str(account.pk)])


def release(proxy, page, mark):
    """Let the portal have another version; this browser has it, and waits to use it."""
    proxy.patches = [("/sw.js", '"version": "', f'"version": "{mark}')]
    page.evaluate(UPDATE)
    until(page, lambda: page.evaluate(STATES) == ["activated", "installed"], "it waits")


def open_anew(someone, kept):
    """Close the last page and open another: by now the newer version keeps these assets alone."""
    someone.page.close()
    someone.page = page = someone.context.new_page()
    page.goto("/bantuan/")
    until(page, lambda: page.evaluate(ASSETS) == sorted(kept), f"{kept} and no other")
    until(page, lambda: page.evaluate(STATES) == ["activated", None], "it has taken over")
    return page


def test_assets_stay_as_long_as_a_page_that_was_prepared_with_them(live_server, come, account):
    with fault_proxy(live_server) as proxy:
        someone = come(proxy, service_workers="allow")
        page = someone.sign_in(account)
        page.goto(FORM)
        prepare(page, account, FORM)
        (first,) = page.evaluate(ASSETS)

        release(proxy, page, "b")
        page = open_anew(someone, kept=[first, f"b{first}"])
        someone.context.set_offline(True)
        page.goto(FORM)
        page.get_by_label("Judul").wait_for()
        someone.context.set_offline(False)

        page.goto("/bantuan/")
        prepare(page, account, FORM, "/antrean/")
        release(proxy, page, "c")
        open_anew(someone, kept=[f"b{first}", f"c{first}"])


def test_a_newer_version_leaves_open_pages_to_the_older(live_server, come, account):
    """Whoever goes on from page to page while it comes waits for none of them."""
    with fault_proxy(live_server) as proxy:
        someone = come(proxy, service_workers="allow")
        page = someone.sign_in(account)
        page.goto(FORM)
        prepare(page, account, FORM)
        (first,) = page.evaluate(ASSETS)
        release(proxy, page, "b")
        for url in ("/bantuan/", FORM, "/antrean/", "/bantuan/"):
            page.goto(url)
            page.wait_for_timeout(500)  # a browser lets an older worker end for about a second
        assert page.evaluate(STATES) == ["activated", "installed"]
        assert page.evaluate(ASSETS) == sorted([first, f"b{first}"])
