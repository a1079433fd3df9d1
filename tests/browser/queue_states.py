"""What tests see of the queue in a browser."""

from playwright.sync_api import Error, expect

from tests.browser.conftest import PATIENCE

#: Null while a page is loading.
ITEMS = "document.body && import('/static/js/queue.js').then(queue => queue.all())"


#: Until somebody asks again, a page would try once a minute.
TRY = "window.dispatchEvent(new Event('online'))"


def seen(page, script):
    """Return what the script finds; None while the page is being left."""
    try:
        return page.evaluate(script)
    except Error as error:
        if "context was destroyed" in str(error):
            return None
        raise


def items(page):
    return seen(page, ITEMS) or []


def states(page):
    return [item["state"] for item in items(page)]


def offers_nothing(page, why=""):
    """
    Fail if the form on this page offers an earlier draft. Whether it does, it asks the queue
    at most twice as it comes; whoever asks twice after that is answered later.
    """
    for _ in range(2):
        items(page)
    expect(page.locator("#draft-offer"), why or None).to_be_hidden()


def until(page, found, what):
    """Wait until `found()` is true."""
    for _ in range(PATIENCE // 100):
        if found():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not so: {what}; the queue: {items(page)}")
