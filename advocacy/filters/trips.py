"""The filter of trips."""

from advocacy.models import Trip
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class TripFilter(SpanFilter, PlaceFilter):
    q = SearchFilter(label="Tujuan", columns=["title"])
    kata = WordsFilter()
    regency = None

    span = ("starts_on", "ends_on")

    class Meta:
        model = Trip
        fields = ["q", "province"]
