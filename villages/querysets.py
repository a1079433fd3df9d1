"""Named reads over places."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sinergi.kit.querysets import ScopedQuerySet


def count_of(queryset, **by):
    """
    A subquery that counts `queryset` for each outer row; costs only for the rows that are shown.
    """
    (inner, outer), *_ = by.items()
    counted = (
        queryset.filter(**{inner: OuterRef(outer)})
        .order_by()
        .values(inner)
        .annotate(n=Count("*"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0)


class ProvinceQuerySet(ScopedQuerySet):
    province_path = "pk"


class RegencyQuerySet(ScopedQuerySet):
    regency_path = "pk"


class PlaceQuerySet(ScopedQuerySet):
    """Districts, villages and libraries: each row names its province and regency."""

    regency_path = "regency"


class VillageQuerySet(PlaceQuerySet):
    def to_choose(self, province, *, stored=()):
        """
        Those of the province that have a library, and those (their keys) that are chosen already.
        """
        return self.filter(Q(library__isnull=False) | Q(pk__in=stored), province=province)


class ParticipationQuerySet(ScopedQuerySet):
    province_path = "library__province"
    regency_path = "library__regency"


class AliasQuerySet(ScopedQuerySet):
    province_path = "regency__province"
    regency_path = "regency"


class ImportBatchQuerySet(ScopedQuerySet):
    """A list of the whole country lies in no province: national administrators see it."""

    def for_list(self):
        return self.select_related("province", "created_by").defer(
            "answers", "columns", "column_names"
        )


class LibraryQuerySet(PlaceQuerySet):
    def with_place(self):
        return self.select_related("province", "regency", "village__district")

    def for_list(self):
        """
        Named rows of what a list shows: on 50 libraries, a fifth of the time that their objects
        take.
        """
        places = ["province__name", "regency__name", "village__district__name"]
        return self.values_list("id", "name", "level", "head", "village_id", *places, named=True)

    def village(self):
        return self.filter(level="village")

    def on_shelves(self):
        """
        Those of villages, regency by regency. A regency's code begins with its province's, so the
        order is one index's.
        """
        return self.village().order_by("province_id", "regency_id", "id")
