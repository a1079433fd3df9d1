"""
What keeps the portal from working for everybody for a while, told by the error that a request met:
the database or the store of files is gone, a disk is full, a migration has not run.
"""

import errno
from dataclasses import dataclass

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
)
from django.db.migrations.executor import MigrationExecutor

from sinergi.kit.database_errors import DEADLOCK, database_code
from sinergi.kit.storage import StorageUnreachable


@dataclass(frozen=True)
class Outage:
    """A heading, and what the person may do or whom to tell, in Bahasa Indonesia."""

    heading: str
    text: str


DATABASE_GONE = Outage(
    "Portal sedang tidak dapat dihubungi",
    "Pangkalan data portal sedang dimulai ulang atau tidak terjangkau, biasanya beberapa detik"
    " saja.",
)
TOO_BUSY = Outage(
    "Portal sedang sangat sibuk",
    "Permintaan ini terlalu lama menunggu giliran dan dihentikan.",
)
DISK_FULL = Outage(
    "Penyimpanan portal penuh",
    "Peladen tidak dapat menyimpan apa pun sampai administrator portal mengosongkan ruang. Beri"
    " tahu administrator portal.",
)
READ_ONLY = Outage(
    "Portal sedang tidak dapat menyimpan",
    "Data masih dapat dibaca, tetapi penyimpanannya terkunci. Beri tahu administrator portal.",
)
FILES_GONE = Outage(
    "Berkas portal sedang tidak terjangkau",
    "Tempat penyimpanan berkas sedang dimulai ulang atau tidak terjangkau. Halaman dan formulir"
    " tanpa berkas tetap dapat dipakai.",
)
NOT_MIGRATED = Outage(
    "Portal sedang diperbarui",
    "Pemutakhiran portal belum selesai. Bila ini berlangsung lebih dari beberapa menit, beri tahu"
    " administrator portal.",
)

OUTAGE_OF_ERRNO = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}
#: PostgreSQL's own codes, or their class (PostgreSQL documentation, appendix A).
OUTAGE_OF_CODE = {
    "53100": DISK_FULL,
    "25006": READ_ONLY,
    "57014": TOO_BUSY,  # the statement took too long
    "55P03": TOO_BUSY,
    "40001": TOO_BUSY,
    DEADLOCK: TOO_BUSY,
    "08": DATABASE_GONE,
    "53": DATABASE_GONE,
    "57": DATABASE_GONE,
    "58": DATABASE_GONE,
}
#: SQLite says it in words alone.
OUTAGE_OF_WORDS = {
    "disk is full": DISK_FULL,
    "readonly database": READ_ONLY,
    "is locked": TOO_BUSY,
    "unable to open": DATABASE_GONE,
    "disk i/o error": DATABASE_GONE,
}
MISSING_IN_DATABASE = ("no such table", "no such column", "has no column")
MISSING_CODES = {"42P01", "42703"}


def outage_of(error):
    """Return the Outage that this error or one behind it tells of, or None for a fault of ours."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if outage := _outage_of_one(error):
            return outage
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def _outage_of_one(error):
    if isinstance(error, StorageUnreachable):
        return FILES_GONE
    if isinstance(error, OSError):
        return OUTAGE_OF_ERRNO.get(error.errno)
    # Closing a cursor raises the driver's own errors, which Django does not translate.
    driver = connection.Database
    if isinstance(error, (InterfaceError, driver.InterfaceError)):
        return DATABASE_GONE
    if not isinstance(error, (DatabaseError, driver.DatabaseError)):
        return None
    code, words = database_code(error), str(error).casefold()
    if code in MISSING_CODES or any(missing in words for missing in MISSING_IN_DATABASE):
        return NOT_MIGRATED if has_pending_migrations() else None
    if code:
        return OUTAGE_OF_CODE.get(code) or OUTAGE_OF_CODE.get(code[:2])
    for told, outage in OUTAGE_OF_WORDS.items():
        if told in words:
            return outage
    # psycopg has no code for a server that it does not reach, or that hangs up halfway.
    cut_off = (OperationalError, DatabaseError, driver.OperationalError, driver.DatabaseError)
    is_cut_off = type(error) in cut_off
    return DATABASE_GONE if is_cut_off and connection.vendor == "postgresql" else None


def has_pending_migrations():
    """Return whether the database lacks migrations of this version; no answer is no."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Exception:  # half-copied files of migrations, too: this is asked while all else fails
        return False
