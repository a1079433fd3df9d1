"""Named reads over commitments: how each stands, and the sums of many."""

from django.db.models import BigIntegerField, Case, CharField, Count, DateField, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse

from programs.progress import Log
from programs.support import Support
from sinergi.kit.querysets import ScopedQuerySet


class CommitmentQuerySet(ScopedQuerySet):
    def with_names(self):
        return self.select_related("team__province", "province", "institution", "regency")

    def with_standing(self, today):
        """
        With what came of each (`came`, rupiah; `times`; `came_on`, the last day) and how it stands on that day (`standing`):
        withdrawn before all else, then realised, then overdue, then partly realised.
        """
        rows = self.model._meta.get_field("realisations").related_model.objects.filter(commitment=OuterRef("pk"))
        of = rows.order_by().values("commitment")
        standing = self.model.Standing
        return self.annotate(
            came=Coalesce(Subquery(of.annotate(n=Sum("amount")).values("n")), 0, output_field=BigIntegerField()),
            times=Coalesce(Subquery(of.annotate(n=Count("pk")).values("n")), 0),
            came_on=Subquery(of.annotate(n=Max("realised_on")).values("n"), output_field=DateField()),
        ).annotate(
            standing=Case(
                When(withdrawn_at__isnull=False, then=Value(standing.WITHDRAWN)),
                When(value__isnull=False, came__gte=F("value"), then=Value(standing.REALISED)),
                When(value__isnull=True, times__gt=0, then=Value(standing.REALISED)),
                When(due_on__lt=today, then=Value(standing.OVERDUE)),
                When(times__gt=0, then=Value(standing.PARTLY)),
                default=Value(standing.PROMISED),
                output_field=CharField(),
            )
        )

    def overdue(self, today):
        late = self.filter(due_on__lt=today, withdrawn_at__isnull=True).with_standing(today)
        return late.filter(standing=self.model.Standing.OVERDUE)

    def logs_of(self, plan):
        """
        What is tied to the activities of this plan: one that is realised has happened, on the day of the last handover; one
        that is not is ahead, on its due day.
        """
        rows = self.filter(activity__plan=plan, withdrawn_at__isnull=True).with_standing(plan.team.today)
        return [
            Log(
                row.activity_id,
                row.came_on if row.standing == self.model.Standing.REALISED else row.due_on or row.promised_on,
                row.standing == self.model.Standing.REALISED,
                row.description,
                reverse("advocacy:commitment_detail", args=[row.pk]),
                row.regency_id,
                frozenset([row.institution_id]),
                "commitments",
            )
            for row in rows.order_by("promised_on", "pk")
        ]

    def support_of(self, plan):
        """{activity: Support}: commitments tied to it, or made in a meeting that is."""
        rows = self.annotate(of=Coalesce("activity", "meeting__activity")).filter(
            Q(activity__plan=plan) | Q(activity__isnull=True, meeting__activity__plan=plan)
        )
        found = {}
        for activity, kind, value, came, times, standing in rows.with_standing(plan.team.today).values_list(
            "of", "kind", "value", "came", "times", "standing"
        ):
            tally = found.setdefault(activity, Support()).of(kind)
            count(tally, value, came, standing)
            tally.realise(came, times)
        return found

    def realised_by_year(self):
        """[(year, Support)] of what came of these, newest year first; one query."""
        rows = self.model._meta.get_field("realisations").related_model.objects
        return rows.filter(commitment__in=self.order_by().values("pk")).by_year()

    def support(self):
        """All of them `with_standing` together, as one Support; one query."""
        whole = Support()
        for kind, value, came, times, standing in self.values_list("kind", "value", "came", "times", "standing"):
            tally = whole.of(kind)
            count(tally, value, came, standing)
            tally.realise(came, times)
        return whole


def count(tally, value, came, standing):
    tally.promise(value or 0, came, withdrawn=standing == "withdrawn", done=standing == "realised")


class RealisationQuerySet(ScopedQuerySet):
    province_path = "commitment__province"

    def with_names(self):
        return self.select_related("commitment__team__province", "commitment__province", "commitment__institution")

    def support(self):
        """All that came, as one Support; one query."""
        whole = Support()
        rows = self.order_by().values_list("commitment__kind")
        for kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
            whole.of(kind).realise(amount or 0, times)
        return whole

    def by_year(self):
        """[(year, Support)] of what came in each year, newest first; one query."""
        years = {}
        rows = self.order_by().annotate(year=ExtractYear("realised_on")).values_list("year", "commitment__kind")
        for year, kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
            years.setdefault(year, Support()).of(kind).realise(amount or 0, times)
        return sorted(years.items(), reverse=True)


class BeneficiaryQuerySet(ScopedQuerySet):
    province_path = "realisation__commitment__province"

    def newest_first(self):
        """With what came and from whom."""
        rows = self.select_related("realisation__commitment__institution")
        return rows.order_by("-realisation__realised_on", "-pk")
