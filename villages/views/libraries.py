"""Pages of libraries."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sinergi.kit.views import RecordCreate, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.filters import LibraryFilter
from villages.forms import LibraryForm
from villages.models import District, Library
from villages.views.regions import region_or_404


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
        return super().get_context_data(may_change=self.request.user.has_perm("villages.change_library", self.object), **kwargs)


class LibraryHistory(LibraryPage, RecordHistory):
    pass


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
