"""Named reads over commitments: how each stands, and the sums of many."""

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear

from programs.activity_logs import LogQuerySet, as_logs, tied_to
from programs.support_totals import SupportTotals
from sinergi.kit.querysets import ScopedQuerySet, one_or_in

#: All that was promised has come; of a policy without a budget, its document.
WHOLLY_CAME = Q(value__isnull=False, came__gte=F("value")) | Q(value__isnull=True, times__gt=0)
#: Something is still to come: neither that nor withdrawn. Written out, so that indexes with this
#: condition serve it.
OUTSTANDING = Q(withdrawn_at__isnull=True) & (
    Q(value__isnull=False, came__lt=F("value")) | Q(value__isnull=True, times=0)
)


class CommitmentQuerySet(LogQuerySet):
    titled = "description"

    def with_names(self):
        return self.select_related("team__province", "province", "institution", "regency")

    def for_list(self):
        """With what a list shows of each, and no more."""
        columns = [
            "description",
            "kind",
            "promised_on",
            "value",
            "times",
            "came",
            "due_on",
            "institution__name",
        ]
        return self.select_related("institution").only(*columns)

    def with_standing(self, today):
        """
        With how each stands on that day (`standing`), from what is kept of its realisations:
        withdrawn before all else, then realised, then overdue, then partly realised.
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

    def outstanding(self):
        """Something is still to come: promised, partly realised or overdue."""
        return self.filter(OUTSTANDING)

    def overdue(self, today):
        return self.outstanding().filter(due_on__lt=today)

    def in_standing(self, standing, today):
        """
        Those that stand so on that day: the rows to which `with_standing` gives this standing.
        """
        kinds, in_time = self.model.Standing, Q(due_on__isnull=True) | Q(due_on__gte=today)
        where = {
            kinds.WITHDRAWN: Q(withdrawn_at__isnull=False),
            kinds.REALISED: Q(withdrawn_at__isnull=True) & WHOLLY_CAME,
            kinds.OVERDUE: OUTSTANDING & Q(due_on__lt=today),
            kinds.PARTLY: OUTSTANDING & in_time & Q(times__gt=0),
            kinds.PROMISED: OUTSTANDING & in_time & Q(times=0),
        }
        return self.filter(where[standing])

    def log_rows(self, plan, activity=None):
        """
        What is tied to the activities of this plan: one that is realised has
        happened, on the day of the last handover; one that is not is ahead, on its due day.
        """
        ahead = Coalesce("due_on", "promised_on")
        return as_logs(
            self.filter(tied_to(plan, activity)).filter(withdrawn_at__isnull=True),
            "commitments",
            "promised_on",
            day=Case(When(WHOLLY_CAME, then="came_on"), default=ahead, output_field=DateField()),
            happened=WHOLLY_CAME,
            regency=F("regency_id"),
            institution=F("institution_id"),
        )

    def support_of(self, plan, activity=None):
        """
        {activity: SupportTotals}: commitments tied to it, or made in a meeting that is, over the
        activities of this plan or one of them (its key) alone. Two queries, each by an index.
        """
        found = {}
        tied = self.filter(tied_to(plan, activity)).grouped("activity")
        in_meetings = self.filter(
            tied_to(plan, activity, "meeting__activity"), activity__isnull=True
        )
        for (key,), support in [*tied, *in_meetings.grouped("meeting__activity")]:
            found[key] = found.get(key, SupportTotals()) + support
        return found

    def realised_by_year(self):
        """[(year, SupportTotals)] of what came of these, newest year first; one query."""
        rows = self.model._meta.get_field("realisations").related_model.objects
        return rows.filter(commitment__in=self.order_by().values("pk")).by_year()

    def support(self):
        """All of them together, as one SupportTotals; one query, a row for each kind and fate."""
        return sum((support for _, support in self.grouped()), SupportTotals())

    def grouped(self, *columns, realised=True):
        """
        [((value of each column), SupportTotals)] of these, taken together by the columns; one
        grouped pass. Without `realised` what came is left out, for whoever counts it otherwise.

        What is missing of each is summed, too, for of one promise too much may have come, which
        makes up for no other.
        """
        value = Coalesce("value", 0, output_field=BigIntegerField())
        missing = Case(
            When(came__lt=value, then=value - F("came")), default=0, output_field=BigIntegerField()
        )
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
            tally = found.setdefault(tuple(key), SupportTotals()).of(kind)
            tally.promise(
                promised, missing, of=n, withdrawn=fate == "withdrawn", done=fate == "done"
            )
            if realised:
                tally.realise(came, times)
        return list(found.items())


class RealisationQuerySet(ScopedQuerySet):
    def with_names(self):
        return self.select_related(
            "commitment__team__province", "commitment__province", "commitment__institution"
        )

    def for_list(self):
        """With what a list shows of each, and no more."""
        columns = [
            "key",
            "file",
            "realised_on",
            "amount",
            "document_kind",
            "document_number",
            "document_about",
        ]
        columns += ["commitment__description", "commitment__kind", "commitment__institution__name"]
        return self.select_related("commitment__institution").only(*columns)

    def visible_to(self, user, permission=None):
        """
        Also by the province of the commitment, which is the same: a sum then reads the commitments
        of that one alone.
        """
        rows, scope = (
            super().visible_to(user, permission),
            user.scope(permission or "advocacy.view_realisation"),
        )
        if scope.national or not scope.provinces:
            return rows
        return rows.filter(one_or_in("commitment__province", scope.provinces))

    def in_province(self, province):
        return self.filter(province=province, commitment__province=province)

    def support(self):
        """All that came, as one SupportTotals; one query."""
        whole = SupportTotals()
        rows = self.order_by().values_list("commitment__kind")
        for kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
            whole.of(kind).realise(amount or 0, times)
        return whole

    def by_year(self):
        """[(year, SupportTotals)] of what came in each year, newest first; one query."""
        years = {}
        rows = (
            self.order_by()
            .annotate(year=ExtractYear("realised_on"))
            .values_list("year", "commitment__kind")
        )
        for year, kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
            years.setdefault(year, SupportTotals()).of(kind).realise(amount or 0, times)
        return sorted(years.items(), reverse=True)


class BeneficiaryQuerySet(ScopedQuerySet):
    province_path = "realisation__province"

    def newest_first(self):
        """With what came and from whom."""
        rows = self.select_related("realisation__commitment__institution")
        return rows.order_by("-realisation__realised_on", "-pk")
