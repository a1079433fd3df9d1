"""Write a backup: under another name until it is whole and checked, and then away with old ones."""

import contextlib
import logging
import os
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from sinergi.operations.backups.archive import BackupReader, writing
from sinergi.operations.backups.databases import database_of
from sinergi.operations.backups.errors import BackupError, system_words
from sinergi.operations.backups.files import add_files
from sinergi.operations.backups.manifest import Manifest

logger = logging.getLogger(__name__)

#: The moment in UTC, so that the names are in order. Nothing else is ever deleted.
OWN_NAME = re.compile(r"sinergi-\d{8}T\d{6}Z\.tar(\.gpg)?")
UNFINISHED = re.compile(r"\.sinergi-\d{8}T\d{6}Z\.\w+\.unfinished")
WORKING = ".backup-"
#: What a machine that was switched off has left is cleared away after so many seconds.
LEFT_AFTER = 24 * 3600


@dataclass(frozen=True)
class Written:
    path: Path
    manifest: Manifest
    dropped: list


def write_backup(folder, *, keep, key="", storage=default_storage, clock=timezone.now):
    """
    Write a backup into a folder, check it, and delete all but the newest `keep`. Raises
    BackupError, and then leaves nothing behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear_leftovers(folder)
        moment = clock().astimezone(UTC)
        path = folder / f"sinergi-{moment:%Y%m%dT%H%M%SZ}.tar{'.gpg' if key else ''}"
        manifest = _write(path, moment, key, storage)
        return Written(path, manifest, _drop_old(folder, keep, path))
    except OSError as error:
        raise BackupError(system_words(error)) from error
    except DatabaseError as error:
        raise BackupError(f"Basis data tidak menjawab: {str(error).splitlines()[0]}") from error


def backups_in(folder):
    """Return the backups of a folder, the newest first."""
    found = [
        path
        for path in folder.iterdir()
        if OWN_NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
    ]
    return sorted(found, key=lambda path: path.name, reverse=True)


def known_migrations():
    """Return the (app, name) of every migration that this version has."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _write(path, moment, key, storage):
    if path.exists():
        raise BackupError(f"{path} sudah ada.")
    mark = f".{path.name.split('.')[0]}."
    number, name = tempfile.mkstemp(prefix=mark, suffix=".unfinished", dir=path.parent)
    unfinished = Path(name)
    try:
        with open(number, "wb") as file:
            manifest = _fill(file, moment, key, storage)
            file.flush()
            os.fsync(file.fileno())
        if BackupReader(unfinished, key).checked() != manifest:
            raise BackupError("Cadangan yang baru ditulis tidak sama dengan yang dibaca kembali.")
        unfinished.rename(path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _fill(file, moment, key, storage):
    """Write the database, then the files, then the manifest."""
    database = database_of(connection)
    with (
        tempfile.TemporaryDirectory(prefix=WORKING, dir=settings.DATA_DIR) as working,
        tempfile.TemporaryFile(dir=working) as sums,
        writing(file, key, sums) as archive,
    ):
        dump = database.dump(Path(working))
        digest = archive.add_database(database.engine, dump.path)
        dump.path.unlink()
        add_files(archive, storage)
        known = known_migrations()
        manifest = Manifest(
            made_at=moment.isoformat(timespec="seconds"),
            engine=database.engine,
            server=dump.server,
            # What an app that is gone has left in the table is nobody's business any more.
            migrations=[one for one in dump.migrations if tuple(one) in known],
            rows=dump.rows,
            database=digest,
            files=archive.sums.digest(),
        )
        archive.finish(manifest)
    return manifest


def _drop_old(folder, keep, newest):
    """Delete what is older than the newest `keep`, and never the one just written."""
    older = [path for path in backups_in(folder) if path != newest]
    dropped = older[max(keep, 1) - 1 :]
    return [path for path in dropped if _is_deleted(path)]


def _is_deleted(path):
    """Delete an old backup where that is allowed; the new one is good whether it is or not."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        logger.exception("An old backup could not be deleted.")
        return False
    return True


def _clear_leftovers(folder):
    """Delete what backups that were cut off by a power failure have left."""
    before = time.time() - LEFT_AFTER
    for path in folder.iterdir():
        if UNFINISHED.fullmatch(path.name) and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
    for path in Path(settings.DATA_DIR).glob(f"{WORKING}*"):
        # What another user of the system has left is theirs to delete.
        with contextlib.suppress(OSError):
            if path.is_dir() and path.stat().st_mtime < before:
                shutil.rmtree(path)


def _sync(folder):
    """Let the new name outlive a power failure; shares of a network may not know how."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
