"""Pages of libraries."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property

from sinergi.kit.views import RecordCreate, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.filters import LibraryFilter
from villages.forms.libraries import LibraryForm
from villages.models import District, Library, Participation
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


class LibraryDetail(LibraryPage, RecordDetail):
    def get_context_data(self, **kwargs):
        user, library = self.request.user, self.object
        return super().get_context_data(
            may_change=user.has_perm("villages.change_library", library),
            may_join=user.has_perm("villages.add_participation", library),
            years=library.participations.values_list("year", flat=True),
            **self.visits(),
            **self.support(),
            **kwargs,
        )

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
