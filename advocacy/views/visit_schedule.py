"""Which libraries are to be visited next."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from advocacy.filters.visit_schedule import VisitScheduleFilter
from advocacy.models import Visit
from advocacy.querysets.visit_schedule import Intervals, scheduled_libraries
from advocacy.visit_intervals import due_status
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.status import Status
from sinergi.kit.views import PageMixin
from villages.models import Library


@dataclass(frozen=True)
class ScheduledLibrary:
    """A library of the list, with the day of its next visit (None: it was never visited)."""

    row: Any
    due: date | None
    status: Status

    @property
    def group(self):
        """Under which heading it stands."""
        return self.row.regency__name or self.row.province__name


def scheduled(row, today, intervals):
    """Return a named row of `VisitScheduleQuerySet.for_list` as the list shows it."""
    due = intervals.next_visit(row)
    return ScheduledLibrary(row, due, due_status(due, today))


def in_groups(libraries):
    """Return [(heading, libraries)], in their order."""
    grouped = groupby(libraries, key=lambda library: library.group)
    return [(heading, list(members)) for heading, members in grouped]


class VisitSchedule(PageMixin, TemplateView):
    """
    Three lists of libraries, by regency: never visited, overdue, and due within the notice. The
    number of each counts what it leads to, within the filter.
    """

    model = Visit
    section = "libraries"
    title = "Kunjungan berikutnya"
    parent = ("Perpustakaan", "villages:library_list")
    template_name = "advocacy/visit_schedule.html"
    TABS = {"belum": "Belum pernah", "terlambat": "Terlambat", "segera": "30 hari lagi"}
    EMPTY = {
        "belum": "Semua perpustakaan sudah pernah dikunjungi",
        "terlambat": "Tidak ada kunjungan yang terlambat",
        "segera": "Tidak ada yang perlu dikunjungi dalam 30 hari",
    }

    def lists(self, rows, today, intervals):
        """Return {tab: its rows}."""
        return {
            "belum": rows.never_visited(),
            "terlambat": rows.overdue(today, intervals),
            "segera": rows.due_soon(today, intervals),
        }

    def tab(self, counts):
        """Return the list asked for; without a word, what is late, or else has any rows."""
        asked = self.request.GET.get("daftar")
        if asked in self.TABS:
            return asked
        return next((key for key in ("terlambat", "belum", "segera") if counts[key]), "terlambat")

    def order(self):
        """Libraries of provinces have no regency."""
        is_province = self.request.GET.get("level") == Library.Level.PROVINCE
        return ("province_id" if is_province else "regency_id", "id")

    def get_context_data(self, **kwargs):
        user, today, intervals = self.request.user, timezone.localdate(), Intervals()
        visible = scheduled_libraries(intervals).visible_to(user)
        filterset = VisitScheduleFilter(self.request.GET, visible, request=self.request)
        lists = self.lists(filterset.qs, today, intervals)
        counts = bounded_counts(lists)
        tab = self.tab(counts)
        page = KeysetPage(lists[tab].for_list(), self.request.GET, order=self.order())
        return super().get_context_data(
            filterset=filterset,
            page=page,
            groups=in_groups([scheduled(row, today, intervals) for row in page]),
            tab=tab,
            tabs=[(key, label, counts[key]) for key, label in self.TABS.items()],
            kept=[("daftar", tab)],
            empty=self.EMPTY[tab],
            may_visit=user.has_perm("advocacy.add_visit"),
            may_plan=user.has_perm("advocacy.add_trip"),
            **kwargs,
        )
