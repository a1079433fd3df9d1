"""
Two processes that send the digests at once, one of them killed on the way, and once more an hour
later; many times over.

Run by tests/sinergi/test_digest_races.py as a process of its own, which forks:
`python -m tests.sinergi.digest_runs RUNS` prints as JSON what came of each run.
"""

import json
import multiprocessing
import os
import signal
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.mail.backends.base import BaseEmailBackend  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from sinergi.accounts.models import User  # noqa: E402
from sinergi.home.digest_sending import Round  # noqa: E402
from sinergi.home.models import DigestMail  # noqa: E402
from sinergi.home.models.digests import DigestMailQuerySet  # noqa: E402
from tests.sinergi.digest_world import SITE, at  # noqa: E402

FORKING = multiprocessing.get_context("fork")
BOX = Path(tempfile.mkdtemp(prefix="sinergi-digests-")) / "box"
MEETING = FORKING.Barrier(2)
#: Counts what a process does; it is killed when it comes to `kill_at`: a number, or a name.
STEPS = {"done": 0, "kill_at": None}


def step(name):
    STEPS["done"] += 1
    if STEPS["kill_at"] in (STEPS["done"], name):
        os.kill(os.getpid(), signal.SIGKILL)


def counted(execute, sql, params, many, context):
    """Take a step before each statement, and one after it."""
    step("asked")
    answer = execute(sql, params, many, context)
    step("answered")
    return answer


class Box(BaseEmailBackend):
    """Append the address to a file: what is there has arrived, whoever is killed afterwards."""

    def send_messages(self, mails):
        for mail in mails:
            step("handed over")
            with BOX.open("ab", buffering=0) as file:
                file.write(f"{mail.to[0]}\n".encode())
            step("delivered")
        return len(mails)


def check_first(self, account, day, *, fingerprint, now):
    """Look whether it was sent and mark it afterwards, as it is often done: the control."""
    known = self.filter(account=account, day=day).exists()
    with suppress(Exception):
        MEETING.wait(timeout=1)
    row = DigestMail(account=account, day=day, fingerprint=fingerprint, claimed_at=now)
    return None if known else row


def mark_afterwards(self, now):
    fields = {"state": "sent", "sent_at": now, "claimed_at": now}
    DigestMail.objects.update_or_create(account=self.account, day=self.day, defaults=fields)


def work(moment, kill_at, naive, meets):
    """Send what is due; as a process of its own, together with the other one if it `meets` it."""
    STEPS.update(done=0, kill_at=kill_at)
    if naive:
        DigestMailQuerySet.claim, DigestMail.mark_sent = check_first, mark_afterwards
    if meets:
        MEETING.wait(timeout=20)
    with connection.execute_wrapper(counted):
        Round(clock=lambda: moment).run()


def started(*arguments):
    process = FORKING.Process(target=work, args=arguments)
    process.start()
    return process


def one_run(kill_at, *, together, naive=False):
    """
    Return what came of one run; not `together`: the second process begins when the first has ended.
    """
    DigestMail.objects.all().delete()
    BOX.write_bytes(b"")
    MEETING.reset()
    connections.close_all()
    first = at(7, 30)
    killed = started(first, kill_at, naive, together)
    if not together:
        killed.join()
    other = started(first, None, naive, together)
    for process in (killed, other):
        process.join()
    work(first + timedelta(hours=1), None, naive, meets=False)
    mails = Counter(BOX.read_text().split())
    rows = DigestMail.objects.select_related("account")
    people = set(User.objects.exclude(email="").values_list("email", flat=True))
    return {
        "kill_at": kill_at,
        "together": together,
        "killed": killed.exitcode == -signal.SIGKILL,
        "failed": other.exitcode,
        "twice": [email for email, count in mails.items() if count > 1],
        "without": sorted(people - set(mails)),
        "reported": [row.account.email for row in rows if row.reported_at],
        "claimed": [row.account.email for row in rows if row.state == "claimed"],
    }


def steps_alone():
    """Return how many steps one undisturbed process takes."""
    DigestMail.objects.all().delete()
    work(at(7, 30), None, naive=False, meets=False)
    return STEPS["done"]


def kills(runs, steps):
    """
    Yield (where the first process is killed, whether the second begins along with it): before and
    after a mail goes out, and at steps spread over all there are, in turn apart and together.
    """
    yield "handed over", False
    yield "delivered", False
    for number in range(runs - 2):
        yield 1 + number * steps // (runs - 2), bool(number % 2)


def main(runs):
    steps = steps_alone()
    results = [one_run(where, together=together) for where, together in kills(runs, steps)]
    at_once = one_run(None, together=True, naive=True)
    afterwards = one_run("delivered", together=False, naive=True)
    told = {"steps": steps, "runs": results, "at_once": at_once, "afterwards": afterwards}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    backend = f"{__name__}.Box"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="box", SITE_URL=SITE):
        main(int(sys.argv[1]))
