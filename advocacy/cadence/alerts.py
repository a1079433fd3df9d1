"""The reminders of a person: one for each rule of their team, about what they can act on."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from advocacy.cadence.kinds import PERMISSIONS, ROLE_COLUMNS, CadenceKind
from advocacy.cadence.standings import asks_of, read_days, read_standings
from advocacy.cadence.states import State
from advocacy.cadence.steps import ASLEEP, LISTS, list_url, snooze_url, step_of
from advocacy.cadence.subjects import Ask
from advocacy.cadence.words import alert_note, alert_title, due_status_of
from advocacy.models import CadenceRule
from programs.models import Team
from sinergi.kit.dates import long_date, month_year
from sinergi.kit.status import Status

SHOWN = 10  # subjects of a reminder; its list has the rest
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alert:
    """
    One reminder. Its `total` is that of the list it leads to; `subjects` are the first of them.
    With a `snooze` it was put off, and is shown as such or not at all.
    """

    rule: CadenceRule
    today: date
    title: str
    note: str
    due: date
    state: State
    subjects: tuple
    total: int
    list_url: str
    schedule_url: str
    schedule_label: str
    snooze_url: str = ""  # "": this person does not put it off
    snooze: Any = None
    last_snooze: Any = None  # the last there was, also one that has ended
    #: Of the form that stands below it.
    idempotency_key: UUID = field(default_factory=uuid4, compare=False)

    @property
    def team(self):
        return self.rule.team

    @property
    def late_days(self):
        return max((self.today - self.due).days, 0)

    @property
    def status(self):
        if self.snooze:
            return Status(f"Ditunda sampai {long_date(self.snooze.until)}")
        return due_status_of(self.state, self.due, self.today)

    @property
    def snooze_number(self):
        """The number of the last snooze that this page has seen, 0 for none."""
        return self.last_snooze.number if self.last_snooze else 0

    @property
    def snooze_choices(self):
        """
        Return [(day, label, what is on that day)] to be reminded again: a meeting that is planned
        for later, the end of this month and of the next, as far as the rule allows.
        """
        return snooze_choices(self.rule, self.today, self.subjects[0].planned)


def snooze_choices(rule, today, planned=None):
    last, found = rule.last_day_of_snooze(today), {}
    if planned and planned > today:
        found[planned] = "sudah dijadwalkan"
    first = today.replace(day=1)
    for note in ("akhir bulan ini", "akhir bulan depan"):
        first = (first + timedelta(days=31)).replace(day=1)
        found.setdefault(first - ONE_DAY, note)
    found.setdefault(today + timedelta(days=7), "sepekan lagi")
    return [
        (day, f"{day.day} {month_year(day).split()[0]}", note)
        for day, note in sorted(found.items())
        if today < day <= last
    ]


def alerts_of(user, today, now=None):
    """
    Return the reminders of this person: of rules that name a role of theirs at a team, about what
    they may act on there, the latest first and what was put off last. With the moment `now` every
    team stands on its own clock; without it all stand on the day `today`.

    Whoever works in the whole country has none; they have the page of all teams. At most five
    queries.
    """
    return read_reminders(user, today, now)[0]


def read_reminders(user, today, now=None, also=()):
    """
    Return (the reminders of this person, {team: {kind: Standing}}): besides what they are reminded
    of, how the rules `also` stand of the teams that they see. As many queries as `alerts_of`.
    """
    held = roles_by_province(user)
    if not held:
        return [], {}
    teams = Team.objects.filter(province__in=held).select_related("province").order_by("pk")
    days = read_days(list(teams), today, now)
    asked = {ask.part: ask for day in days.values() for ask in asks_for(user, day, held)}
    told = set(asked)
    for day in days.values():
        if also and user.has_perm("advocacy.view_cadencerule", day.team):
            asked = {ask.part: ask for ask in asks_of(day, also)} | asked
    found = read_standings(list(asked.values()), days) if asked else []
    alerts, standings = [], {}
    for part, standing in zip(asked, found, strict=True):
        standings.setdefault(standing.rule.team, {})[standing.kind] = standing
        alert = part in told and alert_of(for_person(standing, user, held), user, days)
        alerts += [alert] if alert else []
    alerts.sort(key=lambda one: (one.snooze is not None, -one.late_days, one.due))
    return alerts, standings


def roles_by_province(user):
    """Return {province: the roles held there}; a role in the whole country is none of them."""
    found = {}
    for one in user.held_roles if user.is_active and not user.is_superuser else ():
        if one.province_id:
            found.setdefault(one.province_id, set()).add(one.role)
    return found


def asks_for(user, day, held):
    """Yield what is asked of a team for this person (Ask)."""
    roles = held[day.team.province_id]
    for kind in CadenceKind:
        rule, scope = day.rule(kind), user.scope(PERMISSIONS[kind])
        if not rule.is_active or not is_named(rule, roles) or scope.national:
            continue
        if day.team.province_id in scope.provinces:
            yield Ask(rule, day.today)
        elif here := regencies_in(scope.regencies, day.team.province_id):
            yield Ask(rule, day.today, here)


def is_named(rule, roles):
    """Return whether a rule reminds one of these roles; an administrator as the secretariat."""
    given = {"secretariat" if role == "administrator" else role for role in roles}
    return any(getattr(rule, ROLE_COLUMNS[role]) for role in given if role in ROLE_COLUMNS)


def regencies_in(regencies, province):
    return frozenset(key for key in regencies if key.startswith(f"{province}."))


def is_of_office(roles):
    """Whether one of these roles works on everything of the team, not on its own alone."""
    return bool(roles & {"administrator", "secretariat"})


def for_person(standing, user, held):
    """
    Return a standing with what this person can act on: a member moves the cases in their own hands
    alone. Who works in some regencies alone is told of all that is owed there, whatever the team
    has put off of single records: the list that the reminder leads to has them, too.
    """
    team = standing.rule.team
    if standing.kind == CadenceKind.CASE and not is_of_office(held[team.province_id]):
        return standing.held_by(user)
    if standing.regencies:
        rows = tuple(replace(one, snooze=standing.quiets(one)) for one in standing.subjects)
        return replace(standing, subjects=rows)
    return standing


def alert_of(standing, user, days):
    """
    Return the reminder of a rule for this person, or None: nothing is near. What is late comes
    first; what is soon is told when nothing is late.
    """
    for state in (State.LATE, State.SOON):
        if rows := standing.of(state):
            return alert_from(standing, state, rows, user, days)
    if rows := standing.asleep:
        return alert_from(standing, rows[0].state, rows, user, days, snooze=rows[0].snooze)
    return None


def alert_from(standing, state, rows, user, days, snooze=None):
    rule = standing.rule
    listed = list_url(standing, ASLEEP if snooze else LISTS[state], user)
    url, label = step_of(standing, rows, listed)
    key = rows[0].key if len(rows) == 1 else None
    return Alert(
        rule=rule,
        today=standing.today,
        title=alert_title(standing, state, rows),
        note=alert_note(standing, state, rows),
        due=rows[0].due,
        state=state,
        subjects=tuple(rows[:SHOWN]),
        total=len(rows),
        list_url=listed,
        schedule_url=url,
        schedule_label=label,
        snooze_url=snooze_url(rule, key, user),
        snooze=snooze,
        last_snooze=snooze or days[rule.team_id].last_snooze(rule.kind, key),
    )
