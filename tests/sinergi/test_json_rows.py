"""Rows of several models in one query."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from advocacy.models import Meeting
from sinergi.kit.json_rows import day_of, json_rows_of_each, moment_of
from tests import factories
from villages.models import Library

pytestmark = [pytest.mark.django_db, pytest.mark.both("each database writes JSON in its own way")]

COLUMNS = {"pk": "pk", "title": "title", "starts_at": "starts_at", "set": "day_is_set"}


def test_each_model_comes_in_its_own_order_and_slice(django_assert_num_queries):
    team = factories.team()
    made = [factories.meeting(team, title=f"Rapat {n}") for n in range(3)]
    library = factories.library()
    parts = {
        "meetings": (Meeting.objects.order_by("-pk")[:2], COLUMNS),
        "libraries": (Library.objects.order_by("pk"), {"name": "name"}),
        "nothing": (Meeting.objects.none(), COLUMNS),
        "no row": (Meeting.objects.filter(title="?").order_by("pk"), COLUMNS),
    }
    assert connection.features.supports_json_field  # SQLite is asked for that once, by a query
    with django_assert_num_queries(1):
        found = json_rows_of_each(parts)
    assert [row["title"] for row in found["meetings"]] == ["Rapat 2", "Rapat 1"]
    assert found["libraries"] == [{"name": library.name}]
    assert found["nothing"] == found["no row"] == []
    row, stored = found["meetings"][0], Meeting.objects.get(pk=made[2].pk)
    assert moment_of(row["starts_at"]) == stored.starts_at
    assert bool(row["set"]) is stored.day_is_set


def test_nothing_asked_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert json_rows_of_each({"nothing": (Meeting.objects.none(), COLUMNS)}) == {"nothing": []}


def test_text_with_quotes_and_braces_stays_as_it_is():
    title = "Rapat \"A\" {b} 'c' \\ %s ö"
    factories.meeting(factories.team(), title=title)
    found = json_rows_of_each({"all": (Meeting.objects.order_by("pk"), COLUMNS)})
    assert [row["title"] for row in found["all"]] == [title]


def test_days_and_moments_are_read_from_text():
    assert day_of("2019-06-18") == date(2019, 6, 18) and day_of(None) is None
    assert moment_of("2019-06-18 02:00:00") == datetime(2019, 6, 18, 2, tzinfo=UTC)
    assert moment_of("2019-06-18T09:00:00+07:00") == datetime(2019, 6, 18, 2, tzinfo=UTC)
    assert moment_of(None) is None
