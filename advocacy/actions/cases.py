"""Writes of advocacy cases: the case with its places, and its way from stage to stage."""

from contextlib import suppress

from django.db import transaction

from advocacy.models import AdvocacyCase, CasePlace, CaseStep, Commitment
from sinergi.kit import dates
from sinergi.kit.models import StaleRecord
from sinergi.kit.related import sync_related
from sinergi.kit.transitions import TransitionError

TRIES = 3
#: Stages to which commitments bring a case.
COMMITTED = (AdvocacyCase.Stage.COMMITTED, AdvocacyCase.Stage.REALISED)


@transaction.atomic
def save_case(*, case, regencies, villages, by, version=None, idempotency_key=None):
    """
    Write a case and for which regencies and villages it is; a new one with its first step, on
    `case.stage_since`. Raises StaleRecord or Duplicate.
    """
    is_new = case._state.adding
    case.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    if is_new:
        CaseStep(case=case, stage=case.stage, on=case.stage_since, note="Sasaran dicatat.").save_as(
            by=by
        )
    whole, single = (
        case.places.filter(village__isnull=True),
        case.places.filter(village__isnull=False),
    )
    sync_related(
        whole,
        "regency",
        regencies,
        new=lambda regency: CasePlace(case=case, regency=regency),
        by=by,
    )
    sync_related(
        single,
        "village",
        villages,
        new=lambda village: CasePlace(case=case, regency_id=village.regency_id, village=village),
        by=by,
    )
    return case


@transaction.atomic
def move_case(*, case, stage, on, note, by, version=None):
    """
    Note down that the case came to this stage on that day. Raises StaleRecord or TransitionError.
    """
    if not note.strip():
        raise TransitionError("Tuliskan catatannya: apa yang terjadi.")
    if not case.may_be_moved_by(by):
        raise TransitionError("Tahap dipindahkan oleh penanggung jawabnya atau oleh sekretariat.")
    case.check_step(stage, on=on)
    _add_step(case, stage, on, note.strip(), by, version)


def _add_step(case, stage, on, note, by, version=None):
    case.stage, case.stage_since = stage, on
    case.save_as(by=by, version=version)
    CaseStep(case=case, stage=stage, on=on, note=note[:500]).save_as(by=by)


@transaction.atomic
def correct_step(*, step, by, version=None):
    """
    Correct the day or the note of a case's last step; the case stands at its stage since that day.
    Raises StaleRecord, or TransitionError when another step has followed.
    """
    if CaseStep.objects.filter(case=step.case_id, pk__gt=step.pk).exists():
        raise TransitionError(
            "Sudah ada tahap sesudahnya; hanya tahap terakhir yang dapat diperbaiki."
        )
    step.save_submission(by=by, version=version)
    if step.case.stage_since != step.on:
        step.case.stage_since = step.on
        step.case.save_as(by=by)
    return step


# What happens elsewhere -------------------------------------------------------------------------
def _move(key, stage, *, on, note, by, condition):
    """
    Bring the case of this key to a stage, if `condition(case)`; on that day or, where it is late in
    being written down, on the day of its last step. Whoever moved it meanwhile is looked at again.
    """
    for _ in range(TRIES):
        case = AdvocacyCase.objects.get(pk=key)
        if not condition(case):
            return
        with suppress(StaleRecord):
            _add_step(case, stage, max(on, case.stage_since), note, by)
            return
    raise TransitionError(f"Sasaran “{case}” baru saja diubah orang lain. Simpan sekali lagi.")


def advance(key, stage, *, on, note, by):
    """
    Move a case forward to a stage: never back, not out of a refusal, and out of a delay only by
    what came after it.
    """
    course = list(AdvocacyCase.COURSE)

    def leads_on(case):
        if case.stage == AdvocacyCase.Stage.DORMANT:
            return on > case.stage_since
        return case.stage in course and course.index(case.stage) < course.index(stage)

    _move(key, stage, on=on, note=note, by=by, condition=leads_on)


def advance_to_audience(meeting, cases, *, by):
    """Bring these cases to the stage of an audience that has taken place."""
    for case in sorted(cases, key=lambda case: case.pk):
        advance(
            case.pk,
            AdvocacyCase.Stage.AUDIENCE,
            on=meeting.starts.date(),
            note=f"Dibahas dalam “{meeting}”.",
            by=by,
        )


def settle_case(key, *, by):
    """
    Put a case where its commitments leave it: realised once all in force have come, committed again
    while something is to come, and with the team again once everything was withdrawn.

    The case is locked: of two last realisations, the second sees the first.
    """
    case = AdvocacyCase.objects.select_related("team__province").get(pk=key)
    case.lock()
    today = case.team.today
    states = case.commitment_states(today)
    in_force = [(state, day) for state, day in states if state != Commitment.State.WITHDRAWN]
    if in_force and all(state == Commitment.State.REALISED for state, _ in in_force):
        last = max(day for _, day in in_force)
        note = f"Semua komitmen terealisasi, terakhir {dates.long_date(last)}."
        advance(key, AdvocacyCase.Stage.REALISED, on=last, note=note, by=by)
    elif in_force:
        note = "Masih ada komitmen yang belum terealisasi."
        _move(
            key,
            AdvocacyCase.Stage.COMMITTED,
            on=today,
            note=note,
            by=by,
            condition=lambda case: case.stage == AdvocacyCase.Stage.REALISED,
        )
    else:
        note = "Semua komitmen ditarik." if states else "Tidak ada lagi komitmen."
        before = (
            case.steps.filter(stage__in=AdvocacyCase.WAITING)
            .order_by("-pk")
            .values_list("stage", flat=True)
            .first()
        )
        _move(
            key,
            before or AdvocacyCase.Stage.CONTACTED,
            on=today,
            note=note,
            by=by,
            condition=lambda case: (
                case.stage in (AdvocacyCase.Stage.COMMITTED, AdvocacyCase.Stage.REALISED)
            ),
        )


@transaction.atomic
def delete_case(*, case, by, version=None):
    """
    Delete a case that nothing refers to. Raises StaleRecord, or ProtectedError while something
    does.
    """
    for row in [*case.places.all(), *case.steps.all()]:
        row.delete_as(by=by)
    case.delete_as(by=by, version=version)
