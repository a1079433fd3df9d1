"""Filter by place, for those who see more than one province or regency."""

import django_filters

from sinergi.kit.filters import FilterSet
from villages.models import Province, Regency
from villages.models.regions import PROVINCE_LENGTH
from villages.querysets.shared import provinces_of


def provinces(request):
    """Return the provinces in which somebody sees anything of a place."""
    scope, rows = request.user.scope("villages.view_regency"), Province.objects.all()
    return rows if scope.national else rows.filter(pk__in=provinces_of(scope))


def regencies(request):
    """
    Return those of the one province somebody works in; who sees several provinces chooses one
    first.
    """
    visible = Regency.objects.visible_to(request.user)
    if not PlaceFilter.spans_provinces(request):
        return visible
    return visible.filter(province=request.GET.get("province", "")[:PROVINCE_LENGTH])


class PlaceFilter(FilterSet):
    """By regency, and by province for those who see more than one."""

    province = django_filters.ModelChoiceFilter(
        label="Provinsi", queryset=provinces, empty_label="Semua provinsi"
    )
    regency = django_filters.ModelChoiceFilter(
        label="Kabupaten/kota", queryset=regencies, empty_label="Semua kabupaten/kota"
    )

    #: Whether regencies are offered only within a province, for those who see more than one.
    regency_waits = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.spans_provinces(self.request):
            del self.filters["province"]
        elif self.regency_waits and not self.request.GET.get("province"):
            self.filters.pop("regency", None)

    @staticmethod
    def spans_provinces(request):
        scope = request.user.scope("villages.view_regency")
        return scope.national or len(provinces_of(scope)) > 1
