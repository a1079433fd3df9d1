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
from math import ceil

from django.db.models import TextChoices

from sinergi.kit.money import rupiah
from sinergi.kit.text import thousands
from villages.reports.checks import UNKNOWN
from villages.reports.fields import BY_KEY, Outcome
from villages.reports.indicators import Indicator, Limits, decimal_text, indicators_of

#: Percents of a whole.
WHOLE = 100


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
    limits: Limits | None
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
        return self.indicator.limit_text(self.limits.green)

    @property
    def yellow_text(self):
        return self.indicator.limit_text(self.limits.yellow)


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
    def rule_text(self):
        """Return where the colours begin, and how much of the weight is known."""
        return (
            f"Hijau mulai {share_text(self.green_from)}, kuning mulai"
            f" {share_text(self.yellow_from)}. Yang diketahui {self.known_weight}% bobot; di bawah"
            f" {self.minimum}% hasilnya tidak ada data, bukan merah."
        )

    @property
    def next_step_text(self):
        """Return what would make it green, in words, or ""."""
        if self.state not in (ScoreState.YELLOW, ScoreState.RED):
            return ""
        if self.next_step is None:
            return "Menjadi hijau bila lebih dari satu indikator membaik."
        one, missing = self.next_step
        indicator, limit = one.indicator, one.indicator.text(one.limits.green)
        unit = "%" if indicator.factor == WHOLE else ""
        missing = Fraction(ceil(missing * WHOLE), WHOLE)  # never less than what it takes
        told = rupiah(ceil(missing)) if indicator.is_money else f"{decimal_text(missing)}{unit}"
        more = "lebih sedikit" if indicator.lower_is_better else "lagi"
        return (
            f"Menjadi hijau bila {indicator.label.lower()} {limit}, yaitu {told} {more} dari"
            " sekarang."
        )

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


def share_text(percent):
    """Return so many percent as a share, with two places: 0,80."""
    whole, part = divmod(percent, WHOLE)
    return f"{whole},{part:02}"


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


@dataclass(frozen=True)
class IndicatorTotal:
    """
    An indicator over many libraries: sums of the parts, which are divided last. `total` is that of
    the numerator of the `told` who know it; `numerator` and `denominator` those of the `known`
    whose value can be told.
    """

    indicator: Indicator
    expected: int
    total: int | None
    told: int
    numerator: int | None
    denominator: int | None
    known: int

    @property
    def value(self):
        if not self.known:
            return None
        return Fraction(self.numerator * self.indicator.factor, self.denominator)

    @property
    def value_text(self):
        """Return it as all libraries together have it: 50%; or for one of them: 92,14."""
        if self.value is None:
            return ""
        per = "" if self.indicator.denominator else " per perpustakaan"
        return f"{self.indicator.text(self.value)}{per}"

    @property
    def total_text(self):
        """Pengunjung: 3.870 orang, dilaporkan 14 dari 17 perpustakaan."""
        indicator = self.indicator
        field = None if indicator.counted else BY_KEY[indicator.numerator]
        label, unit = (field.label, field.unit) if field else (indicator.label, indicator.unit)
        if self.total is None:
            told = UNKNOWN
        else:
            told = rupiah(self.total) if indicator.is_money else f"{thousands(self.total)} {unit}"
        by = "dihitung pada" if indicator.counted else "dilaporkan"
        share = f"{thousands(self.told)} dari {thousands(self.expected)}"
        return f"{label}: {told}, {by} {share} perpustakaan."

    @property
    def arithmetic(self):
        """
        3.870 ÷ (3 bulan × 14 perpustakaan) = 92,14 per perpustakaan; 31 ÷ 62 pengelola = 50%
        """
        if self.value is None:
            return ""
        indicator = self.indicator
        if indicator.denominator:
            by = f"{thousands(self.denominator)} {BY_KEY[indicator.denominator].label.lower()}"
        elif indicator.divisor != 1:
            by = f"({indicator.divisor} bulan × {thousands(self.known)} perpustakaan)"
        else:
            by = f"{thousands(self.known)} perpustakaan"
        above = rupiah(self.numerator) if indicator.is_money else thousands(self.numerator)
        return f"{above} ÷ {by} = {self.value_text}"
