"""The filter form over people."""

import django_filters

from programs.models import Institution, Person
from sinergi.kit.filters import SearchFilter
from villages.filters import PlaceFilter


class PersonFilter(PlaceFilter):
    q = SearchFilter(label="Nama", columns=["name"])
    sector = django_filters.ChoiceFilter(
        label="Sektor",
        field_name="institution__sector",
        choices=Institution.Sector.choices,
        empty_label="Semua sektor",
    )

    class Meta:
        model = Person
        fields = ["q", "sector", "province", "regency"]
