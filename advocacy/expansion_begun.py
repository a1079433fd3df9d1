"""The villages in which something has begun: by source, by year, and how long they stand."""

from collections import Counter
from dataclasses import dataclass

from advocacy.expansion_coverage import village_list_url
from advocacy.expansion_stages import UNDER_WAY
from advocacy.filters.expansion import STILL, UNKNOWN
from advocacy.models import ExpansionCase
from advocacy.querysets.expansion_villages import BEGUN


@dataclass(frozen=True)
class BegunRow:
    """Some of the villages that have begun, their share of all these, and their address."""

    label: str
    number: int
    share: str
    url: str


@dataclass(frozen=True)
class StageRow:
    """The villages at a stage under way: the days of the longest, and how many stand still."""

    label: str
    number: int
    url: str
    days: int | None
    still: int
    still_url: str


def share_of(part, whole):
    """Return a share in whole percent, rounded down: 4%; of a few "di bawah 1%"."""
    percent = part * 100 // whole if whole else 0
    return f"{percent}%" if percent or not part else "di bawah 1%"


def _rows(counted, address):
    """Return the BegunRow of [(label, number, value)]; `address` leads to those of the value."""
    whole = sum(number for _, number, _ in counted)
    return [
        BegunRow(label, number, share_of(number, whole), address(value))
        for label, number, value in counted
    ]


def begun_by_source(tallied, asked):
    """Return the BegunRow of every source, whichever is asked for; of an unknown one last."""
    counts = Counter()
    for one in tallied:
        counts[one.source] += one.cases
    counted = [(label, counts[key], key) for key, label in ExpansionCase.Source.choices]
    if counts[""]:
        counted.append(("Belum diketahui", counts[""], UNKNOWN))
    return _rows(counted, lambda key: village_list_url(**asked | {"sumber": key, "tahap": BEGUN}))


def begun_by_year(tallied, asked):
    """Return the BegunRow of every year in which something began, the last first."""
    counts = Counter()
    for one in tallied:
        counts[one.year] += one.cases
    counted = [
        (str(year), number, year) for year, number in sorted((+counts).items(), reverse=True)
    ]
    return _rows(counted, lambda year: village_list_url(**asked, tahap=BEGUN, mulai=year))


def days_by_stage(tallied, day, asked):
    """Return the StageRow of every stage under way."""
    rows = []
    for stage in UNDER_WAY:
        here = [one for one in tallied if one.stage == stage and one.cases]
        there = {**asked, "tahap": stage.value}
        rows.append(
            StageRow(
                label=stage.label,
                number=sum(one.cases for one in here),
                url=village_list_url(**there),
                days=max(((day - one.earliest).days for one in here), default=None),
                still=sum(one.still for one in here),
                still_url=village_list_url(**there, keadaan=STILL),
            )
        )
    return rows
