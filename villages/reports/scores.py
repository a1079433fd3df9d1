"""
The arithmetic of scores, over plain values: the same that villages.querysets.scores asks of the
database, which a property test holds side by side.

An indicator that is green counts whole, yellow half, red nothing. The score of an outcome is the
share of the weight that is known; where too little of it is known there is no score, which is a
state of its own and never red.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices

from sinergi.kit.text import thousands
from villages.reports.checks import UNKNOWN
from villages.reports.fields import BY_KEY, Outcome
from villages.reports.indicators import Indicator, Limits, decimal_text, indicators_of


class ScoreState(TextChoices):
    """How a library, or one of its indicators, stands; the best first, no data last."""

    GREEN = "green", "Hijau"
    YELLOW = "yellow", "Kuning"
    RED = "red", "Merah"
    NONE = "none", "Tidak ada data"


#: Halves that an indicator of this state counts.
HALVES = {ScoreState.GREEN: 2, ScoreState.YELLOW: 1, ScoreState.RED: 0}
SHARES = {ScoreState.GREEN: "1", ScoreState.YELLOW: "½", ScoreState.RED: "0"}


@dataclass(frozen=True)
class IndicatorScore:
    """What an indicator says of one library, and how it came to it."""

    indicator: Indicator
    limits: Limits
    numerator: int | None
    denominator: int | None = None

    @property
    def value(self):
        return self.indicator.value(self.numerator, self.denominator)

    @property
    def state(self):
        if self.value is None:
            return ScoreState.NONE
        if self.indicator.is_reached(self.value, self.limits.green):
            return ScoreState.GREEN
        if self.indicator.is_reached(self.value, self.limits.yellow):
            return ScoreState.YELLOW
        return ScoreState.RED

    @property
    def value_text(self):
        return UNKNOWN if self.value is None else self.indicator.text(self.value)

    @property
    def parts_text(self):
        """258 pengunjung ÷ 3 bulan; "" where nothing is divided; or why there is no value."""
        indicator = self.indicator
        if self.value is None:
            return "pembaginya 0" if self.denominator == 0 else "tidak ikut dihitung"
        if indicator.denominator:
            by = BY_KEY[indicator.denominator]
            divided = f"{thousands(self.denominator)} {by.label.lower()}"
        elif indicator.divisor != 1:
            divided = f"{indicator.divisor} bulan"
        else:
            return ""
        label = BY_KEY[indicator.numerator].label.lower()
        return f"{thousands(self.numerator)} {label} ÷ {divided}"

    @property
    def green_text(self):
        return f"{self.indicator.sign} {self.indicator.text(self.limits.green)}"

    @property
    def yellow_text(self):
        return f"{self.indicator.sign} {self.indicator.text(self.limits.yellow)}"


@dataclass(frozen=True)
class OutcomeScore:
    """
    The score of an outcome of one library. `green_from`, `yellow_from` and `minimum` are percents:
    of the score, and of the weight that has to be known.
    """

    outcome: Outcome
    parts: tuple[IndicatorScore, ...]
    green_from: int
    yellow_from: int
    minimum: int

    @property
    def counted(self):
        return [one for one in self.parts if one.limits.weight]

    @property
    def known(self):
        return [one for one in self.counted if one.value is not None]

    @property
    def known_weight(self):
        return sum(one.limits.weight for one in self.known)

    @property
    def weight(self):
        return sum(one.limits.weight for one in self.counted)

    @property
    def score(self):
        """The weighted share of what is known, 0 to 1 as a Fraction, or None."""
        if not self.known_weight:
            return None
        halves = sum(HALVES[one.state] * one.limits.weight for one in self.known)
        return Fraction(halves, 2 * self.known_weight)

    @property
    def state(self):
        if self.score is None or self.known_weight * 100 < self.minimum * self.weight:
            return ScoreState.NONE
        return self.state_of(self.score)

    def state_of(self, score):
        if score * 100 >= self.green_from:
            return ScoreState.GREEN
        return ScoreState.YELLOW if score * 100 >= self.yellow_from else ScoreState.RED

    @property
    def arithmetic(self):
        """(40% × ½ + 40% × 1) ÷ 80% = 0,75"""
        if self.score is None:
            return ""
        sums = " + ".join(f"{one.limits.weight}% × {SHARES[one.state]}" for one in self.known)
        return f"({sums}) ÷ {self.known_weight}% = {decimal_text(self.score)}"

    @property
    def next_step(self):
        """
        Return the one indicator that would make this green by itself, as (IndicatorScore, what is
        still missing to its green), the nearest first; None where there is none.
        """
        if self.state not in (ScoreState.YELLOW, ScoreState.RED):
            return None
        found = []
        for one in self.known:
            gained = Fraction(2 - HALVES[one.state], 2) * one.limits.weight / self.known_weight
            if gained and self.state_of(self.score + gained) == ScoreState.GREEN:
                missing = abs(Fraction(one.limits.green) - one.value)
                found.append((missing / max(Fraction(one.limits.green), 1), one, missing))
        if not found:
            return None
        _, one, missing = min(found, key=lambda row: row[0])
        return one, missing


def score_outcome(outcome: Outcome, values: Mapping, thresholds):
    """
    Return the OutcomeScore of one library: `values` are {key of a field or of what is counted:
    number or None}, `thresholds` a set (villages.models.thresholds).
    """
    limits = thresholds.limits
    parts = tuple(
        IndicatorScore(
            indicator,
            limits[indicator.key],
            values.get(indicator.numerator),
            values.get(indicator.denominator) if indicator.denominator else None,
        )
        for indicator in indicators_of(outcome)
        if indicator.key in limits
    )
    return OutcomeScore(
        outcome, parts, thresholds.green_from, thresholds.yellow_from, thresholds.minimum
    )
