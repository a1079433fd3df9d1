"""
Writes of commitments and of what came of them.

Whatever changes what came of a commitment takes its turn first (`Commitment.claim_version`), so
that the promise is not changed under it; then its sums are kept anew
(`Commitment.count_realisations`), and the case is settled.
"""

from django.db import transaction

from advocacy.actions.cases import Stage, reach, settle_case
from advocacy.actions.rows import sync_related
from advocacy.models import AdvocacyCase, Beneficiary, Commitment, Realisation
from sinergi.kit import uploads
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError


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
        reach(
            commitment.case_id,
            Stage.COMMITTED,
            on=commitment.promised_on,
            note=f"Komitmen: {commitment}",
            by=by,
        )
    for key in cases:
        settle_case(key, by=by)
    return commitment


@transaction.atomic
def withdraw_commitment(*, commitment, by, reason, version=None):
    """Raises StaleRecord or TransitionError."""
    commitment.withdraw(by=by, reason=reason, version=version)
    _settle(commitment, by=by)


@transaction.atomic
def renew_commitment(*, commitment, by, version=None):
    """Raises StaleRecord or TransitionError."""
    commitment.renew(by=by, version=version)
    if commitment.case_id:
        reach(
            commitment.case_id,
            Stage.COMMITTED,
            on=commitment.team.today,
            note=f"Komitmen berlaku lagi: {commitment}",
            by=by,
        )
    _settle(commitment, by=by)


@transaction.atomic
def delete_commitment(*, commitment, by, version=None):
    """
    Take away what was noted down by mistake. Raises StaleRecord, or ProtectedError while something
    refers to it.
    """
    commitment.delete_as(by=by, version=version)
    _settle(commitment, by=by)


def save_realisation(*, realisation, villages, safe=None, by, version=None, idempotency_key=None):
    """
    Write what came of a commitment, which villages it came to, and the file of its evidence, or
    nothing of it.

    Raises StaleRecord (of the commitment, if that was changed meanwhile), FrozenRecord, Duplicate,
    or TransitionError for a village outside the commitment's regency.
    """
    commitment = realisation.commitment
    Realisation.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if problem := commitment.misplaced(villages):
        raise TransitionError(problem)
    with uploads.replacing_file(realisation, safe):
        try:
            commitment.claim_version(by=by)
        except StaleRecord:
            Realisation.refuse_duplicate(
                by=by, idempotency_key=idempotency_key
            )  # the same sending was quicker
            raise
        says_else = realisation._state.adding or realisation.differs_from_stored(
            "amount", "realised_on"
        )
        realisation.save_submission(by=by, version=version, idempotency_key=idempotency_key)
        sync_related(
            realisation.beneficiaries.all(),
            "village",
            villages,
            new=lambda village: Beneficiary(realisation=realisation, village=village),
            by=by,
        )
        if says_else:
            commitment.count_realisations()
            _settle(commitment, by=by)
    return realisation


@transaction.atomic
def delete_realisation(*, realisation, by, version=None):
    """
    Take away what was noted down by mistake, with its file. Raises StaleRecord or FrozenRecord.
    """
    realisation.commitment.claim_version(by=by)
    for row in realisation.beneficiaries.all():
        row.delete_as(by=by)
    realisation.delete_as(by=by, version=version)
    realisation.commitment.count_realisations()
    _settle(realisation.commitment, by=by)


def _settle(commitment, *, by):
    if commitment.case_id:
        settle_case(commitment.case_id, by=by)
