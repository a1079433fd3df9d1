"""What a backup says of itself: of which version it is, and what must be found in it."""

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sinergi.operations.backups.errors import BackupError

#: Raised when an older Sinergi could no longer read what this one writes.
FORMAT = 1
MOST_BYTES = 5 * 1024 * 1024


#: As Django calls a vendor, and as people do.
ENGINES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


@dataclass(frozen=True)
class PartDigest:
    """Bytes and SHA-256 of a part; of the files together: of their lines in `files.sha256`."""

    bytes: int
    sha256: str
    count: int = 1


@dataclass(frozen=True)
class Manifest:
    made_at: str  # ISO 8601, UTC
    engine: str  # as Django calls the vendor
    server: str  # version of the database that was dumped
    migrations: list  # [app, name] of those applied, of what this version knows
    rows: dict  # {table: number}
    database: PartDigest
    files: PartDigest
    format: int = FORMAT

    @property
    def moment(self):
        return datetime.fromisoformat(self.made_at)

    @property
    def row_count(self):
        return sum(self.rows.values())

    def check(self):
        """Raise ValueError or TypeError for what no manifest of ours says."""
        datetime.fromisoformat(self.made_at)
        is_sound = (
            self.engine in ENGINES
            and re.fullmatch(r"\d+(\.\d+)*", self.server)
            and isinstance(self.migrations, list)
            and all(_are(str, one) and len(one) == 2 for one in self.migrations)
            and _are(str, list(self.rows.keys()))
            and _are(int, list(self.rows.values()))
        )
        if not is_sound:
            raise ValueError("A part of the manifest is of another kind.")

    def as_json(self):
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text):
        try:
            read = json.loads(text)
            if read["format"] > FORMAT:
                raise BackupError(
                    "Cadangan ini dibuat oleh Sinergi yang lebih baru. Pasang versi itu dulu."
                )
            known = {field.name for field in fields(cls)}
            read = {name: value for name, value in read.items() if name in known}
            parts = {name: PartDigest(**read.pop(name)) for name in ("database", "files")}
            made = cls(**read, **parts)
            made.check()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BackupError("Daftar isi cadangan ini tidak dapat dibaca.") from error
        return made


def _are(kind, values):
    """Return whether this is a list of nothing but values of this kind."""
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)
