"""The account, what opens it beside the password, its sessions, calendars and downloads."""

from sinergi.accounts.models.accounts import CalendarFeed, Export, User, digest_of  # noqa: F401
from sinergi.accounts.models.recovery_codes import RecoveryCode  # noqa: F401
from sinergi.accounts.models.sessions import Session  # noqa: F401
