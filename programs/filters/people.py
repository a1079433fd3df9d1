"""The filter form over people."""

import django_filters

from programs.models import Institution, Person
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class PersonFilter(PlaceFilter):
    q = SearchFilter(label="Nama", columns=["name"])
    kata = WordsFilter()
    sector = django_filters.ChoiceFilter(
        label="Sektor",
        field_name="institution__sector",
        choices=Institution.Sector.choices,
        empty_label="Semua sektor",
    )

    class Meta:
        model = Person
        fields = ["q", "sector", "province", "regency"]
