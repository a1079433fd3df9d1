"""
Writes of commitments.

Whatever changes what came of a commitment claims its version first (`Commitment.claim_version`), so
that the commitment is not changed under it; then its sums are stored anew
(`Commitment.count_realisations`), and its case is settled.
"""

from django.db import transaction

from advocacy.actions.cases import advance, settle_case
from advocacy.models import AdvocacyCase, Commitment


@transaction.atomic
def save_commitment(*, commitment, by, version=None, idempotency_key=None):
    """
    Write a commitment; a case that it is new to comes to that stage. Raises StaleRecord,
    FrozenRecord (once withdrawn) or Duplicate.
    """
    is_new, before = commitment._state.adding, None
    says_else = is_new or commitment.differs_from_stored("case_id", "value", "kind")
    if not is_new:
        before = Commitment.objects.values_list("case", flat=True).get(pk=commitment.pk)
    commitment.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    cases = sorted({before, commitment.case_id} - {None}) if says_else else []
    for key in cases:  # in one order, whichever way it moves
        AdvocacyCase(pk=key).lock()
    if commitment.case_id and (is_new or before != commitment.case_id):
        advance(
            commitment.case_id,
            AdvocacyCase.Stage.COMMITTED,
            on=commitment.promised_on,
            note=f"Komitmen: {commitment}",
            by=by,
        )
    for key in cases:
        settle_case(key, by=by)
    return commitment


@transaction.atomic
def withdraw_commitment(*, commitment, by, reason, version=None):
    """Withdraw a commitment and settle its case. Raises StaleRecord or TransitionError."""
    commitment.withdraw(by=by, reason=reason, version=version)
    settle_case_of(commitment, by=by)


@transaction.atomic
def renew_commitment(*, commitment, by, version=None):
    """Put a withdrawn commitment in force again. Raises StaleRecord or TransitionError."""
    commitment.renew(by=by, version=version)
    if commitment.case_id:
        advance(
            commitment.case_id,
            AdvocacyCase.Stage.COMMITTED,
            on=commitment.team.today,
            note=f"Komitmen berlaku lagi: {commitment}",
            by=by,
        )
    settle_case_of(commitment, by=by)


@transaction.atomic
def delete_commitment(*, commitment, by, version=None):
    """
    Delete what was noted down by mistake. Raises StaleRecord, or ProtectedError while something
    refers to it.
    """
    commitment.delete_as(by=by, version=version)
    settle_case_of(commitment, by=by)


def settle_case_of(commitment, *, by):
    if commitment.case_id:
        settle_case(commitment.case_id, by=by)
