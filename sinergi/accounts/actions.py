"""
Writes over an account, what is on record about it (`programs.AccountEvent`), and the addresses of
its calendar.
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from sinergi.accounts.models import CalendarFeed, Session, User
from sinergi.kit.transitions import TransitionError


@sensitive_variables("password")
@transaction.atomic
def set_password(*, account, password, kind, by):
    """
    Give the account this password (None: none that opens it); `kind` is the event noted down.

    Written only over the password that was read and while the account is open: of two who use one
    link, and of whoever comes after the account was closed, the second gets TransitionError.
    """
    was, now = account.password, make_password(password)
    as_read = User.objects.filter(pk=account.pk, is_active=True, password=was)
    if not as_read.update(password=now):
        if User.objects.filter(pk=account.pk, is_active=True).exists():
            raise TransitionError("Kata sandinya baru saja diganti lebih dulu.")
        raise TransitionError("Akun ini nonaktif; kata sandinya dipasang setelah diaktifkan lagi.")
    account.password = now
    # They would not open any more; that of whoever changes it goes on under a new key.
    Session.objects.end(account)
    account.events.note(account, kind, by=by)


@sensitive_variables("token")
@transaction.atomic
def create_calendar_feed(*, feed, by, idempotency_key=None):
    """
    Store a new address of a person's calendar and return its token, which nobody can find out
    later. Raises Duplicate, or TransitionError where there are enough.
    """
    CalendarFeed.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    by.lock()
    if by.calendar_feeds.in_use().count() >= CalendarFeed.MOST:
        raise TransitionError(
            f"Anda sudah memiliki {CalendarFeed.MOST} alamat. Cabut dulu yang tidak dipakai."
        )
    token, feed.user = feed.set_new_token(), by
    feed.save_submission(by=by, idempotency_key=idempotency_key)
    return token


@transaction.atomic
def revoke_calendar_feeds(*, account, by):
    """Let every address of this account's calendar lead nowhere: it was closed."""
    for feed in account.calendar_feeds.in_use():
        feed.revoke(by=by)
