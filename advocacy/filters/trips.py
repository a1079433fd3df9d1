"""The filter of trips."""

from advocacy.models import Trip
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class TripFilter(PlaceFilter):
    q = SearchFilter(label="Tujuan", columns=["title"])
    kata = WordsFilter()
    regency = None

    class Meta:
        model = Trip
        fields = ["q", "province"]
