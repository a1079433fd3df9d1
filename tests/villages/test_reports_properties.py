"""Whatever libraries joined, left and handed in, the lists of reports add up to the expected."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from villages.models import Library, LibraryReport, Participation
from villages.quarters import Quarter
from villages.querysets.reports import states_of

pytestmark = pytest.mark.django_db

PLACES = ["19.01.06.2002", "19.01.06.2003", "19.02.04.2001", "18.01.04.2001"]
YEARS = (2018, 2019, 2020)
QUARTERS = [Quarter(year, number) for year in (2018, 2019) for number in (1, 2, 3, 4)]
STATES = ("draft", "submitted", "returned", "verified")
#: Where the accounts look: what the codes of the villages there begin with.
PARTS = {"regency_officer": "19.01", "secretariat": "19.", "administrator": ""}
LISTS = {
    "belum": {"none", "draft", "returned"},
    "menunggu": {"submitted"},
    "terverifikasi": {"verified"},
    "semua": {"none", *STATES},
}


@st.composite
def participations(draw):
    """Return [(number of the library, year, joined on, left on)], each library once a year."""
    rows = []
    for number in range(len(PLACES)):
        for year in draw(st.sets(st.sampled_from(YEARS))):
            in_year = st.dates(date(year, 1, 1), date(year, 12, 31))
            joined = draw(st.none() | in_year)
            first = joined or date(year, 1, 1)
            left = draw(st.none() | st.dates(first, date(2021, 1, 1)))
            rows.append((number, year, joined, left))
    return rows


REPORTS = st.dictionaries(
    st.tuples(st.integers(0, len(PLACES) - 1), st.sampled_from(QUARTERS)),
    st.sampled_from(STATES),
    max_size=12,
)


@pytest.fixture
def libraries():
    return [
        factories.library(factories.village(code, f"Desa {n}")) for n, code in enumerate(PLACES)
    ]


@pytest.fixture
def accounts():
    """Return {role: a client that is signed in} of a regency, of a province and of the nation."""
    where = {"regency_officer": {"regency_code": "19.01"}, "administrator": {"province_code": None}}
    found = {}
    for role in PARTS:
        found[role] = Client()
        account = factories.user(role, **where.get(role, {}))
        found[role].force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return found


def write(libraries, takes_part, reports):
    Participation.objects.bulk_create(
        Participation(library=libraries[number], year=year, joined_on=joined, left_on=left)
        for number, year, joined, left in takes_part
    )
    made = []
    for (number, quarter), state in reports.items():
        report = LibraryReport(state=state, return_reason="Lengkapi.", visitors=1)
        report.set_library(libraries[number])
        report.quarter = quarter
        made.append(report)
    LibraryReport.objects.bulk_create(made)


def expected_states(takes_part, reports, quarter, part):
    """Return {number of a library that is expected there: state of its report or "none"}."""
    found = {}
    for number, year, joined, left in takes_part:
        begun = (joined or date(year, 1, 1)) <= quarter.ends_on
        goes_on = left is None or left >= quarter.starts_on
        if begun and goes_on and PLACES[number].startswith(part):
            found[number] = reports.get((number, quarter), "none")
    return found


@pytest.mark.both("which libraries are expected, and how their reports stand, is counted there")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    takes_part=participations(),
    reports=REPORTS,
    quarter=st.sampled_from(QUARTERS),
    tab=st.sampled_from(list(LISTS)),
)
def test_counts_and_lists_are_those_of_the_rows(
    libraries, accounts, takes_part, reports, quarter, tab
):
    with transaction.atomic():
        write(libraries, takes_part, reports)
        for role, part in PARTS.items():
            states = expected_states(takes_part, reports, quarter, part)
            there = Library.objects.filter(village__code__startswith=part)
            counts = states_of(there, quarter)
            assert counts == {"none": 0} | dict.fromkeys(STATES, 0) | Counter(states.values())
            assert sum(counts.values()) == len(states)
            page = listed(accounts[role], quarter, tab)
            assert page["total"] == len(states)
            for key, _, _, number, _ in page["lists"]:
                assert number == sum(state in LISTS[key] for state in states.values()), key
            shown = {row.pk for row in page["page"].rows}
            wanted = {libraries[n].pk for n, state in states.items() if state in LISTS[tab]}
            assert shown == wanted
        transaction.set_rollback(True)


def listed(client, quarter, tab):
    """Return what the page of this list is made of."""
    answer = client.get(reverse("villages:report_list"), {"triwulan": quarter.key, "daftar": tab})
    assert answer.status_code == 200
    return answer.context
