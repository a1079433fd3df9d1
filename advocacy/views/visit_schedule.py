"""Which libraries are to be visited next."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.filters.visit_schedule import VisitScheduleFilter
from advocacy.models import Visit
from advocacy.querysets.visit_schedule import Intervals, scheduled_libraries
from advocacy.visit_intervals import due_status
from sinergi.kit.columns import ROW, Cell, Column, labels_of, page_column
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.status import Status
from sinergi.kit.views import DownloadMixin, PageMixin
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


class VisitSchedule(DownloadMixin, PageMixin, TemplateView):
    """
    Three lists of libraries, by regency: never visited, overdue, and due within the notice. The
    number of each counts what it leads to, within the filter.
    """

    model = Visit
    section = "libraries"
    title = "Kunjungan berikutnya"
    parent = ("Perpustakaan", "villages:library_list")
    template_name = "advocacy/visit_schedule.html"
    reads_whole_rows = True
    TABS = {"belum": "Belum pernah", "terlambat": "Terlambat", "segera": "30 hari lagi"}
    EMPTY = {
        "belum": "Semua perpustakaan sudah pernah dikunjungi",
        "terlambat": "Tidak ada kunjungan yang terlambat",
        "segera": "Tidak ada yang perlu dikunjungi dalam 30 hari",
    }

    @cached_property
    def intervals(self):
        return Intervals()

    @cached_property
    def filterset(self):
        visible = scheduled_libraries(self.intervals).visible_to(self.request.user)
        return VisitScheduleFilter(self.request.GET, visible, request=self.request)

    @cached_property
    def lists(self):
        """Return {tab: its rows}."""
        rows, today = self.filterset.qs, timezone.localdate()
        return {
            "belum": rows.never_visited(),
            "terlambat": rows.overdue(today, self.intervals),
            "segera": rows.due_soon(today, self.intervals),
        }

    @cached_property
    def counts(self):
        return bounded_counts(self.lists)

    @property
    def tab(self):
        """Return the list asked for; without a word, what is late, or else has any rows."""
        asked = self.request.GET.get("daftar")
        if asked in self.TABS:
            return asked
        order = ("terlambat", "belum", "segera")
        return next((key for key in order if self.counts[key]), "terlambat")

    def get_listed(self):
        return self.lists[self.tab].for_list()

    def get_order(self):
        """Libraries of provinces have no regency."""
        is_province = self.request.GET.get("level") == Library.Level.PROVINCE
        return ("province_id" if is_province else "regency_id", "id")

    def get_columns(self):
        today, about = timezone.localdate(), "kunjungan terakhir ditambah jarak yang ditetapkan tim"
        return [
            Column("Perpustakaan", "name"),
            Column("Tingkat", "level", read=labels_of(Library.Level)),
            Column("Provinsi", "province__name"),
            Column("Kabupaten/kota", "regency__name"),
            Column("Kecamatan", "village__district__name"),
            Column("Kunjungan terakhir", "last_visited_on", Cell.DATE),
            Column("Rekomendasi terbuka", "open_count", Cell.NUMBER),
            Column("Kunjungan berikutnya", ROW, Cell.DATE, self.intervals.next_visit, about),
            Column(
                "Keadaan",
                ROW,
                read=lambda row: due_status(self.intervals.next_visit(row), today).label,
            ),
            page_column("villages:library_detail", "id", label="Halaman"),
        ]

    def get_filter_words(self):
        return [("Bagian", self.TABS[self.tab]), *super().get_filter_words()]

    def get_context_data(self, **kwargs):
        user, today, intervals = self.request.user, timezone.localdate(), self.intervals
        counts, tab = self.counts, self.tab
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.get_order())
        return super().get_context_data(
            filterset=self.filterset,
            page=page,
            groups=in_groups([scheduled(row, today, intervals) for row in page]),
            tab=tab,
            tabs=[(key, label, counts[key]) for key, label in self.TABS.items()],
            kept=[("daftar", tab)],
            empty=self.EMPTY[tab],
            may_visit=user.has_perm("advocacy.add_visit"),
            may_plan=user.has_perm("advocacy.add_trip"),
            **({} if page.rows else {"downloads": []}) | kwargs,
        )
