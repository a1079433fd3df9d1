import time
import uuid

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from tests import database, factories

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
# SQLite lets one writer in at a time, so two requests cannot meet there; tests/run.py runs the
# races on PostgreSQL.
RACES = [
    "test_races.py",
    "advocacy/test_cadence_races.py",
    "advocacy/test_expansion_races.py",
    "sinergi/test_digest_races.py",
]
#: What only SQLite has.
OF_SQLITE = ["sinergi/test_search_triggers.py"]
collect_ignore = OF_SQLITE if ON_POSTGRESQL else RACES


def faults_of(marks):
    """Return what is wrong with a test's marks `both`: each gives its reason, in words."""
    return [
        mark
        for mark in marks
        if len(mark.args) != 1 or not isinstance(mark.args[0], str) or not mark.args[0].strip()
    ]


def pytest_addoption(parser):
    parser.addoption(
        "--seconds", type=float, help="begin no test after so many seconds (make fast)"
    )


BEGAN = time.monotonic()


def pytest_runtest_setup(item):
    seconds = item.config.getoption("seconds")
    if seconds is not None and time.monotonic() - BEGAN > seconds:
        pytest.skip("waktunya habis (make test menjalankan semuanya)")


def pytest_collection_modifyitems(items):
    for item in items:
        if faults_of(item.iter_markers("both")):
            raise pytest.UsageError(
                f"{item.nodeid}: the mark `both` gives one reason why SQLite may differ"
            )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_createdb, django_db_modify_db_settings
):
    """Create the database of this worker, a copy of the template, and drop it afterwards."""
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        database.take_copy(anew=django_db_createdb)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(name, verbosity=0)


@pytest.fixture(scope="class")
def shared_world(django_db_setup, django_db_blocker):
    """
    Keep what fixtures of a whole class write for each of its tests, and roll it back after the
    last.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


@pytest.fixture
def make():
    """Return the factories."""
    return factories


@pytest.fixture
def sign_in(client):
    """`sign_in("chair")` → the account with that role in province 19, signed in on `client`."""

    def enter(role_or_account, **where):
        account = (
            factories.user(role_or_account, **where)
            if isinstance(role_or_account, str)
            else role_or_account
        )
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        return account

    return enter


@pytest.fixture
def meeting_data(make):
    """
    Return the POST of the meeting form as a browser sends it, for a team's founding meeting, ready
    to be changed.
    """

    def build(team, **changes):
        members = list(team.memberships.in_order_of_role().select_related("person"))
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "simpan",
            "kind": "internal",
            "title": "Rapat pembentukan tim",
            "day": "2018-11-28",
            "start": "09:00",
            "end": "11:15",
            "place": "Ruang rapat",
            "link": "",
            "regency": "",
            "chair": str(members[0].person_id),
            "note_taker": str(members[2].person_id),
            "invitation_number": "",
        }
        for member in members:
            data |= {
                f"hadir-{member.person_id}-presence": "present",
                f"hadir-{member.person_id}-note": "",
            }
        data |= rows(
            "tamu",
            [
                {
                    "name": "Kepala bidang",
                    "position": "",
                    "institution": "Bappeda",
                    "presence": "present",
                }
            ],
        )
        data |= rows(
            "agenda",
            [
                {"topic": "Pembentukan tim", "notes": "Dibahas.", "decision": "Tim dibentuk."},
                {"topic": "Tugas", "notes": "", "decision": ""},
            ],
        )
        data |= rows(
            "tindak",
            [
                {
                    "what": "Menyusun SK",
                    "person_in_charge": str(members[2].person_id),
                    "due_on": "2018-12-28",
                }
            ],
        )
        return data | changes

    return build


def rows(prefix, items):
    """Formset rows as they are sent."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": "0"}
    for n, item in enumerate(items):
        data |= {
            f"{prefix}-{n}-{name}": value
            for name, value in ({"id": "", "DELETE": ""} | item).items()
        }
    return data
