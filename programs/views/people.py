"""The register: people and institutions, and putting together what was written down twice."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from programs.actions import MergeRefused, merge_into
from programs.filters import InstitutionFilter, PersonFilter
from programs.forms.people import InstitutionForm, MergeForm, PersonForm
from programs.models import Institution, Merge, Person, Team
from sinergi.kit.history import ADDED, VERBS
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    RecordCreate,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordUpdate,
    TransitionView,
    search_terms,
)
from villages.models import Province
from villages.views.regions import regions_first

ROWS = 50  # of each, on the page of an institution


class InstitutionPage:
    model = Institution
    section = "partners"
    parent = ("Mitra", "programs:institution_list")
    related = ("province", "regency")


class PersonPage:
    model = Person
    section = "partners"
    parent = ("Orang", "programs:person_list")
    related = ("province", "regency", "institution")


class RegisterList(RecordList):
    """By name; the rows are named rows, drawn by Jinja2."""

    section = "partners"
    extra_context = {"sectors": dict(Institution.Sector.choices)}


class InstitutionList(RegisterList):
    model = Institution
    title = "Instansi dan mitra"
    filterset_class = InstitutionFilter


class PersonList(RegisterList):
    model = Person
    title = "Orang"
    filterset_class = PersonFilter


class RegisterDetail(RecordDetail):
    permitted_actions = ("change", "merge")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            twins=self.model.objects.visible_to(self.request.user)
            .twins_of(self.object)
            .with_place()[:5],
            merges=self.object.merges.select_related("created_by"),
            **kwargs,
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
        What the floor above knows of it: cases, commitments with their sums, agreements, contacts.
        """
        institution, today = self.object, timezone.localdate()
        commitments = institution.commitments.with_standing(today)
        agreements = institution.partnerships.order_by("-starts_on", "-pk")[:ROWS]
        return {
            "cases": institution.cases.order_by("-stage_since", "-pk")[:ROWS],
            "commitments": commitments.order_by("-promised_on", "-pk")[:ROWS],
            "support": commitments.order_by().support(),
            "years": institution.commitments.realised_by_year(),
            "partnerships": [(row, *row.standing(today)) for row in agreements],
            "contacts": institution.cases.contacts_of(institution),
        }

    def memberships(self):
        return self.object.memberships.select_related("person", "team").order_by(
            "-starts_on", "-pk"
        )[:50]


class PersonDetail(PersonPage, RegisterDetail):
    def get_context_data(self, **kwargs):
        periods = self.object.memberships.select_related(
            "institution", "team__province", "replaces__person", "replaced_by__person"
        )
        return super().get_context_data(memberships=periods.order_by("-starts_on", "-pk"), **kwargs)


class RegisterHistory(RecordHistory):
    """With what was put together with it, or what it was put into."""

    merged_as = ""  # the merge's foreign key to what was kept

    def get_histories(self):
        key = self.object.pk
        kept, gone = (
            Q(**{self.merged_as: key}),
            Q(**{f"{self.merged_as}__isnull": False}, removed_id=key),
        )
        return [*super().get_histories(), Merge.history.filter(kept | gone)]

    def sentence(self, row, name, verb):
        if row.instance_type is not Merge or verb != VERBS[ADDED]:
            return super().sentence(row, name, verb)
        if row.removed_id == self.object.pk:
            return f"Digabungkan ke “{name(self.merged_as)}”"
        return f"“{row.removed_name}” digabungkan ke data ini"


class InstitutionHistory(InstitutionPage, RegisterHistory):
    merged_as = "institution"


class PersonHistory(PersonPage, RegisterHistory):
    merged_as = "person"


class RegisterCreate(RecordCreate):
    """In the province one works in; who works in several names it in the address."""

    template_name = "programs/register_form.html"
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
        """Back to the form of a new member, if that is where the way led from."""
        teams = Team.objects.visible_to(self.request.user, "programs.add_membership").filter(
            province=self.object.province
        )
        if team := teams.filter(pk=parse_number(self.request.GET.get("tim"))).first():
            return (
                f"{reverse('programs:membership_create', args=[team.pk])}?instansi={self.object.pk}"
            )
        return super().get_success_url()


class PersonCreate(PersonPage, RegisterCreate):
    title = "Catat orang"
    form_class = PersonForm

    def get_initial(self):
        institution = Institution.objects.visible_to(self.request.user).filter(
            pk=parse_number(self.request.GET.get("instansi"))
        )
        return super().get_initial() | {"institution": institution.first()}


class InstitutionUpdate(InstitutionPage, RecordUpdate):
    crumb = "Ubah"
    form_class = InstitutionForm
    template_name = "programs/register_form.html"
    searches_choices = True


class PersonUpdate(PersonPage, RecordUpdate):
    crumb = "Ubah"
    form_class = PersonForm
    template_name = "programs/register_form.html"
    searches_choices = True


class RegisterMerge(TransitionView):
    """
    Put this record into another one; an administrator's decision, and it cannot be taken back.
    """

    action = "merge"
    form_class = MergeForm
    question = "Gabungkan {record} ke data lain?"
    explanation = (
        "Semua rujukan (rapat, keanggotaan, tindak lanjut) pindah ke data yang Anda pertahankan,"
        " dan data ini dihapus dari daftar. Penggabungan tercatat dan tidak dapat dibatalkan."
    )
    crumb = button = "Gabungkan"
    done = "Data digabungkan; semua rujukannya pindah ke sini."
    danger = True

    def get_form_kwargs(self):
        own = {
            "record": self.record,
            "user": self.request.user,
            "words": search_terms(self.request),
        }
        return super().get_form_kwargs() | own

    def form_invalid(self, form):
        # Read anew: a write that was taken back has left its traces on the one at hand.
        self.record = self.get_queryset().filter(pk=self.kwargs["pk"]).first() or self.record
        return super().form_invalid(form)

    def form_valid(self, form):
        self.kept = form.cleaned_data["kept"]
        try:
            return super().form_valid(form)
        except MergeRefused as refused:
            form.add_error("kept", str(refused))
            return self.form_invalid(form)

    def perform(self, version, kept):
        self.check_object_permission(kept)
        merge_into(kept=kept, removed=self.record, version=version, by=self.request.user)

    def get_success_url(self):
        return self.kept.get_absolute_url()


class InstitutionMerge(InstitutionPage, RegisterMerge):
    pass


class PersonMerge(PersonPage, RegisterMerge):
    pass
