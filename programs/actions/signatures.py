"""Noting down that a decree was signed."""

from django.db import transaction

from programs.actions.annexes import annex_of
from programs.models import Decree
from sinergi.kit import dates
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def record_signature(*, decree, by, version=None, **signature):
    """
    Note down that a decree was signed: its roster is frozen as it was on `roster_on`, and the
    decree that it replaces ends the day before. Raises StaleRecord, TransitionError, or
    IntegrityError when another of its level is in force.
    """
    if decree.replaces_id and decree.state == Decree.State.SUBMITTED:
        earlier = decree.replaces
        last_day = signature["effective_from"] - ONE_DAY
        if earlier.is_binding and (
            earlier.in_force_until is None or earlier.in_force_until > last_day
        ):
            replaced_by = (
                f"Digantikan dengan Keputusan {decree.issuer} Nomor {signature['number']}."
            )
            earlier.revoke(
                by=by, last_day=last_day, reason=f"{earlier.revoke_reason} {replaced_by}".strip()
            )
    if decree.amends_id and not decree.amends.holds_on(signature["effective_from"]):
        raise TransitionError(
            f"{decree.amends} tidak berlaku pada {dates.long_date(signature['effective_from'])}."
        )
    rows = annex_of(decree)
    if not rows:
        raise TransitionError(
            f"Tidak ada anggota tim pada {dates.long_date(decree.roster_on)}; kembalikan ke"
            " penyusunan."
        )
    decree.sign(by=by, version=version, **signature)
    for row in rows:
        row.decree = decree
        row.save_new(by=by)
    return decree
