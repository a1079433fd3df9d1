"""
The table of `make bench` about downloads: how long a list of thousands of rows takes in each form,
when its first byte comes, and what memory the worker needs beyond its idle state.

Alone: `DATABASE_URL=postgres://… python tests/benchmarks/exports.py`, on a database that is filled
once and kept.
"""

import csv
import http.client
import io
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DEBUG": ""}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from tests.benchmarks import data  # noqa: E402

PORT = 8767
ROUNDS = int(os.environ.get("BENCH_EXPORT_ROUNDS", "3"))
#: Name → path, the rows that the promise is about, and the seconds that they may take.
LISTS = {
    "perpustakaan, satu provinsi": ("/perpustakaan/?province=32", 5_000, 1.2),
    "perpustakaan, nasional": ("/perpustakaan/", 50_000, 12),
    "rapat": ("/rapat/", 50_000, 12),
    "desa, nasional": ("/desa/", 50_000, 12),
}
FIRST_BYTE_MS, MEGABYTES = 300, 60


def ask(path, session):
    """Return (seconds to the first byte, to the last, bytes, what came) of a page or a download."""
    http_ = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    began = time.perf_counter()
    http_.request("GET", path, headers={"Cookie": f"sinergi_sesi={session}", "Host": "127.0.0.1"})
    answer = http_.getresponse()
    first = answer.read(1)
    early = time.perf_counter() - began
    content = first + answer.read()
    assert answer.status == 200, f"{path}: {answer.status}"
    http_.close()
    return early, time.perf_counter() - began, content


def worker_of(server):
    """Return the process of gunicorn's only worker."""
    found = subprocess.run(
        ["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def megabytes(process, name):
    """Return VmRSS or VmHWM (the most since `forget_peak`) of a process."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def forget_peak(process):
    Path(f"/proc/{process}/clear_refs").write_text("5")


def seconds_of(process):
    """Return the seconds of the processor that a process has taken."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def measure(path, session, worker):
    """
    Return the median seconds of each form, those of the worker's processor for a workbook, the
    first byte's ms, rows, and the peak in MB.
    """
    joint = "&" if "?" in path else "?"
    found = {}
    for kind in ("xlsx", "csv", "csv-sistem"):
        taken = [ask(f"{path}{joint}unduh={kind}", session) for _ in range(ROUNDS)]
        found[kind] = statistics.median(whole for _, whole, _ in taken)
        if kind == "csv":
            found["first"] = statistics.median(early for early, *_ in taken) * 1000
            text = io.StringIO(taken[0][2].decode("utf-8-sig"), newline="")
            found["rows"] = sum(1 for _ in csv.reader(text, delimiter=";")) - 1
    forget_peak(worker)
    before = seconds_of(worker)
    ask(f"{path}{joint}unduh=xlsx", session)
    return found | {"cpu": seconds_of(worker) - before, "peak": megabytes(worker, "VmHWM")}


def beside_another(office, everywhere):
    """Return the p50 (ms) of a page alone, and while somebody downloads the country's libraries."""
    page = "/perpustakaan/"
    alone = [ask(page, office)[1] for _ in range(15)]
    running = threading.Thread(target=ask, args=("/perpustakaan/?unduh=xlsx", everywhere))
    running.start()
    time.sleep(0.5)
    beside = []
    while running.is_alive():
        beside.append(ask(page, office)[1])
    running.join()
    return statistics.median(alone) * 1000, statistics.median(beside) * 1000


def main():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    data.fill()
    everywhere = data.session_of("bench-nasional", superuser=True)
    office = data.session_of("sekretariat")
    connections.close_all()
    command = [sys.executable, "-m", "gunicorn", "sinergi.wsgi", "--bind", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen([*command, "--threads", "2", "--timeout", "120"], cwd=ROOT)
    try:
        time.sleep(5)
        for path in ("/perpustakaan/", "/rapat/", "/desa/?unduh=xlsx&q=seliu"):
            ask(path, everywhere)
        worker = worker_of(server)
        idle = megabytes(worker, "VmRSS")
        result = {name: measure(path, everywhere, worker) for name, (path, *_) in LISTS.items()}
        alone, beside = beside_another(office, everywhere)
    finally:
        server.terminate()
        server.wait()
    return report(result, idle, alone, beside)


def report(result, idle, alone, beside):
    where = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    print(f"\n{where}, pekerja diam {idle:.0f} MB\n")
    print(
        "| daftar | baris | xlsx (s) | prosesornya (s) | CSV (s) | bita pertama (ms) |"
        " di atas diam (MB) |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    kept = True
    checks = {}
    for name, (_, rows, seconds) in LISTS.items():
        one = result[name]
        over = one["peak"] - idle
        print(
            f"| {name} | {one['rows']:,} | {one['xlsx']:.2f} | {one['cpu']:.2f} |"
            f" {one['csv']:.2f} |"
            f" {one['first']:.0f} | {over:.0f} |"
        )
        took = one["xlsx"] * rows / one["rows"]
        checks[f"{name}: {rows:,} baris dalam {seconds} s ({took:.2f})"] = took <= seconds
        checks[f"{name}: bita pertama dalam {FIRST_BYTE_MS} ms"] = one["first"] <= FIRST_BYTE_MS
        checks[f"{name}: di bawah {MEGABYTES} MB di atas diam"] = over < MEGABYTES
    print(f"\nsatu halaman: {alone:.0f} ms, selagi orang lain mengunduh {beside:.0f} ms\n")
    for promise, met in checks.items():
        print(f"{'ya   ' if met else 'TIDAK'}  {where}, {promise}")
        kept &= met
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
