"""The filter form over institutions."""

import django_filters

from programs.models import Institution
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class InstitutionFilter(PlaceFilter):
    q = SearchFilter(label="Nama", columns=["name"])
    kata = WordsFilter()
    sector = django_filters.ChoiceFilter(
        label="Sektor", choices=Institution.Sector.choices, empty_label="Semua sektor"
    )

    class Meta:
        model = Institution
        fields = ["q", "sector", "province", "regency"]
