"""Pages of libraries."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from sinergi.kit.columns import Cell, Column, labels_of, mail_column, page_column, phone_column
from sinergi.kit.dates import today_in
from sinergi.kit.status import Status, Tone
from sinergi.kit.views import RecordCreate, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.filters import LibraryFilter
from villages.forms.libraries import LibraryForm
from villages.models import District, Library, LibraryReport, Participation, ThresholdSet
from villages.quarters import Quarter
from villages.querysets.scores import VERIFIED, counted_values
from villages.reports.explanations import explain
from villages.reports.trends import LEADING, Trend, TrendPoint, last_quarters
from villages.views.regions import region_or_404

ROWS = 30  # of each, on the page of a library
VISITS = 5  # the list has the others


class LibraryPage:
    model = Library
    section = "libraries"
    parent = ("Perpustakaan", "villages:library_list")
    record_in_trail = False

    def get_parents(self):
        record = self.get_page_record()
        regency = record.regency if record else None
        return [
            *super().get_parents(),
            *([(regency.short_name, regency.get_absolute_url())] if regency else []),
        ]

    def get_queryset(self):
        return super().get_queryset().with_place()


class LibraryList(RecordList):
    model = Library
    title, section = "Perpustakaan", "libraries"
    filterset_class = LibraryFilter
    extra_context = {"levels": dict(Library.Level.choices)}
    columns = (
        Column("Kode Kemendagri", "village_id"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Kecamatan", "village__district__name"),
        Column("Desa atau kelurahan", "village__name"),
        Column("Tingkat", "level", read=labels_of(Library.Level)),
        Column("Nama perpustakaan", "name"),
        Column("Alamat", "address"),
        Column("Pengelola", "head"),
        phone_column(kind=Cell.TEXT),
        mail_column(),
        Column("Jam buka", "opening_hours"),
        Column("Tahun program", "last_year", Cell.NUMBER, about="tahun terakhir ikut program"),
        page_column("villages:library_detail", label="Halaman"),
    )

    def get_export_rows(self):
        return self.get_listed().with_last_year()


class LibraryDetail(LibraryPage, RecordDetail):
    def get_context_data(self, **kwargs):
        user, library = self.request.user, self.object
        return super().get_context_data(
            may_change=user.has_perm("villages.change_library", library),
            may_join=user.has_perm("villages.add_participation", library),
            may_edit_years=user.has_perm("villages.change_participation", library),
            participations=self.participations,
            **self.reports(),
            **self.scores(),
            **self.visits(),
            **self.support(),
            expansion=self.expansion,
            trainings=self.trainings(),
            **kwargs,
        )

    @cached_property
    def participations(self):
        return list(self.object.participations.all())

    def reports(self):
        """
        Return how the reports of the last quarters stand, of those in which the library was to
        report; nothing for those who may not see it.
        """
        user, library = self.request.user, self.object
        if not self.may_see_reports:
            return {}
        found, last = self.recent_reports, self.quarters[-1]
        may_fill = user.has_perm("villages.change_libraryreport", library)
        rows = [
            LibraryQuarter(library, quarter, found.get(quarter), self.today, may_fill)
            for quarter in reversed(self.quarters)
            if quarter in found or self.is_alive_in(quarter)
        ]
        return {
            "report_rows": rows,
            "to_fill": next((row for row in rows if row.quarter == last and row.is_to_fill), None),
        }

    @cached_property
    def may_see_reports(self):
        return self.request.user.has_perm("villages.view_libraryreport", self.object)

    @property
    def today(self):
        return today_in(self.object.province.time_zone)

    @cached_property
    def quarters(self):
        """Return the quarters whose reports are shown, the last one that is over at the end."""
        return last_quarters(Quarter.last_ended(self.today))

    @cached_property
    def recent_reports(self):
        if not self.participations:
            return {}
        return LibraryReport.objects.of_library(self.object, self.quarters)

    def is_alive_in(self, quarter):
        return any(row.is_alive_in(quarter) for row in self.participations)

    def scores(self):
        """
        Return how the three outcomes of the last quarter came about, each with a figure over eight
        quarters; nothing where the library was not to report, or for those who may not see it.
        """
        library, last = self.object, self.quarters[-1]
        is_village = library.level == Library.Level.VILLAGE
        if not self.may_see_reports or not self.is_alive_in(last) or not is_village:
            return {}
        sets = ThresholdSet.objects.in_force([last.year])[last.year]
        explained = explain(
            library,
            last,
            report=self.recent_reports.get(last),
            counted=counted_values(library, last),
            sets=sets,
            states=VERIFIED,
        )
        trends = [
            Trend(field, [self.point(field, quarter) for quarter in self.quarters], of_one=True)
            for field in LEADING
        ]
        return {
            "scores": [(one, trend) for one, trend in zip(explained.values(), trends, strict=True)],
            "score_quarter": last,
            "score_report": self.recent_reports.get(last),
        }

    def point(self, field, quarter):
        """Return the figure of a quarter; what nobody has verified says nothing yet."""
        report = self.recent_reports.get(quarter)
        value = getattr(report, field.key) if report and report.state in VERIFIED else None
        return TrendPoint(quarter, value, known=int(value is not None), expected=1)

    def visits(self):
        """
        Return the last visits, what they found and left to be done, and when the next one is
        suggested, as the floor above knows it; nothing for those who may not see it.
        """
        user, library, today = self.request.user, self.object, timezone.localdate()
        if not user.has_perm("advocacy.view_visit", library):
            return {}
        latest = list(library.visits.latest()[:VISITS])
        last = latest[0] if latest else None
        left = list(library.visits.recommendations().open().for_list()[:ROWS])
        for row in left:
            row.status = row.status_on(today)
        next_on, next_status = library.visits.next_visit(last, today, has_open=bool(left))
        return {
            "last_visits": latest,
            "last_visit": last,
            "visit_drafts": library.visits.drafts_of(user)[:VISITS],
            "recommendations": left,
            "next_visit_on": next_on,
            "next_visit_status": next_status,
            "may_visit": user.has_perm("advocacy.add_visit", library),
            "may_see_visits": True,
        }

    @property
    def expansion(self):
        """Return the case by which the village came into the programme, with its stage; or None."""
        user, village = self.request.user, self.object.village
        return village.expansion_on(self.today, user) if village else None

    def support(self):
        """
        Return what the village was given, is asked for, and is written about, as the floor above
        knows it; nothing for those who may not see it.
        """
        user, village = self.request.user, self.object.village
        if village is None or not user.has_perm("advocacy.view_commitment", self.object):
            return {}
        return {
            "benefits": village.benefits.newest_first()[:ROWS],
            "case_places": village.case_places.of_unsettled_cases()[:ROWS],
            "media": village.media.order_by("-published_on", "-pk")[:ROWS],
            "may_publish": user.has_perm("advocacy.add_mediacoverage", self.object),
            "may_see_support": True,
        }

    def trainings(self):
        """Return the trainings to which somebody of the village came, for those who may see it."""
        user, village = self.request.user, self.object.village
        if village is None or not user.has_perm("advocacy.view_training", self.object):
            return []
        return village.training_participants.by_training()[:ROWS]


@dataclass(frozen=True)
class LibraryQuarter:
    """A quarter of a library: its report, if there is one, and where its name leads."""

    library: Library
    quarter: Quarter
    report: LibraryReport | None
    today: date
    may_fill: bool

    @property
    def is_to_fill(self):
        return self.may_fill and (self.report is None or self.report.is_editable)

    @property
    def status(self):
        if self.report:
            return self.report.status_on(self.today)
        late = self.quarter.days_late(self.today)
        return Status(f"Terlambat {late} hari", Tone.LATE) if late else Status("Belum mulai")

    @property
    def url(self):
        """Return the form of what this account is to write, the page of a report, or ""."""
        if self.is_to_fill:
            return reverse("villages:report_update", args=[self.library.pk, self.quarter.key])
        return self.report.get_absolute_url() if self.report else ""


class LibraryHistory(LibraryPage, RecordHistory):
    """The library's own changes, and those of its part in the programme."""

    def get_histories(self):
        return [*super().get_histories(), Participation.history.filter(library=self.object.pk)]

    def title_of(self, row, name):
        return (
            f"Kepesertaan {row.year}"
            if row.instance_type is Participation
            else super().title_of(row, name)
        )


class LibraryCreate(LibraryPage, RecordCreate):
    """The library of one place; the place is in the URL, so it is never taken from the form."""

    form_class = LibraryForm
    title = "Catat perpustakaan"

    @cached_property
    def place(self):
        place = region_or_404(self.request.user, self.kwargs["place"])
        if isinstance(place, District):
            raise PermissionDenied
        return self.check_object_permission(place)

    def get_cancel_url(self):
        return self.place.get_absolute_url()

    def new_object(self):
        place = self.place
        library = Library(name=f"Perpustakaan {place.place_name}")
        library.set_place(place)
        return library


class LibraryUpdate(LibraryPage, RecordUpdate):
    crumb = "Ubah"
    form_class = LibraryForm

    def get_cancel_url(self):
        return self.object.get_absolute_url()
