"""What was done to an account, one row each."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record


class AccountEventManager(models.Manager):
    def note(self, account, kind, *, by, reason=""):
        """Write down what `by` did to the account with this moment."""
        return self.model(user=account, kind=kind, reason=reason).save_new(by=by)


class AccountEvent(Record):
    """
    An event of an account: it was invited, given a link, a password or a
    second factor, closed or opened.

    Written once; the stamps say by whom and when. What the account was assigned to, and until when,
    is in its assignments.
    """

    class Kind(models.TextChoices):
        INVITED = "invited", "Diundang"
        LINKED = "linked", "Dibuatkan tautan kata sandi"
        DISABLED = "disabled", "Dinonaktifkan"
        ENABLED = "enabled", "Diaktifkan lagi"
        CHOSEN = "chosen", "Kata sandi dipasang lewat tautan"
        CHANGED = "changed", "Kata sandi diganti"
        SET = "set", "Kata sandi dipasang"
        REMOVED = "removed", "Kata sandi dicabut"
        TWO_STEP = "two_step", "Verifikasi dua langkah diaktifkan"
        ONE_STEP = "one_step", "Verifikasi dua langkah dilepas"
        RESET_STEP = "reset_step", "Verifikasi dua langkah dilepaskan"
        CODES = "codes", "Kode pemulihan dibuat baru"
        CODE_USED = "code_used", "Masuk atau konfirmasi dengan kode pemulihan"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="akun",
        related_name="events",
        editable=False,
    )
    kind = PlainCharField("kejadian", max_length=10, choices=Kind, editable=False)
    reason = PlainTextField("alasan", max_length=2000, blank=True, editable=False)

    frozen_when = Q(pk__isnull=False)
    objects = AccountEventManager()

    class Meta:
        verbose_name = "kejadian akun"
        verbose_name_plural = "kejadian akun"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_accountevent_disabled_with_reason",
                condition=~Q(kind="disabled") | ~Q(reason=""),
                violation_error_message="Tuliskan alasannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.user}"
