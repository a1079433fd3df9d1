"""Eight quarters of a figure: its sums, where too few reported it, and the line that is drawn."""

from dataclasses import dataclass

from sinergi.kit.text import thousands
from villages.quarters import NUMBERS, Quarter
from villages.reports.drawings import draw_line
from villages.reports.fields import BY_KEY, ReportField

QUARTERS = 8
#: Percent of the libraries that have to report a figure, where no set of thresholds says.
MINIMUM = 60
#: What leads in each outcome.
LEADING = tuple(BY_KEY[key] for key in ("trained_staff", "visitors", "partners"))
NO_DATA = "tidak ada data"


def last_quarters(quarter):
    """Return the eight quarters that end with this one, the oldest first."""
    return [quarter.moved(-back) for back in range(QUARTERS - 1, -1, -1)]


@dataclass(frozen=True)
class TrendPoint:
    """
    A quarter: the sum over those who reported the figure, and how many of those expected they are.
    `url` leads to them.
    """

    quarter: Quarter
    total: int | None
    known: int
    expected: int
    minimum: int = MINIMUM
    url: str = ""

    @property
    def value(self):
        """The sum, or None where too few reported it for it to say anything."""
        enough = self.known and self.known * 100 >= self.minimum * self.expected
        return self.total if enough else None

    @property
    def value_text(self):
        return NO_DATA if self.value is None else thousands(self.value)

    @property
    def share_text(self):
        """14 dari 17"""
        return f"{thousands(self.known)} dari {thousands(self.expected)}"

    @property
    def name(self):
        """II 2019"""
        return f"{NUMBERS[self.quarter.number - 1]} {self.quarter.year}"


@dataclass(frozen=True)
class Trend:
    """A figure over quarters, the oldest first; `of_one` library, or the sums of many."""

    field: ReportField
    points: list[TrendPoint]
    of_one: bool = False

    @property
    def last(self):
        return self.points[-1]

    @property
    def gaps(self):
        return [point for point in self.points if point.value is None]

    @property
    def runs(self):
        """[(place, point)] of every row of quarters without a gap."""
        runs, current = [], []
        for place, point in enumerate(self.points):
            if point.value is None:
                current = []
                continue
            if not current:
                runs.append(current)
            current.append((place, point))
        return runs

    @property
    def text(self):
        """Return all of it in words, for whoever does not see the line."""
        told = [
            f"{point.name}: {point.value_text}" + ("" if self.of_one else f", {point.share_text}")
            for point in self.points
        ]
        return f"{self.field.label} per triwulan. {'; '.join(told)}"

    @property
    def line(self):
        """The drawing of it."""
        return draw_line(self)
