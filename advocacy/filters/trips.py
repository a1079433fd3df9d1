"""The filter of trips."""

from advocacy.models import Trip
from sinergi.kit.filters import SearchFilter
from villages.filters import PlaceFilter


class TripFilter(PlaceFilter):
    q = SearchFilter(label="Tujuan", columns=["title"])
    regency = None

    class Meta:
        model = Trip
        fields = ["q", "province"]
