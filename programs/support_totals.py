"""
What partners promised and what came of it, as sums that never mix: money, goods and services by
their value, and policies, which are counted, with the budget that some of them bring. All amounts
are whole rupiah.
"""

from dataclasses import dataclass, field, fields

UNITS = {"cash": "Uang", "in_kind": "Barang dan jasa", "policy": "Kebijakan"}
#: Kind of a commitment → the sum it belongs to.
UNIT_OF = {"money": "cash", "goods": "in_kind", "services": "in_kind", "policy": "policy"}


@dataclass
class Tally:
    """
    Sums over commitments of one unit.

    `promised` is what was ever promised, `realised` what came; `withdrawn` and `outstanding` are
    less what had come of them. `commitments`, `realisations`, `taken_back` and `open` count the
    rows behind each amount.
    """

    promised: int = 0
    realised: int = 0
    withdrawn: int = 0
    outstanding: int = 0
    commitments: int = 0
    realisations: int = 0
    taken_back: int = 0
    open: int = 0

    def promise(self, value, missing, *, of=1, withdrawn, done):
        """
        Count `of` commitments that have one fate: their values (0 where one has none) and what has
        not come of them, each in sum.
        """
        self.promised += value
        self.commitments += of
        if withdrawn:
            self.withdrawn += missing
            self.taken_back += of
        elif not done:
            self.outstanding += missing
            self.open += of

    def realise(self, amount, times=1):
        """Count what came: its amount (0 where it has none), and how often."""
        self.realised += amount
        self.realisations += times

    def __add__(self, other):
        return Tally(
            *(getattr(self, column.name) + getattr(other, column.name) for column in fields(self))
        )

    def __bool__(self):
        return bool(self.commitments or self.realisations)


@dataclass
class SupportTotals:
    """The three tallies side by side."""

    cash: Tally = field(default_factory=Tally)
    in_kind: Tally = field(default_factory=Tally)
    policy: Tally = field(default_factory=Tally)

    def of(self, kind):
        """Return the tally of commitments of this kind."""
        return getattr(self, UNIT_OF[kind])

    def __add__(self, other):
        return SupportTotals(*(getattr(self, unit) + getattr(other, unit) for unit in UNITS))

    @property
    def units(self):
        """(key, label, tally) of those in which there is something."""
        return [
            (key, label, getattr(self, key)) for key, label in UNITS.items() if getattr(self, key)
        ]

    def __bool__(self):
        return bool(self.units)
