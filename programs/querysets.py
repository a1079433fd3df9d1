"""Named reads over people, teams and decrees."""

from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from programs.names import institution_key, person_key
from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet

#: An expiry is announced this many days before it.
NOTICE_DAYS = 60


class AssignmentQuerySet(ScopedQuerySet):
    """An administrator of a province manages the accounts of that province; national ones, the rest."""

    regency_path = "regency"

    def in_force(self, today):
        """Begun, and not ended: the roles an account has now."""
        return self.filter(ended_at__isnull=True, starts_on__lte=today).select_related("province", "regency")


class InstitutionQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("regency")

    def for_list(self):
        """Named rows of what a list shows."""
        return self.values_list(
            "id", "name", "abbreviation", "sector", "phone", "email", "regency__name", "province__name", named=True
        )

    def twins_of(self, institution):
        """Others of that province under the same name, written differently, or the same telephone."""
        key = institution_key(institution.name or "")
        same = Q(pk__in=[])
        if key:
            same |= Q(name_key=key)
        if institution.phone:
            same |= Q(phone=institution.phone)
        return self.filter(same, province=institution.province_id).exclude(pk=institution.pk)


class PersonQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("institution", "regency")

    def for_list(self):
        """Named rows of what a list shows."""
        places = ["institution_id", "institution__name", "institution__sector", "regency__name", "province__name"]
        return self.values_list("id", "name", "position", "phone", "email", *places, named=True)

    def known_as(self, name, institution, province):
        """The one person of that province with this name and institution, or None: two of them are not guessed at."""
        found = self.filter(province=province, name__iexact=name.strip(), institution__name__iexact=institution.strip())[:2]
        return found[0] if len(found) == 1 else None

    def twins_of(self, person):
        """Others of that province with the same name, written differently, or the same telephone."""
        same = Q(pk__in=[])
        if key := person_key(person.name or ""):
            same |= Q(name_key=key)
        if person.phone:
            same |= Q(phone=person.phone)
        return self.filter(same, province=person.province_id).exclude(pk=person.pk)


class MembershipQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def on(self, day):
        """In force on that day: both the first and the last day count."""
        return self.filter(in_force_on(day))

    def in_order_of_role(self):
        """As a decree lists them: penanggung jawab, ketua, sekretaris, then the members; a successor in the place left."""
        roles = self.model.Role.values
        rank = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(roles)), output_field=IntegerField())
        return self.order_by(rank, Coalesce("replaces", "pk"), "pk")

    def with_people(self):
        return self.select_related("person", "institution")


class DecreeQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def binding(self):
        """Signed once: in force today, expired, or revoked."""
        return self.filter(state__in=["signed", "revoked"])

    def in_force_on(self, day):
        """Those that hold on that day. A decree that changes another falls with it."""
        holds = in_force_on(day, start="effective_from", end="in_force_until")
        parent = in_force_on(day, start="amends__effective_from", end="amends__in_force_until")
        return self.binding().filter(holds).filter(Q(amends__isnull=True) | parent)

    def may_be_followed(self, today):
        """Base decrees whose last day has not passed: what may be changed or replaced."""
        lasting = Q(in_force_until__isnull=True) | Q(in_force_until__gte=today)
        return self.binding().filter(lasting, amends__isnull=True)

    def expiring(self, today):
        """In force, ending within NOTICE_DAYS, and with no successor on its way."""
        holds = in_force_on(today, start="effective_from", end="in_force_until")
        soon = self.filter(holds, state="signed", amends__isnull=True, successors__isnull=True)
        return soon.filter(in_force_until__lte=today + timedelta(days=NOTICE_DAYS)).order_by("in_force_until", "pk")


class DecreeMemberQuerySet(ScopedQuerySet):
    province_path = "decree__team__province"
