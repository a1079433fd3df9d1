"""
Writes over accounts, what they are assigned to, and what is on record about them.

Each begins by taking the turn of the accounts it is about (`lock_accounts`): whoever closes one of
them at the same moment waits, or was first, and then there is nothing left to give or to do.
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from programs.models import AccountEvent, Assignment
from sinergi.accounts.actions import revoke_calendar_feeds
from sinergi.accounts.models import Session, User
from sinergi.accounts.second_factor import remove_second_factor
from sinergi.kit.transitions import TransitionError


def lock_accounts(account, *, by, permission, place=None):
    """
    Hold both accounts until the transaction ends; raises TransitionError when one of them was
    closed, or when `by` no longer has the permission (at the place, if one is given).

    In the order of their keys, so that two who administer each other do not wait for one another.
    Without `by` it is the system that writes.
    """
    for one in sorted({account, by} - {None}, key=lambda one: one.pk):
        one.lock()
    if by and not User.objects.get(pk=by.pk).has_perm(permission, place):
        raise TransitionError("Wewenang Anda untuk ini baru saja berakhir.")


@transaction.atomic
def invite(*, account, assignment, person=None, by, idempotency_key=None):
    """
    Make an account that nobody can sign in with until its owner opens the link; its first
    assignment; its person.
    """
    Assignment.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    lock_accounts(by, by=by, permission="programs.add_assignment", place=assignment)
    account.set_unusable_password()
    account.save(force_insert=True)
    if person is not None:
        person.user = account
        person.save_as(by=by)
    assignment.user = account
    account.events.note(account, AccountEvent.Kind.INVITED, by=by)
    return assignment.save_submission(by=by, idempotency_key=idempotency_key)


@transaction.atomic
def note_link(*, account, by):
    """Note that a link was made with which the account's owner chooses a password."""
    if account == by:
        raise TransitionError("Tautan untuk akun sendiri dibuat oleh administrator lain.")
    lock_accounts(account, by=by, permission="accounts.change_user")
    account.events.note(account, AccountEvent.Kind.LINKED, by=by)


@transaction.atomic
def disable_account(*, account, reason, by):
    """Close an account with this moment, and end what it was assigned to; on record."""
    if account == by:
        raise TransitionError("Akun sendiri dinonaktifkan oleh administrator lain.")
    if not reason.strip():
        raise TransitionError("Tuliskan alasannya.")
    lock_accounts(account, by=by, permission="accounts.change_user")
    # With its password go its sessions, and every link that was made for it.
    User.objects.filter(pk=account.pk).update(is_active=False, password=make_password(None))
    account.events.note(account, AccountEvent.Kind.DISABLED, by=by, reason=reason.strip())
    for assignment in account.assignments.filter(ended_at__isnull=True):
        assignment.end(by=by, reason=reason)
    revoke_calendar_feeds(account=account, by=by)
    Session.objects.end(account)


@transaction.atomic
def reset_second_factor(*, account, reason, by):
    """Take the lost device of somebody else away; on record, and told at the next sign-in."""
    if account == by:
        raise TransitionError("Perangkat sendiri dilepas di menu akun, atau oleh yang lain.")
    if not reason.strip():
        raise TransitionError("Tuliskan alasannya.")
    lock_accounts(account, by=by, permission="accounts.change_user")
    remove_second_factor(account=account, by=by, reason=reason.strip())


@transaction.atomic
def enable_account(*, account, by):
    """
    Open it again; it has no assignment until it is given one, and no password until its owner
    chooses one by a link.
    """
    if by:
        lock_accounts(by, by=by, permission="accounts.change_user")
    if not User.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        raise TransitionError("Akun ini masih aktif.")
    account.events.note(account, AccountEvent.Kind.ENABLED, by=by)
