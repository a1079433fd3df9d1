"""
Reports of errors to whoever looks after the server: by mail (ERROR_MAIL_TO) or to the address of a
chat or a monitor (ERROR_WEBHOOK_URL).

A report has what the log has, and nothing of the request's data. The same error is told once in ten
minutes by each process, and a report that cannot be sent is a line in the log: it never changes
what the person who met the error sees.
"""

import json
import logging
import time
from threading import Thread
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)
INTERVAL = 600  # seconds
TIMEOUT = 10  # seconds
#: A chat refuses messages of many thousands of letters.
MAX_LENGTH = 3000


class ErrorReportHandler(logging.Handler):
    """
    Send each error once in INTERVAL, from a thread of its own.

    `send(subject, text)` is the way it goes.
    """

    def __init__(self):
        super().__init__(logging.ERROR)
        self.told = {}

    def emit(self, record):
        # What django.security writes was refused, and says what a stranger sent.
        if record.name.startswith((__name__, "django.security")) or not self.is_due(record):
            return
        try:
            text = self.format(record)
            subject = " ".join(text.splitlines()[0].split())[:200]
            # Not a daemon: a command waits for its report before it ends.
            Thread(target=self.deliver, args=(subject, text)).start()
        except Exception:
            self.handleError(record)

    def is_due(self, record):
        """Return whether this error was not told lately: the same line of code, the same kind."""
        kind = record.exc_info[0] if record.exc_info else None
        key = (record.name, record.pathname, record.lineno, kind)
        if kind is None:
            key = (*key, record.msg)
        now = time.monotonic()
        self.told = {one: at for one, at in self.told.items() if now - at < INTERVAL}
        if now - self.told.get(key, -INTERVAL) < INTERVAL:
            return False
        self.told[key] = now
        return True

    def deliver(self, subject, text):
        try:
            self.send(subject, text)
        except Exception:
            logger.exception("The report of an error could not be sent.")

    def send(self, subject, text):
        raise NotImplementedError


class MailHandler(ErrorReportHandler):
    """Sends the report to ERROR_MAIL_TO."""

    def send(self, subject, text):
        send_mail(f"[Sinergi] {subject}", text, None, settings.ERROR_MAIL_TO)


class WebhookHandler(ErrorReportHandler):
    """Posts the report as JSON, `{"text": …}`, as Slack, Mattermost and Google Chat read it."""

    def send(self, subject, text):
        request = Request(  # noqa: S310 (the settings allow http and https alone)
            settings.ERROR_WEBHOOK_URL,
            json.dumps({"text": text[:MAX_LENGTH]}).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310
            pass
