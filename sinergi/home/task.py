"""What waits for a person on the home page: one task, and the groups that tasks stand in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sinergi.kit.status import Status, Tone
from sinergi.kit.templatetags.sinergi import thousands

LIMIT = 30  # of each sort that are shown; the lists have the rest
READ = LIMIT + 1  # the last one says that there are more
SUNDAY = 6


@dataclass(frozen=True)
class TaskText:
    """What a task says, and where its name and its button lead."""

    title: str
    url: str
    note: str
    button: str
    status: Status | None = None
    action_url: str = ""  # where the button leads, if it does the thing at once


@dataclass(frozen=True)
class Task:
    """
    One thing that waits for a person. `due` is the day shown; `late_days` counts from it. `write`
    returns its TaskText, and is called only for one that is shown: home shows few of many.
    """

    due: date
    write: Callable[[], TaskText]
    late_days: int = 0
    urgent: bool = False  # somebody waits for it already
    month_only: bool = False  # the day is not fixed; the stamp shows month and year
    waits_for_others: bool = False  # somebody else has to act; it is shown so that one can ask
    alert: object = None  # of a rule of cadence, which can be snoozed

    @cached_property
    def text(self):
        return self.write()

    @property
    def title(self):
        return self.text.title

    @property
    def url(self):
        return self.text.url

    @property
    def note(self):
        return self.text.note

    @property
    def button(self):
        return self.text.button

    @property
    def status(self):
        return self.text.status

    @property
    def button_url(self):
        return self.text.action_url or self.text.url


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading, in the order in which they are to be done."""

    key: str
    label: str
    tasks: list

    def __len__(self):
        return len(self.tasks)


#: The groups of home, in their order.
GROUPS = {
    "late": "Lewat",
    "today": "Hari ini",
    "week": "Minggu ini",
    "later": "Sesudah minggu ini",
    "others": "Menunggu orang lain",
}


def late_status(days):
    """Return the status of a task that is so many days late, or None for one that is not."""
    return Status(f"Terlambat {thousands(days)} hari", Tone.LATE) if days else None


def group_of(task, today):
    """Return the key of the group in which a task stands on that day."""
    if task.waits_for_others:
        return "others"
    if task.late_days:
        return "late"
    if task.urgent or task.due <= today:
        return "today"
    end_of_week = today + timedelta(days=SUNDAY - today.weekday())
    return "week" if task.due <= end_of_week else "later"


def groups_of_tasks(tasks, today):
    """Return the TaskGroups of these tasks that have any, the tasks in the order given."""
    found = {key: [] for key in GROUPS}
    for task in tasks:
        found[group_of(task, today)].append(task)
    return [TaskGroup(key, GROUPS[key], rows) for key, rows in found.items() if rows]


@dataclass(frozen=True)
class Waiting:
    """
    What waits for a user on a day, as much of each kind as is shown. `is_cut`: of some kind of
    their own there is more, `late_is_cut`: some of that is late, `others_are_cut`: there is more of
    what waits for others.
    """

    tasks: list
    today: date
    is_cut: bool = False
    late_is_cut: bool = False
    others_are_cut: bool = False

    @property
    def groups(self):
        return groups_of_tasks(self.tasks, self.today)

    @property
    def own(self):
        """Those that the user can do something about."""
        return [task for task in self.tasks if not task.waits_for_others]

    @property
    def others(self):
        return [task for task in self.tasks if task.waits_for_others]

    @property
    def late(self):
        """How many of one's own that are shown are late; with `late_is_cut` there are more."""
        return sum(task.late_days > 0 for task in self.own)

    def first(self, most, of_others):
        """Return the groups of so many tasks of one's own, and of others, the first ones."""
        return groups_of_tasks([*self.own[:most], *self.others[:of_others]], self.today)

    def has_more_than(self, most, of_others):
        told = len(self.own) <= most and len(self.others) <= of_others
        return not told or self.is_cut or self.others_are_cut
