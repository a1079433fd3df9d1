"""Writes over work plans: beginning one and throwing a draft away."""

from django.db import transaction

from programs.actions.activities import append_activities
from programs.actions.funding import source_key, sources_for
from programs.models import (
    BudgetLine,
    FundingSource,
    PlannedActivity,
    WorkPlan,
)
from programs.months import mask_of, months_of
from sinergi.kit import bulk
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError


@transaction.atomic
def create_plan(*, plan, period=None, copied=None, by, idempotency_key=None):
    """
    Begin a plan, empty or with the activities of an earlier one; the same few statements however
    many. Raises Duplicate.

    `period`: (year, WorkPlan.Period), for a plan that has none yet.
    """
    if period is not None:
        plan.set_period(*period)
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
        append_activities(plan, rows, by=by)
    return plan


def save_note(*, plan, was_read, by, version=None, idempotency_key=None):
    """
    Write the introduction, although an activity was changed meanwhile: that is no conflict.

    `was_read(plan)`: whether a plan says the introduction that was read before it was written. If
    the stored one does not, raises StaleRecord.
    """
    try:
        return plan.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    except StaleRecord:
        stored = WorkPlan.objects.get(pk=plan.pk)
        if not was_read(stored):
            raise
        stored.note = plan.note
        return stored.save_as(by=by)


def _copy_of(row, plan):
    """
    Return the same activity for another plan, not saved. Its months move along when one of the two
    plans is a half-year.
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
    Return {source of the earlier plan: the same one in this plan's year}; a missing one is made
    without a ceiling.
    """
    used = list(FundingSource.objects.used_by(copied))
    found, _ = sources_for(team=plan.team, year=plan.year, rows=used, by=by)
    return {row.pk: found[source_key(row)] for row in used}


@transaction.atomic
def discard_plan(*, plan, by, version=None):
    """
    Throw a draft away that was never handed in, with its activities. Raises StaleRecord or
    TransitionError.
    """
    if reason := plan.why_kept():
        raise TransitionError(reason)
    plan.save_as(by=by, version=version)
    activities = list(plan.activities.all())
    bulk.delete(BudgetLine, BudgetLine.objects.of_plan(plan).values_list("pk", "version"), by=by)
    bulk.delete(PlannedActivity, [(row.pk, row.version) for row in activities], by=by)
    plan.delete_as(by=by)
