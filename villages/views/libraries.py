"""Pages of libraries."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from sinergi.kit.views import RecordCreate, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.filters import LibraryFilter
from villages.forms.libraries import LibraryForm, ParticipationForm
from villages.models import District, Library, Participation
from villages.views.regions import region_or_404

ROWS = 30  # of each, on the page of a library


class LibraryPage:
    model = Library
    section = "libraries"

    def get_trail(self):
        trail = [("Perpustakaan", reverse("villages:library_list"))]
        if getattr(self, "object", None):
            regency = self.object.regency
            trail += [(regency.short_name, regency.get_absolute_url())] if regency else []
        return trail

    def get_queryset(self):
        return super().get_queryset().with_place()


class LibraryList(LibraryPage, RecordList):
    title = "Perpustakaan"
    filterset_class = LibraryFilter
    extra_context = {"levels": dict(Library.Level.choices)}

    def get_queryset(self):
        return Library.objects.visible_to(self.request.user).for_list()

    def get_trail(self):
        return []


class LibraryDetail(LibraryPage, RecordDetail):
    def get_context_data(self, **kwargs):
        user, library = self.request.user, self.object
        return super().get_context_data(
            may_change=user.has_perm("villages.change_library", library),
            may_join=user.has_perm("villages.add_participation", library),
            years=library.participations.values_list("year", flat=True),
            **self.support(),
            **kwargs,
        )

    def support(self):
        """
        What the village was given, is asked for, and is written about, as the floor above knows it;
        not for everybody.
        """
        user, village = self.request.user, self.object.village
        if village is None or not user.has_perm("advocacy.view_commitment", self.object):
            return {}
        return {
            "benefits": village.benefits.newest_first()[:ROWS],
            "case_places": village.case_places.of_cases()[:ROWS],
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


class ParticipationCreate(LibraryPage, RecordCreate):
    """One more year in the programme, for the library in the URL."""

    model = Participation
    form_class = ParticipationForm
    crumb = "Catat kepesertaan"

    @cached_property
    def library(self):
        library = get_object_or_404(
            Library.objects.visible_to(self.request.user).with_place(), pk=self.kwargs["pk"]
        )
        if not self.request.user.has_perm(self.permission, library):
            raise PermissionDenied
        return library

    def get_queryset(self):
        return Participation.objects.visible_to(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Participation(library=self.library)}

    def get_title(self):
        return f"Catat kepesertaan {self.library}"

    def get_trail(self):
        return [
            ("Perpustakaan", reverse("villages:library_list")),
            (self.library.name, self.library.get_absolute_url()),
        ]

    def get_success_url(self):
        return self.library.get_absolute_url()


class LibraryCreate(LibraryPage, RecordCreate):
    """The library of one place; the place is in the URL, so it is never taken from the form."""

    form_class = LibraryForm

    def get_form_kwargs(self):
        place = region_or_404(self.request.user, self.kwargs["place"])
        if isinstance(place, District) or not self.request.user.has_perm(self.permission, place):
            raise PermissionDenied
        library = Library(name=f"Perpustakaan {place.place_name}")
        library.set_place(place)
        return super().get_form_kwargs() | {"instance": library}

    def get_title(self):
        return "Catat perpustakaan"


class LibraryUpdate(LibraryPage, RecordUpdate):
    crumb = "Ubah"
    form_class = LibraryForm
