"""What tests see of the queue in a browser."""

from playwright.sync_api import Error

ITEMS = "import('/static/js/queue.js').then(queue => queue.all())"


def items(page):
    """Return what is in the queue; nothing while the page is being left."""
    try:
        return page.evaluate(ITEMS)
    except Error as error:
        if "context was destroyed" in str(error):
            return []
        raise


def states(page):
    return [item["state"] for item in items(page)]


def until(page, found, what):
    """Wait for at most fifteen seconds until `found()` is true."""
    for _ in range(150):
        if found():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not so: {what}; the queue: {items(page)}")
