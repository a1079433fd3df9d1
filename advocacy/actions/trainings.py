"""Writes of trainings: the training with who came from which village."""

from django.db import transaction

from advocacy.models import TrainingParticipant
from advocacy.models.trainings import MAX_ROWS
from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError

WRITTEN = ("village_id", "name", "gender", "women", "men")


@transaction.atomic
def save_training(*, training, participants=(), removed=(), by, version=None, idempotency_key=None):
    """
    Write a training and these rows of its participants, and delete the removed ones; rows that are
    not named stay. Raises StaleRecord, Duplicate, or TransitionError: for a village of another
    province, or where nobody is left of a village whose expansion this training shows.

    The training is written first: its one UPDATE decides whether this page is still the latest.
    """
    training.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    before = set(training.participants.values_list("village", flat=True))
    for row in removed:
        row.delete_as(by=by)
    stored = {row.pk: row for row in TrainingParticipant.objects.filter(training=training)}
    new = [row for row in participants if row.pk is None]
    for row in participants:
        row.training = training
        if row.village.province_id != training.province_id:
            raise TransitionError(f"{row.village.place_name} tidak berada di provinsi tim.")
        if row.pk and any(getattr(row, name) != getattr(stored[row.pk], name) for name in WRITTEN):
            row.save_as(by=by)
    bulk.insert_records(new, by=by)
    if new:
        added = training.participants.exclude(pk__in=stored)
        bulk.keep_history(added, "+", by=by)
    after = list(training.participants.values_list("village", flat=True))
    if len(after) > MAX_ROWS:
        raise TransitionError(f"Paling banyak {MAX_ROWS} baris peserta untuk satu bimtek.")
    _refuse_losing_evidence(training, before.difference(after))
    return training


def _refuse_losing_evidence(training, villages):
    """Refuse to take away what shows a step of one of these villages, from which nobody is left."""
    steps = training.expansion_steps.filter(case__village__in=villages)
    step = steps.select_related("case__village").first() if villages else None
    if step:
        raise TransitionError(
            f"Bimtek ini bukti perluasan {step.case.village.place_name}. Perbaiki dulu langkahnya"
            " sebelum pesertanya dihapus."
        )


@transaction.atomic
def delete_training(*, training, by, version=None):
    """Delete a training with its rows of participants. Raises StaleRecord or ProtectedError."""
    for row in training.participants.all():
        row.delete_as(by=by)
    training.delete_as(by=by, version=version)
