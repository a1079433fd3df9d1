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
from sinergi.kit.text import parse_pk
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
from villages.views.loading import regions_first

ROWS = 50  # of each, on the page of an institution


class InstitutionPage:
    model = Institution
    section = "partners"
    list_name, list_url = "Mitra", "programs:institution_list"

    def get_queryset(self):
        return super().get_queryset().select_related("province", "regency")

    def get_trail(self):
        trail = [(self.list_name, reverse(self.list_url))]
        record = getattr(self, "object", None)
        return (
            [*trail, (str(record), record.get_absolute_url())]
            if record and record.pk and self.crumb
            else trail
        )


class PersonPage(InstitutionPage):
    model = Person
    list_name, list_url = "Orang", "programs:person_list"

    def get_queryset(self):
        return super().get_queryset().select_related("institution")


class RegisterList(RecordList):
    """By name; the rows are named rows, drawn by Jinja2."""

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).for_list()

    def get_trail(self):
        return []

    def get_context_data(self, **kwargs):
        may_add = self.request.user.has_perm(f"programs.add_{self.model._meta.model_name}")
        return super().get_context_data(
            may_add=may_add, sectors=dict(Institution.Sector.choices), **kwargs
        )


class InstitutionList(InstitutionPage, RegisterList):
    title = "Instansi dan mitra"
    filterset_class = InstitutionFilter
    get_queryset, get_trail = RegisterList.get_queryset, RegisterList.get_trail


class PersonList(PersonPage, RegisterList):
    title = "Orang"
    filterset_class = PersonFilter
    get_queryset, get_trail = RegisterList.get_queryset, RegisterList.get_trail


class RegisterDetail(RecordDetail):
    def get_context_data(self, **kwargs):
        user, name = self.request.user, self.model._meta.model_name
        return super().get_context_data(
            may={
                action: user.has_perm(f"programs.{action}_{name}", self.object)
                for action in ("change", "merge")
            },
            twins=self.model.objects.visible_to(user).twins_of(self.object).with_place()[:5],
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

    def dispatch(self, request, *args, **kwargs):
        if (
            request.user.is_authenticated
            and request.user.has_perm(self.permission)
            and not self.near
        ):
            return regions_first(self)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def near(self):
        return list(
            Province.objects.visible_to(self.request.user, self.permission).order_by("pk")[:50]
        )

    def get_form_kwargs(self):
        wanted = self.request.GET.get("provinsi", "")
        self.province = next((p for p in self.near if p.pk == wanted), self.near[0])
        self.provinces = self.near if len(self.near) > 1 else []
        return super().get_form_kwargs() | {
            "instance": self.model(province=self.province),
            "words": search_terms(self.request),
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "provinces": self.provinces,
            "province": self.province,
            "cancel_url": reverse(self.list_url),
        }


class InstitutionCreate(InstitutionPage, RegisterCreate):
    title = "Catat instansi atau mitra"
    form_class = InstitutionForm

    def get_success_url(self):
        """Back to the form of a new member, if that is where the way led from."""
        teams = Team.objects.visible_to(self.request.user, "programs.add_membership").filter(
            province=self.object.province
        )
        if team := teams.filter(pk=parse_pk(self.request.GET.get("tim"))).first():
            return (
                f"{reverse('programs:membership_create', args=[team.pk])}?instansi={self.object.pk}"
            )
        return super().get_success_url()


class PersonCreate(PersonPage, RegisterCreate):
    title = "Catat orang"
    form_class = PersonForm

    def get_initial(self):
        institution = Institution.objects.visible_to(self.request.user).filter(
            pk=parse_pk(self.request.GET.get("instansi"))
        )
        return super().get_initial() | {"institution": institution.first()}


class RegisterUpdate(RecordUpdate):
    crumb = "Ubah"
    template_name = "programs/register_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": search_terms(self.request)}


class InstitutionUpdate(InstitutionPage, RegisterUpdate):
    form_class = InstitutionForm


class PersonUpdate(PersonPage, RegisterUpdate):
    form_class = PersonForm


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

    def get_trail(self):
        return [(self.list_name, reverse(self.list_url)), *TransitionView.get_trail(self)]


class InstitutionMerge(InstitutionPage, RegisterMerge):
    get_trail = RegisterMerge.get_trail


class PersonMerge(PersonPage, RegisterMerge):
    get_trail = RegisterMerge.get_trail
