"""Recovery codes: what signs in whoever has lost the device that shows the codes."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from sinergi.accounts.models.accounts import digest_of
from sinergi.kit.fields import PlainCharField


class RecoveryCodeManager(models.Manager):
    def make(self, account):
        """End the codes that the account has, and return new ones: nobody can find them later."""
        codes = [
            f"{secrets.randbelow(10**RecoveryCode.DIGITS):016}" for _ in range(self.model.MANY)
        ]
        self.filter(user=account).delete()
        self.bulk_create(self.model(user=account, digest=digest_of(code)) for code in codes)
        return codes

    def use(self, account, code):
        """Use up a code of the account; return whether it was one that was not used yet."""
        unused = self.filter(user=account, digest=digest_of(code), used_at__isnull=True)
        return bool(unused.update(used_at=timezone.now()))

    def left(self, account):
        return self.filter(user=account, used_at__isnull=True).count()


class RecoveryCode(models.Model):
    """
    A code that works once, in the place of one of the device. Stored as a digest: it is random and
    long, so nothing slower is needed.
    """

    MANY = 10
    #: Digits alone, so that a phone shows one keyboard for both kinds of code.
    DIGITS = 16

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="akun",
        related_name="recovery_codes",
        editable=False,
    )
    digest = PlainCharField("sidik kode", max_length=64, editable=False)
    used_at = models.DateTimeField("dipakai pada", null=True, editable=False)

    objects = RecoveryCodeManager()

    class Meta:
        verbose_name = "kode pemulihan"
        verbose_name_plural = "kode pemulihan"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "digest"],
                name="accounts_recoverycode_once",
                violation_error_message="Kode ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"Kode pemulihan {self.pk}"
