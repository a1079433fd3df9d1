"""
Help: short jobs by section of the menu, each with whose it is, how it is done, and on which page.

The words stand in templates/home/help.toml.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse

from sinergi.accounts.roles import ROLES

WORDS = settings.BASE_DIR / "templates" / "home" / "help.toml"


@dataclass(frozen=True)
class Job:
    """
    One thing that somebody does. `permission`: whose it is; "" is everybody's. `page`: the URL's
    name.
    """

    title: str
    steps: list[str]
    page: str
    button: str
    permission: str = ""

    @property
    def url(self):
        return reverse(self.page)

    @property
    def roles(self):
        """The names of the roles whose job it is."""
        return [
            role.label
            for role in ROLES.values()
            if not self.permission or self.permission in role.permissions
        ]


@dataclass(frozen=True)
class Topic:
    """
    `key`: that of the menu's entry (sinergi.home.context), which is the heading's address on the
    page of help.
    """

    key: str
    title: str
    jobs: list[Job]


@cache
def topics():
    read = tomllib.loads(WORDS.read_text(encoding="utf-8"))["topic"]
    return [Topic(one["key"], one["title"], [Job(**job) for job in one["job"]]) for one in read]


def help_for(allowed):
    """
    [(topic, the jobs that are theirs, the others')] for whom `allowed(permission)` says what they
    may; without topics in which they do nothing.
    """
    found = []
    for topic in topics():
        own = [job for job in topic.jobs if not job.permission or allowed(job.permission)]
        if own:
            found.append((topic, own, [job for job in topic.jobs if job not in own]))
    return found
