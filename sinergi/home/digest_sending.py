"""
Send the digests that are due: each claimed before it goes out, so that whatever happens in between
(two runs at once, a process that is killed) nobody gets two for one day.
"""

import logging
import smtplib
from dataclasses import dataclass, field

from django.core.mail import get_connection
from django.utils import timezone

from sinergi.home.digests import Digest, is_wanted_still_by, recipients
from sinergi.home.models import DigestMail
from sinergi.home.models.digests import KEPT

logger = logging.getLogger(__name__)

#: With these the server has refused, or nothing was handed to it: certainly not sent.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ValueError,
)
OK = 250


class Unreachable(Exception):
    """The mail server takes nothing at all: nobody was claimed, the next run tries again."""


class Postman:
    """One connection to the mail server for all mails; a broken one is replaced."""

    def __init__(self):
        self.connection = None

    def get_ready(self):
        """Connect, unless it is. Raises Unreachable."""
        if self.connection and not self._is_alive():
            self.close()
        if self.connection is None:
            made = get_connection()
            try:
                made.open()
            except (OSError, smtplib.SMTPException) as error:
                raise Unreachable(type(error).__name__) from error
            self.connection = made

    def _is_alive(self):
        """Return whether the server still answers: it may have hung up meanwhile."""
        smtp = getattr(self.connection, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            return True
        try:
            return smtp.noop()[0] == OK
        except (OSError, smtplib.SMTPException):
            return False

    def send(self, mail):
        mail.connection = self.connection
        mail.send()

    def close(self):
        if self.connection is not None:
            connection, self.connection = self.connection, None
            try:
                connection.close()
            except (OSError, smtplib.SMTPException):
                logger.info("The mail server hung up first.")


@dataclass
class RoundResult:
    """What a run did. `failed`: mails that were refused; `lost`: of which nobody knows."""

    sent: int = 0
    quiet: int = 0
    failed: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    broken: list = field(default_factory=list)  # accounts whose digest could not be made
    unreachable: str = ""

    @property
    def is_ok(self):
        return not (self.failed or self.lost or self.broken or self.unreachable)

    @property
    def words(self):
        told = [f"Terkirim {self.sent}, tidak ada yang baru {self.quiet}."]
        if self.unreachable:
            told.append(
                f"Peladen surel tidak dapat dihubungi ({self.unreachable}); dicoba lagi pada"
                " jalannya yang berikut."
            )
        told += [f"Gagal: {row.account.username}. {row.error_words}" for row in self.failed]
        told += [f"Tidak dapat disusun: {name}; lihat log." for name in self.broken]
        told += [
            f"Tidak diketahui terkirim: {row.account.username}, {row.day:%d-%m-%Y}. Tidak dikirim"
            " ulang."
            for row in self.lost
        ]
        return "\n".join(told)


class Round:
    """One run: `clock` tells the moment, by which it is decided who is due."""

    def __init__(self, clock=timezone.now):
        self.clock, self.result, self.postman = clock, RoundResult(), Postman()

    def run(self):
        """Send what is due, and return the RoundResult."""
        try:
            for recipient, row in self._due():
                self._tell(recipient, row)
        except Unreachable as error:
            self.result.unreachable = str(error)
        finally:
            self.postman.close()
        self._report_lost()
        DigestMail.objects.filter(day__lt=(self.clock() - KEPT).date()).delete()
        return self.result

    def _due(self):
        """Return (Recipient, the row of its mail or None) of each whose day is not settled yet."""
        due = recipients(self.clock())
        days, accounts = {one.day for one in due}, [one.account.pk for one in due]
        rows = DigestMail.objects.filter(day__in=days, account__in=accounts)
        known = {(row.account_id, row.day): row for row in rows}
        found = [(one, known.get((one.account.pk, one.day))) for one in due]
        return [(one, row) for one, row in found if row is None or row.may_be_tried]

    def _tell(self, recipient, row):
        """Send one person's digest, or note that there is nothing to tell."""
        account, day, rows = recipient.account, recipient.day, DigestMail.objects
        try:
            digest = Digest(recipient)
            is_news = bool(digest.tasks) and digest.fingerprint != rows.told_last(account)
            mail = digest.mail if is_news else None
        except Exception:
            logger.exception("The digest of account %s could not be made.", account.pk)
            self.result.broken.append(account.username)
            return
        if mail is None:
            self.result.quiet += 1
            if row:
                row.mark_quiet(digest.fingerprint)
            else:
                rows.note_quiet(account, day, fingerprint=digest.fingerprint)
            return
        self.postman.get_ready()
        if not is_wanted_still_by(account):
            return  # stopped since the run began: the day stays open, the next run asks again
        claim = {"fingerprint": digest.fingerprint, "now": self.clock()}
        claimed = row.claim_again(**claim) if row else rows.claim(account, day, **claim)
        if claimed:
            self._send(mail, claimed)

    def _send(self, mail, row):
        """
        Send the mail that was claimed. What ends without the server's answer stays claimed: it may
        have arrived.
        """
        try:
            self.postman.send(mail)
        except REFUSALS as error:
            row.mark_failed(error)
            self.result.failed.append(row)
            self.postman.close()
        except Exception as error:
            logger.exception("Nobody knows whether mail %s of a digest was sent.", row.pk)
            row.mark_unknown(error)
            self.result.lost.append(row)
            self.postman.close()
        else:
            row.mark_sent(self.clock())
            self.result.sent += 1

    def _report_lost(self):
        """Name each mail of which nobody knows whether it was sent, once."""
        rows = DigestMail.objects.lost(self.clock()).filter(reported_at__isnull=True)
        self.result.lost += rows.select_related("account").order_by("pk")
        named = DigestMail.objects.filter(pk__in=[row.pk for row in self.result.lost])
        named.update(reported_at=self.clock())
