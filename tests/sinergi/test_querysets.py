"""Several ordered querysets of one model in one query (sinergi.kit.querysets.rows_of_each)."""

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from sinergi.kit.querysets import rows_of_each
from tests import factories
from villages.models import Library

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("SQLite takes no LIMIT in a part of a UNION"),
]


class TestRowsOfEach:
    """Several ordered querysets of one model in one query, each with its own limit."""

    @pytest.fixture
    def libraries(self):
        for n in range(6):
            factories.library(
                factories.village(f"19.01.06.200{n}", f"Desa {n}"), head="Ada" if n % 2 else ""
            )
        return Library.objects.order_by("name")

    def test_many_of_one_do_not_hide_another(self, libraries, django_assert_num_queries):
        last_first = libraries.order_by("-name")
        with django_assert_num_queries(1):
            found = rows_of_each(
                {
                    "first": libraries[:2],
                    "last": last_first[:2],
                    "led": libraries.filter(head="Ada"),
                    "none": libraries.none(),
                },
                "village",
            )
            names = {key: [row.village.name for row in rows] for key, rows in found.items()}
        assert names == {
            "first": ["Desa 0", "Desa 1"],
            "last": ["Desa 5", "Desa 4"],
            "led": ["Desa 1", "Desa 3", "Desa 5"],
            "none": [],
        }

    def test_what_is_shown_of_one_is_nothing_of_the_others_and_may_order_it(self, libraries):
        shout = Concat("head", Value("!"), "name", output_field=CharField())
        loud = libraries.alias(shout=shout).filter(head="Ada").order_by("-shout", "pk")
        found = rows_of_each(
            {"plain": libraries[:1], "loud": loud[:2]}, shown={"loud": {"shout": shout}}
        )
        said = {key: [row.shout for row in rows] for key, rows in found.items()}
        loudest = [f"Ada!{row.name}" for row in libraries.filter(head="Ada").order_by("-name")[:2]]
        assert said == {"plain": [None], "loud": loudest}

    def test_one_alone_and_none_at_all(self, libraries, django_assert_num_queries):
        second = list(libraries[1:3])
        with django_assert_num_queries(1):
            assert rows_of_each({"one": libraries[1:3], "none": libraries.none()}) == {
                "one": second,
                "none": [],
            }
        nowhere = {"none": libraries.none(), "nowhere": libraries.filter(pk__in=[])}
        with django_assert_num_queries(0):
            assert rows_of_each(nowhere) == {"none": [], "nowhere": []}
