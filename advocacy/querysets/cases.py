"""Named reads over advocacy cases and what they went through."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, DurationField, ExpressionWrapper, F, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

from advocacy.models.attendance import Attendance
from advocacy.models.meetings import Meeting
from programs.models import Person
from sinergi.kit.querysets import ScopedQuerySet

CONTACTS = 50  # on the page of an institution


@dataclass(frozen=True)
class Contact:
    """The team and an institution met, or a case of it came to a stage."""

    day: date
    title: str
    url: str
    note: str = ""


class CaseQuerySet(ScopedQuerySet):
    def with_names(self):
        return self.select_related("team", "province", "institution", "person_in_charge")

    def for_list(self):
        """Select what a list or the board shows of each, and no more."""
        columns = [
            "asked",
            "aim",
            "stage",
            "stage_since",
            "province",
            "team__stall_days",
            "institution__name",
        ]
        columns += ["person_in_charge__name", "person_in_charge__user"]
        return self.select_related("team", "institution", "person_in_charge").only(*columns)

    def in_charge(self, user):
        """Return those in the hands of the person who signs in with this account."""
        return self.filter(person_in_charge=Person.objects.key_of(user))

    def stalled(self, today):
        """
        Return those that wait for the team's own next step longer than the team has set for itself.
        """
        waited = ExpressionWrapper(Value(today, DateField()) - F("stage_since"), DurationField())
        allowed = ExpressionWrapper(
            Cast("team__stall_days", IntegerField()) * Value(timedelta(days=1)), DurationField()
        )
        return self.filter(
            GreaterThan(waited, allowed), stage__in=self.model.WAITING, stage_since__lt=today
        )

    def offered_to(self, team, *, chosen=()):
        """
        Return what an audience or a commitment may be about: whatever is not settled, and those
        chosen already.
        """
        rows = self.filter(Q(pk__in=chosen) | ~Q(stage__in=self.model.SETTLED), team=team)
        return rows.select_related("institution").order_by("institution__name", "pk")

    def contacts_of(self, institution):
        """
        Return the meetings with an institution and the steps of its cases, newest first; the same
        queries at any number. Who came is known by the institution of that day, under any name
        that this one has had.
        """
        found = [*self._meetings_with(institution), *self._steps_of(institution)]
        return sorted(found, key=lambda contact: contact.day, reverse=True)[:CONTACTS]

    def _meetings_with(self, institution):
        names = {
            institution.name,
            *institution.history.order_by().values_list("name", flat=True).distinct(),
            *institution.merges.values_list("removed_name", flat=True),
        }
        about = Q(audience_cases__case__institution=institution)
        present = Attendance.Presence.PRESENT
        came = Q(attendance__institution__in=names, attendance__presence=present)
        here, held = Meeting.objects.took_place().filter(province=institution.province_id), {}
        # One after the other: either is looked up by an index of its own.
        for reason in (about, came):
            keys = here.filter(reason).order_by().values("pk")
            last = Meeting.objects.filter(pk__in=keys).order_by("-starts_at", "-pk")
            shown = last.select_related("province").only(
                "title", "kind", "starts_at", "province__time_zone"
            )
            held |= {meeting.pk: meeting for meeting in shown[:CONTACTS]}
        for meeting in held.values():
            yield Contact(
                meeting.starts.date(),
                meeting.title,
                meeting.get_absolute_url(),
                meeting.get_kind_display(),
            )

    def _steps_of(self, institution):
        stages = self.model.Stage
        later = [stage for stage in stages if stage != stages.IDENTIFIED]
        rows = self.model.objects.filter(institution=institution, steps__stage__in=later)
        columns = ("pk", "asked", "steps__on", "steps__stage", "steps__note")
        last = rows.order_by("-steps__on", "-steps__pk").values_list(*columns)[:CONTACTS]
        for pk, asked, day, stage, note in last:
            case = self.model(pk=pk, asked=asked)
            yield Contact(day, f"{case}: {stages(stage).label}", case.get_absolute_url(), note)


class CaseStepQuerySet(ScopedQuerySet):
    province_path = "case__province"

    def with_names(self):
        return self.select_related("case__team__province", "case__province")


class CasePlaceQuerySet(ScopedQuerySet):
    province_path = "case__province"

    def with_names(self):
        return self.select_related("regency", "village")

    def of_unsettled_cases(self):
        """Return those of cases that go on, the last moved first."""
        return (
            self.exclude(case__stage__in=self.model_of("case").SETTLED)
            .select_related("case__institution")
            .order_by("-case__stage_since", "-pk")
        )
