"""Filter forms over what happened."""

import django_filters
from django.utils import timezone

from advocacy.forms.cases import AIMS
from advocacy.models import (
    AdvocacyCase,
    CasePlace,
    Checklist,
    Commitment,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
)
from advocacy.models.checklists import Purpose
from advocacy.models.commitments import EARLIEST
from advocacy.sums import OF_NONE
from programs.models import Institution, Membership, Person
from programs.support import UNIT_OF, UNITS
from sinergi.kit.filters import FilterSet, SearchFilter
from sinergi.kit.forms import DateInput
from sinergi.kit.views import search_terms
from villages.filters import PlaceFilter, provinces, regencies
from villages.models import Library
from villages.models.regions import PROVINCE_LENGTH

FIRST_YEAR = 2018  # the year in which the first teams were formed


class MeetingFilter(PlaceFilter):
    q = SearchFilter(label="Kata kunci", columns=["title", "place"])
    state = django_filters.ChoiceFilter(label="Status", choices=Meeting.State.choices)
    kind = django_filters.ChoiceFilter(
        label="Jenis rapat", choices=Meeting.Kind.choices, empty_label="Semua jenis"
    )
    year = django_filters.NumberFilter(
        label="Tahun", method="of_year", min_value=FIRST_YEAR, max_value=2100
    )

    in_tabs = ("state",)

    class Meta:
        model = Meeting
        fields = ["q", "state", "kind", "province", "regency", "year"]

    def of_year(self, queryset, name, value):
        return queryset.in_year(int(value))


def holders(request):
    """
    Whoever is or was in the team of the one province that somebody works in, or chose; follow-ups
    are given to members.
    """
    people = Person.objects.visible_to(request.user)
    if PlaceFilter.spans_provinces(request):
        people = people.filter(province=search_terms(request, "province")[:PROVINCE_LENGTH])
    members = Membership.objects.order_by().values("person")
    return people.filter(pk__in=members).order_by("name", "pk").only("name")


class FollowUpFilter(PlaceFilter):
    """How it stands (mine, open, overdue, done) is a tab; see the view."""

    q = SearchFilter(label="Kata kunci", columns=["what"])
    person = django_filters.ModelChoiceFilter(
        label="Siapa", field_name="person_in_charge", queryset=holders, empty_label="Semua orang"
    )
    since = django_filters.DateFilter(
        label="Tenggat dari", field_name="due_on", lookup_expr="gte", widget=DateInput()
    )
    until = django_filters.DateFilter(
        label="Tenggat sampai", field_name="due_on", lookup_expr="lte", widget=DateInput()
    )
    regency = None

    class Meta:
        model = FollowUp
        fields = ["q", "province", "person", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.spans_provinces(self.request) and not self.request.GET.get("province"):
            del self.filters["person"]


class CaseFilter(PlaceFilter):
    q = SearchFilter(label="Yang diminta", columns=["asked"])
    stage = django_filters.ChoiceFilter(
        label="Tahap", choices=AdvocacyCase.Stage.choices, empty_label="Semua tahap"
    )
    state = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            ("open", "Masih berjalan"),
            ("stalled", "Belum ada kemajuan"),
            ("mine", "Saya penanggung jawabnya"),
        ],
        empty_label="Semua keadaan",
        method="in_state",
    )
    aim = django_filters.ChoiceFilter(
        label="Bentuk dukungan", choices=AIMS, empty_label="Semua bentuk"
    )
    sector = django_filters.ChoiceFilter(
        label="Sektor",
        field_name="institution__sector",
        choices=Institution.Sector.choices,
        empty_label="Semua sektor",
    )
    regency = django_filters.ModelChoiceFilter(
        label="Kabupaten/kota",
        queryset=regencies,
        empty_label="Semua kabupaten/kota",
        method="in_regency",
    )

    class Meta:
        model = AdvocacyCase
        fields = ["q", "stage", "state", "aim", "sector", "province", "regency"]

    def in_state(self, queryset, name, value):
        if value == "mine":
            return queryset.in_charge(self.request.user)
        if value == "stalled":
            return queryset.stalled(timezone.localdate())
        return queryset.filter(stage__in=AdvocacyCase.COURSE[:-1])

    def in_regency(self, queryset, name, value):
        places = CasePlace.objects.filter(regency=value).order_by()
        return queryset.filter(pk__in=places.values("case"))


class LedgerFilter(PlaceFilter):
    """
    What the ledger of commitments and the list of what came are filtered by, so that a sum leads to
    its rows in both.
    """

    path = ""  # from the row to the commitment
    regency_waits = False  # what is of no regency may be asked for across provinces

    unit = django_filters.ChoiceFilter(
        label="Dihitung sebagai", choices=list(UNITS.items()), empty_label="Semua", method="in_unit"
    )
    kind = django_filters.ChoiceFilter(
        label="Bentuk",
        choices=Commitment.Kind.choices,
        empty_label="Semua bentuk",
        method="of_commitment",
    )
    sector = django_filters.ChoiceFilter(
        label="Sektor",
        choices=Institution.Sector.choices,
        empty_label="Semua sektor",
        method="of_sector",
    )
    province = django_filters.ModelChoiceFilter(
        label="Provinsi", queryset=provinces, empty_label="Semua provinsi", method="of_commitment"
    )
    regency = django_filters.ModelChoiceFilter(
        label="Kabupaten/kota",
        queryset=regencies,
        empty_label="Semua wilayah",
        null_label="Provinsi, atau beberapa",
        null_value=OF_NONE,
        method="in_regency",
    )

    in_tabs = ("unit",)

    @property
    def is_within_province(self):
        """Whether it leaves rows of one province alone."""
        return self.form.is_valid() and bool(self.form.cleaned_data.get("province"))

    def in_unit(self, queryset, name, value):
        return queryset.filter(
            **{f"{self.path}kind__in": [kind for kind, unit in UNIT_OF.items() if unit == value]}
        )

    def of_commitment(self, queryset, name, value):
        return queryset.filter(**{f"{self.path}{name}": value})

    def of_sector(self, queryset, name, value):
        return queryset.filter(**{f"{self.path}institution__sector": value})

    def in_regency(self, queryset, name, value):
        if value == OF_NONE:
            return queryset.filter(**{f"{self.path}regency__isnull": True})
        return queryset.filter(**{f"{self.path}regency": value})


class CommitmentFilter(LedgerFilter):
    q = SearchFilter(label="Yang dijanjikan", columns=["description"])
    standing = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[("open", "Belum terealisasi penuh"), *Commitment.Standing.choices],
        empty_label="Semua keadaan",
        method="in_standing",
    )
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="promised_on",
        lookup_expr="year",
        min_value=EARLIEST,
        max_value=2100,
    )

    class Meta:
        model = Commitment
        fields = ["q", "unit", "kind", "standing", "sector", "province", "regency", "year"]

    def in_standing(self, queryset, name, value):
        return (
            queryset.outstanding()
            if value == "open"
            else queryset.in_standing(value, timezone.localdate())
        )


class RealisationFilter(LedgerFilter):
    path = "commitment__"
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="realised_on",
        lookup_expr="year",
        min_value=EARLIEST,
        max_value=2100,
    )

    def of_commitment(self, queryset, name, value):
        return (
            queryset.in_province(value)
            if name == "province"
            else super().of_commitment(queryset, name, value)
        )

    class Meta:
        model = Realisation
        fields = ["unit", "kind", "sector", "province", "regency", "year"]


class PartnershipFilter(PlaceFilter):
    q = SearchFilter(label="Tentang", columns=["about"])
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=Partnership.Kind.choices, empty_label="Semua jenis"
    )
    regency = None

    class Meta:
        model = Partnership
        fields = ["q", "kind", "province"]


class MediaFilter(PlaceFilter):
    q = SearchFilter(label="Judul", columns=["title"])
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="published_on",
        lookup_expr="year",
        min_value=EARLIEST,
        max_value=2100,
    )
    regency = None

    class Meta:
        model = MediaCoverage
        fields = ["q", "province", "year"]


class ChecklistFilter(FilterSet):
    level = django_filters.ChoiceFilter(
        label="Untuk perpustakaan", choices=Library.Level.choices, empty_label="Semua tingkat"
    )
    purpose = django_filters.ChoiceFilter(
        label="Maksud kunjungan", choices=Purpose.choices, empty_label="Semua maksud"
    )
    state = django_filters.ChoiceFilter(
        label="Status",
        choices=[
            ("published", "Berlaku"),
            ("draft", "Ada drafnya"),
            ("withdrawn", "Ditarik"),
        ],
        empty_label="Semua status",
        method="in_state",
    )

    class Meta:
        model = Checklist
        fields = ["level", "purpose", "state"]

    def in_state(self, queryset, name, value):
        if value == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        number = f"{value}_number"
        return queryset.in_use().filter(**{f"{number}__isnull": False})
