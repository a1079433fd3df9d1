"""Writes of the expansion: a case with its first step, and the steps after it."""

from django.db import transaction

from advocacy.expansion_stages import is_backward
from advocacy.models import ExpansionCase, ExpansionStep
from sinergi.kit import dates
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def open_case(*, case, step, by, idempotency_key=None):
    """Write a new case with its first step. Raises Duplicate or TransitionError."""
    case.save_submission(by=by, idempotency_key=idempotency_key)
    return _append(case, step, None, by)


@transaction.atomic
def add_step(*, case, step, by, version=None, idempotency_key=None):
    """
    Write the next step of a case, whose version decides who comes first. Raises StaleRecord,
    TransitionError, or Duplicate when this step is stored already.
    """
    ExpansionStep.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    try:
        case.save_as(by=by, version=version)
    except StaleRecord:
        ExpansionStep.refuse_duplicate(by=by, idempotency_key=idempotency_key)  # it was quicker
        raise
    step.idempotency_key = idempotency_key
    return _append(case, step, case.steps.order_by("-number").first(), by)


def _append(case, step, last, by):
    step.set_case(case)
    step.number = last.number + 1 if last else 1
    step.from_stage = last.stage if last else ""
    step.is_backward = bool(last) and is_backward(last.stage, step.stage)
    _refuse(step, last)
    _leave(last, step.reached_on)
    return step.save_as(by=by)


@transaction.atomic
def correct_last_step(*, step, by, version=None):
    """
    Write the last step of a case anew: its day, note and evidence; its stage stays. Raises
    StaleRecord or TransitionError.
    """
    case = ExpansionCase.objects.select_related("province").get(pk=step.case_id)
    case.claim()
    before = case.steps.filter(number__lt=step.number).order_by("-number").first()
    if case.steps.filter(number__gt=step.number).exists():
        raise TransitionError("Hanya langkah terakhir yang dapat diperbaiki.")
    _refuse(step, before)
    _leave(before, step.reached_on)
    step.left_on = None
    return step.save_as(by=by, version=version)


@transaction.atomic
def take_back_last_step(*, case, by, version=None):
    """
    Delete the last step of a case, which was written by mistake; the first one stays. Its history
    stays too. Raises StaleRecord or TransitionError.
    """
    case.save_as(by=by, version=version)
    last = case.steps.order_by("-number").first()
    if last.number == 1:
        raise TransitionError("Langkah pertama tidak dapat dihapus; perbaiki saja.")
    last.delete_as(by=by)
    _leave(case.steps.order_by("-number").first(), None)
    return case


def _leave(step, day):
    """Keep until when a case stood at this step (None: there is none), which changes no version."""
    if step:
        ExpansionStep.objects.filter(pk=step.pk).update(left_on=day)


def _refuse(step, last):
    today = dates.today_in(step.case.province.time_zone)
    if problems := step.problems(last, today):
        raise TransitionError(" ".join(problems.values()))
