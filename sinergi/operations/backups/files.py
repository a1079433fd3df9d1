"""The stored files, wherever Django's storage keeps them."""

import tempfile

from django.core.files import File

from sinergi.kit.storage import is_kept, take_back
from sinergi.operations.backups.errors import BackupError

#: Up to here a file waits in memory while it is restored; larger ones wait on the disk.
IN_MEMORY = 4 * 1024 * 1024


def stored_names(storage):
    """
    Yield the name of every file that somebody stored, folder by folder; no more than one folder is
    held.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = storage.listdir(folder)
        except FileNotFoundError:  # nothing was ever stored
            continue
        above = f"{folder}/" if folder else ""
        # A store of objects may list the folder itself, as a name without letters.
        yield from filter(is_kept, (above + name for name in sorted(files) if name))
        waiting.extend(above + name for name in sorted(folders, reverse=True) if name)


def add_files(archive, storage):
    """Write every stored file into an archive; what is taken away meanwhile has no row any more."""
    for name in stored_names(storage):
        try:
            file = storage.open(name, "rb")
        except FileNotFoundError:
            continue
        with file:
            archive.add_file(name, file, file.size)


class FilesTaken:
    """Files that a restore stores, and takes back if it fails."""

    def __init__(self, storage):
        self.storage, self.names = storage, {}

    def take(self, name, stream):
        """Store a file under its own name."""
        if name in self.names:
            raise BackupError(f"Cadangan ini memuat satu nama dua kali: {name!r}.")
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as waiting:
            while data := stream.read(1 << 20):
                waiting.write(data)
            waiting.seek(0)
            self.names[name] = None  # before it is there: half a file is taken back, too
            stored = self.storage.save(name, File(waiting))
        if stored != name:
            self.names[stored] = None
            raise BackupError(f"Berkas {name!r} sudah ada.")

    def take_back(self):
        take_back(self.storage, self.names)
