"""
The plan against what happened: progress counted from logs, lateness read from the months, money
from the expenses.

What was planned is money or goods as the version says (`plan_versions.Share`), what was spent is
money or goods as the source of the expense is: neither is looked up in the other. An expense
counts whether or not the version knows its activity and its source, so that every grouping of a
page has the same sum (`programs/spending.py` has the rows behind each).

Nothing here is stored. A log is whatever a floor above ties to an activity (`activity_logs`).
What partners promised and gave is read through a reverse manager, too, from the team's commitments.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Sum
from django.db.models.functions import ExtractQuarter

from programs.activity_logs import expansion_logs, logs_of, report_logs, tied_to
from programs.activity_progress import ActivityProgress, ActivityWork
from programs.models import Expense, FundingSource
from programs.plan_versions import PlanSource
from programs.support_totals import UNITS, SupportTotals

QUARTER_NUMBERS = ("I", "II", "III", "IV")
#: What was spent on activities that the version does not have: those added in a revision that is
#: not approved yet.
BEYOND = "Kegiatan baru dalam revisi"
PROVINCE_LEVEL = "Tingkat provinsi"


@dataclass
class ActivityGroup:
    """Activities taken together, and how many of them are done."""

    label: str
    rows: list[ActivityWork] = field(default_factory=list)

    @property
    def complete(self):
        return sum(row.is_complete for row in self.rows)

    @property
    def overdue(self):
        return sum(row.is_overdue for row in self.rows)


@dataclass
class SpendingGroup(ActivityGroup):
    """
    Activities taken together by role, quarter or regency, with the sums of a page.

    `asked` is the query that leads to the rows behind them; `more_support` is of activities that
    are not among its rows.
    """

    cash_spent: int = 0
    in_kind_spent: int = 0
    asked: dict = field(default_factory=dict)
    more_support: SupportTotals = field(default_factory=SupportTotals)

    @property
    def support(self):
        return sum((row.support for row in self.rows), self.more_support)

    @property
    def cash(self):
        return sum(row.item.cash for row in self.rows)

    @property
    def in_kind(self):
        return sum(row.item.in_kind for row in self.rows)

    @property
    def query(self):
        return urlencode(self.asked)

    def __bool__(self):
        return bool(self.rows or self.cash_spent or self.in_kind_spent or self.more_support)


@dataclass
class SourceUse:
    """
    One source against its expenses under this plan.

    `source` is a PlanSource: as the version has it, or as it is now where only expenses name it.
    """

    source: object
    spent: int

    @property
    def left(self):
        """What is left of what was planned; below zero when more was spent."""
        return self.source.amount - self.spent

    @property
    def overspent(self):
        return max(0, -self.left)

    @property
    def query(self):
        return urlencode({"sumber": self.source.id, "bentuk": unit_of(self.source.in_kind)})


@dataclass
class SourceTable:
    """The sources of money, or those of goods and services; the two are never added up."""

    unit: str
    uses: list[SourceUse]

    @property
    def label(self):
        return UNITS[self.unit]

    @property
    def amount(self):
        return sum(use.source.amount for use in self.uses)

    @property
    def spent(self):
        return sum(use.spent for use in self.uses)

    @property
    def left(self):
        return self.amount - self.spent

    @property
    def overspent(self):
        return max(0, -self.left)


def unit_of(in_kind):
    return "in_kind" if in_kind else "cash"


class PlanWork:
    """
    What was done of one plan on one day; one query however many activities, and one more where
    reports count, or the villages that moved.

    `version` is its Version; `alone` is the key of the only activity to read, if not all.
    """

    row = ActivityWork

    def __init__(self, plan, version, *, today=None, alone=None):
        self.plan, self.version, self.today, self.alone = (
            plan,
            version,
            today or plan.team.today,
            alone,
        )
        items = [item for item in version.items if alone in (None, item.id)]
        self.rows = {item.id: self.row(item, plan.year, self.today) for item in items}
        derived = report_logs(plan, items) + expansion_logs(plan, items)
        for log in logs_of(plan, alone) + derived:
            if row := self.rows.get(log.activity):
                row.take(log)

    def __getitem__(self, activity):
        return self.rows[activity]

    @property
    def done(self):
        return {key: row.done for key, row in self.rows.items()}

    @property
    def has_logs(self):
        return any(row.logs for row in self.rows.values())

    @property
    def shelves(self):
        """[(role, its activities)]"""
        return [
            (
                section.role,
                self._group(
                    section.label,
                    [self.rows[item.id] for item in section.items],
                    peran=section.role,
                ),
            )
            for section in self.version.sections
        ]

    @staticmethod
    def _group(label, rows, **asked):
        return ActivityGroup(label, list(rows))


class PlanProgress(PlanWork):
    """
    Everything about one plan on one day, with money and goods; the same queries however many rows.
    """

    row = ActivityProgress

    def __init__(self, plan, version, *, today=None, alone=None):
        super().__init__(plan, version, today=today, alone=alone)
        for row in self.rows.values():
            row.supports = self._read_support
        self._spent_beyond = SpendingGroup(BEYOND, asked={"baru": 1})
        self._read_expenses()

    @cached_property
    def _support(self):
        return self.plan.team.commitments.support_of(self.plan, self.alone)

    def _read_support(self):
        """Read what partners promised and gave: two queries, made only by a page that shows it."""
        return self._support

    @cached_property
    def beyond(self):
        """What was spent, promised and given for activities that the version does not have."""
        self._spent_beyond.more_support = sum(
            (support for activity, support in self._support.items() if activity not in self.rows),
            SupportTotals(),
        )
        return self._spent_beyond

    def _read_expenses(self):
        self.spent, self.spent_by_quarter = Counter(), defaultdict(Counter)
        rows = (
            Expense.objects.filter(tied_to(self.plan, self.alone))
            .order_by()
            .annotate(quarter=ExtractQuarter("spent_on"))
        )
        sources, names = {}, ["source_id", "source__kind", "source__support", "source__name"]
        sums = rows.values_list("activity_id", "quarter", *names).annotate(Sum("amount"))
        for activity, quarter, key, kind, support, name, amount in sums:
            if key not in sources:
                source = FundingSource(pk=key, kind=kind, support=support, name=name)
                sources[key] = PlanSource(key, source.label, kind, source.is_in_kind, None, 0)
            in_kind = sources[key].in_kind
            self.spent[key, in_kind] += amount
            self.spent_by_quarter[quarter][unit_of(in_kind)] += amount
            row = self.rows.get(activity, self._spent_beyond)
            setattr(
                row, f"{unit_of(in_kind)}_spent", getattr(row, f"{unit_of(in_kind)}_spent") + amount
            )
        self.live = {(key, source.in_kind): source for key, source in sources.items()}

    @property
    def whole(self):
        whole = self._group("Seluruh rencana", self.rows.values())
        whole.cash_spent += self.beyond.cash_spent
        whole.in_kind_spent += self.beyond.in_kind_spent
        whole.more_support += self.beyond.support
        return whole

    @property
    def by_role(self):
        return [group for _, group in self.shelves] + self._more

    @property
    def by_quarter(self):
        """
        Activities by the quarter in which they are due; expenses by the quarter in which they were
        made.
        """
        quarters = sorted(
            {(month + 2) // 3 for month in self.plan.months} | set(self.spent_by_quarter)
        )
        groups = []
        for quarter in quarters:
            spent = self.spent_by_quarter[quarter]
            rows = [row for row in self.rows.values() if row.due_quarter == quarter]
            asked = {"triwulan": quarter}
            groups.append(
                SpendingGroup(
                    f"Triwulan {QUARTER_NUMBERS[quarter - 1]}",
                    rows,
                    spent["cash"],
                    spent["in_kind"],
                    asked,
                )
            )
        return groups

    @property
    def by_regency(self):
        places = defaultdict(list)
        for row in self.rows.values():
            places[row.item.regency].append(row)
        return [
            self._group(name or PROVINCE_LEVEL, places[name], wilayah=name)
            for name in sorted(places)
        ] + self._more

    @property
    def by_source(self):
        """Money first, then goods; every source that gives or was spent from."""
        sources = self.live | {
            (source.id, source.in_kind): source for source in self.version.sources
        }
        used = [
            SourceUse(source, self.spent[key])
            for key, source in sources.items()
            if source.amount or self.spent[key]
        ]
        return sorted(
            used, key=lambda use: (use.source.in_kind, -use.source.amount, use.source.label)
        )

    @property
    def by_support(self):
        """The sources of money, and those of goods; of each a table, where there are any."""
        uses = self.by_source
        tables = [
            SourceTable(unit_of(kind), [use for use in uses if use.source.in_kind == kind])
            for kind in (False, True)
        ]
        return [table for table in tables if table.uses]

    @property
    def _more(self):
        return [self.beyond] if self.beyond else []

    @staticmethod
    def _group(label, rows, **asked):
        rows = list(rows)
        return SpendingGroup(
            label,
            rows,
            sum(row.cash_spent for row in rows),
            sum(row.in_kind_spent for row in rows),
            asked,
        )
