"""
`make test`: every test this machine allows, and in plain words what it left out and why.

The whole suite runs on PostgreSQL (TEST_DATABASE_URL, or one that answers on 127.0.0.1:5432), on
SQLite what may come out differently there (`pytest.mark.both`), the pages in a real Chromium, and
the files that the portal hands out in LibreOffice and qpdf. Without PostgreSQL the whole suite runs
on SQLite. With REQUIRE_ALL=1 (CI) a missing part is a failure.

`make fast`: the tests of what was changed (tests/changed.py), on SQLite, for as long as SECONDS
allows; what there was no time for is counted as skipped. `make cov`: the whole suite once, under
branch coverage.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

import psycopg2

try:
    from tests.changed import changed_paths, tests_for
except ImportError:  # run as a file, as the Makefile does
    from changed import changed_paths, tests_for

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
OFFICE = ("soffice", "qpdf")
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
WORKERS = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")
#: What stands apart: it needs a program of the machine.
APART = ("--ignore=tests/browser", "--ignore=tests/office")
SECONDS = 40  # of `make fast`, after which no test begins
COVERAGE = (
    "--cov",
    "--cov-branch",
    "--cov-report=term:skip-covered",
)  # what and how much: pyproject.toml


@dataclass(frozen=True)
class Part:
    title: str
    database: str
    arguments: tuple[str, ...]


def plan(*, postgres, chromium, office):
    """
    Return the parts that this machine allows, the longest first, and in words what is left out; ""
    is what it lacks.
    """
    # Migrations are applied as they stand, whatever an earlier run left behind.
    anew = "--create-db"
    parts, left_out = [], []
    if postgres:
        parts.append(Part("PostgreSQL, seluruh uji", postgres, (anew, *APART)))
        parts.append(Part("SQLite, yang dapat berbeda di sana", "", (anew, *APART, "-m", "both")))
    else:
        parts.append(Part("SQLite, seluruh uji", "", (anew, *APART)))
        left_out.append(
            "suite pada PostgreSQL, termasuk uji dua permintaan serentak: PostgreSQL tidak menjawab"
        )
    if chromium:
        parts.append(Part("Chromium", postgres, ("tests/browser",)))
    else:
        left_out.append(
            "uji peramban: Chromium tidak terpasang (Debian: apt-get install"
            " chromium-headless-shell)"
        )
    if office:
        parts.append(Part("LibreOffice dan qpdf", postgres, ("tests/office",)))
    else:
        left_out.append(
            "uji berkas: LibreOffice atau qpdf tidak terpasang (Debian: apt-get install"
            " libreoffice-writer-nogui libreoffice-calc-nogui qpdf)"
        )
    return parts, left_out


def while_working(files):
    """Those files in their order, each on one worker, until the time is up."""
    in_order = ("--dist", "loadfile", "--no-loadscope-reorder", f"--seconds={SECONDS}")
    return [Part("SQLite, yang menyangkut perubahan", "", (*in_order, "-m", "not slow", *files))]


def under_coverage(*, postgres):
    return [Part("Cakupan uji", postgres, ("--create-db", *APART, *COVERAGE))]


def postgres_that_answers():
    """Its address, or "" after saying why there is none."""
    try:
        psycopg2.connect(POSTGRES, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        print(f"PostgreSQL tidak menjawab: {str(error).splitlines()[0]}", flush=True)
        return ""
    return POSTGRES


def run(part, extra):
    print(f"\n=== {part.title} ===", flush=True)
    began = time.monotonic()
    environment = os.environ | {"DATABASE_URL": part.database, "CHROMIUM": CHROMIUM}
    # Every worker and every child process of the tests would compile the code anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "pytest", "-q", *WORKERS, *part.arguments, *extra]
    ended = subprocess.run(command, env=environment, check=False)
    print(f"{part.title}: {time.monotonic() - began:.0f} detik", flush=True)
    return ended.returncode


def main(arguments):
    if arguments[:1] == ["fast"]:
        files = tests_for(changed_paths())
        print(
            f"{len(files)} berkas uji menyangkut yang berubah; uji peramban: make test.", flush=True
        )
        parts, left_out, extra = while_working(files), [], arguments[1:]
    elif arguments[:1] == ["cov"]:
        parts, left_out, extra = under_coverage(postgres=postgres_that_answers()), [], arguments[1:]
    else:
        extra = arguments
        parts, left_out = plan(
            postgres=postgres_that_answers(),
            chromium=CHROMIUM,
            office=all(map(shutil.which, OFFICE)),
        )
    failed = sum(run(part, extra) != 0 for part in parts)
    for part in left_out:
        print(f"DILEWATI: {part}", flush=True)
    if left_out and REQUIRE_ALL:
        print("Di CI tidak ada yang boleh dilewati.", flush=True)
        failed += 1
    print(f"{failed} bagian gagal." if failed else "Semua yang dijalankan lulus.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
