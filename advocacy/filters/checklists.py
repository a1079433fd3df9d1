"""The filter of checklists."""

import django_filters

from advocacy.models import Checklist
from advocacy.models.checklists import Purpose
from sinergi.kit.filters import FilterSet
from villages.models import Library


class ChecklistFilter(FilterSet):
    level = django_filters.ChoiceFilter(
        label="Untuk perpustakaan", choices=Library.Level.choices, empty_label="Semua tingkat"
    )
    purpose = django_filters.ChoiceFilter(
        label="Maksud kunjungan", choices=Purpose.choices, empty_label="Semua maksud"
    )
    state = django_filters.ChoiceFilter(
        label="Status",
        choices=[
            ("published", "Berlaku"),
            ("draft", "Ada drafnya"),
            ("withdrawn", "Ditarik"),
        ],
        empty_label="Semua status",
        method="in_state",
    )

    class Meta:
        model = Checklist
        fields = ["level", "purpose", "state"]

    def in_state(self, queryset, name, value):
        if value == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        number = f"{value}_number"
        return queryset.in_use().filter(**{f"{number}__isnull": False})
