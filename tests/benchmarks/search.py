"""
Sixty searches of the whole country and of one province: p50 and p95 of the results, their queries, and
the first hit of each, which has to be the same on both databases.

Called by run.py for PostgreSQL and for SQLite; alone:
`DATABASE_URL=… python tests/benchmarks/search.py [FILE]`, on SQLite where it is empty. The first
hits are written to FILE, or compared with those that stand there. Fails above 60 ms for half of the
searches, 150 ms for 95 of a hundred, and 14 queries.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DEBUG": ""}
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from sinergi.accounts.models import User  # noqa: E402
from sinergi.search.results import Results  # noqa: E402
from tests.benchmarks import search_data  # noqa: E402

GOLDEN = (
    """
seliu|siliu|rapat|pe|kemajuan rencana|perpustakaan|perpustakaan kapuk|kemajaun|wahyni|kapuk
sungailiat|belitung|bangka|tanjung pandan|membalong|manggar|sukamaju|suka|19.02|19.01.01
19.02.05.2001|1902052001|188.44|188.44/1|desa: kapuk|rapat: anggaran|orang: pengelola
perpustakaan: seliu|kecamatan: membalong|kabupaten: belitung|anggaran|anggaran desa
keputusan gubernur|draf sk gubernur|usulan nomor 4321|usulan nomor 43|pelatihan komputer
kuliah kerja nyata|bappeda|dinas pemberdayaan|jaringan internet|kendala|koleksi buku pertanian
perangkat rusak|pengelola|pengelola kapuk|universitas|triwulan|nomor 49999|nomor 4|aceh
jakarta|pangkalpinang|perpustkaan|perpustakaan desa suka|zzzz|qwxyzk|a|di|tim sinergi
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
#: What is asked for while somebody types: the results without the page around them.
TYPING = {"HX-Request": "true"}
P50, P95, QUERIES = 60, 150, 14


def client_of(user):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="sinergi.accounts.backends.RoleBackend")
    return client


def measure(client):
    """Return {query: median ms of the results}, and the most queries that one of them asks."""
    taken, asked = {}, 0
    for text in GOLDEN:
        client.get("/cari/", {"q": text}, headers=TYPING)
    for text in GOLDEN:
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            client.get("/cari/", {"q": text}, headers=TYPING)
            times.append((time.perf_counter() - began) * 1000)
        taken[text] = statistics.median(times)
        with CaptureQueriesContext(connection) as captured:
            client.get("/cari/", {"q": text}, headers=TYPING)
        asked = max(asked, len(captured))
    return taken, asked


def first_hit(user, text):
    results = Results(user, text)
    hits = [*results.exact, *(hit for group in results.groups for hit in group.hits)]
    return f"{hits[0].kind.prefix} {hits[0].title}" if hits else ""


def main():
    call_command("migrate", verbosity=0)
    search_data.fill()
    call_command("rebuild_search", verbosity=0)
    national, _ = User.objects.get_or_create(
        username="bench-nasional", defaults={"is_superuser": True, "is_staff": True}
    )
    office = User.objects.get(username="sekretariat")
    kept, first = True, {}
    print(f"\n{connection.vendor}: {len(GOLDEN)} pencarian, {ROUNDS} putaran")
    for name, user in (("nasional", national), ("provinsi", office)):
        taken, asked = measure(client_of(user))
        p50 = statistics.median(taken.values())
        p95 = statistics.quantiles(taken.values(), n=20)[-1]
        slow = sorted(taken, key=taken.get)[-5:]
        print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, paling banyak {asked} kueri")
        print("   terlama:", ", ".join(f"{one} {taken[one]:.0f} ms" for one in slow))
        kept &= p50 <= P50 and p95 <= P95 and asked <= QUERIES
        first |= {f"{name} {text}": first_hit(user, text) for text in GOLDEN}
    if len(sys.argv) > 1:
        kept &= same(Path(sys.argv[1]), first)
    return 0 if kept else 1


def same(path, first):
    """Return whether the first hits are those that the other database has written."""
    if not path.exists():
        path.write_text(json.dumps(first))
        return True
    other = json.loads(path.read_text())
    for text in first:
        if first[text] != other[text]:
            print(f"TIDAK SAMA {text}: {first[text]!r} / {other[text]!r}")
    return first == other


if __name__ == "__main__":
    sys.exit(main())
