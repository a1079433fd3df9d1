"""Filter form over villages."""

from sinergi.kit.filters import SearchFilter
from villages.filters.regions import PlaceFilter
from villages.models import Village


class VillageFilter(PlaceFilter):
    q = SearchFilter(label="Nama desa", columns=["name"])

    class Meta:
        model = Village
        fields = ["q", "province", "regency"]
