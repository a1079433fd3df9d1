"""Writes over an account and what is on record about it (`programs.AccountEvent`)."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from sinergi.accounts.models import User
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
    account.events.note(account, kind, by=by)
