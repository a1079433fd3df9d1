"""Named reads over commitments: how each stands, and the sums of many."""

from django.db.models import BigIntegerField, Case, CharField, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from programs.logs import Log, LogQuerySet, tied_to
from programs.support import Support
from sinergi.kit.querysets import ScopedQuerySet

#: All that was promised has come; of a policy without a budget, its document.
WHOLLY_CAME = Q(value__isnull=False, came__gte=F("value")) | Q(value__isnull=True, times__gt=0)


class CommitmentQuerySet(LogQuerySet):
    titled = "description"

    def with_names(self):
        return self.select_related("team__province", "province", "institution", "regency")

    def with_standing(self, today):
        """
        With how each stands on that day (`standing`), from what is kept of its realisations: withdrawn before all else, then
        realised, then overdue, then partly realised.
        """
        standing = self.model.Standing
        return self.annotate(
            standing=Case(
                When(withdrawn_at__isnull=False, then=Value(standing.WITHDRAWN)),
                When(WHOLLY_CAME, then=Value(standing.REALISED)),
                When(due_on__lt=today, then=Value(standing.OVERDUE)),
                When(times__gt=0, then=Value(standing.PARTLY)),
                default=Value(standing.PROMISED),
                output_field=CharField(),
            )
        )

    def overdue(self, today):
        late = self.filter(due_on__lt=today, withdrawn_at__isnull=True).with_standing(today)
        return late.filter(standing=self.model.Standing.OVERDUE)

    def logs_of(self, plan, activity=None):
        """One that is realised has happened, on the day of the last handover; one that is not is ahead, on its due day."""
        rows = self.filter(tied_to(plan, activity)).filter(withdrawn_at__isnull=True).annotate(is_realised=WHOLLY_CAME)
        rows = rows.order_by("promised_on", "pk")
        names = ["activity_id", "pk", "is_realised", "came_on", "due_on", "promised_on", "regency_id", "institution_id"]
        return [
            Log(key, pk, came_on if done else due_on or promised_on, done, regency, frozenset([institution]), "commitments")
            for key, pk, done, came_on, due_on, promised_on, regency, institution in rows.values_list(*names)
        ]

    def support_of(self, plan, activity=None):
        """
        {activity: Support}: commitments tied to it, or made in a meeting that is, over the activities of this plan or one of
        them (its key) alone. Two queries, each by an index.
        """
        found = {}
        tied = self.filter(tied_to(plan, activity)).grouped("activity")
        in_meetings = self.filter(tied_to(plan, activity, "meeting__activity"), activity__isnull=True)
        for (key,), support in [*tied, *in_meetings.grouped("meeting__activity")]:
            found[key] = found.get(key, Support()) + support
        return found

    def realised_by_year(self):
        """[(year, Support)] of what came of these, newest year first; one query."""
        rows = self.model._meta.get_field("realisations").related_model.objects
        return rows.filter(commitment__in=self.order_by().values("pk")).by_year()

    def support(self):
        """All of them together, as one Support; one query, of one row for each kind and fate."""
        return sum((support for _, support in self.grouped()), Support())

    def grouped(self, *columns, realised=True):
        """
        [((value of each column), Support)] of these, taken together by the columns; one grouped pass. Without `realised`
        what came is left out, for whoever counts it otherwise.

        What is missing of each is summed, too, for of one promise too much may have come, which makes up for no other.
        """
        value = Coalesce("value", 0, output_field=BigIntegerField())
        missing = Case(When(came__lt=value, then=value - F("came")), default=0, output_field=BigIntegerField())
        fate = Case(
            When(withdrawn_at__isnull=False, then=Value("withdrawn")),
            When(WHOLLY_CAME, then=Value("done")),
            default=Value("open"),
            output_field=CharField(),
        )
        rows = self.order_by().annotate(fate=fate).values_list(*columns, "kind", "fate")
        sums = rows.annotate(
            n=Count("pk"),
            promised=Sum(value),
            missing=Sum(missing),
            all_came=Sum("came"),
            all_times=Sum("times"),
        )
        found = {}
        for *key, kind, fate, n, promised, missing, came, times in sums:
            tally = found.setdefault(tuple(key), Support()).of(kind)
            tally.promise(promised, missing, of=n, withdrawn=fate == "withdrawn", done=fate == "done")
            if realised:
                tally.realise(came, times)
        return list(found.items())


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
