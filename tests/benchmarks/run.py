"""
`make bench`: the speed tables of docs/operations.md, measured side by side in one run. pages.py has
the table of the whole country at work, search.py that of searches, imports.py the importer's,
exports.py that of downloads.

Needs PostgreSQL (BENCH_DATABASE_URL; the database is made when it is not there, and kept).
Everything is asked for from this machine, one request after another over one connection, of
gunicorn with one worker.
"""

import http.client
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent.parent
URL = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/sinergi_bench")
PORT = 8765
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "60"))

os.environ |= {
    "DATABASE_URL": URL,
    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
    "DEBUG": "",
}
sys.path.insert(0, str(ROOT))


def make_database(name):
    base = URL.rpartition("/")[0]
    connection = psycopg2.connect(f"{base}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return name


make_database(URL.rpartition("/")[2])

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection as db  # noqa: E402
from django.db import connections  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from advocacy.models import Meeting  # noqa: E402
from sinergi.accounts.models import User  # noqa: E402
from sinergi.kit.pagination import KeysetPage  # noqa: E402
from tests.benchmarks import data  # noqa: E402
from villages.models import Library  # noqa: E402


def cursor_of_page(queryset, order, number, size=50):
    """Return the cursor that leads to page `number`."""
    column = order[0].lstrip("-")
    row = queryset.order_by(*order).only(column)[(number - 1) * size - 1]
    page = KeysetPage(queryset, QueryDict(), order=order, size=1)
    return page._write(row)


def ask(connection, path, session):
    headers = {"Cookie": f"sinergi_sesi={session}", "Host": "127.0.0.1", "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    size = len(response.read())
    assert response.status == 200, f"{path}: {response.status}"
    return (time.perf_counter() - began) * 1000, size


def measure(pages):
    """
    p50 in ms and size in bytes of each page, asked in turn so that the machine's moods fall on all
    alike.
    """
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    for path, session in pages.values():
        for _ in range(5):
            ask(connection, path, session)
    taken = {name: [] for name in pages}
    sizes = {}
    for _ in range(ROUNDS):
        for name, (path, session) in pages.items():
            ms, sizes[name] = ask(connection, path, session)
            taken[name].append(ms)
    return {name: (statistics.median(times), sizes[name]) for name, times in taken.items()}


def queries(path, user):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="sinergi.accounts.backends.RoleBackend")
    client.get(path)
    with CaptureQueriesContext(db) as captured:
        client.get(path)
    return len(captured)


def main():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    data.fill()
    everywhere, office = (
        data.session_of("bench-nasional", superuser=True),
        data.session_of("sekretariat"),
    )
    meetings = cursor_of_page(Meeting.objects.filter(province="19"), ("-starts_at", "-id"), 500)
    libraries = cursor_of_page(Library.objects.all(), ("name", "id"), 500)
    pages = {
        "satu kata": ("/kata/", office),
        "rapat, halaman 1": ("/rapat/", office),
        "rapat, halaman 500": (f"/rapat/?setelah={meetings}", office),
        "rapat, admin bawaan": ("/bawaan/advocacy/meeting/", everywhere),
        "rapat, admin tanpa hitungan": ("/polos/advocacy/meeting/", everywhere),
        "perpustakaan, halaman 1": ("/perpustakaan/", everywhere),
        "perpustakaan, halaman 500": (f"/perpustakaan/?setelah={libraries}", everywhere),
        "perpustakaan, admin bawaan": ("/bawaan/villages/library/", everywhere),
        "cari desa": ("/desa/?q=seliu", everywhere),
    }
    asked = {
        name: queries(
            path,
            User.objects.get(username="sekretariat" if session == office else "bench-nasional"),
        )
        for name, (path, session) in pages.items()
    }
    connections.close_all()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "sinergi.wsgi",
            "--bind",
            f"127.0.0.1:{PORT}",
            "--keep-alive",
            "60",
            "--threads",
            "2",
        ],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(4)
        result = measure(pages)
    finally:
        server.terminate()
        server.wait()
    report(result, asked)
    kept = holds(result, asked)
    first_hits = ROOT / "var" / "first_hits.json"  # which both databases have to have
    first_hits.unlink(missing_ok=True)
    for script, name, *arguments in (
        ("pages.py", "sinergi_bench_negeri"),
        ("search.py", "sinergi_bench_cari", str(first_hits)),
        ("imports.py", "sinergi_bench_impor"),
        ("exports.py", "sinergi_bench"),
    ):
        for database in (f"{URL.rpartition('/')[0]}/{make_database(name)}", ""):
            kept &= measures([script, *arguments], name, database)
    return 0 if kept else 1


def measures(command, name, database):
    """Whether the promises of a table hold on this database; "": on a SQLite file of its own."""
    environment = os.environ | {"DATABASE_URL": database, "DATA_DIR": str(ROOT / "var" / name)}
    script, *arguments = command
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(script)), *arguments],
        env=environment,
        check=False,
    )
    return ended.returncode == 0


def report(result, asked):
    word = result["satu kata"][0]
    print(
        f"\n{platform.platform()}, {os.cpu_count()} inti, Python {platform.python_version()},"
        f" PostgreSQL {db.pg_version}"
    )
    print(
        f"{Meeting.objects.count():,} rapat, {Library.objects.count():,} perpustakaan, 50 baris"
        f" sehalaman, {ROUNDS} putaran\n"
    )
    print(f"| {'halaman':<27} | p50 (ms) | × satu kata | kueri | bita terkompresi |")
    print(f"|{'-' * 29}|---------:|------------:|------:|-----------------:|")
    for name, (ms, size) in result.items():
        print(f"| {name:<27} | {ms:8.1f} | {ms / word:11.1f} | {asked[name]:5} | {size:16,} |")


def holds(result, asked):
    """
    Return whether the promises hold: 5 times one word, 5 times as fast as the stock admin, 8
    queries, page 500 like page 1.
    """
    word, kept = result["satu kata"][0], True
    for thing in ("rapat", "perpustakaan"):
        first, far, stock = (
            result[f"{thing}, {page}"][0] for page in ("halaman 1", "halaman 500", "admin bawaan")
        )
        checks = {
            "paling lama 5 × satu kata": first <= 5 * word,
            "paling sedikit 5 × lebih cepat dari admin bawaan": stock >= 5 * first,
            "halaman 500 seperti halaman 1 (1,3 ×)": max(first, far) <= 1.3 * min(first, far),
            "paling banyak 8 kueri": (
                max(asked[f"{thing}, halaman 1"], asked[f"{thing}, halaman 500"]) <= 8
            ),
        }
        for promise, met in checks.items():
            print(f"{'ya   ' if met else 'TIDAK'}  {thing}: {promise}")
            kept &= met
    return kept


if __name__ == "__main__":
    sys.exit(main())
