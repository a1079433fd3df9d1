"""How many libraries stand how, for the tabs and the sentences of a page of scores."""

from django.db.models import Count, Q, Sum

from villages.querysets.scores import state_name
from villages.reports.scores import ScoreState


def count_indicator(libraries):
    """
    Return the states of an indicator (`with_indicator`) and its sums over these libraries:
    {"states": {state: how many}, "total", "told"} of the numerator wherever it is known, and
    {"numerator", "denominator", "known"} of those alone whose value is known. One query.
    """
    known = Q(indicator_numerator__isnull=False, indicator_denominator__gt=0)
    states = {
        f"n_{state}": Count("pk", filter=Q(indicator_state=state.value)) for state in ScoreState
    }
    found = libraries.order_by().aggregate(
        **states,
        total=Sum("indicator_numerator"),
        told=Count("indicator_numerator"),
        numerator=Sum("indicator_numerator", filter=known),
        denominator=Sum("indicator_denominator", filter=known),
        known=Count("pk", filter=known),
    )
    return {"states": {state: found.pop(f"n_{state}") for state in ScoreState}} | found


def count_outcome(libraries, outcome):
    """Return {state: how many} of an outcome over these libraries (`with_scores`). One query."""
    name = state_name(outcome)
    found = dict(libraries.order_by().values_list(name).annotate(n=Count("pk")))
    return {state: found.get(state.value, 0) for state in ScoreState}


def count_reports(libraries, quarter, *, by="regency"):
    """
    Return {key of the place: {state of a report: how many}} of the reports of a quarter, over the
    libraries expected in it. One query.
    """
    reports = libraries.model_of("reports").objects.expected_among([quarter])
    rows = reports.filter(library__in=libraries.order_by().values("pk"))
    found = {}
    for place, state, n in (
        rows.order_by().values_list(f"library__{by}", "state").annotate(n=Count("pk"))
    ):
        found.setdefault(place, {})[state] = n
    return found
