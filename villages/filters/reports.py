"""The filter of the list of quarterly reports: which regency, beside the quarter."""

import django_filters

from sinergi.kit.filters import SearchFilter
from villages.filters.regions import PlaceFilter
from villages.models import Library
from villages.models.participations import FIRST_YEAR
from villages.quarters import Quarter

#: Quarters to choose from.
QUARTERS = 12


def quarter_asked(text, today):
    """
    Return the quarter that an address or a form asks for (2019-2), else the last one that is over:
    there are reports from the first year of the programme until then.
    """
    asked, last = Quarter.read(text), Quarter.last_ended(today)
    return asked if asked and Quarter(FIRST_YEAR, 1) <= asked <= last else last


def quarter_choices(today, shown):
    """
    Return [(key, name)] of the last quarter that is over and those before it; and of the one that
    is shown, which a link may have asked for from longer ago.
    """
    last = Quarter.last_ended(today)
    quarters = {last.moved(-n) for n in range(QUARTERS)} | {shown}
    return [(one.key, str(one)) for one in sorted(quarters, reverse=True)]


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

    def __init__(self, *args, today, quarter, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["triwulan"].extra["choices"] = quarter_choices(today, quarter)

    def of_the_page(self, queryset, name, value):
        return queryset
