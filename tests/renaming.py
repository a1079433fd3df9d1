"""
Changes of the records that others name, for tests of what stays as it was.

A change takes the world of the test, which of the records to change, and a text for its new name.
"""

import itertools
import re

from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import strategies as st

from programs.actions import MergeRefused, merge_into
from programs.models import Institution, Membership, Person, Team
from sinergi.accounts.models import User
from tests import factories
from tests.pages import html_of

#: So that no two names are the same.
numbers = itertools.count(1)


def some(model, which):
    """One of the stored rows; any number stands for one of them."""
    rows = list(model.objects.order_by("pk"))
    return rows[which % len(rows)]


def renamed(row, *names, text):
    """Give these columns another text, each time a new one."""
    for name in names:
        setattr(row, name, f"{text} {next(numbers)}"[:100])
    row.save_as(by=None)


def tried(change, world, which, text):
    """
    Whether the change was made: two that sat in one meeting or team are not merged, and then
    nothing is written.
    """
    try:
        with transaction.atomic():
            change(world, which, text)
    except (MergeRefused, IntegrityError):
        return False
    return True


def rename_team(world, which, text):
    renamed(Team.objects.get(), "name", "office", "seat", "letterhead", text=text)


def rename_person(world, which, text):
    renamed(some(Person, which), "name", "position", text=text)


def merge_person(world, which, text):
    kept = factories.person(f"{text} {next(numbers)}")
    merge_into(kept=kept, removed=some(Person, which), by=None)


def rename_institution(world, which, text):
    renamed(some(Institution, which), "name", text=text)


def merge_institution(world, which, text):
    removed = some(Institution, which)
    kept = factories.institution(f"{text} {next(numbers)}", removed.sector)
    merge_into(kept=kept, removed=removed, by=None)


def end_membership(world, which, text):
    membership = some(Membership, which)
    membership.ends_on, membership.end_reason = factories.FOUNDED, text
    membership.save_as(by=None)


def change_membership(world, which, text):
    membership = some(Membership, which)
    membership.institution = factories.institution(f"{text} {next(numbers)}")
    renamed(membership, "position", text=text)


def rename_account(world, which, text):
    """One of `world.accounts`: those who wrote and those who decided."""
    account = world.accounts[which % len(world.accounts)]
    User.objects.filter(pk=account.pk).update(first_name=f"{text} {next(numbers)}")


CHANGES = [
    rename_team,
    rename_person,
    merge_person,
    rename_institution,
    merge_institution,
    end_membership,
    change_membership,
    rename_account,
]
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20).map(
    lambda text: f"Z{text}z"
)


def several(changes):
    """Any three to twelve of these changes, as (change, which, text)."""
    one = st.tuples(st.sampled_from(changes), st.integers(0, 20), TEXTS)
    return st.lists(one, min_size=3, max_size=12)


def reader():
    """Return the browser of somebody who only reads."""
    client = Client()
    client.force_login(factories.user("observer"), backend="sinergi.accounts.backends.RoleBackend")
    return client


def said_by(client, url, part="main"):
    """
    Return what this element of a page says, byte for byte, but for the addresses behind the words,
    which follow the live record.
    """
    page = client.get(url)
    assert page.status_code == 200
    found = re.search(rf"<{part}.*</{part}>", html_of(page), re.DOTALL).group()
    return re.sub(r'href="[^"]*"', "", found)
