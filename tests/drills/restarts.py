"""
PostgreSQL restarted under people who write, and the portal stopped under them.

gunicorn serves the portal as in production. Four people enter institutions one after the other;
meanwhile PostgreSQL is stopped, in its two ways, and started again. Whoever is answered 503 sends
the same form again. Nothing that was acknowledged may be missing, and nothing may be there twice.
"""

import re
import signal
import threading
import time
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from sinergi.kit.outages import DATABASE_GONE
from tests.drills.cluster import missing, programs, running_cluster, wait
from tests.drills.portal import Portal
from tests.drills.server import children, free_port, serve

TITLE = "PostgreSQL dimulai ulang selagi orang menulis"
WRITERS = 4
RESTARTS = ("fast", "immediate") * 3
#: How long PostgreSQL is away, and how long the writers go on afterwards, in seconds.
AWAY, AFTERWARDS = 1, 3
#: How soon the first form is stored after PostgreSQL is back, in seconds.
SOON = 10
FORM = "/mitra/baru/"
PASSWORD = "perpustakaan-2019"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="([^"]+)"')


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Person(threading.Thread):
    """Somebody who enters one institution after the other until told to stop."""

    def __init__(self, number, address, stopping):
        super().__init__(daemon=True)
        self.number, self.address, self.stopping = number, address, stopping
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), NoRedirect())
        self.acknowledged = []  # (name, moment)
        self.refused, self.odd = 0, []

    def ask(self, path, fields=None):
        """Return (status, text); status 0 where nobody answers."""
        data = urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(Request(self.address + path, data), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (URLError, HTTPException, OSError):
            return 0, ""

    def sign_in(self):
        _, page = self.ask("/masuk/")
        fields = dict(HIDDEN.findall(page)) | {"username": "sekretariat", "password": PASSWORD}
        status, _ = self.ask("/masuk/", fields)
        if status != 302:
            raise RuntimeError(f"Masuk dijawab {status}.")

    def run(self):
        count = 0
        while not self.stopping.is_set():
            status, page = self.ask(FORM)
            if status == 200:
                count += 1
                self.enter(f"Instansi {self.number}-{count}", dict(HIDDEN.findall(page)))
            else:
                self.note(status, page)

    def enter(self, name, hidden):
        """Send the form, and the same form again until it is stored."""
        while not self.stopping.is_set():
            status, page = self.ask(FORM, hidden | {"name": name, "sector": "community"})
            if status == 302:
                self.acknowledged.append((name, time.monotonic()))
                return
            self.note(status, page)

    def note(self, status, page):
        if status == 503 and DATABASE_GONE.heading in page:
            self.refused += 1
        elif status or not self.stopping.is_set():
            self.odd.append((status, re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))[:200]))
        time.sleep(0.2)


def drill(folder):
    """Yield (what, expected, found, whether it is as it must be)."""
    if programs() is None:
        yield missing()
        return
    with running_cluster() as cluster:
        Portal(folder / "portal", cluster.url).manage("migrate", "--verbosity", "0")
        Portal(folder / "portal", cluster.url).manage("load_demo")
        yield from _restart(cluster, folder / "portal")


def _restart(cluster, folder):
    port = free_port()
    server = serve(folder, cluster.url, port)
    stopping = threading.Event()
    people = [Person(n, f"http://127.0.0.1:{port}", stopping) for n in range(WRITERS)]
    back = []
    try:
        wait(lambda: people[0].ask("/sehat/")[0] == 200)
        workers = children(server.pid)
        for person in people:
            person.sign_in()
            person.start()
        time.sleep(AFTERWARDS)
        for how in RESTARTS:
            cluster.stop(how)
            time.sleep(AWAY)
            cluster.start()
            back.append(time.monotonic())
            time.sleep(AFTERWARDS)
        same_workers = len(workers & children(server.pid))
        # The portal itself is stopped, with forms on their way.
        stopping.set()
        server.send_signal(signal.SIGTERM)
        ended = server.wait(60)
        for person in people:
            person.join(60)
    finally:
        server.kill()
    yield from _rows(cluster, people, back)
    yield "proses web yang masih sama", len(workers), same_workers, same_workers == len(workers)
    yield "akhir gunicorn sesudah SIGTERM", 0, ended, ended == 0


def _rows(cluster, people, back):
    acknowledged = [entry for person in people for entry in person.acknowledged]
    with cluster.connect() as one, one.cursor() as cursor:
        cursor.execute("SELECT name FROM programs_institution WHERE name LIKE 'Instansi %-%'")
        stored = [name for (name,) in cursor]
    lost = {name for name, _ in acknowledged} - set(stored)
    twice = len(stored) - len(set(stored))
    odd = [told for person in people for told in person.odd]
    refused = sum(person.refused for person in people)
    waits = [min((at for _, at in acknowledged if at > start), default=0) - start for start in back]
    yield "isian yang dijawab tersimpan", "> 0", len(acknowledged), bool(acknowledged)
    yield "di antaranya yang hilang", 0, len(lost), not lost
    yield "isian yang tersimpan dua kali", 0, twice, not twice
    yield "jawaban 503 dengan penjelasan", "> 0", refused, refused > 0
    yield "jawaban lain", 0, len(odd), not odd
    for status, words in odd[:3]:
        yield f"  {status}: {words}"[:60], "", "", False
    slowest = max(waits)
    is_soon = min(waits) > 0 and slowest < SOON
    yield "detik sampai tersimpan lagi, terlama", f"< {SOON}", f"{slowest:.1f}", is_soon
