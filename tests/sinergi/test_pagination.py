"""Paging by key: every row once, in order, forwards and backwards, whatever the data."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergi.kit.pagination import KeysetPage
from sinergi.kit.querysets import COUNT_LIMIT, bounded_counts
from tests import factories
from villages.models import Village

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("each database orders and compares rows itself"),
]


def walk(order, size):
    """Return the pages read forwards, and those read back again."""
    forwards, params = [], QueryDict()
    while True:
        page = KeysetPage(Village.objects.all(), params, order=order, size=size)
        forwards.append([v.pk for v in page])
        if page.next is None:
            break
        params = QueryDict(mutable=True)
        params["setelah"] = page.next
    backwards = [forwards[-1]]
    while page.previous:
        params = QueryDict(mutable=True)
        params["sebelum"] = page.previous
        page = KeysetPage(Village.objects.all(), params, order=order, size=size)
        backwards.insert(0, [v.pk for v in page])
    assert page.is_first
    return forwards, backwards


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    names=st.lists(st.sampled_from(["Air", "Badau", "Cendil", "Éka"]), max_size=17),
    size=st.integers(1, 6),
    descending=st.booleans(),
)
def test_every_row_once_and_in_order(names, size, descending):
    Village.objects.all().delete()
    above = factories.village("19.01.06.2999").district
    Village.objects.all().delete()
    for n, name in enumerate(names):
        place = {"district": above, "regency": above.regency, "province": above.province}
        Village.objects.create(code=f"19.01.06.2{n:03}", name=name, **place)
    sign = "-" if descending else ""
    forwards, backwards = walk((f"{sign}name", f"{sign}code"), size)
    expected = list(
        Village.objects.order_by(f"{sign}name", f"{sign}code").values_list("pk", flat=True)
    )
    assert [row for page in forwards for row in page] == expected
    assert [row for page in backwards for row in page] == expected


def test_counting_stops_at_the_limit(django_assert_num_queries):
    above = factories.village().district
    place = {"district": above, "regency": above.regency, "province": above.province}
    Village.objects.bulk_create(
        Village(code=f"19.01.06.2{n:03}", name=f"Desa {n}", **place) for n in range(150, 300)
    )
    rows = Village.objects.all()
    with django_assert_num_queries(1):
        counts = bounded_counts(
            {"all": rows, "one": rows.filter(name="Desa 151"), "none": rows.none()}
        )
    assert counts == {"all": COUNT_LIMIT, "one": 1, "none": 0}
