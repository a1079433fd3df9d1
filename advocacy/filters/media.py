"""The filter of media coverage."""

import django_filters

from advocacy.models import MediaCoverage
from advocacy.models.commitments import EARLIEST_YEAR
from sinergi.kit.filters import SearchFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class MediaFilter(PlaceFilter):
    q = SearchFilter(label="Judul", columns=["title"])
    kata = WordsFilter()
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="published_on",
        lookup_expr="year",
        min_value=EARLIEST_YEAR,
        max_value=2100,
    )
    regency = None

    class Meta:
        model = MediaCoverage
        fields = ["q", "province", "year"]
