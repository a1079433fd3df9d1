"""Institutions: the list, the page of one, and writing them down."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from programs.filters.institutions import InstitutionFilter
from programs.forms.institutions import InstitutionForm
from programs.models import Institution, Team
from programs.views.merges import RegisterDetail, RegisterHistory, RegisterMerge
from sinergi.kit.columns import Column, labels_of, mail_column, page_column, phone_column
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    RecordCreate,
    RecordList,
    RecordUpdate,
)
from villages.models import Province
from villages.views.regions import regions_first

INSTITUTION_ROWS = 50  # of each, on the page of an institution


class InstitutionPage:
    model = Institution
    section = "partners"
    parent = ("Mitra", "programs:institution_list")
    related = ("province", "regency")


class RegisterList(RecordList):
    """Base of the lists of people and institutions, by name; the rows are drawn by Jinja2."""

    section = "partners"
    extra_context = {"sectors": dict(Institution.Sector.choices)}


class InstitutionList(RegisterList):
    model = Institution
    title = "Instansi dan mitra"
    filterset_class = InstitutionFilter
    columns = (
        Column("Nama", "name"),
        Column("Singkatan", "abbreviation"),
        Column("Sektor", "sector", read=labels_of(Institution.Sector)),
        Column("Urusan", "affair", read=labels_of(Institution.Affair)),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Alamat", "address"),
        phone_column(),
        mail_column(),
        page_column("programs:institution_detail", label="Halaman"),
    )


class InstitutionDetail(InstitutionPage, RegisterDetail):
    def get_context_data(self, **kwargs):
        people = self.object.people.order_by("name", "pk")[:100]
        context = super().get_context_data(
            people=people, memberships=self.memberships(), **self.network(), **kwargs
        )
        context["may"]["ask"] = self.request.user.has_perm("advocacy.add_advocacycase", self.object)
        return context

    def network(self):
        """
        Return what the floor above knows of it: cases, commitments with their sums, agreements,
        contacts.
        """
        institution, today = self.object, timezone.localdate()
        commitments = institution.commitments.with_state(today)
        agreements = institution.partnerships.order_by("-starts_on", "-pk")[:INSTITUTION_ROWS]
        return {
            "cases": institution.cases.order_by("-stage_since", "-pk")[:INSTITUTION_ROWS],
            "commitments": commitments.order_by("-promised_on", "-pk")[:INSTITUTION_ROWS],
            "support": commitments.order_by().support(),
            "years": institution.commitments.realised_by_year(),
            "partnerships": [(row, row.status_on(today)) for row in agreements],
            "contacts": institution.cases.contacts_of(institution),
        }

    def memberships(self):
        return self.object.memberships.select_related("person", "team").order_by(
            "-starts_on", "-pk"
        )[:50]


class InstitutionHistory(InstitutionPage, RegisterHistory):
    merged_as = "institution"


class RegisterCreate(RecordCreate):
    """
    Base of the forms for new people and institutions, in a province one works in; with several, the
    address names it.
    """

    template_name = "programs/institution_form.html"
    searches_choices = True

    def get_early_response(self):
        return None if self.near else regions_first(self)

    @cached_property
    def near(self):
        return list(
            Province.objects.visible_to(self.request.user, self.permission).order_by("pk")[:50]
        )

    @property
    def province(self):
        wanted = self.request.GET.get("provinsi", "")
        return next((province for province in self.near if province.pk == wanted), self.near[0])

    def new_object(self):
        return self.model(province=self.province)

    def get_context_data(self, **kwargs):
        provinces = self.near if len(self.near) > 1 else []
        return super().get_context_data(provinces=provinces, province=self.province, **kwargs)


class InstitutionCreate(InstitutionPage, RegisterCreate):
    title = "Catat instansi atau mitra"
    form_class = InstitutionForm

    def get_success_url(self):
        """Return to the form of a new member, if that is where the way led from."""
        teams = Team.objects.visible_to(self.request.user, "programs.add_membership").filter(
            province=self.object.province
        )
        if team := teams.filter(pk=parse_number(self.request.GET.get("tim"))).first():
            return (
                f"{reverse('programs:membership_create', args=[team.pk])}?instansi={self.object.pk}"
            )
        return super().get_success_url()


class InstitutionUpdate(InstitutionPage, RecordUpdate):
    crumb = "Ubah"
    form_class = InstitutionForm
    template_name = "programs/institution_form.html"
    searches_choices = True


class InstitutionMerge(InstitutionPage, RegisterMerge):
    pass
