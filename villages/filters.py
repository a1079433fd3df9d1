"""Filter forms over places."""

import django_filters

from sinergi.kit.filters import FilterSet, SearchFilter
from villages.models import Library, Regency, Village


def regencies(request):
    return Regency.objects.visible_to(request.user)


class VillageFilter(FilterSet):
    q = SearchFilter(label="Nama desa", columns=["name"])
    regency = django_filters.ModelChoiceFilter(label="Kabupaten/kota", queryset=regencies, empty_label="Semua kabupaten/kota")

    class Meta:
        model = Village
        fields = ["q", "regency"]


class LibraryFilter(FilterSet):
    q = SearchFilter(label="Nama", columns=["name"])
    level = django_filters.ChoiceFilter(label="Tingkat", choices=Library.Level.choices, empty_label="Semua tingkat")
    regency = django_filters.ModelChoiceFilter(label="Kabupaten/kota", queryset=regencies, empty_label="Semua kabupaten/kota")

    class Meta:
        model = Library
        fields = ["q", "level", "regency"]
