"""Which libraries are to be visited next: computed from their last visit, never stored."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThan, LessThan

from advocacy.models import FollowUp, Visit
from advocacy.visit_intervals import last_day_before, months_later
from programs.models import Team
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


def first_open():
    """Return the key of one open recommendation to the library of the outer query, or 0."""
    return Coalesce(Subquery(open_recommendations().values("pk")[:1]), 0)


def day_number(day):
    """
    Return a day as a number that grows by 31 a month: so many months later is so many times 31
    more, and compares with any other day as the day of `months_later` does.
    """
    return (day.year * 12 + day.month) * 31 + day.day


def _last_visit_number():
    """Return the number of the day of the last visit to the library of the outer query."""
    day = "visited_on"
    number = (ExtractYear(day) * 12 + ExtractMonth(day)) * 31 + ExtractDay(day)
    rows = Visit.objects.sent().filter(library=OuterRef("pk")).order_by("-visited_on", "-id")
    return Subquery(rows.annotate(number=number).values("number")[:1])


class Intervals:
    """
    The intervals of visits that the teams have set, by province. They are read once, and handed to
    the database as days: joined to every library, PostgreSQL would go through all of the country's
    to show a page of them.
    """

    def __init__(self):
        rows = Team.objects.values_list("province", "visit_interval", "visit_interval_open")
        self.by_province = {province: both for province, *both in rows}

    def months(self, province, *, has_open):
        """Return the months between two visits to a library of that province."""
        usual, shorter = self.by_province[province]
        return shorter if has_open else usual

    def next_visit(self, row):
        """
        Return the day by which a library of `VisitScheduleQuerySet.for_list` is to be visited
        again, or None: it was never visited.
        """
        if row.last_visited_on is None:
            return None
        months = self.months(row.province_id, has_open=bool(row.open_count))
        return months_later(row.last_visited_on, months)

    def due_before(self, due):
        """
        Return a Q: visited, and to be visited again before that day.

        The shorter interval is asked first, for it holds for all; whether recommendations are open
        is looked up only of libraries that it finds. One is looked for, not whether one exists: of
        EXISTS PostgreSQL makes a table of all that are open, and reads every visit for it.
        """
        usual, shorter = (self._cutoff(due, has_open=has_open) for has_open in (False, True))
        return Q(last_visited_on__lte=shorter) & (
            Q(last_visited_on__lte=usual) | Q(GreaterThan(first_open(), 0))
        )

    def _cutoff(self, due, *, has_open):
        """Return the last day of a visit that makes the next one due before `due`."""
        provinces = {}
        for province in self.by_province:
            day = last_day_before(due, self.months(province, has_open=has_open))
            provinces.setdefault(day, []).append(province)
        days = [When(province__in=there, then=Value(day)) for day, there in provinces.items()]
        if len(days) == 1:
            return Value(next(iter(provinces)), output_field=DateField())
        return Case(*days, output_field=DateField())


class VisitScheduleQuerySet(LibraryQuerySet):
    """Libraries by their next visit."""

    def visible_to(self, user, permission="advocacy.view_visit"):
        """Return those to which this user may see visits."""
        return super().visible_to(user, permission)

    def with_a_team(self, intervals):
        """Return those in provinces that have a team, which alone makes visits."""
        return self.filter(province__in=intervals.by_province)

    def never_visited(self):
        return self.exclude(Exists(Visit.objects.sent().filter(library=OuterRef("pk"))))

    def overdue(self, today, intervals):
        """Return those whose next visit was to come before today."""
        return self.alias(last_visited_on=last_visit()).filter(intervals.due_before(today))

    def overdue_by_team(self, today):
        """
        Return the same with the intervals read along: for a province, where that saves a query and
        all of its libraries are gone through.
        """
        usual, shorter = (
            F("number") + 31 * F(f"province__team__{column}")
            for column in ("visit_interval", "visit_interval_open")
        )
        number = day_number(today)
        return self.alias(number=_last_visit_number()).filter(
            Q(LessThan(shorter, number)),
            Q(LessThan(usual, number)) | Q(GreaterThan(first_open(), 0)),
        )

    def due_soon(self, today, intervals):
        """Return those whose next visit is to come within the notice, today included."""
        rows = self.alias(last_visited_on=last_visit())
        rows = rows.filter(intervals.due_before(today + NOTICE + ONE_DAY))
        return rows.exclude(intervals.due_before(today))

    def for_list(self):
        """
        Return named rows of what the list shows; when the next visit is due follows from them
        (`Intervals.next_visit`).
        """
        count = open_recommendations().values("visit__library").annotate(n=Count("pk")).values("n")
        columns = ["id", "name", "level", "province_id", "regency_id"]
        columns += ["last_visit", "last_visited_on", "open_count"]
        places = ["province__name", "regency__name", "village__district__name"]
        return self.annotate(
            last_visit=last_visit("pk"),
            last_visited_on=last_visit(),
            open_count=Coalesce(Subquery(count), 0, output_field=IntegerField()),
        ).values_list(*columns, *places, named=True)


def scheduled_libraries(intervals):
    """Return the libraries that are visited, as a queryset of their next visits."""
    return VisitScheduleQuerySet(Library).with_a_team(intervals)
