"""Named reads over trips and the libraries on their way."""

from django.db.models import Count

from sinergi.kit.calendars import PAST_TOLD
from sinergi.kit.querysets import ScopedQuerySet


class TripQuerySet(ScopedQuerySet):
    def for_list(self):
        """Return what a list shows of each, with the number of libraries."""
        columns = ["title", "starts_on", "ends_on", "province__name"]
        return self.select_related("province").only(*columns).annotate(stop_count=Count("stops"))

    def for_calendar(self, now):
        """Return those of a feed, the latest first: from a year ago on."""
        rows = self.filter(starts_on__gte=(now - PAST_TOLD).date())
        rows = rows.select_related("team").prefetch_related("stops__library")
        return rows.order_by("-starts_on", "-id")

    def ahead(self, today):
        """Return those that are not over yet, the next on top."""
        return self.filter(ends_on__gte=today).order_by("starts_on", "id")


class TripStopQuerySet(ScopedQuerySet):
    province_path = "trip__province"

    def with_places(self):
        return self.select_related("library__regency", "library__village__district")


class TripTravellerQuerySet(ScopedQuerySet):
    province_path = "trip__province"
