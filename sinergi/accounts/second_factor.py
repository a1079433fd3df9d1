"""
The second factor: a code of six digits that an application shows (TOTP), or a recovery code, beside
the password.

Between the password and the code nobody is signed in: the session holds whose code is awaited
(`Awaited`) and no account, so that every page answers as to a stranger.
"""

import time
from dataclasses import asdict, dataclass

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib.auth import user_login_failed
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from sinergi.accounts.models import RecoveryCode, Session, User
from sinergi.kit.transitions import TransitionError

#: In the session: that it was opened with the second factor.
PASSED = "second_factor"
AWAITED = "second_factor_awaited"
#: How long the code is awaited after the password, in seconds.
AWAITED_FOR = 10 * 60


@dataclass(frozen=True)
class Awaited:
    """Whose code is awaited, since when, and how the sign-in goes on with it."""

    account: int
    password: str  # the session's digest of it: a password that was changed begins anew
    remember: bool
    next: str
    since: float


def is_offered():
    return settings.SECOND_FACTOR != "off"


def is_required_of(account):
    """Return whether the account gets nothing before it has a second factor."""
    return settings.SECOND_FACTOR == "required" and account.holds_much


def device_of(account):
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def asks_for_code(account):
    return is_offered() and device_of(account) is not None


def await_code(request, account, *, remember, next_url):
    """Note in the session that this account gave its password; nobody is signed in by it."""
    awaited = Awaited(account.pk, account.get_session_auth_hash(), remember, next_url, time.time())
    request.session.cycle_key()
    request.session[AWAITED] = asdict(awaited)


def awaited_of(request):
    """Return (account, Awaited), or (None, None): nobody gave a password here lately."""
    told = request.session.get(AWAITED)
    if not told:
        return None, None
    awaited = Awaited(**told)
    account = User.objects.filter(pk=awaited.account, is_active=True).first()
    is_fresh = time.time() - awaited.since < AWAITED_FOR
    is_same = account and constant_time_compare(account.get_session_auth_hash(), awaited.password)
    return (account, awaited) if is_fresh and is_same else (None, None)


# Codes ------------------------------------------------------------------------------------------
def use_code(account, code):
    """Use up a code of the device or a recovery code; return whether it was right."""
    if len(code) == RecoveryCode.DIGITS:
        with transaction.atomic():
            is_right = RecoveryCode.objects.use(account, code)
            if is_right:
                forget_wrong_codes(account)
                account.events.note(account, "code_used", by=account)
        return is_right
    device = device_of(account)
    return device is not None and verify_token(account, device.persistent_id, code) is not None


def forget_wrong_codes(account):
    """Let the device take codes again at once: whoever has shown who they are does not wait."""
    devices = TOTPDevice.objects.filter(user=account)
    devices.update(throttling_failure_count=0, throttling_failure_timestamp=None)


def seconds_to_wait(account, code):
    """
    Return how long the device, or the one that is being set up, takes no code after wrong ones;
    recovery codes do not wait.
    """
    is_recovery = len(code) == RecoveryCode.DIGITS
    device = None if is_recovery else device_of(account) or unconfirmed_of(account)
    is_allowed, why = device.verify_is_allowed() if device else (True, None)
    return 0 if is_allowed else 1 + int((why["locked_until"] - timezone.now()).total_seconds())


def count_wrong_code(request, account):
    """Count it together with wrong passwords, and write the line of the log."""
    credentials = {"username": account.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def lockout_of(request, account):
    """Return the answer to whoever was wrong too often from here, or None."""
    credentials = {"username": account.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        return None
    return get_lockout_response(request, credentials)


# What changes it ---------------------------------------------------------------------------------
@transaction.atomic
def start_setup(account):
    """Give the account a new secret, which counts for nothing before a code shows it arrived."""
    account.lock()
    if device_of(account):
        raise TransitionError("Verifikasi dua langkah sudah aktif.")
    TOTPDevice.objects.filter(user=account).delete()
    TOTPDevice.objects.create(user=account, name="Aplikasi kode", confirmed=False)


def unconfirmed_of(account):
    return TOTPDevice.objects.filter(user=account, confirmed=False).first()


@transaction.atomic
def confirm_setup(account, code):
    """Put the second factor in force and return the recovery codes; None for a wrong code."""
    account.lock()
    device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False).first()
    if device is None:
        raise TransitionError("Pemasangan ini sudah selesai atau diulang di tempat lain.")
    # Of two codes at once the second finds here what the first one left.
    if not (device.verify_is_allowed()[0] and device.verify_token(code)):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    account.events.note(account, "two_step", by=account)
    return RecoveryCode.objects.make(account)


@transaction.atomic
def make_recovery_codes(account):
    account.lock()
    account.events.note(account, "codes", by=account)
    return RecoveryCode.objects.make(account)


@transaction.atomic
def remove_second_factor(*, account, by, reason=""):
    """Take the device and the recovery codes away, of the own account or of another's lost one."""
    account.lock()
    if not TOTPDevice.objects.filter(user=account, confirmed=True).exists():
        raise TransitionError("Akun ini tidak memakai verifikasi dua langkah.")
    TOTPDevice.objects.filter(user=account).delete()
    RecoveryCode.objects.filter(user=account).delete()
    kind = "one_step" if account == by else "reset_step"
    account.events.note(account, kind, by=by, reason=reason)
    if account != by:
        Session.objects.end(account)


def renew_session(request, *, passed):
    """Go on in a session of a new key, and end the others of the account."""
    request.session.cycle_key()
    if passed:
        request.session[PASSED] = True
    else:
        request.session.pop(PASSED, None)
    Session.objects.end(request.user, but=request.session.session_key)
