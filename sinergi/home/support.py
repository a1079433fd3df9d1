"""Promised against realised on home: each number leads to the rows behind it."""

from advocacy.models import Commitment
from advocacy.sums import SumsRow
from programs.support_totals import SupportTotals


def support_of(user):
    """
    Return [SumsRow] of the user's provinces: money, goods and services, policies, never added to
    each other; none for whoever looks after the whole country, or sees no commitments. One query.
    """
    scope = user.scope("advocacy.view_commitment")
    if scope.national or not scope:
        return []
    found = Commitment.objects.visible_to(user).totals_by("province")
    totals = sum((support for _, support in found), SupportTotals())
    return [SumsRow(label, tally, unit, {}) for unit, label, tally in totals.units]
