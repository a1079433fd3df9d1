"""Named reads over the membership of a team."""

from django.db.models import (
    BigIntegerField,
    Case,
    Func,
    IntegerField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet


class FirstOfChain(Func):
    """
    The key of the first membership of a chain of successors, by which they keep one place in the
    order.

    UNION stops at a chain that bites its own tail, which then has no first.
    """

    template = (
        "(WITH RECURSIVE chain (id, earlier) AS (SELECT own.id, own.replaces_id FROM"
        " programs_membership AS own WHERE own.id = %(expressions)s UNION SELECT before.id,"
        " before.replaces_id FROM programs_membership AS before JOIN chain ON before.id ="
        " chain.earlier) SELECT id FROM chain WHERE earlier IS NULL)"
    )
    output_field = BigIntegerField()


class MembershipQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def on(self, day):
        """Filter those in force on that day: both the first and the last day count."""
        return self.filter(in_force_on(day))

    def in_order_of_role(self):
        """
        Order as a decree lists them: penanggung jawab, ketua, sekretaris, then the members; a
        successor in the place left.
        """
        roles = self.model.Role.values
        rank = Case(
            *(When(role=role, then=Value(n)) for n, role in enumerate(roles)),
            output_field=IntegerField(),
        )
        return self.order_by(rank, Coalesce(FirstOfChain("pk"), "pk"), "pk")

    def with_people(self):
        return self.select_related("person", "institution")

    def listed_on(self, day):
        """
        Return the members of that day as a decree lists them, with their people and whom they
        replaced.
        """
        return self.on(day).in_order_of_role().with_people().select_related("replaces__person")
