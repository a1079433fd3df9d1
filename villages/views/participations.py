"""Pages on which a library's years in the programme are recorded."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from sinergi.kit.views import RecordCreate, RecordUpdate
from villages.forms.participations import ParticipationForm
from villages.models import Library, Participation
from villages.views.libraries import LibraryPage


class ParticipationPage:
    model = Participation
    section = "libraries"
    parent = LibraryPage.parent
    form_class = ParticipationForm

    def get_parents(self):
        return [*super().get_parents(), (self.library.name, self.library.get_absolute_url())]

    def get_cancel_url(self):
        return self.library.get_absolute_url()

    def get_success_url(self):
        return self.library.get_absolute_url()


class ParticipationCreate(ParticipationPage, RecordCreate):
    """One more year in the programme, for the library in the URL."""

    crumb = "Catat kepesertaan"

    @cached_property
    def library(self):
        rows = Library.objects.visible_to(self.request.user).with_place()
        return self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["pk"]))

    def new_object(self):
        return Participation(library=self.library)

    def get_title(self):
        return f"Catat kepesertaan {self.library}"


class ParticipationUpdate(ParticipationPage, RecordUpdate):
    """A year in the programme: since when, and until when, its reports are asked for."""

    related = ("library__village__district", "library__regency", "library__province")
    record_in_trail = False
    crumb = "Ubah kepesertaan"

    @property
    def library(self):
        return self.object.library

    def get_title(self):
        return f"Ubah kepesertaan {self.object}"
