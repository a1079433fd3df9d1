"""Writes over the activities of a plan.

Each bumps the version of the plan first (`WorkPlan.bump_version`): one after the other, none while
it is submitted or approved, and whoever hands in or approves holds the version of the whole.
"""

import uuid

from django.db import transaction
from django.db.models import Case, Count, Max, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator

from programs.models import (
    BudgetLine,
    PlannedActivity,
    WorkPlan,
)
from programs.models.plans import MOST_ACTIVITIES
from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError


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
    if reason := activity.why_kept():
        raise TransitionError(reason)
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
        reason = (
            f"Kegiatan “{Truncator(activity).chars(50)}” dipindahkan dari nomor {was + 1} ke"
            f" {now + 1}"
        )
        bulk.keep_history(WorkPlan.objects.filter(pk=activity.plan_id), "~", by=by, reason=reason)


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
    append_activities(plan, rows, by=by)


def append_activities(plan, rows, *, by):
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
