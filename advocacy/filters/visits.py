"""The filter of visits."""

import django_filters

from advocacy.filters.meetings import FIRST_TEAM_YEAR
from advocacy.models import Visit
from advocacy.models.checklists import Purpose
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class VisitFilter(SpanFilter, PlaceFilter):
    q = SearchFilter(label="Perpustakaan", columns=["library__name"])
    kata = WordsFilter("library", "recommendation_answers")
    state = django_filters.ChoiceFilter(label="Status", choices=Visit.State.choices)
    purpose = django_filters.ChoiceFilter(
        label="Maksud", choices=Purpose.choices, empty_label="Semua maksud"
    )
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="visited_on__year",
        min_value=FIRST_TEAM_YEAR,
        max_value=2100,
    )

    in_tabs = ("state",)
    span = ("visited_on", "visited_on")

    class Meta:
        model = Visit
        fields = ["q", "state", "purpose", "province", "regency", "year"]
