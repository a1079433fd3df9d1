"""Every field of every form, given odd values one at a time: an answer in words, never an error 500."""

import re
from html.parser import HTMLParser
from itertools import islice

import pytest
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.test_access import TABLE, World, close_files

pytestmark = pytest.mark.django_db

#: What no key, number or choice is.
NO_VALUE = [
    "",
    "\x00",
    "-1",
    "0",
    "NaN",
    "1e400",
    "2147483648",
    "9223372036854775808",
    "9" * 60,
    "١٢٣",
    "½",
    "[]",
    "'; DROP TABLE programs_team; --",
]
NO_DAY = [
    "",
    "\x00",
    "0001-01-01",
    "9999-12-31",
    "2019-02-30",
    "31/12/2019",
    "24:60",
    "00:00",
    "١٢٣",
    "9" * 60,
    "a" * 5_000,
]
#: What a field of text takes, and stores.
TAKEN = [
    "\u200b",
    "\u202eabc",
    "😀" * 30,
    "<script>alert(1)</script>",
    "%s %(x)s {0} {{ 7|add:7 }} \\",
    "1\r\n\r\n2",
]
LONG_OR_STRANGE = [
    " ",
    "\x00a",
    "\ufffd",
    "=1+1",
    "a" * 25_000,
    "12.500.000.000.000.000",
    "javascript:alert(1)",
]
ODD = {
    "text": [
        *NO_VALUE,
        *NO_DAY[2:8],
        *TAKEN,
        " ",
        "\x00a",
        "\ufffd",
        "=1+1",
        "a" * 25_000,
        "12.500.000.000.000.000",
        "javascript:alert(1)",
    ],
    "date": NO_DAY,
    "time": NO_DAY,
    "choice": NO_VALUE,
    "hidden": NO_VALUE,
}
ROUNDS = max(len(values) for values in ODD.values())
#: Values that a field of that kind may let through, so that what comes after it must hold.
LET_THROUGH = {
    "text": TAKEN,
    "date": ["0001-01-01", "9999-12-31"],
    "time": ["00:00"],
    "choice": ["", "-1", "0"],
    "hidden": ["", "-1", "2147483648"],
}
PARTS = 2  # so that the workers share the pages


class FormParser(HTMLParser):
    """
    Read the forms of a page that are posted, as a browser would send them: [(address, {field: value}, {field: kind})].

    A kind is a key of ODD. Files have tests of their own (tests/sinergi/test_uploads.py).
    """

    def __init__(self):
        super().__init__()
        self.forms, self.values, self.kinds = [], None, None
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "form" and attrs.get("method", "").lower() == "post":
            self.values, self.kinds = {}, {}
            self.forms.append((attrs.get("action", ""), self.values, self.kinds))
        name = attrs.get("name")
        if self.values is None or name == "csrfmiddlewaretoken":
            return
        if tag == "option" and self.select:
            if "selected" in attrs or not self.values[self.select]:
                self.values[self.select] = attrs.get("value", "")
        elif tag == "input" and name:
            self.read_input(name, attrs)
        elif tag == "button" and name:
            self.values.setdefault(name, attrs.get("value", ""))
            self.kinds[name] = "choice"
        elif tag == "textarea" and name:
            self.area, self.values[name], self.kinds[name] = name, "", "text"
        elif tag == "select" and name:
            self.select, self.values[name], self.kinds[name] = name, "", "choice"

    def read_input(self, name, attrs):
        kind = attrs.get("type", "text")
        if kind in ("checkbox", "radio"):
            self.kinds[name] = "choice"
            if "checked" in attrs or name not in self.values:
                self.values[name] = attrs.get("value", "on")
        elif kind != "file":
            self.values.setdefault(name, attrs.get("value", ""))
            self.kinds[name] = kind if kind in ODD else "text"

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.values = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


class Undo(Exception):
    """Take back what a request wrote."""


def status_of(client, url, data):
    """The status of the answer; what the request wrote is taken back."""
    try:
        with transaction.atomic():
            status = client.post(url, data).status_code
            raise Undo
    except Undo:
        return status


@pytest.fixture
def everybody():
    """A client with every role of the province; an error is an answer."""
    account = factories.user("administrator")
    for role in ("secretariat", "chair"):
        factories.assign(account, role)
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return client


@pytest.fixture
def forms(everybody):
    """[(address, {field: value}, {field: kind})] of every form on a page of the access table, each once."""
    world, found = World(), {}
    for name, (_, arguments) in TABLE.items():
        page = reverse(name, args=arguments(world) if arguments else [])
        answer = everybody.get(page)
        close_files(answer)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            parser = FormParser()
            parser.feed(answer.content.decode())
            for action, values, kinds in parser.forms:
                url = action if action.startswith("/") else page
                found[url, *sorted(values)] = (url, values, kinds)
    signing_out = reverse("accounts:logout")
    return [form for form in found.values() if form[0] != signing_out]


def fields_of(kinds):
    """(field, kind) of a form; of rows, whose fields differ by a number alone, the first."""
    first = {}
    for field, kind in kinds.items():
        first.setdefault(re.sub(r"\d+", "#", field), (field, kind))
    return first.values()


def broken_by(client, forms, data_of):
    """What was answered with an error 500: `data_of(values, kinds)` gives what is sent to a form."""
    return [
        (url, data) for url, values, kinds in forms for data in data_of(values, kinds) if status_of(client, url, data) >= 500
    ]


def odd_everywhere(values, kinds):
    """Each field is given each odd value of its kind, while the others have others."""
    for turn in range(ROUNDS):
        fields = enumerate(kinds.items())
        yield values | {field: ODD[kind][(turn + n) % len(ODD[kind])] for n, (field, kind) in fields}


def odd_in_one_field(values, kinds):
    """What a field lets through, alone, so that the others let the form be written."""
    for field, kind in fields_of(kinds):
        for odd in LET_THROUGH[kind]:
            yield values | {field: odd}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_odd_value_breaks_a_form(everybody, forms, monkeypatch, part):
    assert len(forms) > 60
    own = forms[part::PARTS]
    # First as it is shown again; then only whether the view answers, for drawing takes most of the time.
    assert broken_by(everybody, own, lambda *form: islice(odd_everywhere(*form), 0, ROUNDS, 17)) == []
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    assert broken_by(everybody, own, odd_everywhere) == []
    assert broken_by(everybody, own, odd_in_one_field) == []
