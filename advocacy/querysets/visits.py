"""Named reads over visits."""

from django.db.models import F

from advocacy.last_answers import Answered
from programs.activity_logs import LogQuerySet, as_logs, tied_to

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

    def drafts(self):
        return self.filter(state=self.model.State.DRAFT)

    def for_list(self):
        """Return named rows of what a list shows, and no more."""
        columns = ["id", "visited_on", "purpose", "state", "kept__library", "kept__place"]
        places = ["library__name", "regency__name", "province__name"]
        columns += ["created_by__first_name", "created_by__last_name", "created_by__username"]
        return self.values_list(*columns, *places, named=True)

    def before(self, library, day, *, but=None):
        """
        Return the sent visits to this library until that day, the newest first; without the one
        with the key `but`.
        """
        rows = self.sent().filter(library=library, visited_on__lte=day).exclude(pk=but)
        return rows.order_by("-visited_on", "-id")

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
