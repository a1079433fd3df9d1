"""The rhythm of the user's team on home: what it reminds of, and the weeks of the quarter."""

from dataclasses import dataclass
from typing import Any

from advocacy.cadence.alerts import alert_of, asks_for, for_person, roles_by_province
from advocacy.cadence.kinds import Kind
from advocacy.cadence.rhythm import KINDS, rhythm_of
from advocacy.cadence.standings import asks_of, read_days, read_standings
from programs.models import Team
from villages.quarters import Quarter


@dataclass(frozen=True)
class Cadence:
    """
    The reminders of a user, those put off last; and of the first team whose rhythm they may see,
    its tiles (`rhythms`, none without a team).
    """

    alerts: list
    team: Any = None
    quarter: Quarter | None = None
    rhythms: tuple = ()

    @property
    def put_off(self):
        return [alert for alert in self.alerts if alert.snooze]


def cadence_of(user, today, now):
    """
    Return the Cadence of a user at this moment; whoever works in the whole country has the page of
    all teams. Six queries, or none.
    """
    held = roles_by_province(user)
    if not held:
        return Cadence([])
    teams = list(Team.objects.filter(province__in=held).select_related("province").order_by("pk"))
    days = read_days(teams, today, now)
    shown = next((one for one in teams if user.has_perm("advocacy.view_cadencerule", one)), None)
    asked = {ask.part: ask for day in days.values() for ask in asks_for(user, day, held)}
    if shown:
        asked = {ask.part: ask for ask in asks_of(days[shown.pk], KINDS)} | asked
    standings = read_standings(list(asked.values()), days) if asked else []
    reminded = {ask.part for day in days.values() for ask in asks_for(user, day, held)}
    found = [
        alert_of(for_person(one, user, held), user, days)
        for one in standings
        if f"{one.rule.team.pk}-{one.rule.kind}" in reminded
    ]
    alerts = sorted(
        filter(None, found), key=lambda one: (one.snooze is not None, -one.late_days, one.due)
    )
    if not shown:
        return Cadence(alerts)
    day = days[shown.pk].today
    of_team = {
        Kind(one.rule.kind): one
        for one in standings
        if one.rule.team.pk == shown.pk and one.rule.kind in KINDS
    }
    quarter = Quarter.of(day)
    return Cadence(alerts, shown, quarter, rhythm_of(shown, quarter, day, of_team))
