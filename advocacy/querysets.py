"""Named reads over meetings and what follows from them."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sinergi.kit.querysets import ScopedQuerySet


class MeetingQuerySet(ScopedQuerySet):
    def with_counts(self, today):
        """How many came, and how the follow-ups stand: counted for the rows that are shown only."""
        attendance = self.model._meta.get_field("attendance").related_model.objects.filter(meeting=OuterRef("pk")).order_by()
        followups = self.model._meta.get_field("followups").related_model.objects.filter(meeting=OuterRef("pk")).order_by()

        def count(rows):
            return Coalesce(Subquery(rows.values("meeting").annotate(n=Count("*")).values("n")), 0)

        members = attendance.filter(is_guest=False)
        return self.annotate(
            members_count=count(members),
            present_count=count(members.filter(presence="present")),
            followups_count=count(followups),
            done_count=count(followups.filter(closed_at__isnull=False)),
            overdue_count=count(followups.filter(closed_at__isnull=True, due_on__lt=today)),
        )

    def last_internal(self, team):
        """The team's last internal meeting that took place: what it left open is offered to the next."""
        held = self.filter(team=team, kind="internal", starts_at__lte=timezone.now())
        return held.exclude(state__in=["planned", "cancelled"]).order_by("-starts_at", "-id").first()


class AgendaQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def undiscussed(self):
        """Nothing noted and nothing decided."""
        return self.filter(notes="", decision="")


class AttendanceQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def guests_known_to(self, user, limit=100):
        """The guests noted down lately, to be offered when one is typed: (name, position, institution)."""
        rows = self.visible_to(user).filter(is_guest=True).order_by("-pk").values_list("name", "position", "institution")
        return sorted(set(rows[:limit]))


class FollowUpQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def in_charge(self, user):
        """Those in the hands of the person who signs in with this account."""
        return self.filter(person_in_charge__user=user)

    def of_the_record(self):
        """Of meetings that were not called off."""
        return self.exclude(meeting__state="cancelled")


class AttachmentQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def waiting(self, user):
        """Sent along with a form that is not saved yet; only the sender sees them."""
        return self.filter(meeting__isnull=True, created_by=user)
