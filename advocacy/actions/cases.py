"""Writes of advocacy cases: the case with its places, and its way from stage to stage."""

from contextlib import suppress

from django.db import transaction

from advocacy.actions.rows import keep_only
from advocacy.models import AdvocacyCase, CasePlace, CaseStep
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError

Stage = AdvocacyCase.Stage
TRIES = 3


@transaction.atomic
def save_case(*, case, regencies, villages, by, version=None, client_key=None):
    """
    Write a case and for which regencies and villages it is; a new one with its first step, on `case.stage_since`.
    Raises StaleRecord or Duplicate.
    """
    is_new = case._state.adding
    case.save_sent(by=by, version=version, client_key=client_key)
    if is_new:
        CaseStep(case=case, stage=case.stage, on=case.stage_since, note="Sasaran dicatat.").save_as(by=by)
    whole, single = case.places.filter(village__isnull=True), case.places.filter(village__isnull=False)
    keep_only(whole, "regency", regencies, new=lambda regency: CasePlace(case=case, regency=regency), by=by)
    keep_only(
        single, "village", villages,
        new=lambda village: CasePlace(case=case, regency_id=village.regency_id, village=village), by=by,
    )  # fmt: skip
    return case


@transaction.atomic
def move_case(*, case, stage, on, note, by, version=None):
    """Note down that the case came to this stage on that day. Raises StaleRecord or TransitionError."""
    if not note.strip():
        raise TransitionError("Tuliskan catatannya: apa yang terjadi.")
    if not case.may_be_moved_by(by):
        raise TransitionError("Tahap dipindahkan oleh penanggung jawabnya atau oleh sekretariat.")
    case.check_step(stage, on=on)
    _step(case, stage, on, note.strip(), by, version)


def _step(case, stage, on, note, by, version=None):
    case.stage, case.stage_since = stage, on
    case.save_as(by=by, version=version)
    CaseStep(case=case, stage=stage, on=on, note=note[:500]).save_as(by=by)


def reach(key, stage, *, on, note, by):
    """
    What happened elsewhere brings the case of this key forward to this stage, on that day or, where it is late in being
    written down, on the day of its last step. Never back, and not out of a refusal; out of a delay only by what came after.
    """
    for _ in range(TRIES):  # whoever moved it meanwhile may have brought it as far
        case = AdvocacyCase.objects.get(pk=key)
        if not _leads_on(case, stage, on):
            return
        with suppress(StaleRecord):
            _step(case, stage, max(on, case.stage_since), note, by)
            return
    raise TransitionError(f"Sasaran “{case}” baru saja diubah orang lain. Simpan sekali lagi.")


def _leads_on(case, stage, on):
    course = list(AdvocacyCase.COURSE)
    if case.stage == Stage.DORMANT:
        return on >= case.stage_since
    return case.stage in course and course.index(case.stage) < course.index(stage)


def reach_audience(meeting, *, by):
    """An audience that has taken place brings its cases to that stage."""
    if not (meeting.is_audience and meeting.has_minutes):
        return
    for key in meeting.audience_cases.order_by("case").values_list("case", flat=True):
        reach(key, Stage.AUDIENCE, on=meeting.starts.date(), note=f"Dibahas dalam “{meeting}”.", by=by)


@transaction.atomic
def delete_case(*, case, by, version=None):
    """Take away a case that nothing hangs on. Raises StaleRecord, or ProtectedError while something does."""
    for row in [*case.places.all(), *case.steps.all()]:
        row.delete_as(by=by)
    case.delete_as(by=by, version=version)
