"""
The constraint on overlapping periods is part of the schema on both databases, and survives a change
of its table.
"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

from programs.models import Membership
from sinergi.kit.periods import NoOverlap, in_force_on
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("an exclusion constraint there, triggers here"),
]


def overlapping(team):
    one = team.memberships.first()
    return Membership(
        team=team, person=one.person, institution=one.institution, starts_on=date(2019, 1, 1)
    )


def is_refused(record):
    try:
        with transaction.atomic():
            record.save_as(by=None)
    except IntegrityError as error:
        return "programs_membership_once_at_a_time" in str(error)
    return False


def test_is_written_into_a_migration_and_read_again():
    for constraint in (c for c in Membership._meta.constraints if isinstance(c, NoOverlap)):
        text, imports = MigrationWriter.serialize(constraint)
        scope = {}
        exec("\n".join(imports), scope)
        assert eval(text, scope) == constraint
        assert constraint.clone() == constraint
    assert NoOverlap(fields=["a"], name="x") != NoOverlap(fields=["b"], name="x")


@pytest.mark.django_db(transaction=True)
def test_holds_after_its_table_was_changed():
    """SQLite makes a table anew to change it; PostgreSQL drops the constraint and adds it again."""
    team = factories.team()
    model = MigrationLoader(connection).project_state().apps.get_model("programs", "Membership")
    assert is_refused(overlapping(team))
    constraint = next(
        c for c in model._meta.constraints if c.name == "programs_membership_once_at_a_time"
    )
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(model)
    else:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
        with transaction.atomic():
            assert not is_refused(overlapping(team)), (
                "the negative control: without it the database lets it in"
            )
            transaction.set_rollback(True)
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
    assert is_refused(overlapping(team))


def test_a_day_in_a_period():
    team = factories.team()
    member = team.memberships.first()
    rows = Membership.objects.filter(pk=member.pk)
    assert (
        not rows.filter(in_force_on(date(2018, 11, 27))).exists()
        and rows.filter(in_force_on(date(2099, 1, 1))).exists()
    )
