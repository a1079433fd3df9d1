"""The rhythm of a team: its arithmetic, its constraints, what it costs to read, and its laws."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.actions.cadence import put_off_reminder
from advocacy.cadence.alerts import alerts_of
from advocacy.cadence.kinds import (
    MEETINGS,
    NO_WARNING,
    ROLE_COLUMNS,
    SHIPPED,
    CadenceKind,
    roles_of,
)
from advocacy.cadence.reminders import reminders_of
from advocacy.cadence.rhythm import KINDS, WEEKS, overview_of, rhythm_of, week_of
from advocacy.cadence.standings import asks_of, read_days, read_standings
from advocacy.cadence.states import State, is_asleep, longest_snooze, next_due, state_of
from advocacy.models import AdvocacyCase, CadenceRule, CadenceSnooze, Visit
from sinergi.kit.models import StaleRecord
from tests import factories
from tests.advocacy.test_cadence_pages import busy, fresh
from tests.constraints import kept, refused
from villages.models import Library, Participation
from villages.quarters import Quarter

DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTHS = st.integers(1, 24)
ORDER = [State.KEPT, State.SOON, State.LATE]
MOST_QUERIES = 6
#: A busy machine draws slowly; what is drawn is as good.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestArithmetic:
    @pytest.mark.parametrize(
        ("event", "months", "due"),
        [
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2023, 1, 31), 1, date(2023, 2, 28)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2023, 12, 15), 1, date(2024, 1, 15)),
        ],
    )
    def test_so_many_months_later(self, event, months, due):
        assert next_due(event, date(2018, 11, 28), months) == due

    def test_it_is_counted_from_the_later_of_the_last_time_and_the_day_that_was_set(self):
        assert next_due(date(2024, 1, 5), date(2024, 3, 1), 1) == date(2024, 4, 1)
        assert next_due(None, date(2024, 3, 1), 1) == date(2024, 4, 1)

    @UNHURRIED
    @given(event=DAYS, later=st.integers(1, 800), months=MONTHS, today=DAYS)
    def test_an_event_never_brings_the_next_nearer(self, event, later, months, today):
        start, newer = date(2000, 1, 1), event + later * DAY
        before, after = next_due(event, start, months), next_due(newer, start, months)
        assert after >= before
        states = [state_of(due, today, warn_days=7) for due in (before, after)]
        assert ORDER.index(states[1]) <= ORDER.index(states[0])

    @UNHURRIED
    @given(due=DAYS, warn=st.integers(0, 180), ahead=st.integers(0, 400))
    def test_what_is_planned_in_time_is_quiet(self, due, warn, ahead):
        today = due - ahead * DAY
        for planned in (today, due):
            assert state_of(due, today, warn_days=warn, planned=planned) == State.SCHEDULED
        unplanned = state_of(due, today, warn_days=warn)
        assert state_of(due, today, warn_days=warn, planned=due + DAY) == unplanned
        assert unplanned == (State.SOON if ahead <= warn else State.KEPT)

    @UNHURRIED
    @given(due=DAYS, warn=st.integers(0, 180))
    def test_days_lead_from_kept_over_soon_to_late(self, due, warn):
        states = [state_of(due, due + n * DAY, warn_days=warn) for n in range(-200, 3)]
        assert [ORDER.index(one) for one in states] == sorted(ORDER.index(one) for one in states)
        assert states[-2:] == [State.LATE, State.LATE] and states[200] == State.SOON

    @UNHURRIED
    @given(start=DAYS, quiet=st.integers(1, 90), passed=st.integers(0, 200))
    def test_a_snooze_ends_by_its_day_and_by_the_event(self, start, quiet, passed):
        snooze = CadenceSnooze(starts_on=start, until=start + quiet * DAY)
        today = start + passed * DAY
        assert is_asleep(snooze, start - DAY, today) == (passed < quiet)
        assert is_asleep(snooze, None, today) == (passed < quiet)
        assert not is_asleep(snooze, start, today), "it happened on the day of the snooze"
        assert not is_asleep(snooze, start + DAY, today)
        snooze.event_on = start
        assert is_asleep(snooze, start, today) == (passed < quiet), "it had happened before it"
        assert not is_asleep(snooze, start + DAY, today)

    def test_it_lasts_at_most_the_rules_own_interval(self):
        assert longest_snooze(date(2024, 1, 31), 1, 90) == date(2024, 2, 29)
        assert longest_snooze(date(2024, 1, 31), None, 90) == date(2024, 4, 30)

    def test_every_day_of_a_quarter_lies_in_one_of_its_weeks(self):
        for quarter in (Quarter(2024, 1), Quarter(2023, 1), Quarter(2024, 3)):
            days = [quarter.starts_on + n * DAY for n in range(92)]
            weeks = [week_of(quarter, day) for day in days if day <= quarter.ends_on]
            assert weeks == sorted(weeks) and set(weeks) == set(range(WEEKS))


class TestShipped:
    def test_every_kind_is_complete_and_reminds_somebody_who_can_act(self):
        assert set(SHIPPED) == set(CadenceKind)
        for kind, given_rule in SHIPPED.items():
            assert given_rule.roles and set(given_rule.roles) <= set(roles_of(kind)), kind
            assert (given_rule.months is not None) == (kind in MEETINGS)
            assert (given_rule.warn_days is None) == (kind in NO_WARNING)

    @pytest.mark.django_db
    @pytest.mark.both("constraints")
    def test_each_may_be_stored_as_it_is(self, team):
        for kind in CadenceKind:
            factories.cadence_rule(team, kind).full_clean()
        assert CadenceRule.objects.count() == len(CadenceKind)


@pytest.mark.django_db
@pytest.mark.both("constraints")
class TestConstraints:
    def test_one_rule_of_a_kind(self, team):
        factories.cadence_rule(team)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.cadence_rule(team)
        factories.cadence_rule(team, "audience")
        factories.cadence_rule(factories.team("11"))

    def test_months_are_of_meetings(self, team):
        meeting, record = factories.cadence_rule(team), factories.cadence_rule(team, "decree")
        refused(meeting, months=None)
        refused(meeting, months=25)
        refused(meeting, months=0)
        kept(meeting, months=24)
        refused(record, months=3)
        refused(record, starts_on=team.today)
        kept(meeting, starts_on=team.today)

    def test_a_warning_where_there_is_one(self, team):
        record, case = factories.cadence_rule(team, "decree"), factories.cadence_rule(team, "case")
        refused(record, warn_days=None)
        refused(record, warn_days=181)
        kept(record, warn_days=180)
        refused(case, warn_days=1)

    def test_a_warning_shorter_than_the_interval(self, team):
        rule = factories.cadence_rule(team)
        refused(rule, warn_days=28)
        kept(rule, warn_days=27)
        kept(rule, months=2, warn_days=55)

    def test_somebody_is_reminded(self, team):
        rule = factories.cadence_rule(team, "case")
        refused(rule, **dict.fromkeys(ROLE_COLUMNS.values(), False))
        kept(rule, for_secretariat=False)

    def test_a_snooze_is_of_one_record_of_its_kind(self, team):
        case, decree = factories.case(team), factories.decree(team)
        row = factories.snooze(team, "case", subject=case)
        refused(row, decree=decree)
        refused(row, case=None, decree=decree)
        refused(row, kind="internal")
        kept(row, case=None)
        library = factories.library()
        for kind in ("visit", "report"):
            factories.snooze(team, kind, subject=library)

    def test_it_lasts_and_has_a_reason(self, team):
        row = factories.snooze(team)
        refused(row, until=row.starts_on)
        kept(row, until=row.starts_on + DAY)
        refused(row, reason="")

    def test_its_number_is_taken_once(self, team):
        first, second = factories.snooze(team), factories.snooze(team)
        assert (first.number, second.number) == (1, 2)
        refused(second, number=1)
        case = factories.case(team)
        own = factories.snooze(team, "case", subject=case)
        other = factories.snooze(team, "case", subject=factories.case(team, asked="Rak"))
        assert (own.number, other.number) == (1, 1)
        refused(other, case=case)


@pytest.mark.django_db
@pytest.mark.both("constraints")
class TestSnooze:
    def test_of_two_who_have_seen_the_same_the_second_is_refused(self, team):
        """The law of the race; that it would not hold without the constraint is shown below."""
        factories.snooze(team)
        other = CadenceSnooze(
            team=team,
            kind="internal",
            starts_on=team.today,
            until=team.today + DAY,
            reason="Libur.",
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            put_off_reminder(snooze=other, seen=0, by=factories.user())
        other.pk, other._state.adding = None, True
        put_off_reminder(snooze=other, seen=1, by=factories.user())
        assert CadenceSnooze.objects.count() == 2

    def test_no_longer_than_the_rules_own_interval(self, team):
        longest = CadenceRule.shipped(team, "internal").last_day_of_snooze(team.today)
        row = factories.snooze(team, until=longest)
        row.full_clean()
        row.until += DAY
        with pytest.raises(ValidationError, match="Paling lama"):
            row.full_clean()
        factories.cadence_rule(team, months=2)
        row.full_clean()

    def test_it_is_ended_by_one_of_two(self, team):
        row = factories.snooze(team)
        other = CadenceSnooze.objects.get(pk=row.pk)
        row.end(by=None)
        with pytest.raises(StaleRecord):
            other.end(by=None)

    def test_the_meeting_that_is_held_ends_it(self, team):
        factories.snooze(team)
        account = factories.user("secretariat")

        def told():
            found = alerts_of(fresh(account), team.today + 2 * DAY)
            return {one.rule.kind: one.snooze for one in found}

        assert told()["internal"] is not None
        held = factories.meeting(team, state="held")
        now = held.starts_at.replace(year=team.today.year, month=team.today.month, day=1)
        type(held).objects.filter(pk=held.pk).update(
            starts_at=now.replace(day=team.today.day, hour=1)
        )
        assert "internal" not in told()

    def test_an_earlier_one_does_not_come_back(self, team):
        factories.snooze(team, until=team.today + 20 * DAY)
        factories.snooze(team, until=team.today + 2 * DAY).end(by=None)
        days = read_days([team], team.today)
        (one,) = read_standings(asks_of(days[team.pk], [CadenceKind.INTERNAL]), days)
        assert one.state == State.LATE and not one.asleep

    def test_a_case_with_one_may_still_be_deleted(self, team):
        case = factories.case(team)
        factories.snooze(team, "case", subject=case)
        assert case.why_kept() == ""
        AdvocacyCase.objects.get(pk=case.pk).places.all().delete()


@pytest.mark.django_db
class TestOnTheRecord:
    @pytest.mark.parametrize("put_off", [False, True])
    def test_its_page_says_how_it_stands(self, client, sign_in, team, put_off):
        account = sign_in("secretariat")
        busy(team)
        records = {
            "visit": Library.objects.get(name__endswith="Desa 1"),
            "decree": team.decrees.get(),
            "partnership": team.partnerships.get(),
            "case": team.cases.first(),
            "commitment": team.commitments.get(),
            "expansion": team.expansion_cases.get(),
        }
        for kind, record in records.items():
            if put_off:
                factories.snooze(team, kind, subject=record, by=account)
            page = client.get(record.get_absolute_url()).content.decode()
            assert ("Tunda pengingat" in page) != (put_off and kind != "visit"), kind
            assert ("Menunggu jadwal kapal." in page) == put_off, kind
            assert ("Akhiri penundaan" in page) == put_off, kind

    def test_a_plan_that_was_not_handed_in(self, client, sign_in, team):
        sign_in("observer")
        plan = factories.plan(team, year=team.today.year)
        ((rule, one),) = reminders_of(plan)
        assert (rule.kind, one.key) == ("plan", plan.pk)
        page = client.get(plan.get_absolute_url()).content.decode()
        assert "Pengajuan rencana kerja" in page and "Tunda pengingat" not in page

    def test_nothing_where_nothing_is_near_or_the_rule_is_off(self, team):
        partnership = factories.partnership(team, ends_on=team.today + 400 * DAY)
        assert reminders_of(partnership) == []
        near = factories.partnership(team, ends_on=team.today + DAY)
        assert len(reminders_of(near)) == 1
        factories.cadence_rule(team, "partnership", is_active=False)
        assert reminders_of(near) == []

    def test_it_takes_two_queries(self, team):
        busy(team)
        library = Library.objects.select_related("province").first()
        for number in range(2):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                reminders_of(library)
            assert len(caught) <= 2, number
            factories.snooze(team, "visit", subject=library)


def crowd(team, number):
    """Write so many libraries of the programme that were never visited, and a third that were."""
    first, desk = factories.village(), factories.user()
    model = type(first)
    villages = model.objects.bulk_create(
        model(
            code=f"{first.district_id}.{3000 + n}",
            name=f"Desa {n}",
            district=first.district,
            regency=first.regency,
            province=first.province,
        )
        for n in range(number)
    )
    libraries = Library.objects.bulk_create(
        Library(
            level="village",
            name=f"Perpustakaan {one.name}",
            village=one,
            regency=one.regency,
            province=one.province,
        )
        for one in villages
    )
    Participation.objects.bulk_create(Participation(library=one, year=2019) for one in libraries)
    Visit.objects.bulk_create(
        Visit(
            team=team,
            library=one,
            regency=one.regency,
            province=one.province,
            visited_on=date(2024, 1, 1),
            purpose="both",
            state="sent",
            sent_at=datetime(2024, 1, 1, tzinfo=UTC),
            sent_by=desk,
            kept={},
        )
        for one in libraries[::3]
    )


@pytest.mark.django_db
class TestCost:
    @pytest.mark.parametrize("number", [2, 1700])
    def test_all_rules_of_a_person_take_six_queries(self, team, number):
        busy(team)
        crowd(team, number)
        account = factories.user("secretariat")
        with CaptureQueriesContext(connection) as caught:
            alerts = {one.rule.kind: one for one in alerts_of(fresh(account), team.today)}
        assert len(caught) - 1 <= MOST_QUERIES, "but for reading the account itself"
        assert alerts["visit"].total == alerts["report"].total == number + 3

    def test_the_tiles_take_two_more(self, team):
        busy(team)
        days = read_days([team], team.today)
        found = read_standings(asks_of(days[team.pk]), days)
        standings = {one.rule.kind: one for one in found}
        with CaptureQueriesContext(connection) as caught:
            tiles = rhythm_of(team, Quarter.of(team.today), standings)
        assert len(caught) == 2 and len(tiles) == 4

    @pytest.mark.parametrize("role", ["secretariat", "chair", "observer"])
    def test_home_reads_reminders_and_tiles_together(self, team, role):
        busy(team)
        account = factories.user(role)
        with CaptureQueriesContext(connection) as caught:
            alerts, tiles = overview_of(fresh(account), team.today)
        assert len(caught) - 1 <= MOST_QUERIES + 1, "but for reading the account itself"
        assert [(one.rule.team, one.rule.kind) for one in tiles] == [
            (team, kind.value) for kind in KINDS
        ]
        alone = alerts_of(fresh(account), team.today)
        assert [(one.title, one.total) for one in alerts] == [
            (one.title, one.total) for one in alone
        ]

    @pytest.mark.parametrize("where", [{"regency_code": "19.01"}, {"province_code": None}])
    def test_who_sees_no_rules_sees_no_tiles(self, team, where):
        role = "regency_officer" if "regency_code" in where else "secretariat"
        account = factories.user(role, **where)
        assert overview_of(account, team.today)[1] == []

    def test_the_page_of_all_teams_takes_as_many_for_one_as_for_five(self, client, sign_in, team):
        sign_in("observer", province_code=None)

        def cost():
            client.get("/irama/")
            with CaptureQueriesContext(connection) as caught:
                assert client.get("/irama/").status_code == 200
            return len(caught)

        one = cost()
        for code in ("11", "71", "91", "18", "51"):
            factories.team(code)
        assert cost() == one
        page = client.get("/irama/")
        assert len(page.context["groups"]) == 5 and page.context["page"].next
