"""
The indicators of the three outcomes, in one place: what is divided by what, and which direction is
good. Where green and yellow begin and how much each weighs is not here, but in the thresholds of a
year (villages.models.thresholds); the samples below are what a first set begins with.

Sources: for titles and opening hours the standard of village libraries (Perka Perpusnas 6/2017: at
least 1,000 titles, six hours a day); what is counted is what Perpusnas asks for (letter
6617/2/PRC.04.00/VIII.2021) and what the literacy index counts (Perpusnas 7/2025 art. 15). The other
samples are the office's own to change.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sinergi.kit.money import rupiah
from sinergi.kit.text import thousands
from villages.reports.fields import BY_KEY, Outcome

MONTHS = 3  # of a quarter


@dataclass(frozen=True)
class Limits:
    """
    Where green and yellow begin, and the weight in percent of the outcome; 0 leaves it uncounted.
    """

    green: Decimal
    yellow: Decimal
    weight: int


@dataclass(frozen=True)
class Indicator:
    """
    A value of one library in one quarter: `numerator` times `factor`, divided by the field
    `denominator`, or by `divisor` where there is none. With `counted`, the numerator is no field of
    the report, but how many rows of that kind Sinergi knows itself: known of whoever has reported.
    """

    key: str
    label: str
    unit: str
    outcome: Outcome
    numerator: str
    sample: Limits
    denominator: str = ""
    divisor: int = 1
    factor: int = 1
    counted: bool = False
    lower_is_better: bool = False

    @property
    def is_money(self):
        return not self.counted and BY_KEY[self.numerator].is_money

    @property
    def sign(self):
        return "≤" if self.lower_is_better else "≥"

    def value(self, numerator, denominator=None):
        """
        Return the value as a Fraction, or None where a part of it is not known, or there is nothing
        to divide by.
        """
        by = denominator if self.denominator else self.divisor
        return Fraction(numerator * self.factor, by) if numerator is not None and by else None

    def is_reached(self, value, limit):
        """Return whether a value lies on the good side of a limit, or on it; nothing is rounded."""
        limit = Fraction(limit)
        return value <= limit if self.lower_is_better else value >= limit

    def text(self, value):
        """Return a value or a limit as a person reads it: 86, 12,5%, Rp5.000.000."""
        if self.is_money:
            return rupiah(int(value))
        return f"{decimal_text(value)}{'%' if self.factor == 100 else ''}"

    def limit_text(self, limit):
        """≥ 100"""
        return f"{self.sign} {self.text(limit)}"


def decimal_text(value, places=2):
    """
    Return a number with at most so many places after the comma, cut and never rounded up: 79,99 is
    not shown as 80 beside a limit of 80.
    """
    scaled = int(Fraction(value) * 10**places)
    whole, part = divmod(scaled, 10**places)
    digits = f"{part:0{places}}".rstrip("0")
    return f"{thousands(whole)},{digits}" if digits else thousands(whole)


def largest_limit(*, is_money):
    """
    Return what a limit stays below: times the largest denominator of a report, in hundredths, it is
    a whole number of eight bytes.
    """
    return 10**13 if is_money else 10**9


def limits(green, yellow, weight):
    return Limits(Decimal(green), Decimal(yellow), weight)


S, U, C = Outcome.SERVICE, Outcome.USE, Outcome.COMMITMENT

INDICATORS = (
    Indicator("titles", "Judul koleksi", "judul", S, "titles", limits(1000, 500, 30)),
    Indicator("opening_hours", "Jam buka sepekan", "jam", S, "opening_hours", limits(30, 15, 25)),
    Indicator(
        "online_computers",
        "Komputer tersambung internet",
        "unit",
        S,
        "online_computers",
        limits(2, 1, 20),
    ),
    Indicator(
        "trained_staff",
        "Pengelola yang sudah bimtek",
        "persen",
        S,
        "trained_staff",
        limits(50, 25, 25),
        denominator="staff",
        factor=100,
    ),
    Indicator(
        "visitors",
        "Pengunjung per bulan",
        "orang",
        U,
        "visitors",
        limits(100, 50, 40),
        divisor=MONTHS,
    ),
    Indicator(
        "participants",
        "Peserta per kegiatan",
        "orang",
        U,
        "participants",
        limits(12, 6, 30),
        denominator="activities",
    ),
    Indicator(
        "ict_users",
        "Pengguna komputer dan internet per bulan",
        "orang",
        U,
        "ict_users",
        limits(20, 5, 15),
        divisor=MONTHS,
    ),
    Indicator(
        "loans", "Buku dipinjam per bulan", "kali", U, "loans", limits(50, 20, 15), divisor=MONTHS
    ),
    Indicator(
        "village_budget",
        "Anggaran desa yang cair",
        "rupiah",
        C,
        "village_budget",
        limits(5_000_000, 1_000_000, 40),
    ),
    Indicator("partners", "Mitra yang membantu", "mitra", C, "partners", limits(3, 1, 30)),
    Indicator("policies", "Kebijakan tertulis", "kebijakan", C, "policies", limits(1, 1, 20)),
    Indicator("media", "Publikasi media", "berita", C, "media", limits(2, 1, 10)),
    Indicator(
        "visits",
        "Kunjungan tim yang tercatat",
        "kunjungan",
        C,
        "visits",
        limits(1, 1, 0),
        counted=True,
    ),
)
INDICATOR_BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def indicators_of(outcome):
    """Return the indicators of an outcome, in their order."""
    return [indicator for indicator in INDICATORS if indicator.outcome == outcome]
