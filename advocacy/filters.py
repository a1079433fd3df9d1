"""Filter forms over meetings and follow-ups."""

import django_filters

from advocacy.models import FollowUp, Meeting
from sinergi.kit.filters import FilterSet, SearchFilter
from villages.filters import PlaceFilter

FIRST_YEAR = 2018  # the year in which the first teams were formed


class MeetingFilter(PlaceFilter):
    q = SearchFilter(label="Kata kunci", columns=["title", "place"])
    state = django_filters.ChoiceFilter(label="Status", choices=Meeting.State.choices)
    kind = django_filters.ChoiceFilter(label="Jenis kegiatan", choices=Meeting.Kind.choices, empty_label="Semua jenis")
    year = django_filters.NumberFilter(
        label="Tahun", field_name="starts_at", lookup_expr="year", min_value=FIRST_YEAR, max_value=2100
    )

    in_tabs = ("state",)

    class Meta:
        model = Meeting
        fields = ["q", "state", "kind", "province", "regency", "year"]


class FollowUpFilter(FilterSet):
    """Which of the lists is shown (mine, all, overdue, done) is a tab; see the view."""

    q = SearchFilter(label="Kata kunci", columns=["what"])

    class Meta:
        model = FollowUp
        fields = ["q"]
