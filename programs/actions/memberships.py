"""Writes over the membership of a team."""

from django.db import transaction

from programs.models import Membership
from sinergi.kit import dates
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def add_member(*, membership, newcomer=None, by, idempotency_key=None):
    """Let somebody into the team; `newcomer` is a person who is not in the register yet."""
    Membership.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if newcomer is not None:
        membership.person = newcomer.save_as(by=by)
    return membership.save_submission(by=by, idempotency_key=idempotency_key)


@transaction.atomic
def replace_member(
    *, membership, successor, reason, newcomer=None, by, version=None, idempotency_key=None
):
    """
    End a membership with the day before its successor's first, and begin that one: both, or
    neither. One that has ended already keeps its last day and its reason.

    The successor may be the same person in another office. Past attendance stays with whoever
    attended. Raises Duplicate, StaleRecord, TransitionError, or IntegrityError when the new period
    meets another one.
    """
    Membership.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if earlier := Membership.objects.filter(replaces=membership).select_related("person").first():
        raise TransitionError(f"{membership.person} sudah digantikan {earlier.person}.")
    if membership.ends_on is None:
        membership.ends_on, membership.end_reason = successor.starts_on - ONE_DAY, reason
    if successor.starts_on <= max(membership.starts_on, membership.ends_on):
        last = max(membership.starts_on, membership.ends_on)
        raise TransitionError(f"Pengganti mulai sesudah {dates.long_date(last)}.")
    membership.save_as(by=by, version=version)
    if newcomer is not None:
        successor.person = newcomer.save_as(by=by)
    successor.team, successor.replaces = membership.team, membership
    return successor.save_submission(by=by, idempotency_key=idempotency_key)
