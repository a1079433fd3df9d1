"""
Restore a backup into an empty installation: all of it, or nothing.

Everything is checked before anything is written. Then the files are stored and taken back if
anything fails; the database comes last, in one transaction (SQLite: one renaming), and with it the
restore is done. So no row ever names a file that is not there yet.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from sinergi.operations.backups.archive import DATABASES, BackupReader
from sinergi.operations.backups.databases import database_of
from sinergi.operations.backups.errors import BackupError, system_words
from sinergi.operations.backups.files import FilesTaken, stored_names
from sinergi.operations.backups.manifest import ENGINES, Manifest
from sinergi.operations.backups.writing import WORKING, known_migrations


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    is_older: bool  # some migrations are still to be applied


def restore_backup(path, *, key="", storage=default_storage):
    """Restore a backup. Raises BackupError, and then leaves the installation as empty as it was."""
    try:
        database = database_of(connection)
        _refuse_filled(database, storage)
        manifest = check_backup(path, key=key)
        _refuse_foreign(manifest, database)
        _restore(path, key, database, storage, manifest)
    except OSError as error:
        raise BackupError(system_words(error)) from error
    except DatabaseError as error:
        raise BackupError(f"Basis data tidak menjawab: {str(error).splitlines()[0]}") from error
    return Restored(manifest, bool(known_migrations() - _applied(manifest)))


def check_backup(path, *, key=""):
    """Return the Manifest of a backup that is whole. Raises BackupError."""
    if not path.is_file():
        raise BackupError(f"Berkas {path} tidak ada.")
    return BackupReader(path, key).checked()


def _refuse_filled(database, storage):
    """Only an installation without a table and without a file is empty."""
    if not database.is_empty():
        how = (
            f'buat basis data baru (createdb), atau hapus yang ini (dropdb "{database.name}") dulu'
            if database.engine == "postgresql"
            else f"pindahkan berkas {database.name} dulu"
        )
        raise BackupError(
            "Basis data ini sudah berisi. Cadangan hanya dipulihkan ke pemasangan yang kosong:"
            f" {how}. Jangan jalankan migrate sebelum restore."
        )
    name = next(stored_names(storage), None)
    if name is not None:
        raise BackupError(
            f"Tempat berkas sudah berisi (misalnya {name}). Cadangan hanya dipulihkan ke"
            " pemasangan yang kosong: pindahkan isinya dulu. Bila itu sisa pemulihan yang"
            " terputus, hapus saja."
        )


def _refuse_foreign(manifest, database):
    if manifest.engine != database.engine:
        raise BackupError(
            f"Cadangan ini dari {ENGINES[manifest.engine]}, pemasangan ini memakai"
            f" {ENGINES[database.engine]}. Keduanya harus sama."
        )
    unknown = sorted(_applied(manifest) - known_migrations())
    if unknown:
        app, name = unknown[0]
        raise BackupError(
            f"Cadangan ini dari versi Sinergi yang lebih baru (migrasi {app}.{name} tidak dikenal"
            " di sini). Pasang versi itu dulu."
        )
    database.check_version(manifest.server)


def _applied(manifest):
    return {tuple(one) for one in manifest.migrations}


def _restore(path, key, database, storage, manifest):
    files = FilesTaken(storage)
    with tempfile.TemporaryDirectory(prefix=WORKING, dir=settings.DATA_DIR) as working:
        part = Path(working) / DATABASES[database.engine]

        def take_database(_, stream):
            with part.open("wb") as file:
                while data := stream.read(1 << 20):
                    file.write(data)

        try:
            if BackupReader(path, key).checked(take_database, files.take) != manifest:
                raise BackupError("Berkas cadangan berubah selama dibaca.")
            os.sync()
            database.restore(part)
        except BaseException:
            files.take_back()
            raise
    if database.row_counts() != manifest.rows:
        where = f"basis data {database.name} dan tempat berkas"
        raise BackupError(f"Yang dipulihkan tidak sama dengan cadangannya. Kosongkan {where} lagi.")
