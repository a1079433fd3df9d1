"""Named reads over teams."""

from sinergi.kit.querysets import ScopedQuerySet


class TeamQuerySet(ScopedQuerySet):
    def samples(self):
        """Filter those of demonstration data."""
        return self.filter(is_sample=True)
