import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser.measures import BARS, HIDDEN_TABS, SMALL_TARGETS, TOO_WIDE

# Playwright's own loop runs in this thread; the tests' ORM calls beside it are meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Axe().axe_script
#: Only what is wrong crosses over from the browser: all else it has to say is many times the page
#: itself.
VIOLATIONS = "([context, options]) => axe.run(context, options).then(found => found.violations)"
#: What every page has around its content.
SHELL = [".s-rail", ".s-topbar", ".s-bottombar"]
QUICKLY = {"preload": False, "resultTypes": ["violations"], "reporter": "no-passes"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
PUT_BARS = (
    'document.querySelectorAll(".s-actions, .s-toc").forEach((bar) => { bar.style.position ='
    ' "POSITION"; })'
)
#: Milliseconds that anything may take to come. They cost only where something fails, and a machine
#: that does much else at once is three times slower.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
        ],
    }


class Visitor:
    """A person at a browser: signs in, and notices whatever the page complains about."""

    def __init__(self, browser, base_url, **context):
        # Without motion, colours are what they are as soon as the theme changes.
        given = {"viewport": PHONE, "reduced_motion": "reduce", "locale": "en-US"}
        # What pages load and weigh is seen without the worker; the tests of the queue let it in.
        given = given | {"service_workers": "block"} | context
        self.base_url, self.context = base_url, browser.new_context(base_url=base_url, **given)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.complaints, self.listening, self.shell_is_seen = [], True, False
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._watch_assets)

    def _listen(self, message):
        # htmx tells of a request that a newer one, or leaving the page, has made needless.
        needless = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))
        is_answer = "status of 4" in message.text or needless
        if self.listening and message.type == "error" and not is_answer:
            self.complaints.append(message.text)

    def _watch_assets(self, response):
        if (
            self.listening
            and response.status >= 400
            and ("/static/" in response.url or "/berkas/" in response.url or response.status >= 500)
        ):
            self.complaints.append(f"{response.status} {response.url}")

    def sign_in(self, account):
        """
        On the home page, with a session that was made here: the form of the sign-in page has tests
        of its own.
        """
        client = Client()
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.base_url}]
        )
        self.page.goto("/")
        return self.page

    def sign_in_by_form(self, account, password="rahasia-benar"):
        self.page.goto("/masuk/")
        self.page.get_by_label("Nama pengguna atau surel dinas").fill(account.username)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.wait_for_url(lambda url: "/masuk/" not in url)
        return self.page

    def axe(self, where="", *, dark_too=False, parts=None):
        """
        WCAG 2.2 AA and best practice, on a page that has its styles. `dark_too`: the page's colours
        in the other theme as well; nothing else differs there. `parts`: selectors of what alone is
        looked at, where the page has it. The shell of the pages is looked at once for each visitor.
        """
        # A page that a click led to may stand there before its styles.
        self.page.wait_for_load_state()
        styled = self.page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "system-ui" in styled, "the stylesheet did not arrive, so axe would see nothing"
        if parts is not None:
            parts = self.page.evaluate(
                "parts => parts.filter(part => document.querySelector(part))", parts
            )
            if not parts:
                return
        # From the top, and with the bar of actions in its place: where it sticks, it stands over
        # the edge of something.
        self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        self.page.evaluate(PUT_BARS.replace("POSITION", "static"))
        # axe measures with inline styles of its own, which the page's policy rightly refuses.
        self.listening = False
        if not self.page.evaluate(
            "Boolean(window.axe)"
        ):  # half a megabyte on its way to the browser
            self.page.evaluate(AXE)
        context = {"include": [[part] for part in parts or ["html"]]}
        context["exclude"] = [[part] for part in SHELL] if self.shell_is_seen else []
        found = self.page.evaluate(VIOLATIONS, [context, {"runOnly": STANDARDS} | QUICKLY])
        if dark_too:
            self.page.emulate_media(color_scheme="dark")
            found += self.page.evaluate(VIOLATIONS, [context, {"runOnly": COLOURS} | QUICKLY])
            self.page.emulate_media(color_scheme="light")
        self.page.evaluate(PUT_BARS.replace("POSITION", ""))
        self.listening = True
        self.shell_is_seen = self.shell_is_seen or (
            dark_too and not parts and self.page.locator(".s-rail").count() > 0
        )
        told = [
            f"{where or self.page.url}: {one['id']}: {one['help']}:"
            f" {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found
        ]
        assert not told, "\n".join(told)

    def fits(self):
        """Nothing but a scrolling box runs out of the page."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px too wide: {self.page.evaluate(TOO_WIDE)}"

    def suits_a_phone(self):
        """Targets of 44 px, bars of 120 px at the most, and the current tab within the screen."""
        self.page.wait_for_load_state()
        small, bars, hidden = self.page.evaluate(
            f"[({SMALL_TARGETS})(), ({BARS})(), ({HIDDEN_TABS})()]"
        )
        assert not small, f"{self.page.url}: {small}"
        assert bars <= 120, f"{self.page.url}: bars of {bars} px"
        assert hidden == 0, f"{self.page.url}: the current tab is out of sight"


@pytest.fixture
def visitor(browser, live_server):
    """
    `visitor(viewport=DESKTOP)` → a person at a browser of their own; nobody's page may complain.
    """
    visitors = []

    def come(**context):
        visitors.append(Visitor(browser, live_server.url, **context))
        return visitors[-1]

    yield come
    for one in visitors:
        one.context.close()
        assert not one.complaints, one.complaints
