"""Named reads over agenda items."""

from sinergi.kit.querysets import ScopedQuerySet


class AgendaQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def undiscussed(self):
        """Return the items with nothing noted and nothing decided."""
        return self.filter(notes="", decision="")
