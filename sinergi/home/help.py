"""
Help: short jobs by section of the menu, each with whose it is, how it is done, and on which page.

The text stands in templates/home/help.toml.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse

from sinergi.accounts.roles import ROLES

WORDS = settings.BASE_DIR / "templates" / "home" / "help.toml"


@dataclass(frozen=True)
class HelpJob:
    """
    One thing that a user does. `permission` says whose it is; "" is everybody's. `page` is a URL
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
        """Return the names of the roles whose job it is."""
        return [
            role.label
            for role in ROLES.values()
            if not self.permission or self.permission in role.permissions
        ]


@dataclass(frozen=True)
class HelpTopic:
    """
    The jobs of one section. `key` is that of its menu item (sinergi.home.context), and the
    heading's anchor on the help page.
    """

    key: str
    title: str
    jobs: list[HelpJob]


@cache
def help_topics():
    """Return every HelpTopic, in order."""
    read = tomllib.loads(WORDS.read_text(encoding="utf-8"))["topic"]
    return [
        HelpTopic(one["key"], one["title"], [HelpJob(**job) for job in one["job"]]) for one in read
    ]


def help_for(allowed):
    """
    Return [(topic, own jobs, other jobs)] for a user of whom `allowed(permission)` says what they
    may do; without topics in which they do nothing.
    """
    found = []
    for topic in help_topics():
        own = [job for job in topic.jobs if not job.permission or allowed(job.permission)]
        if own:
            found.append((topic, own, [job for job in topic.jobs if job not in own]))
    return found
