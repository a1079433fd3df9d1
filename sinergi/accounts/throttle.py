"""
Throttle of passwords: what django-axes counts, and by what.

Wrong passwords are counted for an account and an address together (AXES_FAILURE_LIMIT), whatever
name was used for the account, and for an address alone, whatever names were tried from it
(SIGN_IN_FAILURES_PER_ADDRESS). Both wait for AXES_COOLOFF_TIME.
"""

import ipaddress
import unicodedata

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum

from sinergi.accounts.models import User

#: Stands for an address that nobody can read, so that whoever has none is counted all the same.
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104
#: Of an IPv6 address a visitor chooses the second half.
OWN_PREFIX = 64
#: Of a name that is nobody's; longer ones are counted by their beginning.
COUNTED_LENGTH = 200


class SignInThrottle(AxesDatabaseHandler):
    """The handler of django-axes, with a limit for the address."""

    def get_failures(self, request, credentials=None):
        of_account = super().get_failures(request, credentials)
        limit = get_failure_limit(request, credentials)
        if of_account >= limit:
            return of_account
        of_address = self.failures_of_address(request)
        return limit if of_address >= settings.SIGN_IN_FAILURES_PER_ADDRESS else of_account

    def failures_of_address(self, request):
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address,
            attempt_time__gte=get_cool_off_threshold(request),
        )
        return recent.aggregate(total=Sum("failures_since_start"))["total"] or 0


def counted_name(request, credentials=None):
    """
    Return the account's key, whatever name was used for it; for an unknown name, its text without
    invisible differences.
    """
    typed = (credentials or request.POST).get("username") or ""
    account = User.objects.filter(is_active=True).known_as(typed)
    if account:
        return f"akun:{account.pk}"
    text = unicodedata.normalize("NFKC", typed).strip().casefold()
    return f"teks:{text[:COUNTED_LENGTH]}"


def client_address(request):
    """
    Return the address to count: of the connection, or, behind PROXY_COUNT proxies of one's own, the
    one the outermost of them saw. Anything further left in X-Forwarded-For is the visitor's word.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXY_COUNT:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        hops = [hop for hop in hops if hop.strip()]
        if len(hops) >= settings.PROXY_COUNT:
            seen.insert(0, hops[-settings.PROXY_COUNT])
    return next(filter(None, map(address_in, seen)), UNKNOWN_ADDRESS)


def address_in(written):
    """
    Return the address in what a proxy wrote ("203.0.113.7:4711", "[2001:db8::1]:443", "unknown"),
    or None. An IPv6 address stands for its whole network, an IPv4-mapped IPv6 address for its IPv4
    address.
    """
    text = written.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), OWN_PREFIX), strict=False).network_address)
