"""Named reads over villages."""

from django.db.models import Q

from villages.querysets.regions import PlaceQuerySet


class VillageQuerySet(PlaceQuerySet):
    def to_choose(self, province, *, stored=()):
        """
        Those of the province that have a library, and those (their keys) that are chosen already.
        """
        return self.filter(Q(library__isnull=False) | Q(pk__in=stored), province=province)
