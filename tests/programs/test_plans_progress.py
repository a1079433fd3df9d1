"""
The plan against what happened: counted from logs and never typed there, late by the calendar, money
from expenses.
"""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programs.activity_logs import name_logs
from programs.models import Achievement, Expense, FundingSource, WorkPlan
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from sinergi.kit.status import Status, Tone
from tests import factories

pytestmark = pytest.mark.both("sums of money and counts by date are computed in SQL")


def progress_of(plan, today=date(2019, 7, 15)):
    return PlanProgress(plan, version_of(content_of(plan)), today=today)


def at(month, day):
    return datetime(2019, month, day, 2, tzinfo=UTC)


@pytest.mark.django_db
class TestCounting:
    @pytest.fixture
    def activity(self):
        return factories.activity()

    def test_a_meeting_held_counts_and_one_ahead_is_scheduled(self, activity):
        team = activity.plan.team
        for state, day in (("held", 1), ("submitted", 2), ("returned", 3), ("approved", 4)):
            factories.minutes(team, state=state, starts_at=at(7, day), activity=activity)
        factories.meeting(team, starts_at=at(8, 1), activity=activity)
        factories.meeting(team, starts_at=at(8, 2), activity=activity).cancel(
            by=None, reason="Batal."
        )
        factories.minutes(team, starts_at=at(7, 5))
        row = progress_of(activity.plan)[activity.pk]
        assert (row.done, row.scheduled, row.percent) == (4, 1, 100)
        assert (
            row.item.target == 3
            and row.is_complete
            and row.status == Status("Selesai", Tone.APPROVED)
        )

    def test_each_regency_once(self, activity):
        activity.counted = "regencies"
        activity.save_as(by=None)
        bangka, belitung = factories.regency(), factories.regency("19.02", "Kabupaten Belitung")
        for day, regency in ((1, bangka), (2, bangka), (3, belitung), (4, None)):
            factories.minutes(
                activity.plan.team, starts_at=at(7, day), activity=activity, regency=regency
            )
        assert progress_of(activity.plan)[activity.pk].done == 2

    def test_an_audience_about_two_cases_is_one_log(self, activity):
        """Read with a row for each institution, in the order in which they were held on a day."""
        team = activity.plan.team
        others = [
            factories.case(team, institution=factories.institution(f"Mitra {n}", "private"))
            for n in range(2)
        ]
        late = factories.audience(
            team, others, title="Siang", starts_at=at(7, 2).replace(hour=6), activity=activity
        )
        early = factories.audience(
            team, others[:1], title="Pagi", starts_at=at(7, 2), activity=activity
        )
        row = progress_of(activity.plan)[activity.pk]
        assert [
            (title, url, len(log.institutions)) for log, title, url in name_logs(team, row.logs)
        ] == [
            ("Pagi", early.get_absolute_url(), 1),
            ("Siang", late.get_absolute_url(), 2),
        ]
        assert row.done == 2

    def test_what_no_log_counts_is_noted_down(self):
        visits = factories.activity(way="visit", target=17, unit="kunjungan")
        for amount, day in ((2, 3), (3, 20)):
            Achievement(
                activity=visits, amount=amount, achieved_on=date(2019, 7, day), note="Catatan."
            ).save_as(by=None)
        row = progress_of(visits.plan)[visits.pk]
        assert (row.done, row.percent, row.started_on) == (5, 29, date(2019, 7, 3))
        assert row.by_month == {7: (5, 0)}

    def test_where_logs_count_nothing_is_typed(self, activity):
        typed = Achievement(
            activity=activity, amount=1, achieved_on=date(2019, 7, 1), note="Catatan."
        )
        with pytest.raises(ValidationError, match="tidak diketik"):
            typed.full_clean()

    @pytest.mark.parametrize("wrong", [{"note": ""}, {"amount": 0}, {"amount": 100_001}])
    def test_the_database_refuses(self, wrong):
        visits = factories.activity(way="other")
        row = Achievement(activity=visits, achieved_on=date(2019, 7, 1), note="Catatan.").save_as(
            by=None
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Achievement.objects.filter(pk=row.pk).update(**wrong)

    @pytest.mark.parametrize(
        ("day", "message"),
        [(date(2099, 1, 1), "belum lewat"), (date(2009, 7, 1), "Periksa tahunnya")],
    )
    def test_a_day_to_come_and_a_mistyped_year_are_told(self, day, message):
        row = Achievement(
            activity=factories.activity(way="other"), achieved_on=day, note="Catatan."
        )
        with pytest.raises(ValidationError, match=message):
            row.full_clean()

    def test_an_activity_with_notes_by_hand_does_not_become_one_that_logs_count(self):
        visits = factories.activity(way="visit")
        Achievement(activity=visits, achieved_on=date(2019, 7, 1), note="Catatan.").save_as(by=None)
        visits.way = "stakeholder"
        with pytest.raises(ValidationError, match="capaian"):
            visits.full_clean()
        visits.way = "other"
        visits.full_clean()


@pytest.mark.django_db
class TestLateness:
    """Planned for July and August, three meetings."""

    @pytest.mark.parametrize(
        ("today", "held", "status", "late", "overdue"),
        [
            (date(2019, 7, 31), [], "Belum mulai", False, False),
            (date(2019, 8, 1), [], "Terlambat mulai", True, False),
            (date(2019, 8, 31), [(8, 2)], "Berjalan", True, False),
            (date(2019, 8, 31), [(7, 31)], "Berjalan", False, False),
            (date(2019, 9, 1), [(7, 31)], "Lewat tenggat", False, True),
            (date(2019, 9, 1), [(7, 1), (7, 2), (9, 1)], "Selesai", False, False),
            (date(2019, 9, 1), [(6, 1), (6, 2), (6, 3)], "Selesai", False, False),
        ],
    )
    def test_by_the_calendar(self, today, held, status, late, overdue):
        activity = factories.activity()
        for month, day in held:
            factories.minutes(activity.plan.team, starts_at=at(month, day), activity=activity)
        row = progress_of(activity.plan, today)[activity.pk]
        assert (row.status.label, row.starts_late, row.is_overdue) == (status, late, overdue)

    def test_the_day_is_that_of_the_province(self):
        """
        31 July at 23.30 WIB is still July; in UTC as well, and 1 August at 00.30 WIB is July in
        UTC.
        """
        activity = factories.activity()
        factories.minutes(
            activity.plan.team,
            starts_at=datetime(2019, 7, 31, 17, 30, tzinfo=UTC),
            activity=activity,
        )
        row = progress_of(activity.plan, date(2019, 8, 5))[activity.pk]
        assert row.started_on == date(2019, 8, 1) and row.starts_late


@pytest.mark.django_db
class TestGroups:
    @pytest.fixture
    def plan(self):
        plan = factories.plan(activities=0)
        bangka = factories.regency()
        cash, goods = factories.source(), factories.source(kind="private", support="in_kind")
        one = factories.activity(
            plan, role=1, months=[2, 3], budget={cash: 10}, regency=bangka, target=1
        )
        two = factories.activity(plan, role=2, months=[7], budget={cash: 20, goods: 7})
        factories.minutes(plan.team, starts_at=at(3, 1), activity=one)
        for activity, source, month, amount in (
            (one, cash, 3, 4),
            (one, cash, 8, 2),
            (two, goods, 7, 5),
        ):
            Expense(
                activity=activity,
                source=source,
                spent_on=date(2019, month, 1),
                amount=amount,
                what="x",
            ).save_as(by=None)
        return plan

    def test_by_role_quarter_regency_and_source(self, plan):
        found = progress_of(plan, date(2019, 12, 1))
        assert [
            (role, g.complete, g.overdue, g.cash, g.cash_spent, g.in_kind_spent)
            for role, g in found.shelves
        ] == [
            (1, 1, 0, 10, 6, 0),
            (2, 0, 1, 20, 0, 5),
            (3, 0, 0, 0, 0, 0),
        ]
        assert [
            (g.label, len(g.rows), g.cash, g.cash_spent, g.in_kind_spent) for g in found.by_quarter
        ] == [
            ("Triwulan I", 1, 10, 4, 0),
            ("Triwulan II", 0, 0, 0, 0),
            ("Triwulan III", 1, 20, 2, 5),
            ("Triwulan IV", 0, 0, 0, 0),
        ]
        assert [(g.label, g.cash) for g in found.by_regency] == [
            ("Tingkat provinsi", 20),
            ("Kabupaten Bangka", 10),
        ]
        assert [
            (use.source.label, use.source.amount, use.spent, use.left) for use in found.by_source
        ] == [
            ("APBD provinsi", 30, 6, 24),
            ("Swasta/CSR, barang/jasa", 7, 5, 2),
        ]

    def test_the_same_queries_at_any_size(self, plan, django_assert_num_queries):
        version = version_of(content_of(plan))
        with django_assert_num_queries(2):
            assert sum(PlanProgress(plan, version).done.values()) == 1
        with django_assert_num_queries(4):
            assert not PlanProgress(plan, version).whole.support
        for n in range(10):
            row = factories.activity(plan, title=f"Lagi {n}")
            factories.minutes(plan.team, starts_at=at(7, n + 1), activity=row)
        version = version_of(content_of(plan))
        with django_assert_num_queries(2):
            assert sum(PlanProgress(plan, version).done.values()) == 11
        with django_assert_num_queries(4):
            assert not PlanProgress(plan, version).whole.support


AMOUNTS = st.integers(1, 10**12)
ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3), AMOUNTS), max_size=14
)


class TestSums(TestCase):
    """
    Whatever is planned and spent: every sum is the sum of its rows, and goods are never in the
    money.
    """

    @settings(max_examples=25, deadline=None)
    @given(lines=ROWS, expenses=ROWS)
    def test_totals_are_the_sums_of_their_rows(self, lines, expenses):
        team = factories.team(members=factories.ROSTER[:3])
        plans = [factories.plan(team, year=year, activities=0) for year in (2019, 2020)]
        kinds = [
            ("apbd_province", "cash"),
            ("private", "cash"),
            ("private", "in_kind"),
            ("community", "in_kind"),
        ]
        sources = {
            (year, n): factories.source(team, year=year, kind=kind, support=support)
            for year in (2019, 2020)
            for n, (kind, support) in enumerate(kinds)
        }
        budgets, activities = {}, {}
        for place, _, n, amount in lines:  # six activities: three a plan
            budgets.setdefault(place, {})[n] = amount
        for place in range(6):
            plan = plans[place // 3]
            budget = {sources[plan.year, n]: amount for n, amount in budgets.get(place, {}).items()}
            activities[place] = factories.activity(plan, role=place % 3 + 1, budget=budget)
        spent = []
        for place, quarter, n, amount in expenses:
            year = plans[place // 3].year
            row = Expense(
                activity=activities[place],
                source=sources[year, n],
                spent_on=date(year, quarter * 3 + 1, 5),
                amount=amount,
                what="x",
            )
            spent.append((place, n, amount))
            row.save_as(by=None)
        self.compare(plans, sources, budgets, spent)

    def compare(self, plans, sources, budgets, spent):
        goods = {2, 3}
        for half, plan in enumerate(plans):
            places = range(half * 3, half * 3 + 3)
            planned = [
                (n, amount) for place in places for n, amount in budgets.get(place, {}).items()
            ]
            paid = [(n, amount) for place, n, amount in spent if place in places]
            stored = FundingSource.objects.with_sums().in_bulk(
                [s.pk for (year, _), s in sources.items() if year == plan.year]
            )
            for (year, n), source in sources.items():
                if year == plan.year:
                    self.assertEqual(
                        stored[source.pk].planned, sum(a for m, a in planned if m == n)
                    )
                    self.assertEqual(stored[source.pk].spent, sum(a for m, a in paid if m == n))
            found = progress_of(plan, date(plan.year, 12, 31))
            cash, in_kind = (
                sum(a for n, a in planned if (n in goods) == kind) for kind in (False, True)
            )
            cash_paid, goods_paid = (
                sum(a for n, a in paid if (n in goods) == kind) for kind in (False, True)
            )
            self.assertEqual((found.version.cash, found.version.in_kind), (cash, in_kind))
            self.assertEqual(sum(s.amount for s in found.version.money), cash)
            self.assertEqual(sum(s.amount for s in found.version.goods), in_kind)
            self.assertEqual(WorkPlan.objects.for_list().get(pk=plan.pk).cash, cash)
            for groups in (found.by_role, found.by_quarter, found.by_regency, [found.whole]):
                self.assertEqual(
                    tuple(
                        sum(getattr(g, name) for g in groups)
                        for name in ("cash", "in_kind", "cash_spent", "in_kind_spent")
                    ),
                    (cash, in_kind, cash_paid, goods_paid),
                )
            self.assertEqual(sum(use.spent for use in found.by_source), cash_paid + goods_paid)
