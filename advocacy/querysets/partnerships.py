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

    def expiring(self, today):
        """
        Return those in force that end within the notice and are not followed by another of their
        kind with the same institution.
        """
        followed = self.model.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
            institution=OuterRef("institution"),
            kind=OuterRef("kind"),
            starts_on__gt=OuterRef("starts_on"),
        )
        soon = self.filter(
            in_force_on(today), ends_on__range=(today, today + timedelta(days=self.NOTICE_DAYS))
        )
        return soon.exclude(Exists(followed)).order_by("ends_on", "pk")

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
