"""
Storylines of the team's rhythm: the chair is warned earlier of meetings of stakeholders, and the
visits are put off until there is a boat. Both are samples.
"""

from advocacy.actions.cadence import put_off_reminder
from advocacy.cadence.kinds import CadenceKind
from advocacy.models import CadenceRule, CadenceSnooze
from sinergi.home.demo.timeline import at, workday_after, workday_before


def cadence_storylines(world):
    """Yield the storylines of this module."""
    yield rule_storyline(world)
    yield snooze_storyline(world)


def rule_storyline(world):
    yield at(workday_before(world.days_ago(20)), "10.10")
    rule = CadenceRule.shipped(world.team, CadenceKind.STAKEHOLDER)
    rule.warn_days = 21
    rule.save_as(by=world.chair)


def snooze_storyline(world):
    day = workday_before(world.days_ago(3))
    yield at(day, "15.20")
    snooze = CadenceSnooze(
        team=world.team,
        kind=CadenceKind.VISIT,
        starts_on=day,
        until=workday_after(world.days_ago(-9)),
        reason="Jadwal kapal ke Belitung",
    )
    put_off_reminder(snooze=snooze, seen=0, by=world.secretariat)
