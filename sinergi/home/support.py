"""Promised against realised on home: each number leads to the rows behind it."""

from advocacy.models import Commitment
from advocacy.querysets.commitments import SUMS, add_sums
from advocacy.sums import SumsRow
from programs.support_totals import SupportTotals


def support_parts(user):
    """
    Return {key: (commitments by kind and fate, columns)} of the user's provinces; none for whoever
    looks after the whole country.
    """
    rows = Commitment.objects.visible_to(user)
    if user.scope("advocacy.view_commitment").national:
        rows = rows.none()
    return {"support": (rows.by_kind_and_fate(), {"kind": "kind", "fate": "fate", **SUMS})}


def support_of(rows):
    """
    Return [SumsRow] of the JSON rows of `support_parts`: money, goods and services, policies, never
    added to each other.
    """
    totals = SupportTotals()
    for row in rows["support"]:
        add_sums(totals, row)
    return [SumsRow(label, tally, unit, {}) for unit, label, tally in totals.units]
