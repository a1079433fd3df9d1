"""
The store of sessions (SESSION_ENGINE): in the database, so that several machines serve one session,
with the account, the device and when it was last seen in columns of their own.
"""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.dispatch import receiver
from django.utils import timezone

from sinergi.accounts.devices import device_words
from sinergi.accounts.models import Session

#: How often it is noted down that a session is in use.
SEEN_EVERY = timedelta(minutes=10)
#: In the session: with which device, and when, somebody has signed in.
DEVICE, SIGNED_IN_AT = "device", "signed_in_at"


class SessionStore(DatabaseStore):
    seen_at = None  # as it was read

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.seen_at = row.seen_at if row else None
        return row

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        row.device = data.get(DEVICE, "")
        at = data.get(SIGNED_IN_AT)
        row.signed_in_at = datetime.fromisoformat(at) if at else None
        row.seen_at = timezone.now()
        return row

    def note_seen(self, now):
        """Note down that the session is in use: no more than once in ten minutes."""
        if self.session_key and self.seen_at and now - self.seen_at > SEEN_EVERY:
            self.model.objects.filter(session_key=self.session_key).update(seen_at=now)


@receiver(user_logged_in)
def note_device(sender, request, user, **kwargs):
    agent = request.META.get("HTTP_USER_AGENT", "")
    request.session[DEVICE] = device_words(agent)
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()
