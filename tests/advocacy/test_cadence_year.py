"""
A leap year, day by day, against a table written by hand: every rule of a team on its own clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.actions import move_case
from advocacy.actions.expansion import add_step
from advocacy.cadence import states
from advocacy.cadence.kinds import CadenceKind
from advocacy.cadence.standings import asks_of, read_days, read_standings
from advocacy.models import AdvocacyCase, ExpansionStep, FollowUp
from tests import factories
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
KEPT, SOON, LATE, SCHEDULED = "kept", "soon", "late", "scheduled"
PAPUA = ZoneInfo("Asia/Jayapura")

#: {rule: {(month, day) from which on: how it stands}}, written by hand from the days below.
TABLE = {
    # Held on 15 December, 31 January, 5 March, 4 April, 6 May, 31 August, 31 October, 31 December.
    "internal": {
        (1, 1): KEPT,
        (1, 8): SOON,  # due on 15 January, seven days before
        (1, 16): LATE,
        (1, 31): KEPT,
        (2, 22): SOON,  # 31 January and one month: 29 February
        (2, 24): SCHEDULED,  # planned for 29 February
        (3, 1): LATE,  # it was not held
        (3, 5): KEPT,
        (3, 20): SCHEDULED,  # planned for 4 April, due on 5 April
        (4, 4): KEPT,
        (4, 27): SOON,  # planned for 6 May, two days too late
        (5, 5): LATE,
        (5, 6): KEPT,
        (5, 30): SOON,
        (6, 7): LATE,
        (8, 31): KEPT,
        (9, 23): SOON,  # 31 August and one month: 30 September
        (10, 1): LATE,
        (10, 31): KEPT,
        (11, 23): SOON,
        (12, 1): LATE,
        (12, 31): KEPT,
    },
    # Held on 30 November, of the province; on 15 March and 31 July, of a regency.
    "stakeholder": {
        (1, 1): KEPT,
        (2, 15): SOON,  # 30 November and three months: 29 February, fourteen days before
        (3, 1): LATE,
        (3, 15): KEPT,
        (6, 1): SOON,
        (6, 16): LATE,
        (7, 31): KEPT,
        (10, 17): SOON,
        (11, 1): LATE,
    },
    # Never before 10 February; counted from the day the team was formed.
    "audience": {(1, 1): LATE, (2, 10): KEPT, (3, 27): SOON, (4, 11): LATE},
    # On 31 August and 10 March, this one with a recommendation that is open until 20 June; a trip
    # was planned on 12 February for 20 February and came to nothing.
    "visit": {
        (1, 1): KEPT,
        (1, 30): SOON,  # 31 August and six months: 29 February, thirty days before
        (2, 12): SCHEDULED,
        (2, 21): SOON,
        (3, 1): LATE,
        (3, 10): KEPT,
        (5, 11): SOON,  # three months while a recommendation is open: 10 June
        (6, 11): LATE,
        (6, 20): KEPT,  # six months again: 10 September
        (8, 11): SOON,
        (9, 11): LATE,
    },
    # Handed in on 20 January and 5 April; not of the second quarter, nor of the third.
    "report": {
        (1, 1): SOON,
        (1, 11): LATE,
        (1, 20): KEPT,
        (4, 1): SOON,
        (4, 5): KEPT,
        (7, 1): SOON,
        (7, 11): LATE,
        (10, 1): SOON,  # of the third quarter alone
        (10, 11): LATE,
    },
    # In force until 30 June; the next from 15 July on.
    "decree": {(1, 1): KEPT, (5, 1): SOON, (7, 1): LATE, (7, 15): KEPT},
    # Until 31 March; told for sixty days after that.
    "partnership": {(1, 1): KEPT, (1, 31): SOON, (4, 1): LATE, (5, 31): KEPT},
    # Handed in on 20 January and 9 July, each for its half-year.
    "plan": {
        (1, 1): SOON,
        (1, 2): LATE,
        (1, 20): KEPT,
        (6, 1): SOON,
        (7, 2): LATE,
        (7, 9): KEPT,
        (12, 2): SOON,
    },
    # At its first stage since 1 January, at the next since 1 March; thirty days are allowed.
    "case": {(1, 1): KEPT, (2, 1): LATE, (3, 1): KEPT, (4, 1): LATE},
    # Promised by 15 June, all of it came on 1 August.
    "commitment": {(1, 1): KEPT, (6, 16): LATE, (8, 1): KEPT},
    # A candidate since 1 February, an audience on 10 May.
    "expansion": {(1, 1): KEPT, (3, 3): LATE, (5, 10): KEPT, (6, 10): LATE},
}


class Log:
    """What happens in the year, on its day; and what had happened before it."""

    def __init__(self):
        self.team = factories.team("91")
        self.desk = factories.user("secretariat", province_code="91")
        self.place = factories.village("91.01.06.2002", "Waren")
        self.library = factories.library(self.place, by=self.desk)
        factories.participation(self.library, 2023, by=self.desk)
        self.meeting("internal", (12, 15), year=2023)
        self.meeting("stakeholder_province", (11, 30), year=2023)
        factories.visit(self.library, by=self.desk, visited_on=date(2023, 8, 31))
        self.old = factories.decree(self.team, until=date(2024, 6, 30))
        factories.partnership(self.team, starts_on=date(2023, 4, 1), ends_on=date(2024, 3, 31))
        self.case = factories.case(self.team, since=date(2024, 1, 1))
        self.commitment = factories.commitment(
            self.team, promised_on=date(2024, 1, 5), due_on=date(2024, 6, 15)
        )
        self.planned = None

    def moment(self, month_day, year=2024):
        return datetime(year, *month_day, 9, tzinfo=PAPUA)

    def meeting(self, kind, month_day, year=2024, state="held"):
        given = {"regency": self.place.regency} if kind == "stakeholder_regency" else {}
        return factories.meeting(
            self.team, kind=kind, state=state, starts_at=self.moment(month_day, year), **given
        )

    def plan(self, month_day):
        self.planned = self.meeting("internal", month_day, state="planned")

    def hold(self):
        type(self.planned).objects.filter(pk=self.planned.pk).update(state="held")

    def call_off(self):
        self.planned.cancel(by=None, reason="Hujan.")

    def report(self, quarter):
        factories.report(self.library, quarter, by=self.desk)

    def hand_in(self, period):
        factories.plan(self.team, year=2024, period=period, state="submitted")

    def visit(self):
        day = date(2024, 3, 10)
        factories.visit(self.library, by=self.desk, visited_on=day, recommended=["Rak baru"])

    def close(self):
        row = FollowUp.objects.get(visit__library=self.library)
        FollowUp.objects.filter(pk=row.pk).update(
            closed_at=self.moment((6, 20)), closing_note="Sudah.", closed_as="done"
        )

    def succeed(self):
        factories.decree(self.team, start=date(2024, 7, 15), replaces=self.old)

    def move(self):
        case = AdvocacyCase.objects.get(pk=self.case.pk)
        stage = AdvocacyCase.Stage.CONTACTED
        move_case(case=case, stage=stage, on=date(2024, 3, 1), note="Ditelepon.", by=self.desk)

    def realise(self):
        factories.realisation(
            self.commitment, amount=12_500_000, realised_on=date(2024, 8, 1), by=self.desk
        )

    def begin_expansion(self):
        self.expansion = factories.expansion(self.place, by=self.desk, day=date(2024, 2, 1))

    def expand(self):
        step = ExpansionStep(
            stage="audience", reached_on=date(2024, 5, 10), reason="list", note="Contoh."
        )
        add_step(case=self.expansion, step=step, by=self.desk)

    @property
    def days(self):
        """Return {day: what happens on it}."""
        held = {
            (1, 31): "internal",
            (3, 5): "internal",
            (8, 31): "internal",
            (10, 31): "internal",
            (12, 31): "internal",
            (3, 15): "stakeholder_regency",
            (7, 31): "stakeholder_regency",
            (2, 10): "audience",
        }
        found = {day: [lambda d=day, k=kind: self.meeting(k, d)] for day, kind in held.items()}
        for day, happens in (
            ((1, 20), lambda: self.report(Quarter(2023, 4))),
            ((1, 20), lambda: self.hand_in("first_half")),
            ((2, 1), self.begin_expansion),
            (
                (2, 12),
                lambda: factories.trip(
                    self.team, libraries=[self.library], starts_on=date(2024, 2, 20)
                ),
            ),
            ((2, 24), lambda: self.plan((2, 29))),
            ((3, 1), self.call_off),
            ((3, 1), self.move),
            ((3, 10), self.visit),
            ((3, 20), lambda: self.plan((4, 4))),
            ((4, 4), self.hold),
            ((4, 5), lambda: self.report(Quarter(2024, 1))),
            ((4, 10), lambda: self.plan((5, 6))),
            ((5, 6), self.hold),
            ((5, 10), self.expand),
            ((6, 20), self.close),
            ((7, 9), lambda: self.hand_in("second_half")),
            ((7, 15), self.succeed),
            ((8, 1), self.realise),
        ):
            found.setdefault(day, []).append(happens)
        return found


def standings_on(team, now):
    days = read_days([team], now.date(), now)
    return {one.rule.kind: one.state.value for one in read_standings(asks_of(days[team.pk]), days)}


def walk(days):
    """
    Let happen what happens on these days, and return where the rules stand otherwise than the table
    says. Each day is looked at half an hour after midnight in Papua, when it is yesterday in Java.
    """
    log = Log()
    happens, expected, differences = log.days, {}, []
    for day in days:
        month_day = (day.month, day.day)
        for one in happens.get(month_day, ()):
            one()
        expected |= {rule: rows[month_day] for rule, rows in TABLE.items() if month_day in rows}
        found = standings_on(log.team, datetime.combine(day, time(0, 30), PAPUA))
        differences += [
            f"{day} {rule}: {found[rule]}, {expected[rule]} in the table"
            for rule in TABLE
            if found[rule] != expected[rule]
        ]
    return differences


def test_every_day_of_a_leap_year_is_as_the_table_says():
    assert len(YEAR) == 366 and set(TABLE) == set(CadenceKind.values)
    assert walk(YEAR) == []


def test_control_with_months_of_thirty_days_the_table_is_not_met(monkeypatch):
    """29 February would be missed: 31 January and thirty days is 1 March."""
    monkeypatch.setattr(states, "months_later", lambda day, months: day + timedelta(30 * months))
    assert "2024-02-22 internal: kept, soon in the table" in walk(YEAR[:60])


def test_midnight_comes_to_papua_first():
    """At 22.30 in Java the day that is due is over in Papua, and there alone."""
    late, soon = factories.team("91"), factories.team("19")
    for team in (late, soon):
        zone = ZoneInfo(team.province.time_zone)
        factories.meeting(team, state="held", starts_at=datetime(2024, 2, 29, 9, tzinfo=zone))
    now = datetime(2024, 3, 29, 15, 30, tzinfo=UTC)
    assert standings_on(late, now)["internal"] == LATE
    assert standings_on(soon, now)["internal"] == SOON
    assert standings_on(soon, now + timedelta(hours=2))["internal"] == LATE
    before = now - timedelta(hours=1)
    assert standings_on(late, before)["internal"] == SOON
