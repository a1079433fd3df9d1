"""Named reads over participations."""

from django.db.models import Q

from sinergi.kit.querysets import ScopedQuerySet


class ParticipationQuerySet(ScopedQuerySet):
    province_path = "library__province"
    regency_path = "library__regency"

    def alive_in(self, quarter):
        """
        Return those that had begun by the last day of a quarter and had not ended before its first.
        Without a day it begins with its year, and goes on until it is ended.
        """
        begun = Q(joined_on__lte=quarter.ends_on) | Q(
            joined_on__isnull=True, year__lte=quarter.ends_on.year
        )
        on = Q(left_on__isnull=True) | Q(left_on__gte=quarter.starts_on)
        return self.filter(begun, on)
