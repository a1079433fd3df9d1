"""Named reads over work plans."""

from django.db.models import (
    BigIntegerField,
    Count,
    OuterRef,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from sinergi.kit.querysets import ScopedQuerySet


class WorkPlanQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def approved_first(self, today):
        """
        Filter those approved at least once and begun: the one of today first, else the last before.
        """
        return self.filter(approved_at__isnull=False, starts_on__lte=today).order_by(
            "-starts_on", "team"
        )

    def sharing_a_day_with(self, plan):
        return self.filter(starts_on__lte=plan.ends_on, ends_on__gte=plan.starts_on).exclude(
            pk=plan.pk
        )

    def to_review(self):
        return self.filter(state=self.model.State.SUBMITTED)

    def for_list(self):
        """
        Annotate the number of activities (`n`) and the money they take (`cash`, whole rupiah), in
        subqueries that a page asks of its own rows alone.
        """
        own = self.model.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        money = own.filter(activities__lines__source__support="cash")
        sums = {
            "n": own.annotate(found=Count("activities")),
            "cash": money.annotate(found=Sum("activities__lines__amount")),
        }
        rows = self.select_related("team")
        return rows.annotate(
            **{
                name: Coalesce(Subquery(found.values("found")), 0, output_field=BigIntegerField())
                for name, found in sums.items()
            }
        )
