"""Two people put off one reminder at the same moment, on PostgreSQL; with the negative control."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from advocacy.models import CadenceSnooze
from tests import factories
from tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MEET_IN = (CadenceSnooze, "save_submission")


def two_snoozes():
    """Return two requests that have seen no snooze yet, of the secretariat and the chair."""
    team = factories.team()
    until = (team.today + timedelta(days=7)).isoformat()
    url = f"/irama/{team.pk}/internal/tunda/"
    return [
        (
            url,
            {
                "idempotency_key": str(uuid.uuid4()),
                "until": until,
                "reason": role,
                "number": "0",
            },
            factories.user(role),
        )
        for role in ("secretariat", "chair")
    ]


def test_of_two_snoozes_at_once_one_holds(monkeypatch):
    answers = at_once(None, *two_snoozes(), meet_in=MEET_IN, monkeypatch=monkeypatch)
    assert answers == [302, 422]
    assert CadenceSnooze.objects.get().number == 1


def test_control_without_the_constraint_both_hold(monkeypatch):
    requests = two_snoozes()
    constraint = next(
        one
        for one in CadenceSnooze._meta.constraints
        if one.name == "advocacy_cadencesnooze_number_once"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(CadenceSnooze, constraint)
    try:
        answers = at_once(None, *requests, meet_in=MEET_IN, monkeypatch=monkeypatch)
        assert answers == [302, 302]
        assert list(CadenceSnooze.objects.values_list("number", flat=True)) == [1, 1]
    finally:
        CadenceSnooze.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(CadenceSnooze, constraint)


def test_one_form_twice_at_once_is_one_snooze(monkeypatch):
    request, _ = two_snoozes()
    answers = at_once(None, request, request, meet_in=MEET_IN, monkeypatch=monkeypatch)
    assert answers == [302, 302] and CadenceSnooze.objects.count() == 1
