"""Whether a library stands by itself, by what its team asks for (settings of `Team`)."""

from dataclasses import dataclass

from sinergi.kit.money import rupiah
from sinergi.kit.text import thousands
from villages.models import LibraryReport
from villages.quarters import Quarter
from villages.reports.fields import BY_KEY

#: What the last verified report must show more than 0 of: {setting of the team: field}.
SHOWN = {
    "independent_budget": "village_budget",
    "independent_staff": "staff",
    "independent_policies": "policies",
}


@dataclass(frozen=True)
class Criterion:
    label: str
    detail: str
    is_met: bool


def last_due(today):
    """Return the last quarter whose report is due by now."""
    last = Quarter.last_ended(today)
    return last if last.due_on <= today else last.previous


def criteria(team, library, today):
    """
    Return the Criterion of each thing the team asks for before a library (None: there is none yet)
    counts as independent. One query.
    """
    reports = LibraryReport.objects.verified().filter(library=library) if library else []
    if library:
        reports = list(reports.order_by("-year", "-quarter_number")[: team.independent_quarters])
    return [_quarters(team.independent_quarters, reports, today), *_figures(team, reports)]


def _quarters(asked, reports, today):
    """Return whether so many quarters in a row are verified, up to the last one that is due."""
    verified, quarter, found = {row.quarter for row in reports}, last_due(today), 0
    newest = max(verified, default=quarter)
    quarter = max(quarter, newest)
    while quarter in verified:
        quarter, found = quarter.previous, found + 1
    return Criterion(
        f"{asked} triwulan berturut-turut terverifikasi", f"{found} dari {asked}", found >= asked
    )


def _figures(team, reports):
    for setting, key in SHOWN.items():
        if not getattr(team, setting):
            continue
        field = BY_KEY[key]
        value = getattr(reports[0], key) if reports else None
        if not reports:
            detail = "belum ada laporan"
        elif value is None:
            detail = "belum tahu"
        elif value == 0:
            detail = "tidak ada"
        else:
            detail = rupiah(value) if field.is_money else f"{thousands(value)} {field.unit}"
        yield Criterion(f"{field.label} pada laporan terakhir", detail, bool(value))
