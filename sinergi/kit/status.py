"""The status of a record: its label, and the tone in which it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The seven tones of a status; each has a colour and a mark of its own in the stylesheet."""

    DRAFT = "draft"  # not begun, or over and done with
    SCHEDULED = "scheduled"  # fixed for a day ahead
    WAITING = "waiting"  # in somebody's hands, or soon to be
    CHANGED = "changed"  # under way, or sent back
    APPROVED = "approved"  # done, in force
    LATE = "late"  # past its day, or in the way
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Status:
    """A label in Bahasa Indonesia and its tone, drawn by `{% status %}`."""

    label: str
    tone: Tone = Tone.DRAFT

    def __str__(self):
        return self.label
