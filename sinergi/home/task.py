"""One thing that waits for a person."""

from dataclasses import dataclass
from datetime import date

LIMIT = 10  # of each sort; the lists have the rest


@dataclass(frozen=True)
class Task:
    """`due` is the day on the stamp; `late_days` counts from it."""

    title: str
    url: str
    due: date
    note: str
    button: str
    chip: str = ""
    late_days: int = 0
    urgent: bool = False
    month_only: bool = False  # the day is not fixed; the stamp shows month and year
    action_url: str = ""  # where the button leads, if it does the thing at once

    @property
    def button_url(self):
        return self.action_url or self.url
