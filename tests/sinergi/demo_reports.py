"""What the quarterly reports of the demonstration are like, whichever day it is loaded on."""

from datetime import timedelta

from villages.models import Library, LibraryReport
from villages.quarters import Quarter
from villages.querysets.reports import states_of
from villages.reports.checks import jumps
from villages.reports.fields import FIELDS

FORTNIGHT = timedelta(days=14)


def reports_stand_in_every_way(day):
    last = Quarter.last_ended(day - FORTNIGHT)
    libraries, reports = Library.objects.village(), LibraryReport.objects.with_places()
    assert states_of(libraries, last) == {
        "none": 2,
        "draft": 1,
        "submitted": 1,
        "returned": 1,
        "verified": 11,
    }
    quarters = {row.quarter for row in reports}
    assert quarters == {last.moved(-n) for n in range(8)}
    assert libraries.exclude(reports__isnull=False).count() == 1, "one never reported"
    earlier = reports.exclude(year=last.year, quarter_number=last.number)
    assert set(earlier.values_list("state", flat=True)) == {"verified"}
    assert reports.verified().filter(computers=0).exists()
    assert reports.verified().filter(children=None).exists()
    assert reports.exclude(story="").get().story_consent
    those_who_write_know_their_regency(reports)
    only_one_figure_jumps(reports)
    assert all(not row.missing(day) for row in reports)


def those_who_write_know_their_regency(reports):
    writers = reports.values_list("regency", "created_by__username")
    assert set(writers.order_by()) == {
        ("19.01", "petugas"),
        ("19.02", "sekretariat"),
        ("19.06", "sekretariat"),
    }


def only_one_figure_jumps(reports):
    rows = {(row.library_id, row.quarter): row for row in reports}
    found = [
        (row, jump.field.key)
        for (library, quarter), row in rows.items()
        if (before := rows.get((library, quarter.previous)))
        for jump in jumps(FIELDS, row.figures, before.figures)
    ]
    ((row, key),) = found
    assert row.notes[key]
