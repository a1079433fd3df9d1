"""What the records say of the things that rules watch: of all rules and teams in one query."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.urls import reverse

from advocacy.cadence.branches import BRANCHES
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
    def last_warned(self):
        """The last due day of which one is warned today."""
        return self.today + timedelta(days=self.rule.warning)


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
    def shows_event(self):
        """Whether the day from which its clock runs says something; that of a plan does not."""
        return self.event is not None and self.kind != CadenceKind.PLAN

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
    found = {one.part: [] for one in asked}
    by_part = {one.part: one for one in asked}
    branches = [branch for one in asked for branch in BRANCHES[one.rule.kind](one)]
    if not branches:
        return found
    first, *others = branches
    for part, *row in first.union(*others, all=True) if others else first:
        found[part].append(_subject(by_part[part], *row))
    for rows in found.values():
        rows.sort(key=lambda row: (row.due, row.label))
    return found


def _subject(ask, key, label, event, due, planned, number):
    rule, team, kind = ask.rule, ask.team, ask.rule.kind
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
