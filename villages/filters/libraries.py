"""Filter form over libraries."""

import django_filters

from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters.regions import PlaceFilter
from villages.models import Library


class LibraryFilter(PlaceFilter):
    q = SearchFilter(label="Nama", columns=["name"])
    kata = WordsFilter()
    level = django_filters.ChoiceFilter(
        label="Tingkat", choices=Library.Level.choices, empty_label="Semua tingkat"
    )

    class Meta:
        model = Library
        fields = ["q", "level", "province", "regency"]
