"""
Storyline of the thresholds of scores: a set for every year of the reports, published in its January
or, for the first, before its first report. All limits are samples.
"""

from datetime import date

from sinergi.home.demo.reports import DONE, QUARTERS
from sinergi.home.demo.timeline import at, workday_after
from villages.actions.thresholds import create_thresholds, publish_thresholds, save_thresholds
from villages.models import ThresholdSet
from villages.quarters import Quarter

REASON = "Batas contoh, disepakati dalam rapat tim awal tahun."
#: What the second set asks for more than the first.
RAISED = {"visitors": 110, "participants": 14}


def threshold_storylines(world):
    """Yield the storyline of this module."""
    yield sets_of_the_years(world)


def sets_of_the_years(world):
    """Yield the mornings on which a set is made and published."""
    last = Quarter.last_ended(world.days_ago(DONE))
    first = last.moved(1 - QUARTERS)
    for year in range(first.year, last.next.year + 1):
        yield at(workday_after(date(year, 1, 15)), "09.10")
        by = world.users["admin"]
        draft = create_thresholds(
            thresholds=ThresholdSet(year=year, province=world.team.province), by=by
        )
        rows = list(draft.thresholds.all())
        for row in rows:
            if year > first.year:
                row.green = RAISED.get(row.indicator, row.green)
        yield at(workday_after(date(year, 1, 15)), "09.40")
        draft = save_thresholds(thresholds=draft, rows=rows, by=by, version=draft.version)
        draft = ThresholdSet.objects.get(pk=draft.pk)
        yield at(workday_after(date(year, 1, 15)), "10.30")
        publish_thresholds(thresholds=draft, by=by, reason=REASON, version=draft.version)
