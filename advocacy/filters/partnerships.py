"""The filter of partnerships."""

import django_filters

from advocacy.models import Partnership
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class PartnershipFilter(PlaceFilter):
    q = SearchFilter(label="Tentang", columns=["about"])
    kata = WordsFilter()
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=Partnership.Kind.choices, empty_label="Semua jenis"
    )
    regency = None

    class Meta:
        model = Partnership
        fields = ["q", "kind", "province"]
