"""
The file of a backup: a tar, written and read as a stream, so that nothing of it is held in memory.

    database.dump or database.sqlite3.gz
    media/…            every file, under the name by which the storage knows it
    files.sha256       their digests, as `sha256sum --check` reads them
    manifest.json      what must be found in front of it

The manifest stands at the end, because only then the digests are known.
"""

import gzip
import hashlib
import io
import re
import tarfile
import time
from contextlib import contextmanager
from pathlib import PurePosixPath

from sinergi.operations.backups.encryption import decrypting, encrypting
from sinergi.operations.backups.errors import BackupError, system_words
from sinergi.operations.backups.manifest import MOST_BYTES, Manifest, PartDigest

MEDIA, SUMS, MANIFEST = "media/", "files.sha256", "manifest.json"
DATABASES = {"postgresql": "database.dump", "sqlite": "database.sqlite3.gz"}
BROKEN = "Cadangan ini rusak atau terpotong."
#: What no name of a stored file has; a line break would also tear a line of the digests.
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\\]")
#: What gzip and a tar of any program begin with; everything else is taken for encrypted.
USTAR_AT, USTAR = 257, b"ustar"


def is_safe(name):
    """Return whether a name stays below the folder it is put into."""
    parts = name.split("/")
    return not (
        NOT_IN_NAMES.search(name)
        or PurePosixPath(name).is_absolute()
        or any(part in {"", ".", ".."} for part in parts)
    )


class Hashed:
    """A stream that is read once, and its digest."""

    def __init__(self, stream):
        self.stream, self.bytes, self._sha256 = stream, 0, hashlib.sha256()

    def read(self, size=-1):
        data = self.stream.read(size)
        self.bytes += len(data)
        self._sha256.update(data)
        return data

    @property
    def sha256(self):
        return self._sha256.hexdigest()

    def digest(self):
        return PartDigest(self.bytes, self.sha256)


class FileSums:
    """The digest of all files together: that of their lines, in the order of the archive."""

    def __init__(self):
        self.count = self.bytes = 0
        self._sha256 = hashlib.sha256()

    def add(self, name, hashed):
        """Count a file in, and return its line."""
        line = f"{hashed.sha256}  {MEDIA}{name}\n".encode()
        self.count, self.bytes = self.count + 1, self.bytes + hashed.bytes
        self._sha256.update(line)
        return line

    def digest(self):
        return PartDigest(self.bytes, self._sha256.hexdigest(), self.count)


class _Sink:
    """What a tar is written to, until it fails: tarfile goes on writing when it is closed."""

    def __init__(self, stream):
        self.stream, self.is_open = stream, True

    def write(self, data):
        return self.stream.write(data) if self.is_open else len(data)


class ArchiveWriter:
    """Write the parts of a backup in their order."""

    def __init__(self, tar, sums_file):
        self.tar, self.sums, self.sums_file = tar, FileSums(), sums_file

    def add_database(self, engine, path):
        with path.open("rb") as file:
            return self._add(DATABASES[engine], file, path.stat().st_size).digest()

    def add_file(self, name, file, size):
        if not is_safe(name):
            raise BackupError(f"Nama berkas ini tidak dapat dicadangkan: {name!r}.")
        self.sums_file.write(self.sums.add(name, self._add(MEDIA + name, file, size)))

    def finish(self, manifest):
        size = self.sums_file.tell()
        self.sums_file.seek(0)
        self._add(SUMS, self.sums_file, size)
        text = manifest.as_json()
        self._add(MANIFEST, io.BytesIO(text), len(text))

    def _add(self, name, file, size):
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o640, int(time.time())
        hashed = Hashed(file)
        self.tar.addfile(member, hashed)
        self.tar.members.clear()  # tarfile remembers each of a million files
        return hashed


@contextmanager
def writing(file, key, sums_file):
    """Give the writer of an archive into an open file."""
    with encrypting(file, key) as stream:
        sink = _Sink(stream)
        with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            try:
                yield ArchiveWriter(tar, sums_file)
            except BaseException:
                sink.is_open = False
                raise


@contextmanager
def reading(path, key):
    """Give (name, stream) of every part of a backup, and refuse what is none."""
    try:
        with path.open("rb") as file:
            file.seek(USTAR_AT)
            is_plain = file.read(len(USTAR)) == USTAR
            file.seek(0)
            if not is_plain and not key:
                raise BackupError(
                    "Berkas ini bukan cadangan Sinergi, atau terenkripsi: isi BACKUP_KEY."
                )
            if is_plain and key:
                # Whoever may write there, and does not know the key, could have laid it there.
                raise BackupError(
                    "Cadangan ini tidak terenkripsi, padahal BACKUP_KEY diisi. Kosongkan"
                    " BACKUP_KEY bila memang dibuat tanpa enkripsi."
                )
            with (
                decrypting(file, None if is_plain else key) as stream,
                tarfile.open(fileobj=stream, mode="r|") as tar,
            ):
                yield _parts(tar)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise BackupError(BROKEN) from error
    except OSError as error:
        raise BackupError(system_words(error)) from error


def _parts(tar):
    while (member := tar.next()) is not None:
        tar.members.clear()
        name = member.name
        inner = name.removeprefix(MEDIA)
        is_known = name in {SUMS, MANIFEST, *DATABASES.values()}
        if not (member.isreg() and (is_known or (inner != name and is_safe(inner)))):
            raise BackupError(f"Cadangan ini memuat sesuatu yang bukan bagiannya: {name!r}.")
        yield name, tar.extractfile(member)


class BackupReader:
    """Read a backup from its beginning to its end, and compare it with its manifest."""

    def __init__(self, path, key):
        self.path, self.key = path, key

    def checked(self, take_database=None, take_file=None):
        """
        Return the Manifest of a backup that is whole. What the two functions take, as
        (engine, stream) and (name, stream), is checked only after they have taken it.
        """
        sums, database, engine, listed, manifest = FileSums(), None, None, None, None
        engines = {name: engine for engine, name in DATABASES.items()}
        with reading(self.path, self.key) as parts:
            for name, stream in parts:
                if manifest is not None or (name in engines and database):
                    raise BackupError(BROKEN)
                hashed = Hashed(stream)
                if name in engines:
                    engine, database = engines[name], hashed
                    self._take(take_database, engine, hashed)
                elif name.startswith(MEDIA):
                    self._take(take_file, name.removeprefix(MEDIA), hashed)
                    sums.add(name.removeprefix(MEDIA), hashed)
                elif name == SUMS:
                    listed = hashed
                    self._take(None, name, hashed)
                else:
                    manifest = Manifest.from_json(hashed.read(MOST_BYTES))
        if manifest is None or database is None or listed is None:
            raise BackupError(BROKEN)
        found = (engine, database.digest(), sums.digest(), listed.sha256)
        said = (manifest.engine, manifest.database, manifest.files, manifest.files.sha256)
        if found != said:
            raise BackupError(BROKEN)
        return manifest

    @staticmethod
    def _take(function, name, hashed):
        if function:
            function(name, hashed)
        while hashed.read(1 << 20):
            pass
