"""
The meetings of the twelve months before the day of loading, and the three that come: all of them
samples.

The data stands in recent_meetings.toml. Days are counted back from the day of loading; where one
falls on a weekend, an office takes the working day beside it.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from sinergi.home.demo.meetings import Kind, SampleFollowUp, SampleMeeting, meeting_storyline
from sinergi.home.demo.plans import INTERNAL, STAKEHOLDERS
from sinergi.home.demo.timeline import workday_after, workday_before

DATA = Path(__file__).with_suffix(".toml")
#: Kind of meeting → the planned activity that it belongs to.
ACTIVITIES = {
    Kind.INTERNAL: INTERNAL,
    Kind.STAKEHOLDER_REGENCY: STAKEHOLDERS,
    Kind.STAKEHOLDER_PROVINCE: STAKEHOLDERS,
}


def recent_meeting_storylines(world):
    """Yield a storyline of each meeting in recent_meetings.toml."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for row in data["held"]:
        yield meeting_storyline(world, _held_meeting(world, **row))
    for number, row in enumerate(data["planned"]):
        yield meeting_storyline(world, _planned_meeting(world, number, **row))


def _held_meeting(world, *, days_ago, agenda, guests=(), followups=(), **fields):
    return SampleMeeting(
        day=workday_before(world.days_ago(days_ago)),
        agenda=tuple(map(tuple, agenda)),
        guests=tuple(map(tuple, guests)),
        followups=tuple(_followup(world, **row) for row in followups),
        activity=_activity_title(fields),
        **fields,
    )


def _planned_meeting(world, number, *, days_ahead, **fields):
    """Return a meeting that is entered on one of the last days before the day of loading."""
    return SampleMeeting(
        key=f"ahead {number}",
        day=workday_after(world.days_ago(-days_ahead)),
        planned_on=workday_before(world.days_ago(8) + timedelta(days=number)),
        activity=_activity_title(fields),
        **fields,
    )


def _activity_title(fields):
    return ACTIVITIES.get(fields.get("kind", Kind.INTERNAL), "")


def _followup(world, *, what, who, due, done=None, result=""):
    closed_on = None if done is None else workday_after(world.days_ago(done))
    return SampleFollowUp(what, who, world.days_ago(due), closed_on, result)
