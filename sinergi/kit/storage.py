"""The folder that uploads are kept in, and what every place for them has in common."""

import logging
import uuid
from pathlib import Path

from django.core.files.storage import FileSystemStorage

logger = logging.getLogger(__name__)

#: Ends the name of a file that is not whole yet.
PARTIAL = ".partial"
#: Begins the names of the files that `manage.py doctor` stores to see whether it can.
PROBE = "doctor"


class StorageUnreachable(OSError):
    """A service for files that does not answer, or answers that it cannot."""


class WholeFileStorage(FileSystemStorage):
    """
    Keep files in a folder, each whole or not at all: a file gets its name when all of it is
    written. A disk that fills up halfway leaves nothing behind.
    """

    def _save(self, name, content):
        partial = f"{name}-{uuid.uuid4().hex}{PARTIAL}"
        path = Path(self.path(partial))
        try:
            super()._save(partial, content)
            path.rename(self.path(name))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return name


def is_kept(name):
    """Return whether a name is of a file that somebody stored, not of a probe or of half a file."""
    return not (name.startswith(PROBE) or name.endswith(PARTIAL))


def take_back(storage, names):
    """
    Delete files whose row was not written. One that cannot be deleted is in nobody's way, and must
    not hide why there is no row.
    """
    for name in filter(None, names):
        try:
            storage.delete(name)
        except OSError:
            logger.exception("A file without a row could not be deleted.")
