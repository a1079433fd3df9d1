"""The calendar: a month of meetings, visits, due days and ends, and one day of it whole."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from sinergi.home.calendar_counts import counts_of
from sinergi.home.calendar_days import days_of, item_of, report_days, report_item
from sinergi.home.calendar_kinds import ALL_PARTS, MONTHS_PARTS, PARTS, REPORTS
from sinergi.home.calendar_month import Month
from sinergi.home.calendar_query import NO_DAY, CalendarQuery
from sinergi.home.calendar_rows import rows_of_span, totals_of
from sinergi.kit.dates import DAYS, full_date
from sinergi.kit.text import parse_number
from sinergi.kit.views import PageMixin
from sinergi.kit.workdays import holiday_of, holidays_are_set

#: What a day of the month shows, and what its own page shows at once.
MOST_ON_A_DAY, PAGE, LAST_PAGE = 6, 50, 999
#: What a month shows above its days.
MOST_WITHOUT_DAY = 4


class Calendar(PageMixin, TemplateView):
    """A month, or with `hari` one day of it, or what of it has no day yet."""

    permission = None
    section = "meetings"
    title = crumb = "Kalender"

    @cached_property
    def query(self):
        return CalendarQuery(self.request)

    def get_template_names(self):
        return ["home/calendar_day.html" if self.query.asked_day else "home/calendar.html"]

    def get_parents(self):
        parents = []
        if self.request.user.has_perm("advocacy.view_meeting"):
            parents.append(("Rapat", reverse("advocacy:meeting_list")))
        if self.query.asked_day:
            parents.append(("Kalender", f"{reverse('home:calendar')}{self.query.address()}"))
        return parents

    def get_context_data(self, **kwargs):
        query = self.query
        shown = day_context(query) if query.asked_day else month_context(query)
        year = query.month.year
        return super().get_context_data(
            month=query.month,
            query=query,
            filterset=query.filterset,
            not_set=0 if holidays_are_set(year) else year,
            **shown,
            **kwargs,
        )


def month_context(query):
    """Return what the page of a month shows: its days, its numbers, and what has no day yet."""
    month = query.month
    rows = rows_of_span(query.columns(ALL_PARTS, (month.first, month.last)), most=MOST_ON_A_DAY)
    totals = totals_of(rows)
    without = [row for row in rows if row.part in MONTHS_PARTS][:MOST_WITHOUT_DAY]
    days = days_of(
        month,
        [row for row in rows if row.part in PARTS],
        today=query.today,
        zone=query.zone,
        most=MOST_ON_A_DAY,
        report_url=query.report_url if REPORTS in query.kinds else None,
    )
    return {
        "title": str(month),
        "days": days,
        "weekdays": DAYS,
        "counts": counts_of(totals, month, query.place or {}, query.address),
        "without_day": [item_of(row, query.today, query.zone) for row in without],
        "more_without_day": sum(totals.get(part, 0) for part in MONTHS_PARTS) - len(without),
        "is_empty": not rows and not any(day.items for day in days),
        "previous": query.neighbour(-1),
        "next": query.neighbour(1),
        "now": query.address(bulan=Month.of(query.today).key),
        "without_day_url": query.address(hari=NO_DAY),
    }


def day_context(query):
    """Return what the page of a day shows: everything of it, a page at a time."""
    day, month, without = query.asked_day, query.month, query.asked_day == NO_DAY
    number = min(max(parse_number(query.request.GET.get("halaman")), 1), LAST_PAGE)
    parts, span = (MONTHS_PARTS, (month.first, month.last)) if without else (PARTS, (day, day))
    columns = query.columns(parts, span)
    rows = page_of_rows(columns, number)
    if not rows and number > 1:
        number, rows = 1, page_of_rows(columns, 1)
    items = [item_of(row, query.today, query.zone) for row in rows[:PAGE]]
    if not without and REPORTS in query.kinds and number == 1:
        due = report_days(*span).values()
        items = [report_item(one, query.report_url(one)) for one in due] + items
    title = f"{month}, tanggal belum ditetapkan" if without else full_date(day)
    return {
        "title": title,
        "crumb": title,
        "holiday": "" if without else holiday_of(day),
        "items": items,
        "previous": query.address(halaman=number - 1, hari=day) if number > 1 else "",
        "next": query.address(halaman=number + 1, hari=day) if len(rows) > PAGE else "",
    }


def page_of_rows(columns, number):
    """Return the rows of a page of a day, and one more where another page follows."""
    return rows_of_span(columns, start=(number - 1) * PAGE, count=PAGE + 1)
