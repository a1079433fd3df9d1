"""
Twenty quarters of reports of 8,600 libraries that take part, written in bulk: one in ten has not
reported, one in ten waits to be verified, and of the figures one in nine is not known.
"""

from django.db import transaction
from django.utils import timezone

from sinergi.accounts.models import User
from sinergi.kit import bulk
from villages.actions.thresholds import create_thresholds
from villages.models import Library, LibraryReport, Participation, ThresholdSet
from villages.quarters import Quarter
from villages.reports.fields import FIELDS

LIBRARIES = 8_600
EVERY = 9  # library of the country takes part
QUARTERS = 20
BATCH = 5_000


def fill():
    """Once for a database whose libraries are there."""
    if LibraryReport.objects.exists():
        return
    by, other = User.objects.order_by("pk")[:2]
    last = Quarter.last_ended(timezone.localdate())
    quarters = [last.moved(-count) for count in range(QUARTERS)]
    with transaction.atomic():
        libraries = list(Library.objects.order_by("pk")[: LIBRARIES * EVERY : EVERY])
        first = quarters[-1].year
        for part in batches([Participation(library=one, year=first) for one in libraries]):
            bulk.insert_records(part, by=by)
        for number, quarter in enumerate(quarters):
            rows = [
                report_of(library, quarter, n + number, by, other)
                for n, library in enumerate(libraries)
                if (n + number) % 10
            ]
            for part in batches(rows):
                bulk.insert_records(part, by=by)
        for year in {quarter.year for quarter in quarters}:
            made = create_thresholds(thresholds=ThresholdSet(year=year), by=by)
            ThresholdSet.objects.get(pk=made.pk).publish(by=by, reason="Pengukuran.")


def batches(rows):
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def report_of(library, quarter, number, by, other):
    """Return a report whose figures are spread by counting, none of them a contradiction."""
    figures = {field.key: (number * 7 + n * 13) % 160 for n, field in enumerate(FIELDS)}
    figures |= dict.fromkeys(["women", "men", "children", "opening_days"], 3)
    figures["visitors"] = number * 11 % 600 + 6
    figures |= {"staff": number % 4 + 1, "trained_staff": number % 2, "computers": 160}
    for n, key in enumerate(figures):
        if (number + n) % 9 == 0:
            figures[key] = None
    waits = number % 10 == 1
    return LibraryReport(
        library=library,
        province_id=library.province_id,
        regency_id=library.regency_id,
        year=quarter.year,
        quarter_number=quarter.number,
        state=LibraryReport.State.SUBMITTED if waits else LibraryReport.State.VERIFIED,
        submitted_at=timezone.now(),
        submitted_by=by,
        verified_by=None if waits else other,
        verified_at=None if waits else timezone.now(),
        **figures,
    )
