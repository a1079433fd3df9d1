"""
What no page may have: words that point at nothing, two parts of one name, a link that leads
nowhere.
"""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.test_access import TABLE, World, account_for, close_files
from tests.test_fuzz import FormParser

pytestmark = pytest.mark.django_db

POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list", "popovertarget")


class Page(HTMLParser):
    """The ids of a page, what points at them, and where it leads."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.pointers, self.links = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        for name in POINTERS:
            self.pointers += [(name, one) for one in (attrs.get(name) or "").split()]
        if attrs.get("type") == "date":
            self.pointers.append(("date in words", f"{attrs['id']}_words"))
        link = attrs.get("href") or "" if tag == "a" else ""
        if link.startswith("#") and len(link) > 1:
            self.pointers.append(("href", link[1:]))
        elif link.startswith("/"):
            self.links.add(urlsplit(link).path)

    @property
    def faults(self):
        twice = {("id", one) for one in self.ids if self.ids.count(one) > 1}
        return sorted(twice | {(name, one) for name, one in self.pointers if one not in self.ids})


@pytest.fixture(scope="class")
def world(shared_world):
    return World()


def signed_in(account):
    client = Client()
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return client


def pages_of(client, world):
    """(name, address, text) of every page that this person gets."""
    for name, (_, arguments) in TABLE.items():
        url = reverse(name, args=arguments(world) if arguments else [])
        answer = client.get(url)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield name, url, answer.content.decode()
        close_files(answer)


class TestEveryPage:
    def test_what_it_points_at_is_there(self, world):
        """
        As it is offered, and in error, where it has forms; for an account that may do everything.
        """
        account = factories.assign(
            factories.assign(factories.user("administrator"), "secretariat"), "chair"
        )
        client, faults = signed_in(account), {}
        for name, url, text in pages_of(client, world):
            faults[name] = Page(text).faults
            parser = FormParser()
            parser.feed(text)
            for action, values, kinds in parser.forms:
                if action == reverse("accounts:logout"):
                    continue
                emptied = {
                    field: "" if kinds.get(field) in ("text", "date", "time") else value
                    for field, value in values.items()
                }
                answer = client.post(urlsplit(action).path or url, emptied)
                if answer.status_code == 200 and answer.headers["Content-Type"].startswith(
                    "text/html"
                ):
                    faults[f"{name}, sent"] = Page(answer.content.decode()).faults
                close_files(answer)
        assert len(faults) > 80
        assert {name: found for name, found in faults.items() if found} == {}

    @pytest.mark.parametrize("role", ["regency_officer", "observer"])
    def test_its_links_lead_somewhere(self, world, role):
        """Who may do least meets no door that does not open."""
        client, leads, dead = signed_in(account_for(role)), {}, {}
        for _, url, text in pages_of(client, world):
            for link in Page(text).links:
                leads.setdefault(link, url)
        for link, url in leads.items():
            answer = client.get(link)
            if answer.status_code >= 400:
                dead[link] = (answer.status_code, url)
            close_files(answer)
        assert len(leads) > 10
        assert dead == {}
