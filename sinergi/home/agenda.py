"""The agenda on home: the next meetings and trips, and the day on which reports are due."""

from datetime import timedelta

from sinergi.home.library_shelves import report_list_url
from sinergi.home.meeting_tasks import AgendaEntry, coming_meetings
from sinergi.home.visit_tasks import coming_trips
from villages.quarters import Quarter

MOST = 6
#: So long before reports are due the day stands on the agenda.
NEAR = timedelta(days=45)


def agenda_of(rows, user, today, shelves):
    """
    Return the first AgendaEntry of what comes, of the JSON rows of tasks; the day of reports where
    there are `shelves` of libraries.
    """
    found = [*coming_meetings(rows), *coming_trips(rows)]
    if shelves and user.has_perm("villages.view_libraryreport"):
        found += _report_day(today)
    # A meeting without a day stands at the end of its month: it may be on any of its days.
    found.sort(key=lambda one: (one.day.year, one.day.month, one.month_only, one.day))
    return found[:MOST]


def _report_day(today):
    quarter = Quarter.last_ended(today)
    if quarter.due_on < today:
        quarter = quarter.next
    if quarter.due_on - today > NEAR:
        return []
    return [
        AgendaEntry(
            f"Tenggat laporan {quarter.in_sentence}",
            report_list_url(Quarter.last_ended(today), "belum"),
            quarter.due_on,
            f"Untuk {quarter.months_text}",
        )
    ]
