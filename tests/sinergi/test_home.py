"""
Home: at most fifteen queries for everybody, however much waits; of each kind as many as there is
room for.
"""

from collections import Counter

import pytest

from advocacy.models import Meeting
from programs.models import WorkPlan
from sinergi.accounts.roles import ROLES
from sinergi.home.task import LIMIT
from tests import factories
from tests.sinergi.home_world import begin, hand_over, pile_up
from tests.test_pages import queries

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def accounts():
    """
    {who: account}: every role in one province and in the country, no role, several roles, several
    provinces.
    """
    found = {
        role: factories.user(role, regency_code="19.01" if role == "regency_officer" else None)
        for role in ROLES
    }
    found |= {
        f"national {role}": factories.user(role, province_code=None)
        for role in ROLES
        if role != "regency_officer"
    }
    found["superuser"] = factories.user(is_superuser=True)
    found["outsider"] = factories.user("secretariat", province_code="11")
    found["nobody"] = factories.user()
    found["all at once"] = factories.assign(
        factories.assign(factories.user("administrator"), "chair"), "secretariat"
    )
    for code in ("11", "18"):
        for role in ("administrator", "chair"):
            factories.assign(found["all at once"], role, code)
    return found


def asked_by(client, people):
    """{who: how often home asks the database for them}"""
    found = {}
    for who, account in people.items():
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        found[who] = queries(client, "/")
    return found


def test_home_asks_at_most_fifteen_times_however_much_waits(client):
    """In one province with 2 rows of each kind, and in five with 200."""
    team = begin("19")
    people = accounts()
    hands = {
        who: factories.person(f"Orang {who}", account=account) for who, account in people.items()
    }
    pile_up(team, range(2))
    for holder in hands.values():
        hand_over(team, range(2), holder)
    few = asked_by(client, people)
    assert max(few.values()) <= MOST_QUERIES, few
    pile_up(team, range(2, 200))
    for holder in hands.values():
        hand_over(team, range(2, 30), holder)
    hand_over(team, range(30, 200), hands["all at once"])
    for code in ("11", "18", "71", "91"):
        pile_up(begin(code), range(200))
    many = asked_by(client, people)
    assert many.pop("outsider") <= MOST_QUERIES and few.pop(
        "outsider"
    )  # whose own province has come into being
    assert many == few


def shown(client, account):
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return client.get("/").context


#: The first words of each kind of task.
KINDS = {
    "followup": "Usulan",
    "approve": "Sahkan notula",
    "mend": "Perbaiki notula",
    "write up": "Isi notula",
    "lapsed": "Terlewat",
    "hand in": "Ajukan",
    "record": "Catat penetapan",
    "review": "Tinjau rencana",
    "mend the plan": "Perbaiki rencana",
    "verify": "Periksa laporan",
}


def test_no_kind_of_task_hides_another(client):
    """Of each so many, and of what comes six: those first in its own order."""
    team = begin("19")
    account = factories.assign(factories.user("administrator"), "chair")
    pile_up(team, range(LIMIT + 5), holder=factories.person(account=account))
    home = shown(client, account)
    titles = [task.title for task in home["tasks"]]
    counted = Counter(
        kind for title in titles for kind, words in KINDS.items() if title.startswith(words)
    )
    assert counted == dict.fromkeys(KINDS, LIMIT)
    assert [title for title in titles if title.startswith("Susun revisi")]
    reminded = {task.alert.rule.kind for task in home["tasks"] if task.alert}
    assert {"commitment", "case", "decree", "partnership"} <= reminded

    newest, oldest = range(LIMIT), range(LIMIT + 4, 4, -1)
    own = {kind: [t for t in titles if t.startswith(words)] for kind, words in KINDS.items()}
    assert own["approve"] == [f"Sahkan notula Dikirim {n}" for n in oldest], (
        "sent first, read first"
    )
    assert sorted(own["write up"]) == sorted(f"Isi notula Berlangsung {n}" for n in newest)
    assert sorted(own["lapsed"]) == sorted(f"Terlewat {n}" for n in newest)
    assert sorted(own["mend"]) == sorted(f"Perbaiki notula Kembali {n}" for n in newest)
    assert own["followup"] == [f"Usulan {n}" for n in oldest]
    assert [entry.title for entry in home["agenda"]][:5] == [f"Berikut {n}" for n in range(5)]


def test_each_kind_is_asked_of_whom_it_concerns(client):
    """The same rows, read in one query, in two provinces where one person has two roles."""
    for code in ("19", "11"):
        pile_up(begin(code), range(2))
    account = factories.assign(factories.user("chair", province_code="19"), "secretariat", "11")
    home = shown(client, account)
    asked = {
        "approve": "19",
        "review": "19",
        "mend": "11",
        "write up": "11",
        "lapsed": "11",
        "mend the plan": "11",
    }
    found = {
        kind: {province_of(t) for t in home["tasks"] if t.title.startswith(KINDS[kind])}
        for kind in asked
    }
    assert found == {kind: {code} for kind, code in asked.items()}
    assert {province_of(entry) for entry in home["agenda"] if "/rapat/" in entry.url} == {
        "19",
        "11",
    }
    assert not [task for task in home["tasks"] if task.title.startswith(KINDS["record"])], (
        "neither notes down signatures"
    )


def province_of(task):
    """Of the minutes or the plan that the task leads to."""
    _, page, key, *_ = task.url.split("/")
    return {"rapat": Meeting, "rencana": WorkPlan}[page].objects.get(pk=key).province_id
