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
FORM = "/rapat/baru/"


def release(proxy, page, mark, kept):
    """Let the portal have another version, and wait until this browser keeps these alone."""
    proxy.patches = [("/sw.js", '"version": "', f'"version": "{mark}')]
    page.evaluate(UPDATE)
    until(page, lambda: page.evaluate(ASSETS) == sorted(kept), f"{kept} and no other")
    active = "navigator.serviceWorker.ready.then(ready => ready.active.state)"
    until(page, lambda: page.evaluate(active) == "activated", "it has taken over")


def test_assets_stay_as_long_as_a_page_that_was_prepared_with_them(live_server, come):
    factories.team()
    account = factories.user("secretariat")
    with fault_proxy(live_server) as proxy:
        someone = come(proxy, service_workers="allow")
        page = someone.sign_in(account)
        page.goto(FORM)
        told = page.evaluate(PREPARE, [FORM, str(account.pk)])
        assert "problem" not in told
        (first,) = page.evaluate(ASSETS)

        page.goto("/bantuan/")
        release(proxy, page, "b", kept=[first, f"b{first}"])
        someone.context.set_offline(True)
        page.goto(FORM)
        page.get_by_label("Judul").wait_for()
        someone.context.set_offline(False)

        page.goto("/bantuan/")
        for url in (FORM, "/antrean/"):
            assert "problem" not in page.evaluate(PREPARE, [url, str(account.pk)])
        release(proxy, page, "c", kept=[f"b{first}", f"c{first}"])
