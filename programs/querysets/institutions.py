"""Named reads over institutions."""

from django.db.models import (
    Q,
)

from programs.name_keys import institution_key
from sinergi.kit.querysets import ScopedQuerySet


class InstitutionQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("regency")

    def to_choose(self):
        """Return (key, name, where it belongs) of each, for a list of choices."""
        return self.values_list("pk", "name", "regency__name")

    def for_list(self):
        """Return named rows of what a list shows."""
        return self.values_list(
            "id",
            "name",
            "abbreviation",
            "sector",
            "phone",
            "email",
            "regency__name",
            "province__name",
            named=True,
        )

    def twins_of(self, institution):
        """
        Filter others of that province under the same name, written differently, or with the same
        telephone.
        """
        key = institution_key(institution.name or "")
        same = Q(pk__in=[])
        if key:
            same |= Q(name_key=key)
        if institution.phone:
            same |= Q(phone=institution.phone)
        return self.filter(same, province=institution.province_id).exclude(pk=institution.pk)
