"""People: the list, the page of one, and writing them down."""

from programs.filters.people import PersonFilter
from programs.forms.people import PersonForm
from programs.models import Institution, Person
from programs.views.institutions import RegisterCreate, RegisterList
from programs.views.merges import RegisterDetail, RegisterHistory, RegisterMerge
from sinergi.kit.columns import Column, mail_column, page_column, phone_column
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    RecordUpdate,
)


class PersonPage:
    model = Person
    section = "partners"
    parent = ("Orang", "programs:person_list")
    related = ("province", "regency", "institution")


class PersonList(RegisterList):
    model = Person
    title = "Orang"
    filterset_class = PersonFilter
    columns = (
        Column("Nama", "name"),
        Column("Jabatan", "position"),
        Column("Instansi", "institution__name"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        phone_column(),
        mail_column(),
        page_column("programs:person_detail", label="Halaman"),
    )


class PersonDetail(PersonPage, RegisterDetail):
    def get_context_data(self, **kwargs):
        periods = self.object.memberships.select_related(
            "institution", "team__province", "replaces__person", "replaced_by__person"
        )
        return super().get_context_data(memberships=periods.order_by("-starts_on", "-pk"), **kwargs)


class PersonHistory(PersonPage, RegisterHistory):
    merged_as = "person"


class PersonCreate(PersonPage, RegisterCreate):
    title = "Catat orang"
    form_class = PersonForm
    template_name = "programs/person_form.html"

    def get_initial(self):
        institution = Institution.objects.visible_to(self.request.user).filter(
            pk=parse_number(self.request.GET.get("instansi"))
        )
        return super().get_initial() | {"institution": institution.first()}


class PersonUpdate(PersonPage, RecordUpdate):
    crumb = "Ubah"
    form_class = PersonForm
    template_name = "programs/person_form.html"
    searches_choices = True


class PersonMerge(PersonPage, RegisterMerge):
    pass
