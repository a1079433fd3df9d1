"""Filter form over villages."""

from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters.regions import PlaceFilter
from villages.models import Village


class VillageFilter(PlaceFilter):
    q = SearchFilter(label="Nama desa", columns=["name"])
    kata = WordsFilter()

    class Meta:
        model = Village
        fields = ["q", "province", "regency"]
