"""
Twenty quarters of reports of 8,600 libraries that take part, written in bulk: one in ten has not
reported, one in ten waits to be verified, and of the figures one in nine is not known.
"""

import time

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from sinergi.accounts.models import User
from sinergi.kit import bulk
from sinergi.kit.spreadsheets.read import read_sheets
from villages.actions.thresholds import create_thresholds
from villages.imports.report_plan import plan_reports, standings
from villages.imports.report_rows import read_report_table
from villages.models import Library, LibraryReport, Participation, Regency, ThresholdSet
from villages.quarters import Quarter
from villages.reports.fields import FIELDS, fields_of
from villages.reports.sheets import write_report_sheet

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


def time_sheet(rounds=5):
    """
    Return (libraries, ms to make the sheet of the regency with most reports, ms to read it again and
    say what it would change); the fastest of the rounds.
    """
    last = Quarter.last_ended(timezone.localdate())
    most = LibraryReport.objects.of(last).values_list("regency").annotate(n=Count("pk"))
    regency = Regency.objects.get(pk=most.order_by("-n", "regency")[0][0])
    made, read = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        lines = [one.line for one in standings(regency, last).values()]
        data = write_report_sheet(lines, regency=regency.pk, name=regency.name, quarter=last)
        made.append(time.perf_counter() - began)
        began = time.perf_counter()
        sheets = read_sheets(data, "lembar.xlsx", marked=True)
        table = read_report_table(sheets, fields=fields_of(last), quarter=last, regency=regency)
        plan_reports(table, regency, last)
        read.append(time.perf_counter() - began)
    return len(lines), min(made) * 1000, min(read) * 1000
