"""Dated membership: right at both edges; and what the register refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs.actions import replace_member
from programs.models import Membership, Person
from tests import factories
from tests.constraints import refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("overlapping periods: an exclusion constraint there, triggers here"),
]


@pytest.fixture
def bappeda():
    team = factories.team()
    one = team.memberships.get(person__name="Perwakilan Bappeda")
    one.starts_on, one.ends_on, one.end_reason = (
        date(2018, 11, 28),
        date(2019, 3, 31),
        "Pindah tugas",
    )
    return one.save_as(by=None)


@pytest.mark.parametrize(
    ("day", "member"),
    [
        (date(2018, 11, 27), False),
        (date(2018, 11, 28), True),
        (date(2019, 3, 31), True),
        (date(2019, 4, 1), False),
    ],
)
def test_who_was_a_member_on_a_day(bappeda, day, member):
    assert (bappeda in bappeda.team.memberships.on(day)) is member


def test_the_roster_stands_as_in_a_decree():
    roles = [m.role for m in factories.team().memberships.in_order_of_role()]
    assert roles == [
        "responsible",
        "chair",
        "secretary",
        "member",
        "member",
        "member",
        "member",
        "member",
    ]


def hand_on(membership, day, name):
    """Somebody else from this day on, in the same place."""
    successor = Membership(person=factories.person(name), role=membership.role, starts_on=day)
    successor.institution = membership.institution
    return replace_member(
        membership=membership, successor=successor, reason="Pindah tugas", by=None
    )


def test_a_place_is_kept_however_often_it_is_handed_on():
    team = factories.team()
    names = [m.person.name for m in team.members_on(date(2019, 1, 1))]
    holder = team.memberships.get(person__name="Perwakilan DPMD")
    for year in (2019, 2020, 2021):
        holder = hand_on(holder, date(year, 6, 1), f"Pengganti {year}")
        expected = [f"Pengganti {year}" if name == "Perwakilan DPMD" else name for name in names]
        assert [m.person.name for m in team.members_on(date(year, 7, 1))] == expected, year


def test_a_chain_that_bites_its_tail_breaks_no_list():
    team = factories.team()
    one, two = team.memberships.filter(role="member")[:2]
    for row, earlier in ((one, two), (two, one)):
        Membership.objects.filter(pk=row.pk).update(replaces=earlier)
    assert len(team.members_on(date(2019, 1, 1))) == 8


def test_the_last_day_is_not_before_the_first(bappeda):
    refused(bappeda, ends_on=date(2018, 11, 27))
    assert Membership.objects.filter(pk=bappeda.pk).update(ends_on=date(2018, 11, 28)) == 1


def test_what_people_are_referred_by_is_not_deleted():
    with pytest.raises(IntegrityError):
        Person.objects.filter(memberships__team=factories.team())[0].delete()


def test_the_regency_officer_needs_a_regency_and_one_in_the_province():
    account = factories.user()
    factories.regency("11.01", "Kabupaten Aceh Selatan")
    for wrong in ({"province_code": "19"}, {"province_code": "19", "regency_code": "11.01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.assign(account, "regency_officer", **wrong)
    factories.assign(account, "regency_officer", "19", "19.01")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.assign(account, "regency_officer", "19", "19.01")


def test_a_person_is_known_by_name_and_institution():
    office = factories.institution("Bappeda")
    one = factories.person("Kepala Bidang", institution=office)
    assert Person.objects.known_as("kepala bidang", "BAPPEDA", "19") == one
    assert Person.objects.known_as("Kepala Bidang", "DPMD", "19") is None
    factories.person("Kepala Bidang", institution=office)
    assert Person.objects.known_as("Kepala Bidang", "Bappeda", "19") is None, (
        "two of them are not guessed at"
    )
