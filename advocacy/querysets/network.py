"""Named reads over partnerships and media coverage."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from programs.progress import Log
from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet


class PartnershipQuerySet(ScopedQuerySet):
    NOTICE_DAYS = 60  # an end is announced this many days before it

    def with_names(self):
        return self.select_related("team__province", "province", "institution")

    def for_list(self):
        """With what a list shows of each, and no more."""
        columns = ["kind", "number", "about", "starts_on", "ends_on", "institution__name"]
        return self.select_related("institution").only(*columns)

    def expiring(self, today):
        """In force, ending within the notice, and not followed by another of its kind with the same institution."""
        followed = self.model.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
            institution=OuterRef("institution"), kind=OuterRef("kind"), starts_on__gt=OuterRef("starts_on"),
        )  # fmt: skip
        soon = self.filter(in_force_on(today), ends_on__lte=today + timedelta(days=self.NOTICE_DAYS))
        return soon.exclude(Exists(followed)).order_by("ends_on", "pk")

    def logs_of(self, plan):
        """What is tied to the activities of this plan, on its first day."""
        rows = self.filter(activity__plan=plan).order_by("starts_on", "pk")
        names = ["activity_id", "starts_on", "about", "pk", "institution__regency_id", "institution_id"]
        return [
            Log(
                activity,
                day,
                day <= plan.team.today,
                about,
                page("partnership", pk),
                regency,
                frozenset([institution]),
                "partnerships",
            )
            for activity, day, about, pk, regency, institution in rows.values_list(*names)
        ]


class MediaQuerySet(ScopedQuerySet):
    def with_names(self):
        return self.select_related("team__province", "province", "meeting", "village", "commitment")

    def for_list(self):
        """With what a list shows of each, and no more."""
        columns = ["title", "outlet", "published_on", "meeting__title", "village__name", "commitment__description"]
        return self.select_related("meeting", "village", "commitment").only(*columns)

    def outlets_known_to(self, user, limit=100):
        """The media noted down lately, to be offered when one is typed."""
        rows = self.visible_to(user).order_by("-pk").values_list("outlet", flat=True)
        return sorted(set(rows[:limit]))

    def logs_of(self, plan):
        """What is tied to the activities of this plan, on the day it was published."""
        rows = self.filter(activity__plan=plan).order_by("published_on", "pk")
        rows = rows.annotate(place=F("village__regency_id"))
        return [
            Log(activity, day, True, title, page("media", pk), regency, source="media")
            for activity, day, title, pk, regency in rows.values_list("activity_id", "published_on", "title", "pk", "place")
        ]


def page(kind, key):
    return reverse(f"advocacy:{kind}_detail", args=[key])
