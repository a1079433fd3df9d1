"""What tests see of the queue in a browser."""

from playwright.sync_api import Error

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


def until(page, found, what):
    """Wait for at most fifteen seconds until `found()` is true."""
    for _ in range(150):
        if found():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not so: {what}; the queue: {items(page)}")
