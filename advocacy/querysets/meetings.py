"""Named reads over meetings and what follows from them."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from programs.activity_logs import LogQuerySet, as_logs, tied_to
from programs.models import Decree, Person
from sinergi.kit.dates import ZONE_NAMES
from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet

#: The institutions of a meeting that was with none.


class MeetingQuerySet(LogQuerySet):
    def for_list(self):
        """
        Named rows of what a list shows, and no more; `has_basis`: a decree of the team was in force
        that day.
        """
        decrees = Decree.objects.filter(team=OuterRef("team"), amends__isnull=True).binding()
        basis = decrees.filter(
            in_force_on(OuterRef("own_day"), start="effective_from", end="in_force_until")
        )
        rows = self.annotate(own_day=day_in_its_zone("starts_at")).annotate(has_basis=Exists(basis))
        places = ["province__time_zone", "province__name", "regency__name", "kept__regency"]
        return rows.values_list(
            "id",
            "title",
            "kind",
            "state",
            "starts_at",
            "day_is_set",
            "place",
            "has_basis",
            *places,
            named=True,
        )

    def took_place(self):
        return self.exclude(state__in=["planned", "cancelled"])

    def outside(self, terms, zone):
        """
        Of those that took place, the ones on no day of these terms (first day, last day or None),
        on that zone's clock.
        """
        covered = Q(pk__in=[])
        for first, last in terms:
            span = Q(starts_at__gte=datetime.combine(first, time.min, zone))
            covered |= (
                span & Q(starts_at__lte=datetime.combine(last, time.max, zone)) if last else span
            )
        return self.took_place().exclude(covered)

    def in_year(self, year):
        """On a day of that year, by the clock of the meeting's province."""
        found = Q(pk__in=[])
        for name in ZONE_NAMES:
            first, after = (datetime(n, 1, 1, tzinfo=ZoneInfo(name)) for n in (year, year + 1))
            found |= Q(province__time_zone=name, starts_at__gte=first, starts_at__lt=after)
        return self.filter(found)

    def attendance_by_person(self, year, zone):
        """
        {person: (came to, was marked at)} over the meetings of that year, on that zone's clock,
        that took place.
        """
        span = (datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))
        rows = self.took_place().filter(starts_at__gte=span[0], starts_at__lt=span[1])
        rows = rows.filter(attendance__person__isnull=False).order_by()
        counts = rows.values_list("attendance__person").annotate(
            marked=Count("pk"), present=Count("pk", filter=Q(attendance__presence="present"))
        )
        return {person: (present, marked) for person, marked, present in counts}

    def open_followups_by_person(self, people, today):
        """
        {person: (open, late)} of these people (their keys), over the follow-ups of meetings that
        were not called off. By the people, who have an index: the meetings lead to all that was
        ever closed.
        """
        followups = self.model._meta.get_field("followups").related_model.objects
        rows = followups.open().filter(
            person_in_charge__in=people, meeting__in=self.exclude(state="cancelled").order_by()
        )
        counts = rows.order_by().values_list("person_in_charge")
        return {
            person: (n, late)
            for person, n, late in counts.annotate(
                n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
            )
        }

    def log_rows(self, plan, activity=None):
        """
        What is tied to the activities of this plan; a meeting without a day is
        ahead.
        """
        return as_logs(
            self.filter(tied_to(plan, activity)).exclude(state="cancelled"),
            "meetings",
            "starts_at",
            day=day_in_its_zone("starts_at"),
            happened=~Q(state="planned"),
            regency=F("regency_id"),
            institution=F("audience_cases__case__institution_id"),
        )

    def outside_plans(self, team, first, last):
        """
        Of the team's meetings between these days that took place, those tied to no planned
        activity: what a list shows.
        """
        zone = ZoneInfo(team.province.time_zone)
        span = (datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone))
        rows = self.took_place().filter(team=team, activity__isnull=True, starts_at__range=span)
        shown = ["team", "title", "state", "starts_at", "day_is_set", "province__time_zone"]
        return rows.select_related("province").only(*shown).order_by("-starts_at", "-id")

    def to_approve_by(self, user):
        """
        Minutes that wait for an approval which this person may give: nobody approves what they
        handed in themselves.
        """
        return self.filter(Q(submitted_by__isnull=True) | ~Q(submitted_by=user), state="submitted")

    def newest_in(self, state):
        return self.filter(state=state).order_by("-starts_at", "-id")

    def coming(self, now):
        """
        Planned, and still ahead; a meeting without a day is ahead until its month is over. None
        begins before this month, which bounds the search in the index.
        """
        return self.filter(ahead(now), state="planned", starts_at__gte=first_of_month(now))

    def lapsed(self, now):
        """Planned, but the time has passed: to be written down or called off."""
        return self.filter(~ahead(now), state="planned", starts_at__lt=now)

    def last_internal(self, team):
        """
        The team's last internal meeting that took place: what it left open is offered to the next.
        """
        held = self.filter(team=team, kind="internal", starts_at__lte=timezone.now())
        return (
            held.exclude(state__in=["planned", "cancelled"]).order_by("-starts_at", "-id").first()
        )


def day_in_its_zone(column):
    """The day of a moment on the clock of the row's province; the country has three zones."""
    zones = [
        When(province__time_zone=name, then=TruncDate(column, tzinfo=ZoneInfo(name)))
        for name in ZONE_NAMES
    ]
    return Case(*zones, output_field=DateField())


def first_of_month(now):
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def ahead(now):
    return Q(day_is_set=True, starts_at__gte=now) | Q(
        day_is_set=False, starts_at__gte=first_of_month(now)
    )


@dataclass
class Counts:
    """How many members of a meeting came, and how its follow-ups stand."""

    members: int = 0
    present: int = 0
    followups: int = 0
    done: int = 0
    overdue: int = 0


def counts_of(meeting, ids, today):
    """{id: Counts} of these meetings; two queries for the whole page. `meeting` is the model."""
    counts = {pk: Counts() for pk in ids}
    attendance, followups = (
        meeting._meta.get_field(name).related_model.objects for name in ("attendance", "followups")
    )
    came = attendance.filter(meeting__in=ids, is_guest=False).order_by()
    for pk, presence in came.values_list("meeting_id", "presence"):
        counts[pk].members += 1
        counts[pk].present += presence == "present"
    tasks = followups.filter(meeting__in=ids).order_by()
    for pk, closed_at, due_on in tasks.values_list("meeting_id", "closed_at", "due_on"):
        counts[pk].followups += 1
        counts[pk].done += closed_at is not None
        counts[pk].overdue += closed_at is None and due_on < today
    return counts


class AgendaQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def undiscussed(self):
        """Nothing noted and nothing decided."""
        return self.filter(notes="", decision="")


class AttendanceQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def guests_known_to(self, user, limit=100):
        """
        The guests noted down lately, to be offered when one is typed: (name, position,
        institution).
        """
        rows = (
            self.visible_to(user)
            .filter(is_guest=True)
            .order_by("-pk")
            .values_list("name", "position", "institution")
        )
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
        return self.filter(person_in_charge=Person.objects.key_of(user))

    def with_names(self):
        related = [
            "meeting__team__province",
            "meeting__province",
            "province",
            "person_in_charge",
            "minuted_person",
            "closed_by",
        ]
        return self.select_related(*related)

    def for_list(self):
        """With what a list shows of each, and no more."""
        columns = [
            "what",
            "due_on",
            "closed_at",
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
        ]
        return self.select_related("meeting__province", "person_in_charge").only(
            *columns, "meeting__province__time_zone"
        )

    def of_the_record(self):
        """Of meetings that were not called off."""
        meetings = self.model._meta.get_field("meeting").related_model.objects
        return self.exclude(Exists(meetings.filter(pk=OuterRef("meeting"), state="cancelled")))


class FollowUpNoteQuerySet(ScopedQuerySet):
    province_path = "followup__province"

    def with_names(self):
        return self.select_related("person", "created_by")


class AttachmentQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def visible_to(self, user, permission=None):
        """Those of a meeting; a waiting file is its sender's alone."""
        return super().visible_to(user, permission).filter(meeting__isnull=False)

    def waiting(self, user):
        """Sent along with a form that is not saved yet; only the sender sees them."""
        return self.filter(meeting__isnull=True, created_by=user)
