"""Writes of a team's rhythm: a reminder is put off."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from advocacy.cadence.kinds import SUBJECTS
from advocacy.cadence.standings import LONGEST_AGO, read_days
from advocacy.cadence.subjects import Ask, read_subjects
from advocacy.models import CadenceSnooze


def snoozes_of(snooze):
    """Return all snoozes of what this one is about."""
    rows = CadenceSnooze.objects.filter(team=snooze.team)
    return rows.about(snooze.kind, snooze.subject_id, SUBJECTS.get(snooze.kind))


def last_event_of(snooze):
    """Return when what is put off last happened, as it is recorded now, or None: never."""
    team, today = snooze.team, snooze.starts_on
    rule = read_days([team], today)[team.pk].rule(snooze.kind)
    ask = Ask(rule, today, key=snooze.subject_id)
    events = (one.event for one in read_subjects([ask])[ask.part])
    return max((event for event in events if event), default=None)


@transaction.atomic
def put_off_reminder(*, snooze, seen, by, idempotency_key=None):
    """
    Put off a reminder, by whoever has seen `seen` earlier snoozes of it. Where another came in
    between, the number is taken: IntegrityError. Sent twice it is one: Duplicate.

    A page reads no snooze older than LONGEST_AGO: these count as seen.
    """
    long_ago = Q(starts_on__lte=snooze.team.today - LONGEST_AGO + timedelta(days=2))
    numbers = snoozes_of(snooze).aggregate(
        last=Max("number"), long_ago=Max("number", filter=long_ago)
    )
    seen = max(seen, numbers["long_ago"] or 0)
    snooze.number = min(seen, numbers["last"] or 0) + 1
    snooze.event_on = last_event_of(snooze)
    return snooze.save_submission(by=by, idempotency_key=idempotency_key)
