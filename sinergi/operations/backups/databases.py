"""
A database as one file, in one snapshot, and back: each engine by its own tool.

PostgreSQL: pg_dump and pg_restore, which get the password by their environment. SQLite: the online
backup; a copy of the file loses what lies in its journal.
"""

import gzip
import os
import re
import shutil
import sqlite3
import subprocess
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from sinergi.operations.backups.archive import BROKEN, DATABASES
from sinergi.operations.backups.errors import BackupError


@dataclass(frozen=True)
class Dump:
    """A database in a file, and what one and the same snapshot says of it."""

    path: Path
    server: str
    migrations: list
    rows: dict


def database_of(connection):
    """Return what dumps and restores the database of a connection."""
    kinds = {"postgresql": Postgres, "sqlite": Sqlite}
    if connection.vendor not in kinds:
        raise BackupError(f"Basis data {connection.display_name} tidak dapat dicadangkan.")
    return kinds[connection.vendor](connection)


class Postgres:
    engine = "postgresql"
    #: Tables, views and sequences that are neither the system's nor an extension's.
    OWN = """
        SELECT count(*) FROM pg_class AS one JOIN pg_namespace AS space ON space.oid = relnamespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
          AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
                          AND objid = one.oid AND deptype = 'e')
    """

    def __init__(self, connection):
        self.connection = connection
        self.name = connection.settings_dict["NAME"]

    def dump(self, folder):
        program = self._program("pg_dump", self._server_major())
        path = folder / DATABASES[self.engine]
        using = self.connection.alias
        with transaction.atomic(using=using, durable=True), self.connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # It waits for pg_dump, however long that takes.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            self._run(
                program, "--format=custom", f"--snapshot={snapshot}", f"--file={path}", read=path
            )
            tables = self.connection.introspection.table_names(cursor)
            rows = counted(cursor, tables, self.connection.ops.quote_name)
            return Dump(path, self._server(), applied(cursor), rows)

    def is_empty(self):
        with self.connection.cursor() as cursor:
            cursor.execute(self.OWN)
            return not cursor.fetchone()[0]

    def check_version(self, server):
        """Refuse a dump of a server whose version the programs here do not know."""
        self._program("pg_restore", max(_major(server), self._server_major()))

    def restore(self, path):
        """Restore everything in one transaction."""
        program = shutil.which("pg_restore")
        self.connection.close()
        self._run(
            program,
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-comments",  # those of extensions belong to whoever made them
            read=path,
            source=path,
        )

    def row_counts(self):
        with self.connection.cursor() as cursor:
            tables = self.connection.introspection.table_names(cursor)
            return counted(cursor, tables, self.connection.ops.quote_name)

    def _run(self, program, *arguments, read, source=None):
        settings = self.connection.settings_dict
        psql, more = self.connection.client.settings_to_cmd_args_env(settings, [])
        where = [*psql[1:-1], f"--dbname={psql[-1]}"]
        command = [program, *where, *arguments, *([str(source)] if source else [])]
        environment = {**os.environ, **(more or {}), "LC_ALL": "C"}
        ended = subprocess.run(  # noqa: S603
            [*command, "--no-password"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if ended.returncode:
            told = ended.stderr.decode(errors="replace")
            if "No space left" in told or "File too large" in told or ended.returncode < 0:
                raise BackupError("Tempat penyimpanan penuh, atau programnya dihentikan.")
            last = told.strip().splitlines()[-1:] or ["tanpa keterangan"]
            raise BackupError(f"{Path(program).name} gagal: {last[0]}")

    @staticmethod
    def _program(name, needed):
        """Return the path of one of PostgreSQL's programs, of at least this major version."""
        path = shutil.which(name)
        install = f"apt-get install postgresql-client-{needed}"
        if path is None:
            raise BackupError(f"Program {name} tidak ditemukan. Pasang dulu: {install}.")
        told = subprocess.run(  # noqa: S603
            [path, "--version"], capture_output=True, text=True, check=False
        ).stdout
        found = re.search(r"(\d+)(?:\.\d+)*", told)
        if not found or int(found[1]) < needed:
            have = found[1] if found else "?"
            raise BackupError(
                f"{name} versi {have} lebih tua daripada PostgreSQL {needed}. Pasang dulu:"
                f" {install}."
            )
        return path

    def _server_major(self):
        self.connection.ensure_connection()
        return self.connection.pg_version // 10000

    def _server(self):
        version = self.connection.pg_version
        return f"{version // 10000}.{version % 10000}"


class Sqlite:
    engine = "sqlite"

    def __init__(self, connection):
        self.connection = connection
        self.name = str(connection.settings_dict["NAME"])
        self.file = Path(self.name)

    def dump(self, folder):
        copy = folder / "database.sqlite3"
        if not self.file.exists():
            raise BackupError(f"Basis data {self.file} tidak ada.")
        try:
            with (
                closing(sqlite3.connect(self.file)) as source,
                closing(sqlite3.connect(copy)) as to,
            ):
                source.backup(to)  # all pages in one step, hence in one snapshot
            # Constraints call functions that Django adds to a connection.
            params = {**self.connection.get_connection_params(), "database": str(copy)}
            with closing(self.connection.get_new_connection(params)) as database:
                database.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
                (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
                if said != "ok":
                    raise BackupError(f"Basis data rusak: {said}")
                rows = counted(database, sqlite_tables(database), _quoted)
                migrations = applied(database)
        except sqlite3.Error as error:
            raise _sqlite_error(error) from error
        path = folder / DATABASES[self.engine]
        with copy.open("rb") as plain, gzip.open(path, "wb", compresslevel=5) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)
        copy.unlink()
        return Dump(path, sqlite3.sqlite_version, migrations, rows)

    def is_empty(self):
        if not self.file.exists() or not self.file.stat().st_size:
            return True
        with closing(sqlite3.connect(self.file)) as database:
            return not sqlite_tables(database)

    def check_version(self, server):
        """Take any: the format of the file has been the same for twenty years."""

    def restore(self, path):
        """Put the file in its place, whole or not at all."""
        self.connection.close()
        beside = self.file.with_name(f"{self.file.name}.restoring")
        try:
            with gzip.open(path, "rb") as packed, beside.open("wb") as plain:
                beside.chmod(0o640)
                shutil.copyfileobj(packed, plain, 1 << 20)
                plain.flush()
                os.fsync(plain.fileno())
            for ending in ("-wal", "-shm"):  # of the empty file that stands there
                Path(f"{self.name}{ending}").unlink(missing_ok=True)
            beside.replace(self.file)
        except (EOFError, zlib.error) as error:
            raise BackupError(BROKEN) from error
        finally:
            beside.unlink(missing_ok=True)

    def row_counts(self):
        with closing(sqlite3.connect(self.file)) as database:
            return counted(database, sqlite_tables(database), _quoted)


def sqlite_tables(database):
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in database.execute(sql)]


def counted(cursor, tables, quoted):
    """Return {table: number of rows}."""
    rows = {}
    for table in sorted(tables):
        found = cursor.execute(f"SELECT count(*) FROM {quoted(table)}")  # noqa: S608
        rows[table] = (found or cursor).fetchone()[0]
    return rows


def applied(cursor):
    """Return [app, name] of the migrations that were applied."""
    found = cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return [list(row) for row in (found or cursor).fetchall()]


def _quoted(table):
    return '"{}"'.format(table.replace('"', '""'))


def _major(version):
    return int(version.split(".")[0])


def _sqlite_error(error):
    # An error without a code is Python's own; the upper bits of a code say more than is asked.
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return BackupError("Tempat penyimpanan penuh.")
    return BackupError(f"Basis data tidak dapat dibaca: {error}.")
