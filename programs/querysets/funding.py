"""Named reads over sources of funding."""

from django.db.models import (
    BigIntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from sinergi.kit.querysets import ScopedQuerySet

#: The sums of a source, and the rows they add up.
SUMMED = [("planned", "lines"), ("spent", "expenses")]


class FundingSourceQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def with_sums(self):
        """
        Annotate `planned` and `spent` (whole rupiah); in two subqueries, so that neither multiplies
        the other.
        """
        own = self.model.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        sums = {
            name: own.annotate(found=Sum(f"{related}__amount")).values("found")
            for name, related in SUMMED
        }
        return self.annotate(
            **{
                name: Coalesce(Subquery(found), 0, output_field=BigIntegerField())
                for name, found in sums.items()
            }
        )

    def open_to(self, plan):
        """Filter what the plan may draw on: its team's sources of its year, money first."""
        return self.filter(team=plan.team_id, year=plan.starts_on.year).order_by(
            "support", "kind", "pk"
        )

    def to_copy(self, team, year):
        """
        Return {"year": …, "sources": […]} of the team's last year before this one: the sources that
        this year does not have. None if there is nothing.
        """
        rows = self.filter(team=team, year__lte=year).order_by("-year", "support", "kind", "pk")
        earlier = rows.filter(year__lt=year).values("year")[:1]
        keys = [
            (row, (row.kind, row.support, row.name))
            for row in rows.filter(Q(year=year) | Q(year=Subquery(earlier)))
        ]
        there = {key for row, key in keys if row.year == year}
        sources = [row for row, key in keys if row.year < year and key not in there]
        return {"year": sources[0].year, "sources": sources} if sources else None

    def used_by(self, plan):
        """Filter those from which the plan's activities take something."""
        used = self.model.objects.filter(lines__activity__plan=plan).order_by().values("pk")
        return self.filter(pk__in=used).order_by("pk")

    def of_plan(self, plan):
        """Filter those of the plan's year, and whatever its activities use."""
        used = Q(pk__in=self.used_by(plan).order_by().values("pk"))
        return self.filter(Q(team=plan.team_id, year=plan.year) | used).order_by("pk")

    def planned_elsewhere(self, plan):
        """
        Return {source: rupiah} that other plans take from the team's sources of this plan's year.
        """
        elsewhere = Sum("lines__amount", filter=~Q(lines__activity__plan=plan))
        sums = self.filter(team=plan.team_id, year=plan.starts_on.year).order_by()
        return {
            key: amount
            for key, amount in sums.values_list("pk").annotate(elsewhere=elsewhere)
            if amount
        }
