"""The filter of realisations."""

import django_filters

from advocacy.filters.commitments import LedgerFilter
from advocacy.models import Realisation
from advocacy.models.commitments import EARLIEST_YEAR
from sinergi.kit.search.filters import WordsFilter


class RealisationFilter(LedgerFilter):
    path = "commitment__"
    kata = WordsFilter()
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="realised_on",
        lookup_expr="year",
        min_value=EARLIEST_YEAR,
        max_value=2100,
    )

    def of_commitment(self, queryset, name, value):
        return (
            queryset.in_province(value)
            if name == "province"
            else super().of_commitment(queryset, name, value)
        )

    class Meta:
        model = Realisation
        fields = ["unit", "kind", "sector", "province", "regency", "year"]
