"""What the records say of the things that rules watch: of all rules and teams in one query."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse

from advocacy.cadence.branches import Terms, sql_of
from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.states import State, next_due, state_of
from advocacy.cadence.words import due_status_of
from advocacy.visit_intervals import months_later
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone

#: {kind: the page of one of its records}.
PAGES = {
    CadenceKind.VISIT: "villages:library_detail",
    CadenceKind.REPORT: "villages:library_detail",
    CadenceKind.DECREE: "programs:decree_detail",
    CadenceKind.PARTNERSHIP: "advocacy:partnership_detail",
    CadenceKind.PLAN: "programs:plan_detail",
    CadenceKind.CASE: "advocacy:case_detail",
    CadenceKind.COMMITMENT: "advocacy:commitment_detail",
    CadenceKind.EXPANSION: "advocacy:expansion_detail",
}


class Ask(NamedTuple):
    """
    What is asked of a rule on a day: of its whole team, of some regencies, or of one record
    (`key`), then whether or not its day is near.
    """

    rule: Any
    today: date
    regencies: frozenset = frozenset()
    key: int | None = None

    @property
    def team(self):
        return self.rule.team

    @property
    def part(self):
        return f"{self.team.pk}-{self.rule.kind}"

    @property
    def terms(self):
        team = self.team
        return Terms(
            CadenceKind(self.rule.kind),
            team.pk,
            team.province_id,
            team.province.time_zone,
            team.formed_on,
            team.stall_days,
            team.visit_interval,
            team.visit_interval_open,
            self.rule.warning,
            self.today,
            self.regencies,
            self.key,
        )


@dataclass(frozen=True)
class Subject:
    """
    One thing that a rule watches: the team's next meeting, or a record. `event` is the last thing
    that happened to it, from which its clock runs, `planned` the first day ahead on which it is
    planned (`planned_key`: that meeting); `holder` the account in whose hands it is.
    """

    kind: CadenceKind
    team: int
    key: int | None
    label: str
    due: date
    today: date
    event: date | None = None
    planned: date | None = None
    planned_key: int | None = None
    holder: int | None = None
    state: State = State.KEPT
    snooze: Any = field(default=None, compare=False)

    @property
    def url(self):
        if self.kind in PAGES and self.key:
            return reverse(PAGES[self.kind], args=[self.key])
        return reverse("advocacy:cadence_detail", args=[self.team, self.kind])

    @property
    def snooze_url(self):
        where = [self.team, self.kind]
        if self.key is None:
            return reverse("advocacy:snooze_create", args=where)
        return reverse("advocacy:snooze_create_subject", args=[*where, self.key])

    @property
    def status(self):
        if self.snooze:
            return Status(f"Ditunda sampai {long_date(self.snooze.until)}")
        if self.state == State.SCHEDULED:
            return Status(f"Terjadwal {long_date(self.planned)}", Tone.SCHEDULED)
        return due_status_of(self.state, self.due, self.today)

    @property
    def is_alert(self):
        return self.state in (State.LATE, State.SOON) and self.snooze is None


def read_subjects(asked):
    """Return {part: [Subject]} of these, the earliest due first. One query."""
    found, branches, parameters = {one.part: [] for one in asked}, [], []
    told = [found[one.part] for one in asked]
    for number, one in enumerate(asked):
        for sql, given in sql_of(one.terms):
            branches.append(f"SELECT {number} AS part, one.* FROM ({sql}) AS one")  # noqa: S608
            parameters += given
    if branches:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(branches), parameters)
            for number, *row in cursor.fetchall():
                told[number].append(_subject(asked[number], *row))
    for rows in found.values():
        rows.sort(key=lambda row: (row.due, row.label))
    return found


def _day(value):
    """Return a day as the database gave it: SQLite as a text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _subject(ask, key, label, event, due, planned, number):
    rule, team, kind = ask.rule, ask.team, ask.rule.kind
    event, due, planned = _day(event), _day(due), _day(planned)
    holder = planned_key = None
    if kind in MEETINGS:
        key, planned_key, due = (
            None,
            key,
            next_due(event, rule.starts_on or team.formed_on, rule.months),
        )
    elif kind == CadenceKind.VISIT and event is None:
        joined = due or date(number, 1, 1)
        due = months_later(max(joined, team.formed_on), team.visit_interval)
    elif kind == CadenceKind.VISIT:
        due = months_later(event, team.visit_interval_open if number else team.visit_interval)
    elif kind in (CadenceKind.CASE, CadenceKind.EXPANSION):
        holder, due = number, event + timedelta(days=team.stall_days)
    state = state_of(due, ask.today, warn_days=rule.warning, planned=planned)
    return Subject(
        kind, team.pk, key, label, due, ask.today, event, planned, planned_key, holder, state
    )
