"""What waits for a person on the home page: one task."""

from dataclasses import dataclass
from datetime import date

from sinergi.kit.status import Status, Tone
from sinergi.kit.templatetags.sinergi import thousands

LIMIT = 10  # of each sort; the lists have the rest


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person. `due` is the day shown; `late_days` counts from it."""

    title: str
    url: str
    due: date
    note: str
    button: str
    status: Status | None = None
    late_days: int = 0
    urgent: bool = False
    month_only: bool = False  # the day is not fixed; the stamp shows month and year
    action_url: str = ""  # where the button leads, if it does the thing at once

    @property
    def button_url(self):
        return self.action_url or self.url


def late_status(days):
    """Return the status of a task that is so many days late, or None for one that is not."""
    return Status(f"Terlambat {thousands(days)} hari", Tone.LATE) if days else None
