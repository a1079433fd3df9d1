"""The filter of trips."""

from advocacy.models import Trip
from sinergi.kit.filters import SearchFilter, SpanFilter
from villages.filters import PlaceFilter


class TripFilter(SpanFilter, PlaceFilter):
    q = SearchFilter(label="Tujuan", columns=["title"])
    regency = None

    span = ("starts_on", "ends_on")

    class Meta:
        model = Trip
        fields = ["q", "province"]
