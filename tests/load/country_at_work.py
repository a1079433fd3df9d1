"""
Thirty people of five roles at work on a country that is filled, on PostgreSQL; called by run.py
with a database that may be written to, and the folder of the run.
"""

import os
import sys
import threading
import time
from pathlib import Path

import django
from django.contrib.auth.hashers import make_password
from django.db import connection, connections
from django.db.models import Count

django.setup()

from advocacy.models import FollowUp  # noqa: E402
from programs.models import Assignment, Person  # noqa: E402
from sinergi.accounts.models import User  # noqa: E402
from tests.drills.cluster import wait  # noqa: E402
from tests.drills.server import children, free_port, serve  # noqa: E402
from tests.load import measures  # noqa: E402
from tests.load.roles import WALKS  # noqa: E402
from tests.load.stored import missing_of  # noqa: E402
from tests.load.visitors import PASSWORD, Ledger, Visitor, let_work  # noqa: E402
from villages.models import Province, Regency  # noqa: E402

#: The four provinces with most villages, a middle one, and the one that has most history.
PROVINCES = ("33", "35", "11", "32", "73", "19")
WORKERS = 3  # as deploy/ starts gunicorn
REQUESTS = int(os.environ.get("LOAD_REQUESTS", "10500"))
#: Seconds between an answer and the next request of a person, on average. People need ten times
#: that: thirty of these are as busy as three hundred.
THINKING = float(os.environ.get("LOAD_THINKING", "1.4"))
ARRIVAL = 1  # second between one who comes to work and the next
#: No run takes longer, whatever was answered by then.
MOST_SECONDS = 15 * 60
P95 = 600  # ms
#: Role → place in the team of whoever has it.
IN_TEAM = {"secretariat": "secretary", "chair": "chair", "member": "member"}
#: Follow-ups that each member holds from the beginning.
OWN = 40


def make_accounts():
    """Return (name, role) of an account of each role in each province; one observer is national."""
    password, made = make_password(PASSWORD), []
    for code in PROVINCES:
        people = Person.objects.filter(memberships__team__province=code).order_by("pk")
        regency = Regency.objects.filter(province=code).annotate(n=Count("libraries"))
        for role in WALKS:
            name = f"beban-{role}-{code}"
            account = User.objects.create(username=name, password=password)
            place = {"province": Province.objects.get(pk=code)}
            if role == "regency_officer":
                place["regency"] = regency.order_by("-n").first()
            if role == "observer" and code == PROVINCES[0]:
                place = {}
            Assignment(user=account, role=role, **place).save_as(by=account)
            made.append((name, role))
            if membership := IN_TEAM.get(role):
                person = people.filter(memberships__role=membership).first()
                Person.objects.filter(pk=person.pk).update(user=account)
        held = FollowUp.objects.filter(province=code, meeting__state="held", closed_at=None)
        member = people.filter(memberships__role="member").first()
        some = list(held.order_by("-pk").values_list("pk", flat=True)[:OWN])
        FollowUp.objects.filter(pk__in=some).update(person_in_charge=member)
    return made


def work(port, server, accounts):
    """Let everybody work; return (ledger, memory, seconds)."""
    ledger, stopping = Ledger(), threading.Event()
    watch = measures.MemoryWatch(children(server.pid), ledger.answers, stopping)
    settings = {"port": port, "thinking": THINKING, "ledger": ledger, "stopping": stopping}
    visitors = [
        Visitor(n, name, WALKS[role], arrives=n * ARRIVAL, **settings)
        for n, (name, role) in enumerate(accounts)
    ]
    watch.start()
    seconds = let_work(visitors, ledger, stopping, requests=REQUESTS, seconds=MOST_SECONDS)
    return ledger, watch.rows(), seconds


def main(folder):
    accounts = make_accounts()
    connections.close_all()
    port = free_port()
    server = serve(folder, os.environ["DATABASE_URL"], port, workers=WORKERS)
    try:
        wait(lambda: len(children(server.pid)) == WORKERS)
        time.sleep(5)
        workers = children(server.pid)
        ledger, memory, seconds = work(port, server, accounts)
        same = workers == children(server.pid)
        taken = [measures.processor_seconds(pids) for pids in (workers, database_processes())]
    finally:
        server.terminate()
        server.wait(60)
    return report(ledger, memory, seconds, taken, same)


def database_processes():
    """Return the processes of PostgreSQL that serve the web processes; none on another machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor if Path(f"/proc/{pid}").exists()]


def report(ledger, memory, seconds, taken, same):
    answers = ledger.answers
    database = f"PostgreSQL {connection.pg_version // 10000}"
    print(f"\n{measures.machine(database)}; {WORKERS} web processes, sync, on the same cores as")
    print("the database and the visitors.")
    print(
        f"\n{len(WALKS) * len(PROVINCES)} people of {len(WALKS)} roles in {len(PROVINCES)}"
        f" provinces, {len(answers):,} requests in {seconds:.0f} s"
        f" ({len(answers) / seconds:.1f} a second)."
    )
    web, served = (1000 * one / len(answers) for one in taken)
    print(f"A request takes {web:.0f} ms of a processor in the web process, {served:.0f} ms in")
    print("PostgreSQL.\n")
    measures.print_times(answers)
    faults = [answer for answer in answers if answer.fault]
    missing = missing_of(ledger.stored)
    p95 = measures.quantile([answer.seconds * 1000 for answer in answers], 0.95)
    growth = max((last / second for second, last, _ in memory), default=9)
    print("\n| Web process | MB, 2nd tenth of the requests | MB, last tenth | most |")
    print("|---|---:|---:|---:|")
    for number, row in enumerate(memory, 1):
        print(f"| {number} | {' | '.join(f'{mb:.0f}' for mb in row)} |")
    kept = measures.print_goals(
        [
            ("requests", f"≥ {REQUESTS:,}", f"{len(answers):,}", len(answers) >= REQUESTS),
            ("p95 of all requests, ms", f"≤ {P95}", f"{p95:.0f}", p95 <= P95),
            ("answers that were not expected", 0, len(faults), not faults),
            ("acknowledged entries", "> 0", f"{len(ledger.stored):,}", bool(ledger.stored)),
            ("of them not there exactly once", 0, len(missing), not missing),
            (
                "memory, last tenth ÷ second tenth",
                f"≤ {measures.GROWTH:.2f}",
                f"{growth:.2f}",
                growth <= measures.GROWTH and len(memory) == WORKERS,
            ),
            ("the same web processes throughout", "yes", "yes" if same else "no", same),
        ]
    )
    for fault in [answer.fault for answer in faults[:20]] + missing[:20]:
        print(fault)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
