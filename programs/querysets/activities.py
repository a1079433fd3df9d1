"""Named reads over the activities of plans, and what hangs on them."""

from datetime import date, timedelta

from django.db.models import (
    Q,
)

from sinergi.kit.querysets import ScopedQuerySet

HALF_YEAR = timedelta(days=184)
EARLIEST_DAY = date.min + HALF_YEAR


class ActivityQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def in_order(self):
        return self.order_by("role", "order", "pk")

    def counting(self, log):
        """Filter those whose progress is counted from such logs ("meetings", "commitments", …)."""
        return self.filter(
            way__in=[way for way, name in self.model.COUNTED_FROM.items() if name == log]
        )

    def offered_to(self, team, day, *, log, chosen=None):
        """
        Filter the activities that a log of that day may belong to.

        They are counted from such logs, in the team's plan of that day or one that ended in the
        half-year before, for what is entered late; and `chosen`, the key of the one it belongs to
        already.
        """
        since = day - HALF_YEAR if day > EARLIEST_DAY else day  # of a year mistyped as 1
        near = Q(plan__starts_on__lte=day, plan__ends_on__gte=since)
        counted = self.counting(log).filter(near).order_by().values("pk")
        return self.filter(Q(pk__in=counted) | Q(pk=chosen), plan__team=team).order_by(
            "plan__starts_on", "role", "order", "pk"
        )

    def to_read(self):
        """Order and join everything that a plan says of them. Two queries at any number."""
        return (
            self.in_order()
            .select_related("regency", "village", "person_in_charge")
            .prefetch_related("lines")
        )


class ActivityRelatedQuerySet(ScopedQuerySet):
    """Budget lines, expenses and achievements: scoped by the team of their activity."""

    province_path = "activity__plan__team__province"

    def of_plan(self, plan):
        return self.filter(activity__plan=plan)
