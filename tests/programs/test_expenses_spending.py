"""
Money and goods of a plan that is carried out and revised: one truth on every page, and each number
leads to its rows.
"""

import re
from datetime import date
from io import BytesIO
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from programs.actions import approve_plan, save_activity, submit_plan
from programs.models import Expense, FundingSource
from programs.plan_versions import version_in_force
from programs.progress import BEYOND, PlanProgress
from programs.spending import Spending
from programs.support_totals import UNITS
from sinergi.kit.money import rupiah
from tests import factories

TODAY = date(2019, 12, 31)


def spend(activity, source, amount, month=7):
    row = Expense(
        activity=activity,
        source=source,
        spent_on=date(2019, month, 5),
        amount=amount,
        what="Pembelian",
    )
    return row.save_as(by=None)


def progress_of(plan):
    return PlanProgress(plan, version_in_force(plan), today=TODAY)


@pytest.fixture
def plan(db):
    return factories.plan(
        factories.team(),
        by=factories.user("secretariat"),
        chair=factories.user("chair"),
        state="approved",
    )


class TestGoodsNotedLater:
    """A source of goods that was registered after the plan was approved, and an expense from it."""

    @pytest.fixture
    def goods(self, plan):
        goods = factories.source(kind="private", support="in_kind")
        spend(plan.activities.get(), goods, 7_000_000)
        return goods

    def test_are_goods_in_every_sum(self, plan, goods):
        found = progress_of(plan)
        assert (found.whole.cash_spent, found.whole.in_kind_spent) == (0, 7_000_000)
        for groups in (found.by_role, found.by_quarter, found.by_regency):
            assert (sum(g.cash_spent for g in groups), sum(g.in_kind_spent for g in groups)) == (
                0,
                7_000_000,
            )
        assert [(table.unit, table.amount, table.spent) for table in found.by_support] == [
            ("cash", 12_000_000, 0),
            ("in_kind", 0, 7_000_000),
        ]
        assert [use.source.label for use in found.by_support[1].uses] == [goods.label]

    def test_the_pages_say_so(self, client, sign_in, plan, goods):
        sign_in("chair")
        page = client.get(reverse("programs:plan_outcome", args=[plan.pk])).content.decode()
        head = page.partition("</h1>")[2].partition("</p>")[0]
        assert (
            "Rp7.000.000" in head.partition("barang dan jasa")[2]
            and "Rp7.000.000" not in head.partition("barang dan jasa")[0]
        )
        assert goods.label in page.partition('id="source-in_kind"')[2].partition("</table>")[0]
        activity = client.get(plan.activities.get().get_absolute_url()).content.decode()
        assert (
            "Terpakai Rp0 dari Rp12.000.000" in activity
            and "terpakai Rp7.000.000 dari Rp0" in activity
        )

    def test_are_goods_in_the_sheet(self, client, sign_in, plan, goods):
        sign_in("chair")
        rows = sheet_of(client, plan)
        assert (rows[1]["Pengeluaran (uang)"], rows[1]["Pengeluaran (barang/jasa)"]) == (
            0,
            7_000_000,
        )


def sheet_of(client, plan):
    answer = client.get(reverse("programs:plan_export", args=[plan.pk]))
    head, *rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    return {n: dict(zip(head, row, strict=True)) for n, row in enumerate(rows, 1)}


class TestRevision:
    @pytest.fixture
    def revision(self, plan):
        """Add an activity that the approved version does not have, with expenses of each kind."""
        plan.revise(by=None, reason="Anggaran berubah.")
        added = factories.activity(factories.fresh(plan), title="Pelatihan tambahan", role=3)
        spend(added, factories.source(), 4_000_000)
        spend(added, factories.source(kind="private", support="in_kind"), 1_500_000, month=10)
        spend(plan.activities.get(title="Kegiatan 1"), factories.source(), 500_000)
        return factories.fresh(plan)

    def test_what_is_spent_on_a_new_activity_stands_in_a_row_of_its_own(self, revision):
        found = progress_of(revision)
        assert (found.whole.cash_spent, found.whole.in_kind_spent) == (4_500_000, 1_500_000)
        for groups in (found.by_role, found.by_regency):
            assert (
                groups[-1].label,
                groups[-1].cash,
                groups[-1].cash_spent,
                groups[-1].in_kind_spent,
            ) == (
                BEYOND,
                0,
                4_000_000,
                1_500_000,
            )
        assert [(role, group.cash_spent) for role, group in found.shelves] == [
            (1, 0),
            (2, 500_000),
            (3, 0),
        ]

    def test_there_is_no_such_row_without_it(self, plan):
        assert all(group.label != BEYOND for group in progress_of(plan).by_role)

    def test_its_number_leads_to_its_rows(self, client, sign_in, revision):
        sign_in("chair")
        page = client.get(reverse("programs:plan_outcome", args=[revision.pk])).content.decode()
        assert page.count(BEYOND) == 3  # by role, by regency, by activity
        rows = client.get(
            reverse("programs:plan_spending", args=[revision.pk]), {"baru": 1, "bentuk": "cash"}
        )
        assert [(row.activity.title, row.amount) for row in rows.context["page"]] == [
            ("Pelatihan tambahan", 4_000_000)
        ]
        assert "Rp4.000.000" in rows.content.decode() and "Rp1.500.000" not in rows.content.decode()

    def test_a_source_that_becomes_goods_once_nothing_uses_it_stays_money_in_what_was_approved(
        self, plan
    ):
        source = FundingSource.objects.get()
        plan.revise(by=None, reason="Anggaran berubah.")
        row = plan.activities.select_related("plan").get()
        save_activity(activity=row, budget={source: None}, by=None, version=row.version)
        source.support = "in_kind"
        source.full_clean(exclude=["idempotency_key"])
        source.save_as(by=None)
        spend(row, source, 300_000)
        found = progress_of(factories.fresh(plan))
        assert (found.whole.cash, found.whole.in_kind) == (12_000_000, 0)
        assert (found.whole.cash_spent, found.whole.in_kind_spent) == (0, 300_000)
        assert [(use.source.in_kind, use.source.amount, use.spent) for use in found.by_source] == [
            (False, 12_000_000, 0),
            (True, 0, 300_000),
        ]


@pytest.mark.parametrize(
    "asked",
    [
        "peran=9",
        "triwulan=7",
        "triwulan=0",
        "kegiatan=x",
        "sumber=999999",
        "bentuk=emas",
        "wilayah=X",
    ],
)
def test_what_is_not_there_selects_nothing(client, sign_in, plan, asked):
    sign_in("chair")
    spend(plan.activities.get(), factories.source(), 500_000)
    answer = client.get(f"{reverse('programs:plan_spending', args=[plan.pk])}?{asked}")
    assert answer.status_code == 200 and list(answer.context["page"]) == []
    assert [total for _, total in answer.context["spending"].budgets.values()] in ([0, 0], [0])


AMOUNT = st.integers(1, 10**9)
ACTIVITY, SOURCE = st.integers(0, 5), st.integers(0, 4)


@pytest.mark.both("sums of money in SQL")
class TestOneTruth(TestCase):
    """
    Whatever is planned, revised and spent: each grouping adds up to the headline, and each number
    leads to its rows.
    """

    @settings(max_examples=20, deadline=None)
    @given(
        lines=st.dictionaries(st.tuples(ACTIVITY, SOURCE), AMOUNT, max_size=8),
        expenses=st.lists(st.tuples(ACTIVITY, SOURCE, st.integers(1, 12), AMOUNT), max_size=10),
        renamed=st.sets(SOURCE),
        retargeted=st.sets(st.integers(0, 2)),
    )
    def test_groups_add_up_to_the_headline(self, lines, expenses, renamed, retargeted):
        team = factories.team(members=factories.ROSTER[:3])
        plan = factories.plan(team, activities=0)
        kinds = [("apbn", "cash"), ("private", "cash"), ("private", "in_kind")]
        sources = [factories.source(team, kind=kind, support=support) for kind, support in kinds]
        places = [None, factories.regency(), factories.regency("19.02", "Kabupaten Belitung")]

        def add(n):
            budget = {source: lines[n, m] for m, source in enumerate(sources) if (n, m) in lines}
            months = [n * 2 + 1, n * 2 + 2]
            return factories.activity(
                factories.fresh(plan),
                role=n % 3 + 1,
                regency=places[n % 3],
                months=months,
                budget=budget,
            )

        activities = [add(n) for n in range(3)]
        plan = approved(plan)
        sources += [
            factories.source(team, kind="community", support=support)
            for support in ("cash", "in_kind")
        ]
        plan.revise(by=None, reason="Anggaran berubah.")
        activities += [add(n) for n in range(3, 6)]
        for n in retargeted:
            row = plan.activities.select_related("plan").get(pk=activities[n].pk)
            row.role = row.role % 3 + 1
            save_activity(activity=row, budget={}, by=None, version=row.version)
        for place, n, month, amount in expenses:
            spend(activities[place], sources[n], amount, month)
        for n in renamed:
            sources[n].kind, sources[n].name = "other", f"Nama {n}"
            sources[n].save_as(by=None)
        self.compare(
            progress_of(factories.fresh(plan)),
            lines,
            [(sources[n].support, amount) for _, n, _, amount in expenses],
        )

    def compare(self, found, lines, spent):
        kinds = ["cash", "cash", "in_kind"]
        planned = {
            unit: sum(
                amount for (n, m), amount in lines.items() if n < 3 and m < 3 and kinds[m] == unit
            )
            for unit in UNITS
        }
        paid = {unit: sum(amount for kind, amount in spent if kind == unit) for unit in UNITS}
        expected = (planned["cash"], planned["in_kind"], paid["cash"], paid["in_kind"])
        for groups in (
            found.by_role,
            found.by_quarter,
            found.by_regency,
            [found.whole],
            [*found.rows.values(), found.beyond],
        ):
            sums = [
                sum(figure(group, name) for group in groups)
                for name in ("cash", "in_kind", "cash_spent", "in_kind_spent")
            ]
            self.assertEqual(tuple(sums), expected)
        tables = {table.unit: (table.amount, table.spent) for table in found.by_support}
        self.assertEqual(
            [tables.get(unit, (0, 0)) for unit in ("cash", "in_kind")],
            list(zip(expected[:2], expected[2:], strict=True)),
        )
        for group in [*found.by_role, *found.by_quarter, *found.by_regency, found.whole]:
            for unit in ("cash", "in_kind"):
                rows = Spending(found, group.asked | {"bentuk": unit})
                self.leads(rows, unit, figure(group, unit), figure(group, f"{unit}_spent"))
        for use in found.by_source:
            rows = Spending(found, dict(parse_qsl(use.query)))
            self.leads(
                rows, "in_kind" if use.source.in_kind else "cash", use.source.amount, use.spent
            )

    def leads(self, rows, unit, planned, spent):
        pairs, total = rows.budgets[unit]
        self.assertEqual((total, sum(amount for _, amount in pairs)), (planned, planned))
        self.assertEqual(
            (rows.spent[unit], sum(row.amount for row in rows.expenses)), (spent, spent)
        )


def figure(row, name):
    """Of a group, or of one activity."""
    return getattr(row, name) if hasattr(row, name) else getattr(row.item, name)


def approved(plan):
    plan = factories.fresh(plan)
    submit_plan(plan=plan, by=None)
    approve_plan(plan=plan, by=None)
    return factories.fresh(plan)


def test_every_number_of_the_page_leads_to_rows_with_that_sum(client, sign_in, plan):
    """
    As a reader follows them: each amount that is a link, compared with the amounts on the page it
    leads to.
    """
    sign_in("chair")
    spend(plan.activities.get(), factories.source(), 500_000)
    spend(plan.activities.get(), factories.source(kind="private", support="in_kind"), 7_000_000)
    page = client.get(reverse("programs:plan_outcome", args=[plan.pk])).content.decode()
    links = set(
        re.findall(
            r'href="(/rencana/\d+/realisasi/rincian/[^"#]*)(#pengeluaran)?">(Rp[\d.]+)<', page
        )
    )
    assert len(links) > 10
    for url, part, amount in links:
        answer = client.get(url.replace("&amp;", "&")).context
        unit = answer["spending"].unit
        rows = (
            [row.amount for row in answer["page"]]
            if part
            else [n for _, n in answer["spending"].budgets[unit][0]]
        )
        assert rupiah(sum(rows)) == amount, url
