"""The villages of a place by their stage of expansion; each number has an address."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from advocacy.expansion_stages import Stage
from advocacy.querysets.expansion_villages import BEGUN, GONE, NONE, OPENED, OTHER
from sinergi.kit.text import thousands
from villages.models import Village

#: The columns of the coverage, in their order.
COLUMNS = {NONE: "Belum ada"} | {stage.value: stage.label for stage in Stage}
WITH_OTHER = COLUMNS | {OTHER: "Sumber lain"}
#: What the list of villages may be asked for.
CHOICES = WITH_OTHER | {
    BEGUN: "Sudah dimulai",
    OPENED: "Berjalan atau mandiri",
    GONE: "Tidak lagi dalam daftar resmi",
}


def coverage_columns(source):
    """Return {column: label}; with a source, villages of the others have a column of their own."""
    return COLUMNS if source is None else WITH_OTHER


def village_list_url(**asked):
    """Return the address of the villages that are asked for (ExpansionVillageList)."""
    return f"{reverse('advocacy:expansion_village_list')}?{urlencode(asked)}"


def board_url(**asked):
    """Return the address of the board of the same villages (ExpansionBoard)."""
    return f"{reverse('advocacy:expansion_board')}?{urlencode(asked)}"


def kinds_in_words(kinds):
    """Return 309 desa, 84 kelurahan."""
    told = [
        f"{thousands(kinds[kind])} {kind.label.lower()}" for kind in Village.Kind if kinds.get(kind)
    ]
    return ", ".join(told) or "0 desa"


@dataclass(frozen=True)
class CoverageCell:
    """How many villages of a place stand at a stage, and the address of exactly these."""

    label: str
    number: int
    url: str
    css: str = ""


@dataclass(frozen=True)
class CoverageRow:
    """
    A place: `counts` are {column: how many}, which add up to its villages; `asked` the parameters
    that lead to them. `code` and `full_name` are for downloads: those of every other list.
    """

    name: str
    counts: Counter
    kinds: dict
    asked: dict
    columns: dict
    url: str = ""
    is_sum: bool = False
    code: str = ""
    full_name: str = ""

    @property
    def villages(self):
        return sum(self.counts.values())

    @property
    def has_begun(self):
        return self.counts[NONE] < self.villages

    @property
    def kinds_text(self):
        return kinds_in_words(self.kinds)

    @property
    def villages_url(self):
        return village_list_url(**self.asked)

    @property
    def cells(self):
        order = [stage.value for stage in Stage if stage != Stage.STOPPED]
        return [
            CoverageCell(
                label,
                self.counts[column],
                village_list_url(**self.asked, tahap=column),
                f"m{order.index(column) + 1}" if column in order else "",
            )
            for column, label in self.columns.items()
        ]


def coverage_rows(places, kinds, tallied, *, source, columns, row):
    """
    Return the CoverageRow of every place in `places` [(key, name)]; `kinds` as of `village_kinds`,
    `tallied` as of `tally`, and `row` makes one of (key, name, counts, kinds).
    """
    counts = {}
    for one in tallied:
        column = OTHER if source not in (None, one.source) else one.stage
        counts.setdefault(one.place, Counter())[column] += one.cases
    rows = []
    for key, name in places:
        found = counts.get(key, Counter())
        found[NONE] = sum(kinds[key].values()) - sum(found.values())
        rows.append(row(key, name, found, kinds[key]))
    return rows


def sum_rows(rows, row):
    """Return the CoverageRow of all of them together."""
    counts, kinds = Counter(), Counter()
    for one in rows:
        counts.update(one.counts)
        kinds.update(one.kinds)
    return row(counts, kinds)


def coverage_sentence(row):
    """Return 368 + 3 + 2 + 1 + 1 + 1 + 14 + 2 + 1 = 393."""
    numbers = " + ".join(thousands(row.counts[column]) for column in row.columns)
    return f"{numbers} = {thousands(row.villages)}"
