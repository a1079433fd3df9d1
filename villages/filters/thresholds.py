"""The filter of thresholds."""

import django_filters

from sinergi.kit.filters import FilterSet
from villages.models import ThresholdSet


class ThresholdSetFilter(FilterSet):
    state = django_filters.ChoiceFilter(
        label="Status", choices=ThresholdSet.State.choices, empty_label="Semua status"
    )

    class Meta:
        model = ThresholdSet
        fields = ["state"]
