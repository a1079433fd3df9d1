"""Named reads over people and teams."""

from django.db.models import Case, IntegerField, Q, Value, When

from sinergi.kit.querysets import ScopedQuerySet


class AssignmentQuerySet(ScopedQuerySet):
    """An administrator of a province manages the accounts of that province; national ones, the rest."""

    regency_path = "regency"


class PersonQuerySet(ScopedQuerySet):
    def known_as(self, name, institution, province):
        """The one person of that province with this name and institution, or None: two of them are not guessed at."""
        found = self.filter(province=province, name__iexact=name.strip(), institution__name__iexact=institution.strip())[:2]
        return found[0] if len(found) == 1 else None


class MembershipQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def on(self, day):
        """In force on that day: both the first and the last day count."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def in_order_of_role(self):
        """As a decree lists them: penanggung jawab, ketua, sekretaris, then the members."""
        roles = self.model.Role.values
        rank = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(roles)), output_field=IntegerField())
        return self.order_by(rank, "pk")
