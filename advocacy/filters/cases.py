"""The filter of advocacy cases."""

import django_filters
from django.utils import timezone

from advocacy.forms.cases import AIMS
from advocacy.models import AdvocacyCase, CasePlace
from programs.models import Institution
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter, regencies


class CaseFilter(PlaceFilter):
    q = SearchFilter(label="Yang diminta", columns=["asked"])
    kata = WordsFilter("steps")
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
