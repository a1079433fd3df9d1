"""The agenda on home: the next meetings and trips, and the day on which reports are due."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from sinergi.home.calendar_query import zone_of
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
    found = [*coming_meetings(rows, zone_of(user)), *coming_trips(rows)]
    if shelves and user.has_perm("villages.view_libraryreport"):
        found += _report_day(today)
    # A meeting without a day stands at the end of its month: it may be on any of its days.
    found.sort(key=lambda one: (one.day.year, one.day.month, one.month_only, one.day))
    return found[:MOST]


def _report_day(today):
    """
    Return the AgendaEntry of the next day on which reports are due. There is no list of a quarter
    that is not over: until then it leads to the day in the calendar.
    """
    quarter = ended = Quarter.last_ended(today)
    if quarter.due_on < today:
        quarter = quarter.next
    if quarter.due_on - today > NEAR:
        return []
    url = f"{reverse('home:calendar')}?{urlencode({'hari': quarter.due_on})}"
    if quarter == ended:
        url = report_list_url(quarter, "belum")
    return [
        AgendaEntry(
            f"Tenggat laporan {quarter.in_sentence}",
            url,
            quarter.due_on,
            f"Untuk {quarter.months_text}",
        )
    ]
