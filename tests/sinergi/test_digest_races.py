"""
Digests sent by two processes at once, one of which is killed (SIGKILL) at any of its statements:
nobody gets two mails for a day; what a kill has lost is one at the most, and reported. And the
daily chores, begun by many at once.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from sinergi.home.models import ChoreRun
from tests.sinergi.digest_world import in_charge, reader

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 50


@pytest.fixture
def told():
    """Return what `digest_runs` tells, on this test's database."""
    for _ in range(3):
        in_charge(reader("chair"))
    where = connection.settings_dict
    user = ":".join(filter(None, (where["USER"], where["PASSWORD"])))
    host = f"{where['HOST'] or 'localhost'}:{where['PORT'] or 5432}"
    url = f"postgres://{user}@{host}/{where['NAME']}"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.sinergi.digest_runs", str(RUNS)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_never_two_mails_and_what_is_lost_is_reported(told):
    runs = told["runs"]
    assert len(runs) == RUNS
    assert all(run["killed"] or run["together"] for run in runs), "else nothing was tried"
    before, after, *_ = runs
    assert len(before["without"]) == 1 and after["claimed"] and not after["without"]
    for run in runs:
        assert run["twice"] == [] and run["failed"] == 0, run
        assert len(run["claimed"]) <= run["killed"], run
        assert set(run["without"]) <= set(run["claimed"]) == set(run["reported"]), run
    # The control: looking first and marking afterwards sends two, at once and after a kill.
    assert told["at_once"]["twice"]
    assert told["afterwards"]["killed"] and told["afterwards"]["twice"]


def all_at_once(work, count=4):
    """Return what each of so many threads got."""
    together, got = threading.Barrier(count), []

    def run():
        together.wait(timeout=10)
        got.append(work())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for one in got if one]


def test_of_many_that_begin_the_daily_chores_at_once_one_does_them():
    now, meeting = timezone.now(), threading.Barrier(4)
    ChoreRun.objects.get_or_create(name="daily", defaults={"since": now})
    assert len(all_at_once(lambda: ChoreRun.objects.begin("daily", now))) == 1

    def look_first():
        idle = ChoreRun.objects.filter(name="daily", is_running=False).exists()
        meeting.wait(timeout=10)
        return idle and ChoreRun.objects.begin("daily", now, waits=False)

    ChoreRun.objects.update(is_running=False)
    assert len(all_at_once(look_first)) == 4, "the control"


def test_of_many_that_begin_it_for_the_first_time_one_does():
    now = timezone.now()
    ChoreRun.objects.all().delete()
    assert len(all_at_once(lambda: ChoreRun.objects.begin("daily", now))) == 1
