"""The daily digest by mail: who wants it, and what was sent on which day."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from sinergi.accounts.models import User
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record

#: How often one mail is tried, on its day.
MOST_TRIES = 3
#: After which a claim without an end is one whose process was stopped.
LOST_AFTER = timedelta(minutes=10)
#: How long the administrators are told of it, and how long rows are kept.
LOST_TOLD, KEPT = timedelta(days=3), timedelta(days=400)
#: What became of a mail, by the class of the error.
ERROR_WORDS = {
    "SMTPRecipientsRefused": "Peladen surel menolak alamat penerima.",
    "SMTPSenderRefused": "Peladen surel menolak alamat pengirim (DEFAULT_FROM_EMAIL).",
    "SMTPDataError": "Peladen surel menolak isi surel.",
    "SMTPServerDisconnected": "Peladen surel memutus sambungan sebelum menjawab.",
    "TimeoutError": "Peladen surel tidak menjawab.",
    "BadHeaderError": "Alamat atau judulnya memuat ganti baris.",
    "ValueError": "Alamat surelnya tidak dapat dipakai.",
}


class DigestPreference(Record):
    """What a person chose about their own digest; without a row it follows from their roles."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="akun",
        related_name="digest_preference",
        editable=False,
    )
    is_wanted = models.BooleanField("dikirim", default=True)

    history_hidden = frozenset({"account"})

    class Meta:
        verbose_name = "pilihan ringkasan harian"
        verbose_name_plural = "pilihan ringkasan harian"

    def __str__(self):
        return "Ringkasan harian"

    def get_absolute_url(self):
        return reverse("home:digest_preference")


class DigestMailQuerySet(models.QuerySet):
    def visible_to(self, user, permission="home.view_digestmail"):
        """Return those of the accounts that one administers; national: all."""
        scope = user.scope(permission)
        if scope.national:
            return self
        accounts = User.objects.visible_to(user, permission)
        return self.filter(account__in=accounts.order_by().values("pk"))

    def claim(self, account, day, *, fingerprint, now):
        """
        Return the row by which this process alone may send that mail, or None: another was quicker.
        It is committed before anything is sent, so that a mail is lost rather than sent twice.
        """
        row = DigestMail(account=account, day=day, fingerprint=fingerprint, claimed_at=now)
        return row if self._add(row) else None

    def note_quiet(self, account, day, *, fingerprint):
        """Note that nothing waited on that day, or what was known already."""
        quiet = DigestMail.State.QUIET
        self._add(
            DigestMail(account=account, day=day, state=quiet, tries=0, fingerprint=fingerprint)
        )

    def _add(self, row):
        try:
            with transaction.atomic(durable=True):
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def told_last(self, account):
        """
        Return the fingerprint of what this account knows: what was told last, or that nothing
        waited since; "" at first.
        """
        known = (DigestMail.State.SENT, DigestMail.State.QUIET)
        rows = self.filter(account=account, state__in=known).order_by("-day")
        return rows.values_list("fingerprint", flat=True).first() or ""

    def lost(self, now):
        """Filter those of which nobody knows whether they were sent: claimed, and never ended."""
        return self.filter(state=DigestMail.State.CLAIMED, claimed_at__lt=now - LOST_AFTER)

    def lost_lately(self, now):
        return self.lost(now).filter(claimed_at__gte=now - LOST_TOLD)

    def refused_lately(self, now):
        """Return the mails of these days that were refused as often as they are tried."""
        rows = self.filter(state=DigestMail.State.FAILED, tries__gte=MOST_TRIES)
        return rows.filter(claimed_at__gte=now - LOST_TOLD)


class DigestMail(models.Model):
    """
    The mail of an account and a day: claimed before it is sent, so at most one goes out whatever
    stops in between. Of a claim without an end nobody knows whether the mail went out: it is told
    to the administrators and never sent again. No row is edited by a person.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", "Tidak diketahui terkirim"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Gagal"
        QUIET = "quiet", "Tidak ada yang baru"

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="akun",
        related_name="digest_mails",
        editable=False,
    )
    day = models.DateField("hari", editable=False)
    state = PlainCharField(
        "keadaan", max_length=10, choices=State, default=State.CLAIMED, editable=False
    )
    claimed_at = models.DateTimeField("mulai dikirim pada", null=True, editable=False)
    sent_at = models.DateTimeField("terkirim pada", null=True, editable=False)
    tries = models.PositiveSmallIntegerField("percobaan", default=1, editable=False)
    error = PlainCharField("jenis kesalahan", max_length=100, blank=True, editable=False)
    fingerprint = PlainCharField("sidik isi", max_length=64, blank=True, editable=False)
    reported_at = models.DateTimeField("dilaporkan pada", null=True, editable=False)

    objects = DigestMailQuerySet.as_manager()
    is_everywhere = True  # in no place of its own: who sees it follows from the account

    class Meta:
        verbose_name = "ringkasan harian"
        verbose_name_plural = "ringkasan harian"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "day"],
                name="home_digestmail_once_a_day",
                violation_error_message="Ringkasan akun ini untuk hari itu sudah ada.",
            ),
            models.CheckConstraint(
                name="home_digestmail_claimed_before_sending",
                condition=Q(state="quiet") | Q(claimed_at__isnull=False),
                violation_error_message="Surel diklaim sebelum dikirim.",
            ),
            models.CheckConstraint(
                name="home_digestmail_sent_with_its_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                violation_error_message="Yang terkirim, dan hanya itu, mempunyai waktunya.",
            ),
        ]
        indexes = [
            models.Index(fields=["day"], name="home_digestmail_day"),
            models.Index(
                fields=["claimed_at"], condition=Q(state="claimed"), name="home_digestmail_claimed"
            ),
        ]

    def __str__(self):
        return f"{self.account}, {self.day:%d-%m-%Y}"

    @property
    def may_be_tried(self):
        """Return whether a run may send it: it was refused, and not too often."""
        return self.state == self.State.FAILED and self.tries < MOST_TRIES

    @property
    def error_words(self):
        """Return in words why it was not sent, or ""."""
        return ERROR_WORDS.get(self.error, f"Tidak terkirim: {self.error}." if self.error else "")

    def claim_again(self, *, fingerprint, now):
        """
        Return the row by which this process alone may send once more the mail that failed, or None.
        Of two processes that read the same row the second gets None.
        """
        is_ours = self._write(
            Q(state=self.State.FAILED, tries=self.tries),
            state=self.State.CLAIMED,
            tries=self.tries + 1,
            fingerprint=fingerprint,
            claimed_at=now,
        )
        return self if is_ours else None

    def mark_sent(self, now):
        self._end(state=self.State.SENT, sent_at=now, error="")

    def mark_failed(self, error):
        """Note that the mail was certainly not sent."""
        self._end(state=self.State.FAILED, error=type(error).__name__)

    def mark_unknown(self, error):
        """Note why nobody can say whether it was sent; it stays claimed."""
        self._end(error=type(error).__name__)

    def mark_quiet(self, fingerprint):
        """Note that what failed earlier is not to be told any more."""
        failed = Q(state=self.State.FAILED, tries=self.tries)
        self._write(failed, state=self.State.QUIET, fingerprint=fingerprint)

    def _end(self, **written):
        self._write(Q(state=self.State.CLAIMED, tries=self.tries), **written)

    def _write(self, when, **written):
        rows = type(self).objects.filter(when, pk=self.pk)
        with transaction.atomic(durable=True):
            is_ours = bool(rows.update(**written))
        if is_ours:
            for name, value in written.items():
                setattr(self, name, value)
        return is_ours
