"""Writes of commitments and of what came of them."""

from django.db import transaction

from advocacy.actions.cases import Stage, reach
from advocacy.actions.rows import keep_only
from advocacy.models import Beneficiary, Commitment, Realisation
from sinergi.kit import dates, uploads
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def save_commitment(*, commitment, by, version=None, client_key=None):
    """Write a commitment; its case comes to that stage. Raises StaleRecord or Duplicate."""
    commitment.save_sent(by=by, version=version, client_key=client_key)
    if commitment.case_id and not commitment.is_withdrawn:
        reach(commitment.case_id, Stage.COMMITTED, on=commitment.promised_on, note=f"Komitmen: {commitment}", by=by)
        _reach_realised(commitment, by=by)
    return commitment


def save_realisation(*, realisation, villages, safe=None, by, version=None, client_key=None):
    """
    Write what came of a commitment, which villages it came to, and the file of its evidence, or nothing of it; once all that
    was promised in the case has come, the case is realised.

    Raises StaleRecord, FrozenRecord, Duplicate, or TransitionError for a village outside the commitment's regency.
    """
    Realisation.refuse_resent(by=by, client_key=client_key)
    regency = realisation.commitment.regency_id
    if regency and any(village.regency_id != regency for village in villages):
        raise TransitionError(f"Komitmen ini untuk {realisation.commitment.regency}; pilih desa di sana saja.")
    with uploads.replacing_file(realisation, safe):
        realisation.save_sent(by=by, version=version, client_key=client_key)
        keep_only(
            realisation.beneficiaries.all(), "village", villages,
            new=lambda village: Beneficiary(realisation=realisation, village=village), by=by,
        )  # fmt: skip
        if realisation.commitment.case_id:
            _reach_realised(realisation.commitment, by=by)
    return realisation


def _reach_realised(commitment, *, by):
    """When everything that was promised in its case, and not taken back, has come."""
    promised = Commitment.objects.filter(case=commitment.case_id, withdrawn_at__isnull=True)
    standings = promised.with_standing(commitment.team.today).order_by().values_list("standing", "came_on")
    if standings and all(standing == Commitment.Standing.REALISED for standing, _ in standings):
        last = max(day for _, day in standings)
        note = f"Semua komitmen terealisasi, terakhir {dates.long_date(last)}."
        reach(commitment.case_id, Stage.REALISED, on=last, note=note, by=by)


@transaction.atomic
def delete_realisation(*, realisation, by, version=None):
    """
    Take away what was noted down by mistake, with its file. Raises StaleRecord, FrozenRecord, or TransitionError while the
    commitment is withdrawn.
    """
    if realisation.commitment.is_withdrawn:
        raise TransitionError("Komitmen ini sudah ditarik. Pulihkan dulu bila realisasinya keliru.")
    for row in realisation.beneficiaries.all():
        row.delete_as(by=by)
    realisation.delete_as(by=by, version=version)
