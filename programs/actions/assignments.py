"""Writes over assignments: a role at a place, given and taken back."""

from django.db import transaction

from programs.actions.accounts import lock_accounts
from programs.models import Assignment


@transaction.atomic
def assign(*, assignment, by, version=None, idempotency_key=None):
    """
    Give an open account a role at a place, or change that. Raises TransitionError, StaleRecord,
    FrozenRecord, Duplicate, or IntegrityError when it has that role there.
    """
    Assignment.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    action = "add" if assignment._state.adding else "change"
    permission = f"programs.{action}_assignment"
    lock_accounts(assignment.user, by=by, permission=permission, place=assignment)
    return assignment.save_submission(by=by, version=version, idempotency_key=idempotency_key)


@transaction.atomic
def end_assignment(*, assignment, reason, by, version=None):
    """Take a role back (Assignment.end), unless the own was taken back first."""
    permission = "programs.change_assignment"
    lock_accounts(assignment.user, by=by, permission=permission, place=assignment)
    return assignment.end(by=by, reason=reason, version=version)
