"""What an upgrade is compared by: that it sees what is lost."""

import pytest
from django.db import connection

from tests.upgrades import states

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("each database has its own definitions of tables and indexes"),
]
BEFORE = {"team": (["id", "name"], [("1", "Satu"), ("2", "Dua")])}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, []),
        ({"team": (["name", "id", "new"], [("Dua", "2", ""), ("Satu", "1", "")])}, []),
        ({}, ["team: is gone"]),
        ({"team": (["id", "name"], [("1", "Satu")])}, ["team: 2 rows, 1 afterwards"]),
        ({"team": (["id"], [("1",), ("2",)])}, ["team.name: is gone"]),
        ({"team": (["id", "name"], [("1", "Satu"), ("2", "Tiga")])}, ["team.name: changed"]),
        (
            {"team": (["id", "name"], [("1", "Dua"), ("2", "Satu")])},
            ["team: values stand in other rows"],
        ),
    ],
)
def test_what_is_lost_is_told(after, told):
    assert states.lost(BEFORE, after) == told


def test_what_is_meant_is_not_told():
    after = {"team": (["id", "name"], [("1", "SATU"), ("2", "DUA")])}
    assert states.lost(BEFORE, after, meant={"team.name"}) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX one_more ON programs_team (office)",
        "DROP INDEX advocacy_meeting_recent",
        "ALTER TABLE programs_team ADD COLUMN one_more integer",
    ],
)
def test_a_schema_that_is_not_the_same_is_told(statement):
    before = states.schema()
    assert states.differences(before, states.schema()) == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert len(states.differences(before, states.schema())) == 1


def test_the_order_of_columns_does_not_matter():
    one = 'CREATE TABLE "a" ("x" varchar(3) CHECK (x IN (\'a,b\', \'c\')), "y" integer)'
    other = 'CREATE TABLE "a" ("y" integer, "x" varchar(3) CHECK (x IN (\'a,b\', \'c\')))'
    assert sorted(states.parts_of(one)) == sorted(states.parts_of(other))
    assert states.parts_of(one)[0] == 'CREATE TABLE "a"' and len(states.parts_of(one)) == 3
