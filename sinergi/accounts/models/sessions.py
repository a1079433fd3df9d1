"""Sessions, each with its account and the words for its device."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from sinergi.accounts.models.accounts import digest_of
from sinergi.kit.fields import PlainCharField


class SessionManager(BaseSessionManager):
    def open_of(self, account):
        """Return the sessions of this account that are not over, the last seen first."""
        rows = self.filter(account=account, expire_date__gt=timezone.now())
        return rows.order_by("-seen_at", "session_key")

    def end(self, account, *, but=None):
        """End the sessions of this account, all but the one with that key; return how many."""
        return self.filter(account=account).exclude(session_key=but).delete()[0]


class Session(AbstractBaseSession):
    """
    A session of the portal; `sinergi.accounts.sessions` writes it. Of whoever has not signed in
    (yet) it has no account. No address of a visitor is kept.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="akun",
        related_name="sessions",
        null=True,
        editable=False,
    )
    device = PlainCharField("perangkat", max_length=60, blank=True, editable=False)
    signed_in_at = models.DateTimeField("masuk pada", null=True, editable=False)
    seen_at = models.DateTimeField("terakhir terlihat", null=True, editable=False)

    objects = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sesi"
        verbose_name_plural = "sesi"

    def __str__(self):
        return self.device or "sesi"

    @classmethod
    def get_session_store_class(cls):
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def handle(self):
        """Return what a page names the session by: its key would open it."""
        return digest_of(self.session_key)[:16]
