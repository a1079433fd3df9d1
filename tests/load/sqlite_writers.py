"""
Five people who write at once on SQLite, without a pause, through gunicorn; called by run.py with
the folder of a portal that has the demonstration.
"""

import os
import statistics
import sys
import threading
import time
from pathlib import Path

import django

django.setup()

from tests.drills.cluster import wait  # noqa: E402
from tests.drills.server import children, free_port, serve  # noqa: E402
from tests.load import measures, roles  # noqa: E402
from tests.load.country_at_work import WORKERS  # noqa: E402
from tests.load.stored import missing_of  # noqa: E402
from tests.load.visitors import Ledger, Visitor, let_work  # noqa: E402

ACCOUNT = "sekretariat"  # of the demonstration, signed in five times
WRITERS = 5
ROUNDS = int(os.environ.get("LOAD_ROUNDS", "40"))  # of each, with four records
MOST_SECONDS = 5 * 60


def write(person):
    """
    Log a meeting, note progress, and enter a commitment with what came of it. Each has follow-ups
    of their own: of two who note something on one at the same moment the second is told.
    """
    digits = f"{2 * person.number}{2 * person.number + 1}"
    roles.log_meeting(person)
    roles.note_progress(person, "/tindak-lanjut/?daftar=tim", of=rf"/tindak-lanjut/\d*[{digits}]/")
    roles.enter_commitment(person)


def main(folder):
    port, log = free_port(), folder / "gunicorn.log"
    with log.open("wb") as file:
        server = serve(folder, "", port, workers=WORKERS, log=file)
        try:
            wait(lambda: len(children(server.pid)) == WORKERS)
            time.sleep(5)
            ledger, stopping = Ledger(), threading.Event()
            settings = {"port": port, "thinking": 0, "ledger": ledger, "stopping": stopping}
            writers = [
                Visitor(n, ACCOUNT, write, rounds=ROUNDS, **settings) for n in range(WRITERS)
            ]
            let_work(writers, ledger, stopping, requests=10**6, seconds=MOST_SECONDS)
        finally:
            server.terminate()
            server.wait(60)
    return report(ledger, log.read_text())


def report(ledger, log):
    faults = [answer.fault for answer in ledger.answers if answer.fault]
    missing = missing_of(ledger.stored)
    locked = sum("locked" in text for text in [*faults, *log.splitlines()])
    written = [answer.seconds * 1000 for answer in ledger.answers if answer.status == 302]
    print(f"\n{WRITERS} people write at once on SQLite, {WORKERS} web processes")
    kept = measures.print_goals(
        [
            ("acknowledged entries", "> 0", f"{len(ledger.stored):,}", bool(ledger.stored)),
            ("of them not there exactly once", 0, len(missing), not missing),
            ("answers that were not expected", 0, len(faults), not faults),
            ("“locked”, on a page or in the log", 0, locked, not locked),
            ("p50 of an entry, ms", "-", f"{statistics.median(written):.0f}", True),
            ("p95 of an entry, ms", "-", f"{measures.quantile(written, 0.95):.0f}", True),
        ]
    )
    for line in [*faults[:20], *missing[:20], *log.splitlines()[:20]]:
        print(line)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
