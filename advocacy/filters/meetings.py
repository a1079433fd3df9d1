"""The filter of meetings."""

import django_filters

from advocacy.models import Meeting
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter

FIRST_TEAM_YEAR = 2018  # the year in which the first teams were formed


class MeetingFilter(SpanFilter, PlaceFilter):
    q = SearchFilter(label="Kata kunci", columns=["title", "place"])
    kata = WordsFilter("agenda")
    state = django_filters.ChoiceFilter(label="Status", choices=Meeting.State.choices)
    kind = django_filters.ChoiceFilter(
        label="Jenis rapat", choices=Meeting.Kind.choices, empty_label="Semua jenis"
    )
    year = django_filters.NumberFilter(
        label="Tahun", method="of_year", min_value=FIRST_TEAM_YEAR, max_value=2100
    )

    in_tabs = ("state",)

    class Meta:
        model = Meeting
        fields = ["q", "state", "kind", "province", "regency", "year"]

    def of_year(self, queryset, name, value):
        return queryset.in_year(int(value))

    def not_before(self, queryset, name, value):
        return queryset.on_days(first=value)

    def not_after(self, queryset, name, value):
        return queryset.on_days(last=value)
