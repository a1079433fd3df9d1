"""Named reads over commitments: the state of each, and the sums of many."""

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

#: All that was promised has come; of a policy without a budget, its document.
FULLY_REALISED = Q(value__isnull=False, came__gte=F("value")) | Q(value__isnull=True, times__gt=0)
#: Something is still to come: neither that nor withdrawn. Written out, so that indexes with this
#: condition serve it.
OUTSTANDING = Q(withdrawn_at__isnull=True) & (
    Q(value__isnull=False, came__lt=F("value")) | Q(value__isnull=True, times=0)
)
#: What became of each.
FATE = Case(
    When(withdrawn_at__isnull=False, then=Value("withdrawn")),
    When(FULLY_REALISED, then=Value("done")),
    default=Value("open"),
    output_field=CharField(),
)
_VALUE = Coalesce("value", 0, output_field=BigIntegerField())
_MISSING = Case(
    When(came__lt=_VALUE, then=_VALUE - F("came")), default=0, output_field=BigIntegerField()
)
#: The sums of a group, whole rupiah. What is missing of each is summed, too, for of one commitment
#: too much may have come, which makes up for no other.
SUMS = {
    "n": Count("pk"),
    "promised": Sum(_VALUE),
    "missing": Sum(_MISSING),
    "all_came": Sum("came"),
    "all_times": Sum("times"),
}


def add_sums(totals, row, *, with_realised=True):
    """Add a group of commitments, {"kind", "fate", SUMS}, to these SupportTotals."""
    tally, fate = totals.of(row["kind"]), row["fate"]
    tally.promise(
        row["promised"],
        row["missing"],
        of=row["n"],
        withdrawn=fate == "withdrawn",
        done=fate == "done",
    )
    if with_realised:
        tally.realise(row["all_came"], row["all_times"])


class CommitmentQuerySet(LogQuerySet):
    titled = "description"

    def with_names(self):
        return self.select_related("team__province", "province", "institution", "regency")

    def for_list(self):
        """Select what a list shows of each, and no more."""
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

    def with_state(self, today):
        """
        Annotate the `state` of each on that day, from what is kept of its realisations: withdrawn
        before all else, then realised, then overdue, then partly realised.
        """
        state = self.model.State
        return self.annotate(
            state=Case(
                When(withdrawn_at__isnull=False, then=Value(state.WITHDRAWN)),
                When(FULLY_REALISED, then=Value(state.REALISED)),
                When(due_on__lt=today, then=Value(state.OVERDUE)),
                When(times__gt=0, then=Value(state.PARTLY)),
                default=Value(state.PROMISED),
                output_field=CharField(),
            )
        )

    def outstanding(self):
        """
        Return those of which something is still to come: promised, partly realised or overdue.
        """
        return self.filter(OUTSTANDING)

    def overdue(self, today):
        return self.outstanding().filter(due_on__lt=today)

    def in_state(self, state, today):
        """Return the commitments to which `with_state` of that day gives this state."""
        states, in_time = self.model.State, Q(due_on__isnull=True) | Q(due_on__gte=today)
        conditions = {
            states.WITHDRAWN: Q(withdrawn_at__isnull=False),
            states.REALISED: Q(withdrawn_at__isnull=True) & FULLY_REALISED,
            states.OVERDUE: OUTSTANDING & Q(due_on__lt=today),
            states.PARTLY: OUTSTANDING & in_time & Q(times__gt=0),
            states.PROMISED: OUTSTANDING & in_time & Q(times=0),
        }
        return self.filter(conditions[state])

    def log_rows(self, plan, activity=None):
        """
        Return what is tied to the activities of this plan (programs.activity_logs): one that is
        realised has happened, on the day of the last handover; one that is not is ahead, on its
        due day.
        """
        ahead = Coalesce("due_on", "promised_on")
        return as_logs(
            self.filter(tied_to(plan, activity)).filter(withdrawn_at__isnull=True),
            "commitments",
            "promised_on",
            day=Case(When(FULLY_REALISED, then="came_on"), default=ahead, output_field=DateField()),
            happened=FULLY_REALISED,
            regency=F("regency_id"),
            institution=F("institution_id"),
        )

    def support_of(self, plan, activity=None):
        """
        Return {activity: SupportTotals} of the commitments tied to it, or made in a meeting that
        is, over the activities of this plan or one of them (its key) alone. Two queries, each by an
        index.
        """
        found = {}
        tied = self.filter(tied_to(plan, activity)).totals_by("activity")
        in_meetings = self.filter(
            tied_to(plan, activity, "meeting__activity"), activity__isnull=True
        )
        for (key,), support in [*tied, *in_meetings.totals_by("meeting__activity")]:
            found[key] = found.get(key, SupportTotals()) + support
        return found

    def realised_by_year(self):
        """Return [(year, SupportTotals)] of what came of these, newest year first; one query."""
        years = {}
        rows = self.order_by().filter(realisations__isnull=False)
        rows = rows.annotate(year=ExtractYear("realisations__realised_on"))
        sums = rows.values_list("year", "kind").annotate(
            total=Sum("realisations__amount"), n=Count("realisations")
        )
        for year, kind, amount, times in sums:
            years.setdefault(year, SupportTotals()).of(kind).realise(amount or 0, times)
        return sorted(years.items(), reverse=True)

    def support(self):
        """
        Return the sums of all of them; one query, of one row for each kind and fate.
        """
        return sum((support for _, support in self.totals_by()), SupportTotals())

    def by_kind_and_fate(self, *columns):
        """Group by these columns, the kind and what became of each, to be summed as SUMS."""
        return self.order_by().annotate(fate=FATE).values(*columns, "kind", "fate")

    def totals_by(self, *columns, with_realised=True):
        """
        Return [((value of each column), SupportTotals)] of these, taken together by the columns;
        one grouped query. Without `with_realised` what came is left out, for whoever counts it
        otherwise.
        """
        rows = self.by_kind_and_fate(*columns).annotate(**SUMS)
        found = {}
        for row in rows:
            totals = found.setdefault(tuple(row[name] for name in columns), SupportTotals())
            add_sums(totals, row, with_realised=with_realised)
        return list(found.items())
