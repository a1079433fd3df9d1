"""
Every field of every form, given odd values: an answer in words, never an error 500.

What a field makes of each value, it is asked itself, without a page around it. The pages then get
what that cannot show: all fields odd at once; each field alone with a value it refuses, so that
what compares it with others has nothing to compare; and what fields let through, while the others
let the form be written.
"""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm, FileField
from django.http import QueryDict
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
#: Rounds in which all fields of a form are odd; where the page itself reads what is sent, as many
#: as there are values.
ROUNDS, RENDERED = 3, 2
#: Values that a field of that kind may let through, so that what comes after it must hold.
LET_THROUGH = {
    "text": [
        "\u200b",
        "😀" * 30,
        "%s %(x)s {0} {{ 7|add:7 }} \\\r\n\r\n<script>alert(1)</script>\u202eabc",
    ],
    "date": ["0001-01-01", "9999-12-31"],
    "time": ["00:00"],
    "choice": ["", "0"],
    "hidden": ["", "2147483648"],
}


class FormParser(HTMLParser):
    """
    Read the forms of a page that are posted, as a browser would send them: [(address, {field:
    value}, {field: kind})].

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


class Form:
    """
    A form on a page: where it is sent, what it holds, the kind of each field, and the field that
    judges it.
    """

    def __init__(self, url, values, kinds, judges):
        self.url, self.values, self.kinds = url, values, kinds
        self.judges = {name: judges[name] for name in kinds if name in judges}

    @property
    def fields(self):
        """Of rows, whose fields differ by a number alone, the first."""
        first = {}
        for field in self.kinds:
            first.setdefault(re.sub(r"\d+", "#", field), field)
        return first.values()

    def refuses(self, field, odd):
        """Whether its field refuses it; what no field judges is let through to the page."""
        return field in self.judges and refuses(*self.judges[field], odd)

    def odd_everywhere(self):
        """Each field is given odd values of its kind, while the others have others."""
        read_by_the_page = len(self.judges) < len(self.kinds)
        for turn in range(len(NO_VALUE) if read_by_the_page else ROUNDS):
            yield {
                field: ODD[kind][(turn + n) % len(ODD[kind])]
                for n, (field, kind) in enumerate(self.kinds.items())
            }

    def refused_alone(self, done):
        """
        Each field alone with a value that it refuses; a class of forms is asked once, on whichever
        page it stands.
        """
        for field in self.fields:
            owner, name = self.judges.get(field, (None, field))
            if owner and (type(owner), name) not in done:
                wrong = next(
                    (odd for odd in ODD[self.kinds[field]] if self.refuses(field, odd)), None
                )
                done.add((type(owner), name))
                if wrong is not None:
                    yield {field: wrong}

    def let_through_alone(self):
        """Each field that is no text alone with each value that it lets through."""
        for field in self.fields:
            if self.kinds[field] != "text":
                for odd in LET_THROUGH[self.kinds[field]]:
                    if not self.refuses(field, odd):
                        yield {field: odd}

    def texts_let_through(self):
        """All fields of text at once, each time with a value that they let through."""
        texts = [field for field in self.fields if self.kinds[field] == "text"]
        for odd in LET_THROUGH["text"] if texts else ():
            yield {field: odd for field in texts if not self.refuses(field, odd)}


def refuses(form, name, odd):
    """
    Whether a form's field refuses what a browser sends; any other error is the fault that is looked
    for.
    """
    field, sent = form.fields[name], QueryDict(mutable=True)
    prefixed = form.add_prefix(name)
    for key in (prefixed, *(f"{prefixed}_{n}" for n in range(3))):
        sent[key] = odd
    try:
        field.clean(field.widget.value_from_datadict(sent, {}, prefixed))
    except ValidationError:
        return True
    return False


def halves_of(changes):
    changes = list(changes.items())
    middle = len(changes) // 2
    return dict(changes[:middle]), dict(changes[middle:])


def status_of(client, form, changes):
    """Return the status of the response, and roll back what the request wrote."""
    try:
        with transaction.atomic():
            status = client.post(form.url, form.values | changes).status_code
            raise Undo
    except Undo:
        return status


@pytest.fixture(scope="class")
def everybody(shared_world):
    """
    Return a client with every role of the province, which answers errors instead of raising them.
    """
    account = factories.user("administrator")
    for role in ("secretariat", "chair"):
        factories.assign(account, role)
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return client


@pytest.fixture(scope="class")
def forms(everybody):
    """Every form on a page of the access table, each once."""
    world, found, made = World(), {}, []
    signing_out = reverse("accounts:logout")

    def noting(form, *args, **kwargs):
        begin(form, *args, **kwargs)
        made.append(form)

    begin, BaseForm.__init__ = BaseForm.__init__, noting
    try:
        for name, (_, arguments) in TABLE.items():
            page = reverse(name, args=arguments(world) if arguments else [])
            made.clear()
            answer = everybody.get(page)
            close_files(answer)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            judges = {
                form.add_prefix(field): (form, field) for form in made for field in form.fields
            }
            parser = FormParser()
            parser.feed(answer.content.decode())
            for action, values, kinds in parser.forms:
                url = action if action.startswith("/") else page
                if url != signing_out:
                    found[url, *sorted(values)] = Form(url, values, kinds, judges)
    finally:
        BaseForm.__init__ = begin
    return list(found.values())


class TestNoOddValue:
    def test_breaks_a_field(self, forms):
        broken, asked = [], set()
        for form in forms:
            for field, (owner, name) in form.judges.items():
                if (type(owner), name) in asked or isinstance(owner.fields[name], FileField):
                    continue
                asked.add((type(owner), name))
                for odd in ODD[form.kinds[field]]:
                    try:
                        refuses(owner, name, odd)
                    except Exception as error:
                        broken.append((form.url, field, odd, error))
        assert broken == [] and len(asked) > 250

    def test_breaks_a_form(self, everybody, forms, monkeypatch):
        assert len(forms) > 60
        rest, broken, done = [], [], set()

        def send(form, changes):
            status = status_of(everybody, form, changes)
            if status >= 500:
                broken.append((form.url, changes))
            return status

        # First as it is shown again; then only whether the view answers, for drawing takes most of
        # the time.
        for form in forms:
            rounds = list(form.odd_everywhere())
            for changes in rounds[:RENDERED]:
                send(form, changes)
            rest.append((form, rounds[RENDERED:]))
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
        for form, rounds in rest:
            for changes in (*rounds, *form.refused_alone(done), *form.let_through_alone()):
                send(form, changes)
            untouched = send(form, {})
            for changes in form.texts_let_through():
                waiting = [changes]
                while waiting:
                    changes = waiting.pop()
                    # Where the form is written as it stands, one of them has kept the others from
                    # being written.
                    if send(form, changes) != untouched == 302 and len(changes) > 1:
                        waiting += halves_of(changes)
        assert broken == []
