"""Why a library has the state it has in an outcome: the sentence, its table and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sinergi.kit.dates import in_zone, long_date
from villages.quarters import Quarter
from villages.reports.fields import Outcome
from villages.reports.scores import OutcomeScore, ScoreState, score_outcome


@dataclass(frozen=True)
class ScoreExplanation:
    """
    An outcome of a library in a quarter. `thresholds` is the set in force, or None; `report` what
    there is, whether it counts or not.
    """

    library: Any
    quarter: Quarter
    outcome: Outcome
    thresholds: Any
    report: Any
    is_counted: bool
    score: OutcomeScore | None

    @property
    def anchor(self):
        return f"mengapa-{self.outcome.value}"

    @property
    def state(self):
        return self.score.state if self.score else ScoreState.NONE

    @property
    def question(self):
        """Mengapa pemanfaatan Perpustakaan Desa Mayang kuning?"""
        return (
            f"Mengapa {self.outcome.short.lower()} {self.library.name} {self.state.label.lower()}?"
        )

    @property
    def report_text(self):
        """Return why its report says nothing yet, or ""."""
        if self.report is None:
            return "Belum ada laporan triwulan ini."
        if self.is_counted:
            return ""
        word = self.report.get_state_display().lower()
        return f"Laporannya {word}, jadi belum dihitung."

    @property
    def thresholds_text(self):
        """Ambang 2020, ditetapkan Ketua Tim 15 Januari 2020, tetap untuk semua triwulan 2020."""
        one = self.thresholds
        if one is None:
            return without_thresholds(self.quarter.year)
        day = long_date(in_zone(one.published_at, self.library.province.time_zone))
        by = one.published_by or "akun yang tidak diketahui"
        return f"{one}, ditetapkan {by} {day}, tetap untuk semua triwulan {one.year}."


def without_thresholds(year):
    return f"Ambang {year} belum ditetapkan, jadi belum ada warna."


def explain(library, quarter, *, report, counted: Mapping, sets, states):
    """
    Return {outcome: ScoreExplanation} of a library: `counted` is what Sinergi counts itself, `sets`
    the sets of the quarter's year by province, `states` those of the reports that count.
    """
    thresholds = sets.get(library.province_id, sets.get(None))
    is_counted = report is not None and report.state in states
    values = report.figures | counted if is_counted else {}
    return {
        outcome: ScoreExplanation(
            library,
            quarter,
            outcome,
            thresholds,
            report,
            is_counted,
            score_outcome(outcome, values, thresholds) if thresholds else None,
        )
        for outcome in Outcome
    }
