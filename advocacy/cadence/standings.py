"""How the rules of teams stand on their day: what is late or soon, what is planned or put off."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from advocacy.cadence.kinds import MOST_MONTHS, OWED, CadenceKind
from advocacy.cadence.states import State, is_asleep
from advocacy.cadence.subjects import Ask, read_subjects
from advocacy.cadence.words import interval_of
from advocacy.models import CadenceRule, CadenceSnooze
from sinergi.accounts.roles import ROLES
from sinergi.kit.dates import in_zone, long_date
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands

#: No snooze that began earlier can still hold.
LONGEST_AGO = timedelta(days=31 * MOST_MONTHS)
LABELS = {
    State.LATE: ("Lewat", Tone.LATE),
    State.SOON: ("Segera", Tone.WAITING),
    State.SCHEDULED: ("Terjadwal", Tone.SCHEDULED),
    State.KEPT: ("Terjaga", Tone.APPROVED),
}


@dataclass(frozen=True)
class TeamDay:
    """A team on its own day, with the rules that it keeps and the last snooze of each thing."""

    team: Any
    today: date
    rules: dict = field(default_factory=dict)
    snoozes: dict = field(default_factory=dict)

    def rule(self, kind):
        return self.rules.get(kind) or CadenceRule.shipped(self.team, kind)

    def last_snooze(self, kind, key=None):
        return self.snoozes.get((kind, key))


@dataclass(frozen=True)
class Standing:
    """A rule of a team on its day, with what it watches."""

    rule: CadenceRule
    today: date
    subjects: tuple = ()
    snooze: CadenceSnooze | None = None  # the last of the rule as a whole
    regencies: frozenset = frozenset()  # of these alone it was asked; none: of the whole team

    @property
    def kind(self):
        return CadenceKind(self.rule.kind)

    def of(self, state):
        """Return what stands so and was not put off."""
        return [one for one in self.subjects if one.state == state and one.snooze is None]

    def quiets(self, subject):
        """Return the snooze of the rule as a whole, where it quiets this; else None."""
        holds = self.snooze and is_asleep(self.snooze, subject.event, self.today)
        return self.snooze if holds else None

    def held_by(self, user):
        """Return the same with what is in the hands of this account alone."""
        rows = tuple(one for one in self.subjects if one.holder == user.pk)
        return replace(self, subjects=rows)

    @property
    def asleep(self):
        """Return what would be told, but was put off."""
        told = (State.LATE, State.SOON)
        return [one for one in self.subjects if one.snooze and one.state in told]

    @property
    def state(self):
        """The worst of its parts that is not put off."""
        found = {one.state for one in self.subjects if one.snooze is None}
        return next((state for state in State if state in found), State.KEPT)

    @property
    def is_asleep(self):
        """Whether all that would be told was put off."""
        return bool(self.asleep) and self.state not in (State.LATE, State.SOON)

    @property
    def asleep_until(self):
        return min(one.snooze.until for one in self.asleep)

    @property
    def status(self):
        if not self.rule.is_active:
            return Status("Tidak diingatkan")
        if self.is_asleep:
            return Status(f"Ditunda sampai {long_date(self.asleep_until)}")
        return Status(*LABELS[self.state])

    @property
    def interval(self):
        """How often, or after how long: Sedikitnya sekali sebulan."""
        return interval_of(self.rule)

    @property
    def roles_text(self):
        return ", ".join(ROLES[role].label for role in self.rule.roles)

    @property
    def watched(self):
        """What stands where there is no one last time: how many things are near."""
        if self.rule.months:
            return "Belum pernah"
        n = len(self.subjects)
        return f"{thousands(n)} dipantau" if n else "Tidak ada yang dekat"

    @property
    def has_last_times(self):
        """Whether what it watches has a last time on which it happened."""
        return self.kind not in OWED

    @property
    def last_event(self):
        """The last time a meeting took place, or None; of records there is no one last."""
        return self.subjects[0].event if self.rule.months and self.subjects else None

    @property
    def due(self):
        """The first day by which something is to happen, or None: nothing is near."""
        return self.subjects[0].due if self.subjects else None


def today_of(team, today, now):
    """Return the team's day: on its own clock, where the moment is known."""
    return in_zone(now, team.province.time_zone).date() if now else today


def read_days(teams, today, now=None):
    """
    Return {key of the team: TeamDay} of these teams, with their provinces at hand. Two queries.
    """
    days = {team.pk: TeamDay(team, today_of(team, today, now), {}, {}) for team in teams}
    for rule in CadenceRule.objects.filter(team__in=days):
        rule.team = days[rule.team_id].team
        days[rule.team_id].rules[rule.kind] = rule
    rows = CadenceSnooze.objects.filter(team__in=days, starts_on__gt=today - LONGEST_AGO)
    for snooze in rows.select_related("created_by").order_by("number", "pk"):
        snooze.team = days[snooze.team_id].team
        days[snooze.team_id].snoozes[snooze.kind, snooze.subject_id] = snooze
    return days


def read_standings(asked, days):
    """
    Return [Standing] of what is asked (Ask), in its order. One query. `days` are those of
    `read_days`.
    """
    found = read_subjects(asked)
    return [standing_of(days[one.team.pk], one, found[one.part]) for one in asked]


def standing_of(day, ask, subjects):
    """Return how a rule stands, whose subjects were read."""
    kind = ask.rule.kind
    whole, told = day.last_snooze(kind), []
    for one in subjects:
        own = day.last_snooze(kind, one.key)
        snooze = _snooze_of(one, whole, own, ask.today) if own or whole else None
        told.append(replace(one, snooze=snooze) if snooze else one)
    return Standing(ask.rule, ask.today, tuple(told), whole, ask.regencies)


def _snooze_of(subject, whole, own, today):
    """Return the snooze that quiets a thing: its own, or that of the rule; or None."""
    given = [one for one in (own, whole) if one and is_asleep(one, subject.event, today)]
    return max(given, key=lambda one: one.until, default=None)


def asks_of(day, kinds=tuple(CadenceKind)):
    """Return what is asked of these kinds of a team: of those that it is reminded of."""
    rules = [day.rule(kind) for kind in kinds]
    return [Ask(rule, day.today) for rule in rules if rule.is_active]
