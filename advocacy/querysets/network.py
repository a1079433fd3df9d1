"""Named reads over partnerships and media coverage."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from programs.logs import Log, LogQuerySet, tied_to
from sinergi.kit.periods import in_force_on


class PartnershipQuerySet(LogQuerySet):
    titled = "about"
    NOTICE_DAYS = 60  # an end is announced this many days before it

    def with_names(self):
        return self.select_related("team__province", "province", "institution")

    def expiring(self, today):
        """In force, ending within the notice, and not followed by another of its kind with the same institution."""
        followed = self.model.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
            institution=OuterRef("institution"), kind=OuterRef("kind"), starts_on__gt=OuterRef("starts_on"),
        )  # fmt: skip
        soon = self.filter(in_force_on(today), ends_on__lte=today + timedelta(days=self.NOTICE_DAYS))
        return soon.exclude(Exists(followed)).order_by("ends_on", "pk")

    def logs_of(self, plan, activity=None):
        """Each on its first day."""
        rows, today = self.filter(tied_to(plan, activity)).order_by("starts_on", "pk"), plan.team.today
        names = ["activity_id", "pk", "starts_on", "institution__regency_id", "institution_id"]
        return [
            Log(key, pk, day, day <= today, regency, frozenset([institution]), "partnerships")
            for key, pk, day, regency, institution in rows.values_list(*names)
        ]


class MediaQuerySet(LogQuerySet):
    def with_names(self):
        return self.select_related("team__province", "province", "meeting", "village", "commitment")

    def outlets_known_to(self, user, limit=100):
        """The media noted down lately, to be offered when one is typed."""
        rows = self.visible_to(user).order_by("-pk").values_list("outlet", flat=True)
        return sorted(set(rows[:limit]))

    def logs_of(self, plan, activity=None):
        """Each on the day it was published."""
        rows = self.filter(tied_to(plan, activity)).order_by("published_on", "pk")
        rows = rows.annotate(place=F("village__regency_id"))
        return [
            Log(key, pk, day, True, regency, source="media")
            for key, pk, day, regency in rows.values_list("activity_id", "pk", "published_on", "place")
        ]
