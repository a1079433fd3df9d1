"""
What may be tied to a planned activity: meetings, commitments, partnerships and publications, which floors above keep.

Each kind has a manager of LogQuerySet, which the team reaches under the name in `PlannedActivity.LOGS`. A plan counts the Log
rows of all of them; only the page of one activity names them, a page at a time.
"""

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from sinergi.kit.querysets import ScopedQuerySet


class Log(NamedTuple):
    """
    Something tied to an activity on a day; one that has not happened yet is only scheduled. `source`: the reverse manager it
    was read through, `key`: which of its records.
    """

    activity: int
    key: int
    day: date
    happened: bool
    regency: str | None = None
    institutions: frozenset[int] = frozenset()
    source: str = "meetings"


def tied_to(plan, activity=None, path="activity"):
    """On one of the activities of this plan, or on this one (its key) alone; `path` leads to the activity."""
    return Q(**{path: activity}) if activity else Q(**{f"{path}__plan": plan})


class LogQuerySet(ScopedQuerySet):
    """Rows with a key `activity`. `titled` is the column that names one."""

    titled = "title"

    def logs_of(self, plan, activity=None):
        """[Log] of the activities of this plan, or of one of them (its key) alone."""
        raise NotImplementedError

    def titles_of(self, keys):
        """{key: (title, address)} of these."""
        rows = self.filter(pk__in=keys).order_by().values_list("pk", self.titled)
        return {key: (title, self.model(pk=key).get_absolute_url()) for key, title in rows}


def named(team, logs):
    """[(Log, title, address)] of these logs of the team; one query for each kind among them."""
    keys = {}
    for log in logs:
        keys.setdefault(log.source, []).append(log.key)
    titles = {source: getattr(team, source).titles_of(found) for source, found in keys.items()}
    return [(log, *titles[log.source][log.key]) for log in logs]
