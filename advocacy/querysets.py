"""Named reads over meetings and what follows from them."""

from django.utils import timezone

from sinergi.kit.querysets import ScopedQuerySet


class MeetingQuerySet(ScopedQuerySet):
    def for_list(self):
        """The columns that a list shows, and no more."""
        shown = ["title", "kind", "state", "starts_at", "day_is_set", "place", "province__time_zone", "province__name"]
        return self.select_related("province", "regency").only(*shown, "regency__name")

    def last_internal(self, team):
        """The team's last internal meeting that took place: what it left open is offered to the next."""
        held = self.filter(team=team, kind="internal", starts_at__lte=timezone.now())
        return held.exclude(state__in=["planned", "cancelled"]).order_by("-starts_at", "-id").first()


def count_rows(meetings, today):
    """
    Give each of these meetings how many members came (`members_count`, `present_count`) and how its follow-ups stand
    (`followups_count`, `done_count`, `overdue_count`): two queries for the whole page.
    """
    by_id = {meeting.pk: meeting for meeting in meetings}
    for meeting in meetings:
        meeting.members_count = meeting.present_count = 0
        meeting.followups_count = meeting.done_count = meeting.overdue_count = 0
    if not by_id:
        return
    related = {name: meetings[0]._meta.get_field(name).related_model.objects for name in ("attendance", "followups")}
    came = related["attendance"].filter(meeting__in=by_id, is_guest=False).order_by()
    for pk, presence in came.values_list("meeting_id", "presence"):
        by_id[pk].members_count += 1
        by_id[pk].present_count += presence == "present"
    for pk, closed_at, due_on in (
        related["followups"].filter(meeting__in=by_id).order_by().values_list("meeting_id", "closed_at", "due_on")
    ):
        by_id[pk].followups_count += 1
        by_id[pk].done_count += closed_at is not None
        by_id[pk].overdue_count += closed_at is None and due_on < today


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
