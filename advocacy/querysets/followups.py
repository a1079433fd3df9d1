"""Named reads over follow-ups."""

from advocacy.models.meetings import Meeting
from advocacy.models.visits import Visit
from programs.models import Person
from sinergi.kit.querysets import ScopedQuerySet


class FollowUpQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def in_charge(self, user):
        """Return those in the hands of the person who signs in with this account."""
        return self.filter(person_in_charge=Person.objects.key_of(user))

    def not_in_charge(self, user):
        """Return the others: in nobody's hands, or in those of somebody else."""
        return self.exclude(person_in_charge__user=user)

    def with_names(self):
        related = [
            "meeting__team__province",
            "meeting__province",
            "visit__team__province",
            "visit__library",
            "province",
            "person_in_charge",
            "minuted_person",
            "closed_by",
        ]
        return self.select_related(*related)

    def for_list(self):
        """Select what a list shows of each, and no more."""
        columns = [
            "what",
            "due_on",
            "closed_at",
            "closed_as",
            "closing_note",
            "province",
            "person_in_charge__name",
        ]
        columns += ["minuted_person", "minuted_due_on"]
        columns += [
            "person_in_charge__user",
            "meeting__title",
            "meeting__starts_at",
            "meeting__state",
            "meeting__kept",
            "meeting__province__time_zone",
            "visit__visited_on",
            "visit__state",
            "visit__kept",
            "visit__library__name",
        ]
        related = ["meeting__province", "visit__library", "person_in_charge"]
        return self.select_related(*related).only(*columns)

    def without_cancelled(self):
        """Return those of meetings that were not called off and of visits that were sent."""
        called_off, drafts = Meeting.State.CANCELLED, Visit.State.DRAFT
        return self.exclude(meeting__state=called_off).exclude(visit__state=drafts)

    def recommended_to(self, library):
        """Return what sent visits have recommended to this library, the first due on top."""
        rows = self.filter(visit__library=library, visit__state=Visit.State.SENT)
        return rows.order_by("due_on", "id")
