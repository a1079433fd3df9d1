"""Writes of realisations, which change their commitment's sums and may settle its case."""

from django.db import transaction

from advocacy.actions.commitments import settle_case_of
from advocacy.models import Beneficiary, Realisation
from sinergi.kit import uploads
from sinergi.kit.models import StaleRecord
from sinergi.kit.related import sync_related
from sinergi.kit.transitions import TransitionError


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
            settle_case_of(commitment, by=by)
    return realisation


@transaction.atomic
def delete_realisation(*, realisation, by, version=None):
    """Delete what was noted down by mistake, with its file. Raises StaleRecord or FrozenRecord."""
    realisation.commitment.claim_version(by=by)
    for row in realisation.beneficiaries.all():
        row.delete_as(by=by)
    realisation.delete_as(by=by, version=version)
    realisation.commitment.count_realisations()
    settle_case_of(realisation.commitment, by=by)
