"""Move a record from one state to the next: checked, stamped and saved in one place."""

from django.conf import settings
from django.db import models
from django.utils import timezone


def stamp_by(label):
    """Return the column of an `_at`/`_by` pair that says who."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=label,
        null=True,
        editable=False,
        related_name="+",
    )


def stamp_at(label):
    """Return the column of an `_at`/`_by` pair that says when."""
    return models.DateTimeField(label, null=True, editable=False)


def stamp_names(record, stamps):
    """Return {stamp: the present name of the account that made it}; "" where there is none."""
    return {stamp: str(getattr(record, f"{stamp}_by") or "") for stamp in stamps}


class TransitionError(Exception):
    """The record cannot move as asked; the message says why, in words for the person who asked."""


class Stateful(models.Model):
    """
    A record with a `state`. Its transition methods call `move`.

    A transition stamps the pair `<stamp>_at` / `<stamp>_by`; `reason_field`, where given, must not
    stay empty. It writes the state, these, and the columns it names in `also`: nothing else that
    was set on this copy is written.
    """

    class Meta:
        abstract = True

    def move(self, to, *, by, sources, stamp, version=None, reason_field=None, reason="", also=()):
        if self.state not in sources:
            raise TransitionError(
                f"Tidak dapat dilakukan selama statusnya “{self.get_state_display()}”."
            )
        names = ["state", f"{stamp}_at", f"{stamp}_by", *also]
        if reason_field:
            if not reason.strip():
                raise TransitionError("Tuliskan alasannya.")
            setattr(self, reason_field, reason.strip())
            names.append(reason_field)
        self.state = to
        setattr(self, f"{stamp}_at", timezone.now())
        setattr(self, f"{stamp}_by", by)
        # Out of a frozen state leads only this; the stored state must be one of those, whatever
        # this copy says.
        return self.write_as(*names, by=by, version=version, when=models.Q(state__in=sources))
