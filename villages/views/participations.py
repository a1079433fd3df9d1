"""Page on which a library's year in the programme is recorded."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from sinergi.kit.views import RecordCreate
from villages.forms.participations import ParticipationForm
from villages.models import Library, Participation
from villages.views.libraries import LibraryPage


class ParticipationCreate(RecordCreate):
    """One more year in the programme, for the library in the URL."""

    model = Participation
    section = "libraries"
    parent = LibraryPage.parent
    form_class = ParticipationForm
    crumb = "Catat kepesertaan"

    @cached_property
    def library(self):
        rows = Library.objects.visible_to(self.request.user).with_place()
        return self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["pk"]))

    def new_object(self):
        return Participation(library=self.library)

    def get_title(self):
        return f"Catat kepesertaan {self.library}"

    def get_parents(self):
        return [*super().get_parents(), (self.library.name, self.library.get_absolute_url())]

    def get_success_url(self):
        return self.library.get_absolute_url()
