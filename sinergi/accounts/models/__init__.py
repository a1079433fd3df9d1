"""The account, what opens it beside the password, its sessions, calendars and downloads."""

from sinergi.accounts.models.accounts import CalendarFeed, Export, User, digest_of
from sinergi.accounts.models.recovery_codes import RecoveryCode
from sinergi.accounts.models.sessions import Session

__all__ = ["CalendarFeed", "Export", "RecoveryCode", "Session", "User", "digest_of"]
