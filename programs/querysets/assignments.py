"""Named reads over assignments."""

from django.db.models import (
    Exists,
)

from sinergi.kit.querysets import ScopedQuerySet
from villages.models import Province


class AssignmentQuerySet(ScopedQuerySet):
    """
    Assignments: the administrator of a province manages those of that province, a national one the
    rest.
    """

    regency_path = "regency"

    def in_force(self, today):
        """Filter the roles an account has now: begun, and not ended."""
        rows = self.filter(ended_at__isnull=True, starts_on__lte=today).select_related(
            "province", "regency"
        )
        # On every page, so it is asked along with these: whether the portal holds a team of
        # samples.
        samples = Province.objects.filter(team__is_sample=True)
        return rows.annotate(among_samples=Exists(samples))
