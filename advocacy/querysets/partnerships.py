"""Named reads over partnerships."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from programs.activity_logs import LogQuerySet, as_logs, tied_to
from sinergi.kit.periods import in_force_on


class PartnershipQuerySet(LogQuerySet):
    titled = "about"
    NOTICE_DAYS = 60  # an end is announced this many days before it

    def with_names(self):
        return self.select_related("team__province", "province", "institution")

    def for_list(self):
        """Select what a list shows of each, and no more."""
        columns = ["kind", "number", "about", "starts_on", "ends_on", "institution__name"]
        return self.select_related("institution").only(*columns)

    def expiring(self, today, notice=NOTICE_DAYS):
        """
        Return those in force that end within so many days and are not followed by another of their
        kind with the same institution.
        """
        last = today + timedelta(days=notice)
        return self.filter(in_force_on(today)).ending(today, last).order_by("ends_on", "pk")

    def ending(self, first, last):
        """Return those that end between these days and are not followed by another."""
        followed = self.model.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
            institution=OuterRef("institution"),
            kind=OuterRef("kind"),
            starts_on__gt=OuterRef("starts_on"),
        )
        return self.filter(~Exists(followed), ends_on__range=(first, last))

    def log_rows(self, plan, activity=None):
        """Return what is tied to the activities of this plan, on its first day."""
        return as_logs(
            self.filter(tied_to(plan, activity)),
            "partnerships",
            "starts_on",
            day=F("starts_on"),
            happened=Q(starts_on__lte=plan.team.today),
            regency=F("institution__regency_id"),
            institution=F("institution_id"),
        )
