"""
`make test`: every test this machine allows, and in plain words what it left out and why.

The suite runs on SQLite and on PostgreSQL (TEST_DATABASE_URL, or one that answers on 127.0.0.1:5432), then in a real
Chromium. With REQUIRE_ALL=1 (CI) a missing part is a failure.
"""

import os
import shutil
import subprocess
import sys
import time

import psycopg2

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
#: Tests that ask no database, so that once is enough.
WITHOUT_DATABASE = (
    "tests/sinergi/test_sheets.py",
    "tests/sinergi/test_money.py",
    "tests/programs/test_months.py",
    "tests/villages/test_matching.py",
    "tests/villages/test_columns.py",
)
#: Thousands of requests whose answers follow from the code; what a database may refuse of them, PostgreSQL does.
ONLY_ON_POSTGRESQL = ("tests/test_fuzz.py",)
WORKERS = str(min(os.cpu_count() or 1, 4))


def why_no_postgres():
    try:
        psycopg2.connect(POSTGRES, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        return f"PostgreSQL tidak menjawab ({str(error).splitlines()[0]})"
    return ""


def pytest(title, *arguments, **environment):
    print(f"\n=== {title} ===", flush=True)
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], env=os.environ | environment, check=False)
    print(f"{title}: {time.monotonic() - began:.0f} detik", flush=True)
    return ended.returncode


def main():
    left_out, codes = [], []
    extra = sys.argv[1:]
    no_postgres = why_no_postgres()
    elsewhere = ("tests/browser", *(() if no_postgres else ONLY_ON_POSTGRESQL))
    here = [f"--ignore={path}" for path in elsewhere]
    codes.append(pytest("SQLite", "-n", WORKERS, *here, *extra, DATABASE_URL=""))
    if no_postgres:
        left_out.append(f"suite pada PostgreSQL, termasuk uji dua permintaan serentak: {no_postgres}")
    else:
        only_with_a_database = [f"--ignore={path}" for path in ("tests/browser", *WITHOUT_DATABASE)]
        kept = ("--create-db", "--reuse-db")  # made anew, and left for the browser
        codes.append(pytest("PostgreSQL", "-n", WORKERS, *kept, *only_with_a_database, *extra, DATABASE_URL=POSTGRES))
    if CHROMIUM:
        database = "" if no_postgres else POSTGRES
        kept = () if no_postgres else ("--reuse-db",)
        codes.append(
            pytest("Chromium", "-n", WORKERS, *kept, "tests/browser", *extra, DATABASE_URL=database, CHROMIUM=CHROMIUM)
        )
    else:
        left_out.append("uji peramban: Chromium tidak terpasang (Debian: apt-get install chromium-headless-shell)")
    for part in left_out:
        print(f"DILEWATI: {part}", flush=True)
    failed = sum(code != 0 for code in codes)
    if left_out and REQUIRE_ALL:
        print("Di CI tidak ada yang boleh dilewati.", flush=True)
        failed += 1
    print(f"{failed} bagian gagal." if failed else "Semua yang dijalankan lulus.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
