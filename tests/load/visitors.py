"""
Somebody with a browser: a connection that is kept as long as the server keeps it, cookies, forms
that are filled in as the page shows them, and files that come with a page once.
"""

import gzip
import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PASSWORD = "perpustakaan-2019"
TIMEOUT = 60  # seconds for one answer
SIGN_IN = "sign in"


class Leave(Exception):
    """This person goes home."""


@dataclass(frozen=True)
class Answer:
    """One request as it was answered."""

    page: str
    seconds: float
    status: int
    fault: str = ""


@dataclass
class Ledger:
    """What all visitors were answered, and what they were told is stored."""

    answers: list[Answer] = field(default_factory=list)
    #: (kind of record, token that no other record has).
    stored: list[tuple[str, str]] = field(default_factory=list)

    def note(self, answer):
        self.answers.append(answer)  # one step of the interpreter: no lock


@dataclass
class Page:
    path: str
    status: int
    html: str

    def links(self, pattern):
        """Return the paths that links of this page lead to and that match, without doubles."""
        found = re.findall(r'href="([^"#]+)"', self.html)
        paths = (urljoin(self.path, link.replace("&amp;", "&")) for link in found)
        return list(dict.fromkeys(path for path in paths if re.fullmatch(pattern, path)))

    def form(self, action):
        """Return (action, fields as lists, whether files may come along) of one form."""
        for form in lxml.html.fromstring(self.html).forms:
            path = urljoin(self.path, form.get("action") or "")
            if form.method == "POST" and re.fullmatch(action, path):
                fields = {}
                for name, value in form.form_values():
                    if "__prefix__" not in name:  # the empty row that a template holds
                        fields.setdefault(name, []).append(value)
                return path, fields, form.get("enctype") == MULTIPART_CONTENT.split(";")[0]
        raise LookupError(f"{self.path} has no form that leads to {action}")

    def choices(self, name):
        """Return the values of a field of choices, the empty one left out."""
        tree = lxml.html.fromstring(self.html)
        options = tree.xpath("//select[@name=$n]/option/@value", n=name)
        options += tree.xpath("//input[@name=$n]/@value", n=name)
        return [str(value) for value in options if value]


class Visitor(threading.Thread):
    """
    One person of a role, who signs in after `arrives` seconds and does the same walk so many times,
    or until told to stop.
    """

    def __init__(
        self, number, account, walk, *, port, thinking, ledger, stopping, arrives=0, rounds=10**6
    ):
        super().__init__(daemon=True)
        self.number, self.account, self.walk = number, account, walk
        self.thinking, self.ledger, self.stopping = thinking, ledger, stopping
        self.random = random.Random(number)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.cookies, self.seen_files = {}, set()
        self.arrives, self.rounds, self.written = arrives, rounds, 0

    def run(self):
        try:
            self.stopping.wait(self.arrives)
            self.sign_in()
            for _ in range(self.rounds):
                self.walk(self)
        except Leave:
            pass
        except Exception as error:  # whoever stumbles is an error of the run, told at its end
            self.ledger.note(Answer("walk", 0, 0, f"{self.account}: {error!r}"[:300]))
        finally:
            self.connection.close()

    def think(self):
        """Wait as long as this person reads, in seconds; leave when the run ends."""
        if self.stopping.wait(self.thinking * self.random.uniform(0.5, 1.5)):
            raise Leave

    def chance(self, share):
        return self.random.random() < share

    def sign_in(self):
        page = self.look("sign-in page", "/masuk/", thinking=False)
        self.send(SIGN_IN, page, "/masuk/", username=self.account, password=PASSWORD)

    # What a person does ---------------------------------------------------------------------------

    def look(self, name, path, *, thinking=True, expected=200, **headers):
        """Think, then ask for a page and for the files it names that were not seen yet."""
        if thinking:
            self.think()
        status, _, body = self._ask(name, "GET", path, headers=headers, expected=expected)
        page = Page(path, status, body.decode(errors="replace"))
        for asset in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.html):
            if asset not in self.seen_files:
                self.seen_files.add(asset)
                self._ask("static file", "GET", asset)
        return page

    def download(self, name, path):
        self.think()
        _, _, body = self._ask(name, "GET", path)
        return len(body)

    def click(self, name, page, pattern, *, first=False):
        """Follow one of the links that match; None when there is none."""
        found = page.links(pattern)
        if not found:
            return None
        return self.look(name, found[0] if first else self.random.choice(found))

    def token(self, kind):
        """Return words that no other record of this run has."""
        self.written += 1
        return f"{kind} beban {self.number}-{self.written}"

    def send(self, name, page, action, *, record=None, **fields):
        """
        Send a form as it stands with these fields changed, and follow to the page that it leads to.
        `record` is (kind, token) of what is stored when the server says so, which is a redirect.
        """
        path, sent, has_files = page.form(action)
        sent |= {name: one if isinstance(one, list) else [one] for name, one in fields.items()}
        self.think()
        if has_files:
            body = encode_multipart(BOUNDARY, sent)
            kind = MULTIPART_CONTENT
        else:
            body = urlencode(sent, doseq=True).encode()
            kind = "application/x-www-form-urlencoded"
        _, location, _ = self._ask(
            name, "POST", path, body, headers={"Content-Type": kind}, expected=302
        )
        if location is None:
            return None
        if record:
            self.ledger.stored.append(record)
        return self.look(f"{name}, the page after it", urljoin(path, location), thinking=False)

    # How it gets there ----------------------------------------------------------------------------

    def _ask(self, name, method, path, body=None, *, headers=None, expected=200):
        """Return (status, where it leads to, text); what was not expected is noted as a fault."""
        address = "http://127.0.0.1"
        headers = (headers or {}) | {
            "Host": f"127.0.0.1:{self.connection.port}",
            "Accept-Encoding": "gzip",
            "Connection": "keep-alive",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "Origin": f"{address}:{self.connection.port}",
        }
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.ledger.note(Answer(name, time.perf_counter() - began, 0, f"{path}: {error!r}"))
            raise Leave from error
        seconds = time.perf_counter() - began
        for cookie in response.headers.get_all("Set-Cookie", []):
            key, _, value = cookie.split(";")[0].partition("=")
            self.cookies[key] = value
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        location = response.headers.get("Location")
        fault = ""
        if response.status != expected:
            fault = f"{self.account} {path}: {response.status} {errors_of(content)}"
        elif b"database is locked" in content:
            fault = f"{self.account} {path}: locked"
        self.ledger.note(Answer(name, seconds, response.status, fault))
        leads = urlsplit(location)._replace(scheme="", netloc="").geturl() if location else None
        return response.status, leads, content


def errors_of(content):
    """Return what a page says is wrong with a form, or its first words."""
    text = content.decode(errors="replace")
    found = re.findall(
        r'class="[^"]*(?:invalid-feedback|alert)[^"]*"[^>]*>(.*?)</', text, re.DOTALL
    )
    found = found or re.findall(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    return " | ".join(re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in found)[:300]


def let_work(visitors, ledger, stopping, *, requests, seconds):
    """
    Let all of them work until there are so many answers, everybody has left, or the time is up;
    return the seconds it took.
    """
    began = time.monotonic()
    for visitor in visitors:
        visitor.start()
    while len(ledger.answers) < requests and time.monotonic() - began < seconds:
        time.sleep(0.5)
        if not any(visitor.is_alive() for visitor in visitors):
            break
    took = time.monotonic() - began
    stopping.set()
    for visitor in visitors:
        visitor.join(2 * TIMEOUT)
    return took
