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
        return self.filter(is_alive(quarter.year, quarter.starts_on, quarter.ends_on))


def is_alive(year, starts_on, ends_on):
    """
    Return the condition that a participation is alive in a quarter; values, or expressions of them.
    """
    begun = Q(joined_on__lte=ends_on) | Q(joined_on__isnull=True, year__lte=year)
    return begun & (Q(left_on__isnull=True) | Q(left_on__gte=starts_on))
