"""The filter of the list of quarterly reports: which regency, beside the quarter."""

import django_filters

from sinergi.kit.filters import SearchFilter
from villages.filters.regions import PlaceFilter
from villages.models import Library
from villages.quarters import Quarter

#: Quarters to choose from.
QUARTERS = 12


def quarter_choices(today):
    """Return [(key, name)] of the last quarter that is over and those before it."""
    last = Quarter.last_ended(today)
    return [(one.key, str(one)) for one in (last.moved(-n) for n in range(QUARTERS))]


class ReportFilter(PlaceFilter):
    """Of libraries: `triwulan` says of which quarter their reports are shown, and filters none."""

    q = SearchFilter(label="Perpustakaan", columns=["name"])
    triwulan = django_filters.ChoiceFilter(
        label="Triwulan", empty_label=None, method="of_the_page", choices=()
    )

    in_tabs = ("daftar",)

    class Meta:
        model = Library
        fields = ["triwulan", "q", "province", "regency"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["triwulan"].extra["choices"] = quarter_choices(today)

    def of_the_page(self, queryset, name, value):
        return queryset
