"""Writes of a team's rhythm: a reminder is put off."""

from django.db import transaction
from django.db.models import Max

from advocacy.cadence.kinds import SUBJECTS
from advocacy.models import CadenceSnooze


def snoozes_of(snooze):
    """Return all snoozes of what this one is about."""
    rows = CadenceSnooze.objects.filter(team=snooze.team)
    return rows.about(snooze.kind, snooze.subject_id, SUBJECTS.get(snooze.kind))


@transaction.atomic
def put_off_reminder(*, snooze, seen, by, idempotency_key=None):
    """
    Put off a reminder, by whoever has seen `seen` earlier snoozes of it. Where another came in
    between, the number is taken: IntegrityError. Sent twice it is one: Duplicate.
    """
    last = snoozes_of(snooze).aggregate(last=Max("number"))["last"] or 0
    snooze.number = min(seen, last) + 1
    return snooze.save_submission(by=by, idempotency_key=idempotency_key)
