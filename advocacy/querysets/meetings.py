"""Named reads over meetings, with counts of their rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from programs.activity_logs import LogQuerySet, as_logs, tied_to
from programs.models import Decree
from sinergi.kit.calendars import CANCELLED_TOLD, PAST_TOLD
from sinergi.kit.dates import ZONE_NAMES, in_zone
from sinergi.kit.periods import in_force_on

#: How long a meeting may go on to be found on the last of its days.
LONGEST_MEETING = timedelta(days=7)
ONE_DAY, MIDDAY = timedelta(days=1), time(12, tzinfo=UTC)
#: Beyond these days no meeting is looked for: a year that was mistyped.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
#: Visits that the page of a meeting names.
VISITS = 5


class MeetingQuerySet(LogQuerySet):
    def for_list(self):
        """
        Return named rows of what a list shows, and no more; `has_basis`: a decree of the team was
        in force that day.
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

    def for_export(self):
        """Return named rows of what a download tells of each."""
        names = ("id", "title", "kind", "state", "starts_at", "day_is_set", "time_is_set", "place")
        places = ("province__name", "province__time_zone", "regency__name", "kept__regency")
        return self.values_list(*names, *places, named=True)

    def took_place(self):
        return self.exclude(state__in=self.model.NOT_HELD)

    def not_cancelled(self):
        return self.exclude(state=self.model.State.CANCELLED)

    def outside(self, terms, zone):
        """
        Return those that took place on no day of these terms (first day, last day or None), on that
        zone's clock.
        """
        covered = Q(pk__in=[])
        for first, last in terms:
            span = Q(starts_at__gte=datetime.combine(first, time.min, zone))
            covered |= (
                span & Q(starts_at__lte=datetime.combine(last, time.max, zone)) if last else span
            )
        return self.took_place().exclude(covered)

    def in_year(self, year):
        """Return those on a day of that year, by the clock of the meeting's province."""
        found = Q(pk__in=[])
        for name in ZONE_NAMES:
            first, after = (datetime(n, 1, 1, tzinfo=ZoneInfo(name)) for n in (year, year + 1))
            found |= Q(province__time_zone=name, starts_at__gte=first, starts_at__lt=after)
        return self.filter(found)

    def on_days(self, *, first=None, last=None):
        """
        Return those that share a day with these (none: without an end), by the clock of their
        province; one without a day stands on the first of its month. Bounded twice: in the zone of
        each, and around all zones, which walks the index.
        """
        rows, spans = self, {name: Q(province__time_zone=name) for name in ZONE_NAMES}
        if first:
            first = max(first, EARLIEST)
            rows = rows.filter(starts_at__gte=datetime.combine(first - LONGEST_MEETING, MIDDAY))
            for name in spans:
                begin = datetime.combine(first, time.min, ZoneInfo(name))
                spans[name] &= Q(starts_at__gte=begin) | Q(ends_at__gt=begin)
        if last:
            last = min(last, LATEST)
            rows = rows.filter(starts_at__lte=datetime.combine(last, MIDDAY) + ONE_DAY)
            for name in spans:
                spans[name] &= Q(starts_at__lte=datetime.combine(last, time.max, ZoneInfo(name)))
        found = Q(pk__in=[])
        for span in spans.values():
            found |= span
        return rows.filter(found)

    def attendance_by_person(self, year, zone):
        """
        Return {person: (came to, was marked at)} over the meetings of that year, on that zone's
        clock, that took place.
        """
        span = (datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))
        rows = self.took_place().filter(starts_at__gte=span[0], starts_at__lt=span[1])
        rows = rows.filter(attendance__person__isnull=False).order_by()
        came = Q(attendance__presence=self.model_of("attendance").Presence.PRESENT)
        counts = rows.values_list("attendance__person").annotate(
            marked=Count("pk"), present=Count("pk", filter=came)
        )
        return {person: (present, marked) for person, marked, present in counts}

    def open_followups_by_person(self, people, today, province):
        """
        Return {person: (open, late)} of these people (their keys), over what meetings of the team
        of that province that were not called off, and its visits that were sent, have left to them.
        By the people, who have an index: the meetings lead to all that was ever closed.
        """
        rows = self.model_of("followups").objects.open().without_cancelled()
        counts = (
            rows.filter(person_in_charge__in=people, province=province)
            .order_by()
            .values_list("person_in_charge")
        )
        late = Count("pk", filter=Q(due_on__lt=today))
        return {person: (n, late) for person, n, late in counts.annotate(n=Count("pk"), late=late)}

    def counts(self, ids, today):
        """Return {id: MeetingCounts} of the meetings with these keys, in two queries."""
        rows, counts = self.order_by().filter(pk__in=ids), {pk: MeetingCounts() for pk in ids}
        members = rows.filter(attendance__is_guest=False)
        came = self.model_of("attendance").Presence.PRESENT
        for pk, presence in members.values_list("pk", "attendance__presence"):
            counts[pk].members += 1
            counts[pk].present += presence == came
        tasks = rows.filter(followups__isnull=False)
        for pk, closed_at, due_on in tasks.values_list(
            "pk", "followups__closed_at", "followups__due_on"
        ):
            counts[pk].followups += 1
            counts[pk].done += closed_at is not None
            counts[pk].overdue += closed_at is None and due_on < today
        return counts

    def log_rows(self, plan, activity=None):
        """
        Return what is tied to the activities of this plan (programs.activity_logs); a meeting
        without a day is ahead.
        """
        return as_logs(
            self.filter(tied_to(plan, activity)).not_cancelled(),
            "meetings",
            "starts_at",
            day=day_in_its_zone("starts_at"),
            happened=~Q(state=self.model.State.PLANNED),
            regency=F("regency_id"),
            institution=F("audience_cases__case__institution_id"),
        )

    def outside_plans(self, team, first, last):
        """
        Return the team's meetings between these days that took place and are tied to no planned
        activity: what a list shows.
        """
        zone = ZoneInfo(team.province.time_zone)
        span = (datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone))
        rows = self.took_place().filter(team=team, activity__isnull=True, starts_at__range=span)
        shown = ["team", "title", "state", "starts_at", "day_is_set", "province__time_zone"]
        return rows.select_related("province").only(*shown).order_by("-starts_at", "-id")

    def to_approve_by(self, user):
        """
        Return the minutes that wait for an approval which this person may give: nobody approves
        what they handed in themselves.
        """
        return self.filter(
            Q(submitted_by__isnull=True) | ~Q(submitted_by=user), state=self.model.State.SUBMITTED
        )

    def newest_in(self, state):
        return self.filter(state=state).order_by("-starts_at", "-id")

    def coming(self, now):
        """
        Return those planned and still ahead; a meeting without a day is ahead until its month is
        over. None begins before this month does in any zone, which bounds the search in the index.
        """
        planned = self.filter(state=self.model.State.PLANNED)
        earliest = min(first_of_month(now, name) for name in ZONE_NAMES)
        return planned.filter(ahead(now), starts_at__gte=earliest)

    def for_calendar(self, now):
        """
        Return those of a feed, the latest first: with a day, from a year ago on; what was called
        off until it has been told for long enough.
        """
        told = ~Q(state=self.model.State.CANCELLED) | Q(starts_at__gte=now - CANCELLED_TOLD)
        rows = self.filter(told, day_is_set=True, starts_at__gte=now - PAST_TOLD)
        return rows.select_related("province", "regency", "team").order_by("-starts_at", "-id")

    def lapsed(self, now):
        """Return those planned whose time has passed: to be written down or called off."""
        return self.filter(~ahead(now), state=self.model.State.PLANNED, starts_at__lt=now)

    def last_internal(self, team):
        """
        Return the team's last internal meeting that took place: what it left open is offered to the
        next.
        """
        held = self.took_place().filter(
            team=team, kind=self.model.Kind.INTERNAL, starts_at__lte=timezone.now()
        )
        return held.order_by("-starts_at", "-id").first()


def visits_between_meetings(meeting):
    """
    Return the last sent visits of the team from its internal meeting before this one until this
    one: what an internal meeting has to talk about. Two queries.
    """
    earlier = (
        type(meeting)
        .objects.took_place()
        .filter(team=meeting.team_id, kind=meeting.Kind.INTERNAL, starts_at__lt=meeting.starts_at)
    )
    before = earlier.order_by("-starts_at", "-id").select_related("province").first()
    rows = meeting.team.visits.sent().filter(visited_on__lte=meeting.starts.date())
    if before:
        rows = rows.filter(visited_on__gte=before.starts.date())
    return rows.select_related("library").order_by("-visited_on", "-id")[:VISITS]


def day_in_its_zone(column):
    """
    Return the day of a moment on the clock of the row's province; the country has three zones.
    """
    zones = [
        When(province__time_zone=name, then=TruncDate(column, tzinfo=ZoneInfo(name)))
        for name in ZONE_NAMES
    ]
    return Case(*zones, output_field=DateField())


def first_of_month(now, zone_name):
    """Return when the month began in which a moment lies on the clock of that zone."""
    return in_zone(now, zone_name).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def ahead(now):
    """
    Return the filter of meetings still to come; one without a day stands on the first of its month,
    and is ahead until that is over, both by the clock of its province.
    """
    its_month = Q(pk__in=[])
    for name in ZONE_NAMES:
        its_month |= Q(province__time_zone=name, starts_at__gte=first_of_month(now, name))
    return Q(day_is_set=True, starts_at__gte=now) | Q(its_month, day_is_set=False)


def is_still_ahead(starts_at, zone_name, now, *, day_is_set):
    """Return whether `ahead` finds a meeting of a province with that clock."""
    return starts_at >= (now if day_is_set else first_of_month(now, zone_name))


@dataclass
class MeetingCounts:
    """How many members of a meeting came, and how many of its follow-ups are done or overdue."""

    members: int = 0
    present: int = 0
    followups: int = 0
    done: int = 0
    overdue: int = 0
