"""
Writes of the work plan: its activities, its review, and what is noted against it.

A change of an activity takes the plan's turn first (`WorkPlan.bump_version`): one after the other,
none while it is submitted or approved, and whoever hands in or approves holds the version of the
whole.
"""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import Case, Count, Max, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator

from programs.actions.funding import key_of, sources_for
from programs.models import (
    BudgetLine,
    FundingSource,
    PlanComment,
    PlannedActivity,
    PlanSubmission,
    WorkPlan,
)
from programs.models.plans import MOST_ACTIVITIES
from programs.months import mask_of, months_of
from programs.progress import PlanProgress
from programs.versions import content_of, version_of
from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError


# Activities -------------------------------------------------------------------------------------
@transaction.atomic
def save_activity(*, activity, budget, by, version=None, idempotency_key=None):
    """
    Write an activity with its budget, {source: rupiah}; a source without an amount gives nothing.

    Raises StaleRecord, FrozenRecord, Duplicate, or TransitionError when the plan is full.
    """
    PlannedActivity.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    activity.plan.bump_version(by=by)
    if activity._state.adding:
        rows = activity.plan.activities
        if rows.count() >= MOST_ACTIVITIES:
            raise TransitionError(f"Satu rencana memuat paling banyak {MOST_ACTIVITIES} kegiatan.")
        last = rows.order_by("-order").values_list("order", flat=True).first()
        activity.order = (last or 0) + 1
    else:  # somebody may have moved it since it was read
        activity.order = PlannedActivity.objects.values_list("order", flat=True).get(pk=activity.pk)
    activity.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    stored = {line.source_id: line for line in activity.lines.all()}
    for source, amount in budget.items():
        line = stored.pop(source.pk, None)
        if not amount:
            if line:
                line.delete_as(by=by)
        elif line is None:
            BudgetLine(activity=activity, source=source, amount=amount).save_as(by=by)
        elif line.amount != amount:
            line.amount = amount
            line.save_as(by=by)
    return activity


@transaction.atomic
def remove_activity(*, activity, by, version=None):
    """
    Take an activity out of the plan. What was said about it stays with the plan. Raises
    TransitionError while something that happened is tied to it.
    """
    activity.plan.bump_version(by=by)
    if told := activity.why_kept():
        raise TransitionError(told)
    for comment in activity.comments.all():
        comment.activity = None
        comment.write_as("activity", by=by)
    for line in activity.lines.all():
        line.delete_as(by=by)
    activity.delete_as(by=by, version=version)


@transaction.atomic
def move_activity(*, activity, by, steps=0, before=None):
    """
    Put an activity so many places further down among those of its role (`steps`, below zero: up),
    or before another of them (its key), or else last. Raises FrozenRecord.
    """
    activity.plan.bump_version(by=by)
    rows = list(activity.plan.activities.filter(role=activity.role).in_order())
    was = place = rows.index(activity)
    rest = [row for row in rows if row.pk != activity.pk]
    if steps:
        place = max(0, place + steps)
    elif before != activity.pk:
        place = next((n for n, row in enumerate(rest) if row.pk == before), len(rest))
    rest.insert(place, activity)
    moved = {row.pk: order for order, row in enumerate(rest, 1) if row.order != order}
    if moved:
        order = Case(*(When(pk=pk, then=Value(n)) for pk, n in moved.items()))
        # Their version stays: a form that is open on one of them says nothing about its place.
        PlannedActivity.objects.filter(pk__in=moved).update(
            order=order, updated_at=timezone.now(), updated_by=by
        )
        bulk.keep_history(PlannedActivity.objects.filter(pk__in=moved), "~", by=by)
    if (now := rest.index(activity)) != was:
        told = (
            f"Kegiatan “{Truncator(activity).chars(50)}” dipindahkan dari nomor {was + 1} ke"
            f" {now + 1}"
        )
        bulk.keep_history(WorkPlan.objects.filter(pk=activity.plan_id), "~", by=by, reason=told)


@transaction.atomic
def add_activities(*, plan, rows, by, idempotency_key):
    """
    Add many at once, as (activity, {source: rupiah}), or none; the same few statements however
    many. They are taken as valid. Raises FrozenRecord, Duplicate or TransitionError.
    """
    for n, (activity, _) in enumerate(rows):
        activity.idempotency_key = uuid.uuid5(idempotency_key, str(n))
    plan.bump_version(by=by)
    if (
        rows
    ):  # with the turn taken: of two sendings at once the second sees what the first has stored
        PlannedActivity.refuse_duplicate(by=by, idempotency_key=rows[0][0].idempotency_key)
    _append(plan, rows, by=by)


def _append(plan, rows, *, by):
    """Write activities with their budgets behind those of the plan, whose turn is taken."""
    there = plan.activities.aggregate(n=Count("pk"), last=Coalesce(Max("order"), 0))
    if there["n"] + len(rows) > MOST_ACTIVITIES:
        raise TransitionError(f"Satu rencana memuat paling banyak {MOST_ACTIVITIES} kegiatan.")
    for order, (activity, _) in enumerate(rows, there["last"] + 1):
        activity.plan, activity.order = plan, order
    bulk.insert_records([activity for activity, _ in rows], by=by)
    added = plan.activities.filter(order__gt=there["last"])
    bulk.keep_history(added, "+", by=by)
    keys = dict(added.values_list("order", "pk"))
    for activity, _ in rows:
        activity.pk, activity._state.adding = keys[activity.order], False
    lines = [
        BudgetLine(activity=activity, source=source, amount=amount)
        for activity, budget in rows
        for source, amount in budget.items()
        if amount
    ]
    bulk.insert_records(lines, by=by)
    bulk.keep_history(
        BudgetLine.objects.of_plan(plan).filter(activity__order__gt=there["last"]), "+", by=by
    )


# The plan ---------------------------------------------------------------------------------------
@transaction.atomic
def create_plan(*, plan, copied=None, by, idempotency_key=None):
    """
    Begin a plan, empty or with the activities of an earlier one; the same few statements however
    many. Raises Duplicate.
    """
    plan.save_submission(by=by, idempotency_key=idempotency_key)
    if copied is not None:
        sources = _sources_for(plan, copied, by=by)
        rows = [
            (
                _copy_of(row, plan),
                {sources[line.source_id]: line.amount for line in row.lines.all()},
            )
            for row in copied.activities.to_read()
        ]
        _append(plan, rows, by=by)
    return plan


def _copy_of(row, plan):
    """
    The same activity in another plan; its months move along when one of the two is a half-year.
    """
    names = (
        "role",
        "title",
        "way",
        "output",
        "target",
        "unit",
        "counted",
        "regency",
        "village",
        "person_in_charge",
    )
    months = set(months_of(row.months)) & set(plan.months)
    if not months:
        months = {(month - 1) % 6 + plan.months[0] for month in months_of(row.months)}
    return PlannedActivity(
        plan=plan, months=mask_of(months), **{name: getattr(row, name) for name in names}
    )


def _sources_for(plan, copied, *, by):
    """
    {source of the earlier plan: the same one in this plan's year}, made without a ceiling where it
    is missing.
    """
    used = list(FundingSource.objects.used_by(copied))
    found, _ = sources_for(team=plan.team, year=plan.year, rows=used, by=by)
    return {row.pk: found[key_of(row)] for row in used}


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
    """Raises StaleRecord, or TransitionError for whoever handed it in."""
    plan.approve(by=by, version=version)
    plan.submissions.get(number=plan.round).decide(PlanSubmission.Outcome.APPROVED, by=by)


@transaction.atomic
def return_plan(*, plan, by, reason="", comments=(), version=None):
    """
    Back to the desk, with the comments made along with it. The reason may be left to those
    comments; then it names what they are about. Raises StaleRecord or TransitionError.
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
def discard_plan(*, plan, by, version=None):
    """
    Throw a draft away that was never handed in, with its activities. Raises StaleRecord or
    TransitionError.
    """
    if told := plan.why_kept():
        raise TransitionError(told)
    plan.save_as(by=by, version=version)
    activities = list(plan.activities.all())
    bulk.delete(BudgetLine, BudgetLine.objects.of_plan(plan).values_list("pk", "version"), by=by)
    bulk.delete(PlannedActivity, [(row.pk, row.version) for row in activities], by=by)
    plan.delete_as(by=by)


# Comments ---------------------------------------------------------------------------------------
@transaction.atomic
def add_comments(*, comments, by):
    """
    Those of one sending; one that has arrived before is not stored again. How many are new. What is
    about an activity that left the plan meanwhile stays with the plan. The same few statements
    however many.
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
