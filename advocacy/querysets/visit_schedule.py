"""Which libraries are to be visited next: computed from their last visit, never stored."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from advocacy.models import FollowUp, Visit
from advocacy.visit_intervals import INTERVALS, last_day_before
from villages.models import Library
from villages.querysets import LibraryQuerySet

NOTICE = timedelta(days=30)
ONE_DAY = timedelta(days=1)


def last_visit(column="visited_on"):
    """Return a column of the last sent visit to the library of the outer query."""
    rows = Visit.objects.sent().filter(library=OuterRef("pk")).order_by("-visited_on", "-id")
    return Subquery(rows.values(column)[:1])


def open_recommendations():
    """Return what is still open of the recommendations to the library of the outer query."""
    return FollowUp.objects.recommended_to(OuterRef("pk")).open().order_by()


def _cutoff(column, due):
    """
    Return, for the interval in this column of the team, the last day of a visit that makes the next
    one due before `due`.
    """
    path = f"province__team__{column}"
    days = [
        When(**{path: months}, then=Value(last_day_before(due, months))) for months in INTERVALS
    ]
    return Case(*days, output_field=DateField())


def _due_before(due):
    """
    Return a Q: visited, and to be visited again before that day.

    The shorter interval is asked first, for it holds for all; whether recommendations are open is
    looked up only of libraries that it finds.
    """
    whole, shorter = _cutoff("visit_interval", due), _cutoff("visit_interval_open", due)
    return Q(last_visited_on__lte=shorter) & (
        Q(last_visited_on__lte=whole) | Q(Exists(open_recommendations()))
    )


class VisitScheduleQuerySet(LibraryQuerySet):
    """Libraries by their next visit."""

    def visible_to(self, user, permission="advocacy.view_visit"):
        """Return those to which this user may see visits."""
        return super().visible_to(user, permission)

    def with_a_team(self):
        """Return those in provinces that have a team, which alone makes visits."""
        return self.filter(province__team__isnull=False)

    def never_visited(self):
        return self.exclude(Exists(Visit.objects.sent().filter(library=OuterRef("pk"))))

    def overdue(self, today):
        """Return those whose next visit was to come before today."""
        return self.alias(last_visited_on=last_visit()).filter(_due_before(today))

    def due_soon(self, today):
        """Return those whose next visit is to come within the notice, today included."""
        rows = self.alias(last_visited_on=last_visit())
        return rows.filter(_due_before(today + NOTICE + ONE_DAY)).exclude(_due_before(today))

    def for_list(self):
        """
        Return named rows of what the list shows; when the next visit is due follows from them
        (advocacy.visit_intervals).
        """
        count = open_recommendations().values("visit__library").annotate(n=Count("pk")).values("n")
        columns = [
            "id",
            "name",
            "level",
            "province_id",
            "regency_id",
            "last_visit",
            "last_visited_on",
        ]
        columns += [
            "open_count",
            "province__team__visit_interval",
            "province__team__visit_interval_open",
        ]
        places = ["province__name", "regency__name", "village__district__name"]
        return self.annotate(
            last_visit=last_visit("pk"),
            last_visited_on=last_visit(),
            open_count=Coalesce(Subquery(count), 0, output_field=IntegerField()),
        ).values_list(*columns, *places, named=True)


def scheduled_libraries():
    """Return the libraries that are visited, as a queryset of their next visits."""
    return VisitScheduleQuerySet(Library).with_a_team()
