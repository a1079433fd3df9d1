"""Writes of the review of a plan: handing it in, deciding on it, and commenting."""

import uuid

from django.db import IntegrityError, transaction

from programs.models import (
    PlanComment,
    PlannedActivity,
    PlanSubmission,
)
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def submit_plan(*, plan, by, version=None):
    """
    Hand the plan to the chair and keep what it says. The plan moves first: from then on no activity
    can be written, so what is kept is what was handed in. Raises StaleRecord or TransitionError.
    """
    plan.submit(by=by, version=version)
    content = content_of(plan)
    done = PlanProgress(plan, version_of(content)).done
    for row in content["activities"]:
        row["done"] = done[row["id"]]
    return PlanSubmission(plan=plan, number=plan.round, content=content).save_new(by=by)


@transaction.atomic
def approve_plan(*, plan, by, version=None):
    """Approve the plan. Raises StaleRecord, or TransitionError for whoever handed it in."""
    plan.approve(by=by, version=version)
    plan.submissions.get(number=plan.round).decide(PlanSubmission.Outcome.APPROVED, by=by)


@transaction.atomic
def return_plan(*, plan, by, reason="", comments=(), version=None):
    """
    Send the plan back to the secretariat with the comments made along with it.

    Without a reason the comments are the reason, which then names what they are about. Raises
    StaleRecord or TransitionError.
    """
    on_items = [comment.about for comment in comments if comment.about]
    if not reason.strip() and on_items:
        reason = f"Lihat catatan pada: {'; '.join(on_items)}"[:2000]
    plan.send_back(by=by, reason=reason, version=version)
    add_comments(comments=comments, by=by)
    plan.submissions.get(number=plan.round).decide(
        PlanSubmission.Outcome.RETURNED, by=by, reason=plan.return_reason
    )


@transaction.atomic
def add_comments(*, comments, by):
    """
    Store the comments of one request and return how many are new.

    One that has arrived before is not stored again; one about an activity that left the plan
    meanwhile stays with the plan. The number of statements is the same however many there are.
    """
    if any(not row.plan.takes_comments for row in comments):
        raise TransitionError(
            "Rencana ini sudah disetujui atau belum diajukan; catatan dibuat saat ditinjau."
        )
    there = set(
        PlannedActivity.objects.filter(pk__in=[row.activity_id for row in comments]).values_list(
            "pk", flat=True
        )
    )
    for row in comments:
        row.idempotency_key = (
            uuid.UUID(str(row.idempotency_key)) if row.idempotency_key else uuid.uuid4()
        )
        if row.activity_id not in there:
            row.activity = None
    try:
        with transaction.atomic():
            return _store_new(comments, by=by)
    except IntegrityError:  # another sending of the same was quicker: what it stored is seen now
        return _store_new(comments, by=by)


def _store_new(comments, *, by):
    sent = PlanComment.objects.filter(
        idempotency_key__in=[row.idempotency_key for row in comments], created_by=by
    )
    known = set(sent.values_list("idempotency_key", flat=True))
    new = [row for row in comments if row.idempotency_key not in known]
    bulk.insert_records(new, by=by)
    bulk.keep_history(sent.exclude(idempotency_key__in=known), "+", by=by)
    keys = dict(sent.values_list("idempotency_key", "pk"))
    for row in comments:
        row.pk, row._state.adding = keys[row.idempotency_key], False
    return len(new)


@transaction.atomic
def resolve_comment(*, comment, along=(), by):
    """Mark a comment as dealt with, and keep what was typed along with it. Once is enough."""
    add_comments(comments=along, by=by)
    if not comment.is_resolved:
        comment.resolve(by=by)
