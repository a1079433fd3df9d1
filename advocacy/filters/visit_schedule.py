"""The filter of the next visits."""

import django_filters

from sinergi.kit.filters import SearchFilter
from villages.filters import PlaceFilter
from villages.models import Library


class LevelFilter(django_filters.ChoiceFilter):
    """The level of libraries; those of villages where none is named."""

    def __init__(self, **kwargs):
        village = Library.Level.VILLAGE
        others = [choice for choice in Library.Level.choices if choice[0] != village]
        super().__init__(choices=others, empty_label=village.label, **kwargs)

    def filter(self, queryset, value):
        return super().filter(queryset, value or Library.Level.VILLAGE)


class VisitScheduleFilter(PlaceFilter):
    """Which of the three lists is shown is chosen by a tab; see the view."""

    q = SearchFilter(label="Nama", columns=["name"])
    level = LevelFilter(label="Tingkat")

    class Meta:
        model = Library
        fields = ["q", "level", "province", "regency"]
