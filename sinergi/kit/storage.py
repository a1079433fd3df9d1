"""The folder that uploads are kept in."""

import uuid
from pathlib import Path

from django.core.files.storage import FileSystemStorage

#: Ends the name of a file that is not whole yet.
PARTIAL = ".partial"


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
