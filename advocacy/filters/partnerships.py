"""The filter of partnerships."""

import django_filters

from advocacy.models import Partnership
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class PartnershipFilter(SpanFilter, PlaceFilter):
    """By days: those that end on them."""

    q = SearchFilter(label="Tentang", columns=["about"])
    kata = WordsFilter()
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=Partnership.Kind.choices, empty_label="Semua jenis"
    )
    regency = None

    span = ("ends_on", "ends_on")

    class Meta:
        model = Partnership
        fields = ["q", "kind", "province"]
