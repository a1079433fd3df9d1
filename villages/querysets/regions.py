"""Named reads over regions."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from sinergi.kit.querysets import ScopedQuerySet


def count_of(queryset, **by):
    """
    Return a subquery that counts `queryset` for each outer row; it costs only for the rows that are
    shown.
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
