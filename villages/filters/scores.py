"""The filters of scores: what counts, of which quarter, where."""

import django_filters

from sinergi.kit.filters import SearchFilter
from villages.filters.regions import PlaceFilter
from villages.filters.reports import quarter_choices
from villages.models import Library
from villages.reports.fields import Outcome

#: The value of `dihitung` that takes in reports nobody has verified yet.
WITH_WAITING = "menunggu"
WORST_FIRST = "terburuk"


class ScoreFilter(PlaceFilter):
    """Of libraries: the place filters them; all else says how the page counts."""

    triwulan = django_filters.ChoiceFilter(
        label="Triwulan", empty_label=None, method="of_the_page", choices=()
    )
    dihitung = django_filters.ChoiceFilter(
        label="Yang dihitung",
        empty_label="Terverifikasi saja",
        method="of_the_page",
        choices=[(WITH_WAITING, "Termasuk yang menunggu")],
    )

    in_tabs = ("keadaan",)

    class Meta:
        model = Library
        fields = ["triwulan", "province", "regency", "dihitung"]

    def __init__(self, *args, today, quarter, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["triwulan"].extra["choices"] = quarter_choices(today, quarter)

    def of_the_page(self, queryset, name, value):
        return queryset


class ScoreMatrixFilter(ScoreFilter):
    """The regencies are the rows, so that none of them is chosen."""

    urut = django_filters.ChoiceFilter(
        label="Urutan",
        empty_label="Nama",
        method="of_the_page",
        choices=[(WORST_FIRST, "Terburuk dulu")],
    )

    class Meta:
        model = Library
        fields = ["triwulan", "province", "urut", "dihitung"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters.pop("regency", None)


class ScoreListFilter(ScoreFilter):
    q = SearchFilter(label="Perpustakaan", columns=["name"])
    sasaran = django_filters.ChoiceFilter(
        label="Sasaran",
        empty_label=None,
        method="of_the_page",
        choices=[(outcome.value, outcome.short) for outcome in Outcome],
    )

    class Meta:
        model = Library
        fields = ["triwulan", "sasaran", "q", "province", "regency", "dihitung"]


class ScoreIndicatorFilter(ScoreFilter):
    q = SearchFilter(label="Perpustakaan", columns=["name"])

    class Meta:
        model = Library
        fields = ["triwulan", "q", "province", "regency", "dihitung"]
