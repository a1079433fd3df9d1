"""The four states of the three outcomes, counted for places; each number has an address."""

from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from villages.reports.drawings import draw_spines
from villages.reports.fields import Outcome
from villages.reports.scores import ScoreState

#: Numbers from which on four of them need room.
WIDE = 1000


@dataclass
class ScoreRow:
    """
    A place: `counts` are {outcome: {state: how many}}, `asked` the parameters that lead to its
    libraries; `waiting` how many reports of it nobody has verified yet. `cells` are [(outcome,
    drawing, [(state, how many, the address of exactly these)])]; without `is_drawn` in numbers
    alone, for 38 provinces of hundreds are too much for a weak signal.
    """

    name: str
    counts: dict
    asked: dict
    url: str = ""
    waiting: int = 0
    waiting_url: str = ""
    is_sum: bool = False
    is_drawn: bool = True
    cells: list = field(init=False)

    def __post_init__(self):
        self.cells = [
            (
                outcome,
                draw_spines(counts) if self.is_drawn else "",
                [self.link(outcome, state) for state in ScoreState],
            )
            for outcome, counts in self.counts.items()
        ]

    def link(self, outcome, state):
        """Return (state, how many, the address of exactly these)."""
        asked = urlencode(self.asked | {"sasaran": outcome.value, "keadaan": state.value})
        url = f"{reverse('villages:score_list')}?{asked}"
        return state, self.counts[outcome][state], url

    @property
    def libraries(self):
        return sum(self.counts[Outcome.SERVICE].values())

    @property
    def is_wide(self):
        """Whether a number of it takes more room than a column of four has."""
        return self.libraries >= WIDE

    @property
    def badness(self):
        """What "worst first" sorts by: the share of red, then of yellow, of all three outcomes."""
        whole = self.libraries * len(Outcome) or 1
        return [
            -Fraction(sum(states[state] for states in self.counts.values()), whole)
            for state in (ScoreState.RED, ScoreState.YELLOW)
        ]


def sum_counts(rows):
    """Return the counts of several places as one."""
    return {
        outcome: {state: sum(row.counts[outcome][state] for row in rows) for state in ScoreState}
        for outcome in Outcome
    }


def sum_sentence(row):
    """Setiap sasaran berjumlah sama: layanan 8 + 5 + 1 + 3, …, yaitu 17 perpustakaan."""
    told = [
        f"{outcome.short.lower()} {' + '.join(str(counts[state]) for state in ScoreState)}"
        for outcome, counts in row.counts.items()
    ]
    return f"Setiap sasaran berjumlah sama: {', '.join(told)}, yaitu {row.libraries} perpustakaan."
