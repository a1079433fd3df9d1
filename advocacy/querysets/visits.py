"""Named reads over visits."""

from django.db.models import Count, F

from advocacy.last_answers import Answered
from advocacy.visit_intervals import due_status, months_later
from programs.activity_logs import LogQuerySet, as_logs, tied_to
from sinergi.kit.calendars import PAST_TOLD
from villages.querysets import count_of

#: Visits before, in which the last answers are looked for: some five years of one library.
EARLIER_VISITS = 20


#: What every page of a visit reads along.
VISIT_NAMES = (
    "team__province",
    "province",
    "library__province",
    "library__regency",
    "library__village",
    "checklist_version__checklist",
)


class VisitQuerySet(LogQuerySet):
    regency_path = "regency"

    def sent(self):
        return self.filter(state=self.model.State.SENT)

    def in_quarter(self, quarter):
        """Return those sent, of the days of a quarter: what scores of libraries count."""
        return self.sent().filter(visited_on__range=(quarter.starts_on, quarter.ends_on))

    def for_calendar(self, now):
        """Return those of a feed, the latest first: sent, from a year ago on."""
        rows = self.sent().filter(visited_on__gte=(now - PAST_TOLD).date())
        return rows.select_related(*VISIT_NAMES[:-1]).order_by("-visited_on", "-id")

    def drafts(self):
        return self.filter(state=self.model.State.DRAFT)

    def count_by_person(self, people, year):
        """Return {person: number of sent visits of that year} of these people (their keys)."""
        rows = self.sent().filter(visited_on__year=year, attendance__person__in=people).order_by()
        return dict(rows.values_list("attendance__person").annotate(Count("pk")))

    def drafts_of(self, user):
        """Return the drafts that this account has begun, the newest first."""
        rows = self.drafts().filter(created_by=user).select_related("library")
        return rows.order_by("-visited_on", "-id")

    def for_list(self):
        """Return named rows of what a list shows, and no more."""
        columns = ["id", "visited_on", "purpose", "state", "kept__library", "kept__place"]
        places = ["library__name", "regency__name", "province__name"]
        columns += ["created_by__first_name", "created_by__last_name", "created_by__username"]
        return self.values_list(*columns, *places, named=True)

    def before(self, library, day, *, but=None):
        """
        Return the sent visits to this library until that day, the newest first: of those on the day
        itself the ones before the visit with the key `but`, where there is one.
        """
        rows = self.sent().filter(library=library, visited_on__lte=day)
        if but:
            rows = rows.exclude(visited_on=day, pk__gte=but)
        return rows.order_by("-visited_on", "-id")

    def latest(self):
        """Return those that were sent, the newest first, with how many went along."""
        attendance = self.model_of("attendance").objects.all()
        rows = self.sent().annotate(attendance_count=count_of(attendance, visit="pk"))
        return rows.select_related("library", "team").order_by("-visited_on", "-id")

    def recommendations(self):
        """Return the follow-ups that these visits, as far as they were sent, have left."""
        followups = self.model_of("followups").objects.filter(visit__in=self.sent())
        return followups.order_by("due_on", "id")

    def next_visit(self, last, today, *, has_open):
        """
        Return (day, status) of the next visit that is suggested after that one, the last to a
        library; without any there is no day.
        """
        day = None
        if last is not None:
            team = last.team
            months = team.visit_interval_open if has_open else team.visit_interval
            day = months_later(last.visited_on, months)
        return day, due_status(day, today)

    def log_rows(self, plan, activity=None):
        """
        Return what is tied to the activities of this plan (programs.activity_logs): visits that
        were sent.
        """
        return as_logs(
            self.sent().filter(tied_to(plan, activity)),
            "visits",
            "visited_on",
            day=F("visited_on"),
            regency=F("regency_id"),
        )

    def titles_of(self, keys):
        rows = self.filter(pk__in=keys).select_related("library")
        return {row.pk: (str(row), row.get_absolute_url()) for row in rows}


def earlier_answers(visits):
    """Return [Answered] of these visits, in their order; one query."""
    rows = visits.filter(checklist_version__isnull=False).select_related("checklist_version")
    return [Answered(row.visited_on, row.questions, row.answers) for row in rows[:EARLIER_VISITS]]
