"""Named reads over agenda items."""

from datetime import timedelta

from sinergi.kit.querysets import ScopedQuerySet


class AgendaQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def undiscussed(self):
        """Return the items with nothing noted and nothing decided."""
        return self.filter(notes="", decision="")

    def decided_since(self, team, moment):
        """
        Return what the team's minutes decided that were approved since, the latest meeting on top;
        of meetings of the year before, which bounds the search in the index.
        """
        approved = self.model_of("meeting").State.APPROVED
        rows = self.filter(
            meeting__province=team.province_id,
            meeting__state=approved,
            meeting__starts_at__gte=moment - timedelta(days=366),
            meeting__approved_at__gte=moment,
        )
        rows = rows.exclude(decision="").select_related("meeting__province")
        return rows.order_by("-meeting__starts_at", "-meeting", "order", "pk")
