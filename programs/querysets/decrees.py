"""Named reads over decrees."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet

#: An expiry is announced this many days before it.
NOTICE_DAYS = 60


class DecreeQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def binding(self):
        """Filter what was once signed: in force today, expired, or revoked."""
        return self.filter(state__in=self.model.BINDING)

    def in_force_on(self, day):
        """Filter those that hold on that day. A decree that changes another falls with it."""
        holds = in_force_on(day, start="effective_from", end="in_force_until")
        parent = in_force_on(day, start="amends__effective_from", end="amends__in_force_until")
        return self.binding().filter(holds).filter(Q(amends__isnull=True) | parent)

    def linked(self):
        """
        Return a list, in the order they were made, in which `amends` and `replaces` are rows of the
        list. One query.
        """
        rows = list(self.order_by("pk"))
        by_key = {row.pk: row for row in rows}
        for row in rows:
            for name in ("amends", "replaces"):
                if earlier := by_key.get(getattr(row, f"{name}_id")):
                    setattr(row, name, earlier)
        return rows

    def may_be_followed(self, today):
        """Filter what may be changed or replaced: base decrees whose last day has not passed."""
        lasting = Q(in_force_until__isnull=True) | Q(in_force_until__gte=today)
        return self.binding().filter(lasting, amends__isnull=True)

    def on_its_way(self, day):
        """Filter drafts, and what is signed and begins later; the latest first."""
        ahead = Q(state=self.model.State.SIGNED, effective_from__gt=day)
        return self.filter(Q(state__in=self.model.PENDING) | ahead).order_by("-pk")

    def expiring(self, today, notice=NOTICE_DAYS):
        """Filter what is in force, ends within so many days, and has no successor on its way."""
        holds = in_force_on(today, start="effective_from", end="in_force_until")
        rows = self.without_successor().filter(holds)
        return rows.filter(in_force_until__lte=today + timedelta(days=notice)).order_by(
            "in_force_until", "pk"
        )

    def without_successor(self):
        """Filter the signed ones that change none, and that none replaces."""
        signed = self.filter(state=self.model.State.SIGNED)
        return signed.filter(amends__isnull=True, successors__isnull=True)

    def lapsed(self, today):
        """
        Filter the one that ended last of a team which has none in force since, and none on its
        way. Of one team.
        """
        if_any = self.model.objects.filter(team=OuterRef("team"))
        rows = self.without_successor().filter(
            ~Exists(if_any.in_force_on(today)),
            ~Exists(if_any.on_its_way(today).order_by()),
            in_force_until__lt=today,
        )
        return rows.order_by("-in_force_until", "-pk")
