"""The filter of trainings."""

import django_filters

from advocacy.models import Training
from advocacy.models.commitments import EARLIEST_YEAR
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter


class TrainingFilter(SpanFilter, PlaceFilter):
    q = SearchFilter(label="Nama bimtek", columns=["title"])
    kata = WordsFilter()
    subject = django_filters.ChoiceFilter(
        label="Pokok materi", choices=Training.Subject.choices, empty_label="Semua materi"
    )
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="held_on",
        lookup_expr="year",
        min_value=EARLIEST_YEAR,
        max_value=2100,
    )
    regency = None

    span = ("held_on", "held_on")

    class Meta:
        model = Training
        fields = ["q", "subject", "province", "year"]
