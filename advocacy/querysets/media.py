"""Named reads over media coverage."""

from django.db.models import F

from programs.activity_logs import LogQuerySet, as_logs, tied_to


class MediaQuerySet(LogQuerySet):
    def with_names(self):
        return self.select_related("team__province", "province", "meeting", "village", "commitment")

    def for_list(self):
        """Select what a list shows of each, and no more."""
        columns = [
            "title",
            "outlet",
            "published_on",
            "meeting__title",
            "village__name",
            "commitment__description",
        ]
        return self.select_related("meeting", "village", "commitment").only(*columns)

    def outlets_known_to(self, user, limit=100):
        """Return the media noted down lately, to be offered when one is typed."""
        rows = self.visible_to(user).order_by("-pk").values_list("outlet", flat=True)
        return sorted(set(rows[:limit]))

    def log_rows(self, plan, activity=None):
        """
        Return what is tied to the activities of this plan (programs.activity_logs), on the
        day it was published.
        """
        return as_logs(
            self.filter(tied_to(plan, activity)),
            "media",
            "published_on",
            day=F("published_on"),
            regency=F("village__regency_id"),
        )
