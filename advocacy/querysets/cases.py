"""Named reads over advocacy cases and what they went through."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, DurationField, ExpressionWrapper, F, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

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
        """With what a list or the board shows of each, and no more."""
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
        """Those in the hands of the person who signs in with this account."""
        return self.filter(person_in_charge=Person.objects.key_of(user))

    def stalled(self, today):
        """Waiting for the team's own next step longer than its team has set for itself."""
        waited = ExpressionWrapper(Value(today, DateField()) - F("stage_since"), DurationField())
        allowed = ExpressionWrapper(
            Cast("team__stall_days", IntegerField()) * Value(timedelta(days=1)), DurationField()
        )
        return self.filter(
            GreaterThan(waited, allowed), stage__in=self.model.WAITING, stage_since__lt=today
        )

    def offered_to(self, team, *, chosen=()):
        """
        What an audience or a promise may be about: whatever is not settled, and those chosen
        already.
        """
        settled = (self.model.Stage.REALISED, self.model.Stage.DECLINED)
        rows = self.filter(Q(pk__in=chosen) | ~Q(stage__in=settled), team=team)
        return rows.select_related("institution").order_by("institution__name", "pk")

    def contacts_of(self, institution):
        """
        Meetings with the institution and steps of its cases, newest first; the same queries at any
        number. Who came is known by the institution of that day, under any name that this one has
        had.
        """
        meetings = (
            self.model._meta.get_field("audiences")
            .related_model._meta.get_field("meeting")
            .related_model.objects
        )
        steps = self.model._meta.get_field("steps").related_model.objects
        about = Q(audience_cases__case__institution=institution)
        names = {
            institution.name,
            *institution.history.order_by().values_list("name", flat=True).distinct(),
        }
        names |= set(institution.merges.values_list("removed_name", flat=True))
        came = Q(attendance__institution__in=names, attendance__presence="present")
        here = meetings.took_place().filter(province=institution.province_id)
        held = {}
        for reason in (
            about,
            came,
        ):  # one after the other: either is looked up by an index of its own
            keys = here.filter(reason).order_by().values("pk")
            last = (
                meetings.filter(pk__in=keys)
                .select_related("province")
                .order_by("-starts_at", "-pk")
            )
            shown = last.only("title", "kind", "starts_at", "province__time_zone")
            held |= {meeting.pk: meeting for meeting in shown[:CONTACTS]}
        found = [
            Contact(m.starts.date(), m.title, m.get_absolute_url(), m.get_kind_display())
            for m in held.values()
        ]
        taken = steps.filter(case__institution=institution).exclude(
            stage=self.model.Stage.IDENTIFIED
        )
        moved = taken.select_related("case").order_by("-on", "-pk")[:CONTACTS]
        found += [
            Contact(s.on, f"{s.case}: {s.get_stage_display()}", s.case.get_absolute_url(), s.note)
            for s in moved
        ]
        return sorted(found, key=lambda contact: contact.day, reverse=True)[:CONTACTS]


class CaseStepQuerySet(ScopedQuerySet):
    province_path = "case__province"

    def with_names(self):
        return self.select_related("case__team__province", "case__province")


class CasePlaceQuerySet(ScopedQuerySet):
    province_path = "case__province"

    def with_names(self):
        return self.select_related("regency", "village")

    def of_cases(self):
        """Those of cases that go on, the last moved first."""
        settled = ("realised", "declined")
        return (
            self.exclude(case__stage__in=settled)
            .select_related("case__institution")
            .order_by("-case__stage_since", "-pk")
        )
