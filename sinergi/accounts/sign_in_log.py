"""
Lines of the log about signing in and out: the account by its number, never by its name. With
LOG_ADDRESSES they say the visitor's address too, for a program that bars whoever guesses passwords
(fail2ban reads "sign-in failed from 203.0.113.7").
"""

import logging

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from sinergi.accounts.throttle import client_address, counted_name

logger = logging.getLogger(__name__)


@receiver(user_logged_in)
def write_sign_in(sender, request, user, **kwargs):
    logger.info("sign-in%s: account %s", _origin(request), user.pk)


@receiver(user_logged_out)
def write_sign_out(sender, request, user, **kwargs):
    if user is not None:
        logger.info("sign-out%s: account %s", _origin(request), user.pk)


@receiver(user_login_failed)
def write_failure(sender, credentials, request=None, **kwargs):
    """Say which account the name is of; a name that is nobody's may be a mistyped password."""
    kind, _, key = counted_name(request, credentials).partition(":")
    account = f"account {key}" if kind == "akun" else "no such account"
    logger.warning("sign-in failed%s: %s", _origin(request), account)


def _origin(request):
    is_told = settings.LOG_ADDRESSES and request is not None
    return f" from {client_address(request)}" if is_told else ""
