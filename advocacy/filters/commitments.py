"""The filter of commitments, and what it shares with that of realisations."""

import django_filters
from django.utils import timezone

from advocacy.models import Commitment
from advocacy.models.commitments import EARLIEST_YEAR
from advocacy.sums import OF_NONE
from programs.models import Institution
from programs.support_totals import UNIT_OF, UNITS
from sinergi.kit.filters import SearchFilter, SpanFilter
from sinergi.kit.search.filters import WordsFilter
from villages.filters import PlaceFilter, provinces, regencies


class LedgerFilter(PlaceFilter):
    """
    What commitments and realisations are filtered by alike, so that a sum leads to its rows in
    both.
    """

    path = ""  # from the row to the commitment
    regency_waits = False  # what is of no regency may be asked for across provinces

    unit = django_filters.ChoiceFilter(
        label="Dihitung sebagai", choices=list(UNITS.items()), empty_label="Semua", method="in_unit"
    )
    kind = django_filters.ChoiceFilter(
        label="Bentuk",
        choices=Commitment.Kind.choices,
        empty_label="Semua bentuk",
        method="of_commitment",
    )
    sector = django_filters.ChoiceFilter(
        label="Sektor",
        choices=Institution.Sector.choices,
        empty_label="Semua sektor",
        method="of_sector",
    )
    province = django_filters.ModelChoiceFilter(
        label="Provinsi", queryset=provinces, empty_label="Semua provinsi", method="of_commitment"
    )
    regency = django_filters.ModelChoiceFilter(
        label="Kabupaten/kota",
        queryset=regencies,
        empty_label="Semua wilayah",
        null_label="Provinsi, atau beberapa",
        null_value=OF_NONE,
        method="in_regency",
    )

    in_tabs = ("unit",)

    @property
    def is_within_province(self):
        """Whether it leaves rows of one province alone."""
        return self.form.is_valid() and bool(self.form.cleaned_data.get("province"))

    def in_unit(self, queryset, name, value):
        return queryset.filter(
            **{f"{self.path}kind__in": [kind for kind, unit in UNIT_OF.items() if unit == value]}
        )

    def of_commitment(self, queryset, name, value):
        return queryset.filter(**{f"{self.path}{name}": value})

    def of_sector(self, queryset, name, value):
        return queryset.filter(**{f"{self.path}institution__sector": value})

    def in_regency(self, queryset, name, value):
        if value == OF_NONE:
            return queryset.filter(**{f"{self.path}regency__isnull": True})
        return queryset.filter(**{f"{self.path}regency": value})


class CommitmentFilter(SpanFilter, LedgerFilter):
    """By days: those due on them."""

    q = SearchFilter(label="Yang dijanjikan", columns=["description"])
    kata = WordsFilter()
    #: Named as in addresses that people keep.
    standing = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[("open", "Belum terealisasi penuh"), *Commitment.State.choices],
        empty_label="Semua keadaan",
        method="in_state",
    )
    year = django_filters.NumberFilter(
        label="Tahun",
        field_name="promised_on",
        lookup_expr="year",
        min_value=EARLIEST_YEAR,
        max_value=2100,
    )

    span = ("due_on", "due_on")

    class Meta:
        model = Commitment
        fields = ["q", "unit", "kind", "standing", "sector", "province", "regency", "year"]

    def in_state(self, queryset, name, value):
        if value == "open":
            return queryset.outstanding()
        return queryset.in_state(value, timezone.localdate())
