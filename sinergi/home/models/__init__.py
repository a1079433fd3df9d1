"""Models of the topmost app."""

from sinergi.home.models.chores import ChoreRun
from sinergi.home.models.digests import DigestMail, DigestPreference

__all__ = ["ChoreRun", "DigestMail", "DigestPreference"]
