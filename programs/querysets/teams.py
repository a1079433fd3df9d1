"""Named reads over teams."""

from sinergi.kit.querysets import ScopedQuerySet


class TeamQuerySet(ScopedQuerySet):
    def samples(self):
        """Those of demonstration data."""
        return self.filter(is_sample=True)
