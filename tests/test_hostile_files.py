"""
Every entrance for files, given files that mean harm: each is refused in words, or taken without
what was meant; nothing of it is stored, and nothing breaks.

The files are made by tests/hostile_files.py. What each kind of reader makes of many more is tried
beside it: tests/sinergi/test_spreadsheets.py, test_uploads.py, test_pdf_uploads.py and
test_word_hostile.py.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from sinergi.operations.backups.files import stored_names
from tests import factories
from tests.hostile_files import FILES, MARK, PICTURE, SHEET
from tests.test_access import TABLE, World, close_files
from tests.test_fuzz import FormParser, Undo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADMIN = "admin:villages_library_import"
#: Its answers are read by the queue of the browser (static/js/queue.js).
QUEUE = ("advocacy:photo_create", "photo")
#: One entrance of each way in which files are read: these get every file, the others one of each
#: kind.
EACH_WAY = {
    ("villages:import_start", "file"),
    ("villages:report_sheet_start", "file"),
    ("programs:plan_import", "file"),
    ("advocacy:word_template_create", "upload"),
    ("programs:expense_create", "upload"),
    ("advocacy:meeting_create", "attendance_lists"),
}
ONE_OF_EACH_KIND = {
    "zip bomb",
    "PNG of a gigapixel",
    "JPEG that is a page of the web, too",
    "PDF with JavaScript",
    "letter with macros",
    "name that is a page of the web",
}


@dataclass(frozen=True)
class Entrance:
    """Where a file is sent, with what, in which field, and which files that asks for."""

    url: str
    values: dict
    field: str
    accept: str  # which kinds of files
    accepts: str = "text/html"  # which kind of answer

    @property
    def takes(self):
        found = {PICTURE} if "image/jpeg" in self.accept else set()
        return found | ({SHEET} if ".xlsx" in self.accept else set())


class EntranceParser(FormParser):
    """Note the fields for files of each form, too: (number of the form, name, accepted types)."""

    def __init__(self):
        super().__init__()
        self.files = []

    def read_input(self, name, attrs):
        super().read_input(name, attrs)
        if attrs.get("type") == "file":
            self.files.append((len(self.forms) - 1, name, attrs.get("accept", "")))


@pytest.fixture(scope="class")
def everybody(shared_world):
    """Return a client with every role of the province, and the entrances of all its pages."""
    account = factories.user("administrator")
    for role in ("secretariat", "chair"):
        factories.assign(account, role)
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    client.account = account
    return client


@pytest.fixture(scope="class")
def entrances(everybody):
    """Return {(name of the page, field): Entrance}; without the browser's queue and the admin."""
    world, found = World(), {}
    for name, (_, arguments) in TABLE.items():
        page = reverse(name, args=arguments(world) if arguments else [])
        answer = everybody.get(page)
        close_files(answer)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        parser = EntranceParser()
        parser.feed(answer.content.decode())
        for number, field, accept in parser.files:
            action, values, _ = parser.forms[number]
            url = action if action.startswith("/") else page
            found[name, field] = Entrance(url, values, field, accept)
    visit = factories.visit(world.library, by=everybody.account)
    url = reverse("advocacy:photo_create", args=[visit.pk])
    values = {"idempotency_key": str(uuid.uuid4())}
    found[QUEUE] = Entrance(url, values, "photo", "image/jpeg", accepts="application/json")
    values = {"format": "0", "resource": "0"}
    found[ADMIN, "import_file"] = Entrance(reverse(ADMIN), values, "import_file", ".xlsx")
    return found


def sent(client, entrance, file):
    """
    Send a file under its name as it is, and return (answer, page that it leads to); what it wrote
    is undone.
    """
    part = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{entrance.field}";'
        f' filename="{file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    body = part.encode() + file.data + b"\r\n" + encode_multipart(BOUNDARY, entrance.values)
    try:
        with transaction.atomic():
            answer = client.generic(
                "POST", entrance.url, body, MULTIPART_CONTENT, HTTP_ACCEPT=entrance.accepts
            )
            # What was taken is looked at where it is shown.
            shown = client.get(answer.url) if answer.status_code == 302 else answer
            raise Undo
    except Undo:
        return answer, shown.content.decode()


def stored():
    return set(stored_names(default_storage))


def content_of(name):
    with default_storage.open(name) as kept:
        return kept.read()


class TestEveryEntrance:
    def test_they_are_found(self, entrances):
        """What a page has a field for is tried below, and so is what has none."""
        assert len(entrances) >= 25 and entrances.keys() >= EACH_WAY
        assert {PICTURE, SHEET} == set().union(*(one.takes for one in entrances.values()))

    @pytest.mark.parametrize("title", FILES)
    def test_refused_in_words_or_harmless(self, everybody, entrances, title):
        file, faults = FILES[title], []
        for place, entrance in entrances.items():
            if place not in EACH_WAY and title not in ONE_OF_EACH_KIND:
                continue
            before = stored()
            answer, page = sent(everybody, entrance, file)
            new = stored() - before
            contents = [content_of(name) for name in new]
            for name in new:
                default_storage.delete(name)
            is_taken = bool(file.taken_by & entrance.takes)
            faults += [
                (place, answer.status_code, fault)
                for fault, is_there in {
                    "breaks": answer.status_code >= 500,
                    "is not refused": not is_taken and not is_refusal(place, answer, page),
                    "is stored": bool(new) and not is_taken,
                    "is stored with what was meant": any(MARK.encode() in one for one in contents),
                    "is another's page": place != QUEUE and runs(page),
                }.items()
                if is_there
            ]
        assert faults == []

    def test_a_picture_that_is_a_page_is_stored_as_a_picture(self, everybody, entrances):
        """The negative control: what is taken is really stored, and drawn anew."""
        before = stored()
        place = ("villages:report_update", "upload")
        sent(everybody, entrances[place], FILES["JPEG that is a page of the web, too"])
        contents = {name: content_of(name) for name in stored() - before}
        for name in contents:
            default_storage.delete(name)
        assert len(contents) == 2, "the picture and its small one"
        for content in contents.values():
            assert content.startswith(b"\xff\xd8\xff") and b"<script>" not in content


def runs(page):
    return f"<script>{MARK}" in page or "<script>alert" in page


def is_refusal(place, answer, page):
    """Whether an answer refuses in words."""
    if place[0] == ADMIN:
        return "errorlist" in page
    if answer.status_code == 400:  # Django reads no further than a name that never ends
        return "Kiriman tidak terbaca" in page
    is_told = 'id="error-summary"' in page
    if place == QUEUE:
        is_told = any(message for _, message in answer.json()["errors"])
    return answer.status_code == 422 and is_told
