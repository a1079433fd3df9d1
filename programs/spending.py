"""
The rows behind the sums of a plan's outcome: what the version budgets, and the expenses, in the
same groups as programs.progress. The sum of each list is the number that leads to it.
"""

from django.db.models import Q, Sum

from programs.models import Expense, FundingSource
from programs.progress import BEYOND, PROVINCE_LEVEL, QUARTER_NUMBERS, unit_of
from programs.support_totals import UNITS
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.text import parse_number

#: What a download tells of each expense.
EXPENSE_COLUMNS = (
    Column("Tanggal", "spent_on", Cell.DATE),
    Column("Untuk apa", "what"),
    Column("Kegiatan", "activity__title"),
    Column("Sumber dana", "source__kind", read=labels_of(FundingSource.Kind)),
    Column("Keterangan sumber", "source__name"),
    Column("Bentuk", "source__support", read=labels_of(FundingSource.Support)),
    Column("Jumlah", "amount", Cell.RUPIAH, about="rupiah; uang dan barang tidak dijumlahkan"),
    Column("Nomor bukti", "receipt_number"),
    Column("Ada bukti", "file", Cell.YES_NO, read=bool),
    page_column("programs:activity_detail", "activity_id", label="Halaman kegiatannya"),
)


class Spending:
    """
    One selection of a plan's budget and expenses, as `SpendingGroup.asked` and `SourceUse.query`
    ask for it.

    `progress` is a PlanProgress, `params` the query of the address. What is asked for and does not
    exist selects nothing.
    """

    def __init__(self, progress, params):
        self.progress, self.params = progress, params
        self.rows = list(progress.rows.values())
        self.expenses = Expense.objects.of_plan(progress.plan)
        self.labels = []
        self.source, self.unit = parse_number(params.get("sumber")), params.get("bentuk", "")
        for name in ("peran", "triwulan", "wilayah", "baru", "kegiatan", "sumber", "bentuk"):
            if name in params:
                getattr(self, f"_of_{name}")(params[name])

    @property
    def label(self):
        return ", ".join(self.labels) or "Seluruh rencana"

    @property
    def budgets(self):
        """{unit: ([(item, rupiah)], their sum)}; the units that were asked for."""
        found = {}
        for unit in self.units:
            pairs = [
                (row.item, sum(share.amount for share in self._shares(row.item, unit)))
                for row in self.rows
            ]
            pairs = [(item, amount) for item, amount in pairs if amount]
            found[unit] = (pairs, sum(amount for _, amount in pairs))
        return found

    @property
    def spent(self):
        """{unit: rupiah}; one query."""
        sums = dict(self.expenses.order_by().values_list("source__support").annotate(Sum("amount")))
        return {unit: sums.get(unit, 0) for unit in self.units}

    @property
    def units(self):
        return [self.unit] if self.unit in UNITS else ["cash", "in_kind"]

    def _shares(self, item, unit):
        of_source = (
            share
            for share in item.shares
            if "sumber" not in self.params or share.source == self.source
        )
        return [share for share in of_source if unit_of(share.in_kind) == unit]

    def _keep(self, rows):
        """Only these activities, and what was spent on them."""
        self.rows = list(rows)
        self.expenses = self.expenses.filter(activity__in=[row.item.id for row in self.rows])

    def _of_peran(self, value):
        self._keep(row for row in self.rows if row.item.role == parse_number(value))
        self.labels += [
            group.label for role, group in self.progress.shelves if role == parse_number(value)
        ]

    def _of_triwulan(self, value):
        quarter = parse_number(value)
        self.rows = [row for row in self.rows if row.due_quarter == quarter]
        self.expenses = self.expenses.filter(spent_on__quarter=quarter)
        self.labels += (
            [f"Triwulan {QUARTER_NUMBERS[quarter - 1]}"]
            if 0 < quarter <= len(QUARTER_NUMBERS)
            else []
        )

    def _of_wilayah(self, value):
        self._keep(row for row in self.rows if row.item.regency == value)
        self.labels.append(value or PROVINCE_LEVEL)

    def _of_baru(self, value):
        known = [row.item.id for row in self.rows]
        self.rows, self.expenses = [], self.expenses.exclude(activity__in=known)
        self.labels.append(BEYOND)

    def _of_kegiatan(self, value):
        self._keep(row for row in self.rows if row.item.id == parse_number(value))
        self.labels += [f"{row.item.number} {row.item.title}" for row in self.rows]

    def _of_sumber(self, value):
        self.expenses = self.expenses.filter(source=self.source)
        self.labels += list(
            dict.fromkeys(
                use.source.label for use in self.progress.by_source if use.source.id == self.source
            )
        )

    def _of_bentuk(self, value):
        if value not in FundingSource.Support.values:
            self.rows, self.expenses = [], self.expenses.filter(Q(pk__in=[]))
            return
        self.expenses = self.expenses.filter(source__support=value)
        self.labels.append(UNITS[value].lower())
