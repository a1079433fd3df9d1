"""
`make load`: thirty people at work on the whole country on PostgreSQL, and five who write at once on
SQLite, with the tables of docs/operations.md.

The country is the benchmark's (LOAD_TEMPLATE on the server of BENCH_DATABASE_URL, filled if it is
not there, which takes some minutes the first time); what is worked on is a copy, dropped at the
end.
Everything listens on 127.0.0.1 alone. Names after the command choose one of the two.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from tests.drills.portal import ROOT, Portal

SERVER = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
TEMPLATE = os.environ.get("LOAD_TEMPLATE", "sinergi_bench_negeri")
COPY = f"sinergi_beban_{os.getpid()}"


def address_of(name):
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def run(module, *arguments, settings, **variables):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "DEBUG": ""} | variables
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


@contextmanager
def copy_of_country(folder):
    """Fill the template if need be, and give the address of a copy that is dropped afterwards."""
    server = psycopg2.connect(address_of("postgres"))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            template, copy = sql.Identifier(TEMPLATE), sql.Identifier(COPY)
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(template))
            began = time.monotonic()
            variables = {"DATABASE_URL": address_of(TEMPLATE), "DATA_DIR": str(folder)}
            if run("tests.benchmarks.filling", settings="tests.benchmarks.settings", **variables):
                sys.exit("The country could not be filled.")
            print(f"The country is there after {time.monotonic() - began:.0f} s.", flush=True)
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, template))
            try:
                yield address_of(COPY)
            finally:
                cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))
    finally:
        server.close()


def country(folder):
    with copy_of_country(folder) as database:
        return run(
            "tests.load.country_at_work",
            folder,
            settings="tests.benchmarks.settings",
            DATABASE_URL=database,
            DATA_DIR=str(folder),
        )


def sqlite(folder):
    portal = Portal(folder, "")
    portal.manage("migrate", "--verbosity", "0")
    portal.manage("load_demo")
    return run(
        "tests.load.sqlite_writers",
        folder,
        settings="tests.benchmarks.settings",
        DATABASE_URL="",
        DATA_DIR=str(folder),
    )


LOADS = {"country": country, "sqlite": sqlite}


def main(names):
    failed = 0
    for name in names or LOADS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="sinergi-beban-") as folder:
            failed += LOADS[name](Path(folder)) != 0
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
