"""
Dated membership, for any sequence of periods: what overlaps is refused, and who was in the team on
a day is exact.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import Attendance
from programs.actions import add_member, replace_member
from programs.models import Membership, Person
from programs.representation import LARGEST_TEAM, Representation
from sinergi.kit.models import Duplicate, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("overlapping periods: an exclusion constraint there, triggers here"),
]

FIRST = date(2019, 1, 1)
DAYS = st.integers(0, 30)
PERIODS = st.lists(
    st.tuples(
        st.integers(0, 2), DAYS, st.one_of(st.none(), DAYS), st.sampled_from(["member", "chair"])
    ),
    max_size=9,
)


def day(n):
    return FIRST + timedelta(days=n)


@pytest.fixture
def empty():
    team = factories.team(members=[])
    return team, [factories.person(f"Orang {n}") for n in range(3)]


def meets(one, other):
    """Whether two periods (first, last or None) share a day."""
    return one[0] <= (other[1] if other[1] is not None else 99) and other[0] <= (
        one[1] if one[1] is not None else 99
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PERIODS, DAYS)
def test_the_database_lets_in_what_does_not_overlap(empty, periods, asked):
    team, people = empty
    let_in = []
    with transaction.atomic():
        for who, first, length, role in periods:
            last = None if length is None else first + length
            new = Membership(
                team=team,
                person=people[who],
                role=role,
                institution=people[who].institution,
                starts_on=day(first),
                ends_on=None if last is None else day(last),
                end_reason="" if last is None else "Selesai",
            )
            fits = not any(
                meets((first, last), (f, t)) and (w == who or (r == role == "chair"))
                for w, f, t, r in let_in
            )
            valid = True
            try:
                new.validate_constraints()
            except ValidationError:
                valid = False
            try:
                with transaction.atomic():
                    new.save_as(by=None)
                stored = True
            except IntegrityError:
                stored = False
            assert (valid, stored) == (fits, fits), (let_in, who, first, last, role)
            if fits:
                let_in.append((who, first, last, role))
        expected = {who for who, first, last, _ in let_in if meets((first, last), (asked, asked))}
        found = set(team.memberships.on(day(asked)).values_list("person", flat=True))
        assert found == {people[who].pk for who in expected}
        transaction.set_rollback(True)


class TestOverlap:
    @pytest.fixture
    def one(self):
        """In the team from 1 to 31 March."""
        team = factories.team()
        made = team.memberships.get(person__name="Perwakilan Bappeda")
        made.starts_on, made.ends_on, made.end_reason = (
            date(2019, 3, 1),
            date(2019, 3, 31),
            "Pindah tugas",
        )
        return made.save_as(by=None)

    @pytest.mark.parametrize(
        ("start", "end", "fits"),
        [
            (date(2019, 2, 1), date(2019, 2, 28), True),
            (date(2019, 2, 1), date(2019, 3, 1), False),
            (date(2019, 3, 10), date(2019, 3, 12), False),
            (date(2019, 3, 31), None, False),
            (date(2019, 4, 1), None, True),
            (date(2019, 1, 1), None, False),
        ],
    )
    def test_both_edges_count(self, one, start, end, fits):
        again = Membership(
            team=one.team,
            person=one.person,
            institution=one.institution,
            starts_on=start,
            ends_on=end,
            end_reason="Selesai" if end else "",
        )
        if fits:
            assert again.save_as(by=None).pk
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                again.save_as(by=None)

    def test_an_update_is_held_to_it_too(self, one):
        again = Membership(
            team=one.team,
            person=one.person,
            institution=one.institution,
            starts_on=date(2019, 4, 1),
        )
        again.save_as(by=None)
        refused(again, starts_on=date(2019, 3, 31))
        kept(again, starts_on=date(2019, 4, 2))

    def test_another_team_is_another_matter(self, one):
        other = factories.team("11", members=[])
        assert Membership(
            team=other, person=one.person, institution=one.institution, starts_on=one.starts_on
        ).save_as(by=None)

    def test_one_chair_and_one_coordinator_at_a_time(self, one):
        other = one.team.memberships.get(person__name="Perwakilan DPMD")
        third = one.team.memberships.get(person__name="Perwakilan media cetak")
        refused(other, role="chair")
        kept(other, is_coordinator=True)
        refused(third, is_coordinator=True)
        kept(one.team.memberships.get(role="chair"), ends_on=date(2019, 1, 1), end_reason="Pindah")
        refused(other, role="chair")
        kept(other, role="chair", starts_on=date(2019, 1, 2))

    def test_it_ends_for_a_reason(self, one):
        refused(one, end_reason="")
        refused(one, replaces=one)


class TestReplacing:
    @pytest.fixture
    def bappeda(self):
        return (
            factories.team()
            .memberships.select_related("team", "institution")
            .get(person__name="Perwakilan Bappeda")
        )

    def replace(self, old, *, start=date(2019, 6, 19), by=None, **fields):
        successor = Membership(role=old.role, institution=old.institution, starts_on=start)
        new = {
            "newcomer": Person(province=old.team.province, name="Pengganti"),
            "reason": "Pindah tugas",
        }
        return replace_member(membership=old, successor=successor, by=by, **new | fields)

    def test_one_leaves_the_day_before_the_other_comes(self, bappeda):
        new = self.replace(bappeda)
        bappeda.refresh_from_db()
        assert (bappeda.ends_on, bappeda.end_reason) == (date(2019, 6, 18), "Pindah tugas")
        assert new.replaces == bappeda and new.person.name == "Pengganti"
        team = bappeda.team
        for when, name in (
            (date(2019, 6, 18), "Perwakilan Bappeda"),
            (date(2019, 6, 19), "Pengganti"),
        ):
            members = team.memberships.on(when).filter(institution=bappeda.institution)
            assert [m.person.name for m in members] == [name]
            assert team.memberships.on(when).count() == 8

    def test_past_attendance_stays_with_whoever_came(self, bappeda):
        meeting = factories.minutes(bappeda.team)
        row = meeting.attendance.get(person=bappeda.person)
        self.replace(bappeda)
        assert Attendance.objects.get(pk=row.pk).person == bappeda.person
        assert meeting.attendance.get(pk=row.pk).name == "Perwakilan Bappeda"
        assert not meeting.attendance.filter(name="Pengganti").exists()

    def test_a_chair_can_be_replaced(self, bappeda):
        chair = bappeda.team.memberships.select_related("team", "institution").get(role="chair")
        assert self.replace(chair).role == "chair"

    def test_who_changes_office_and_stays_gets_a_new_period(self, bappeda):
        office = factories.institution("Dinas Sosial")
        same = Membership(person=bappeda.person, institution=office, starts_on=date(2019, 6, 19))
        replace_member(membership=bappeda, successor=same, reason="Pindah dinas", by=None)
        assert [m.institution.name for m in bappeda.person.memberships.order_by("starts_on")] == [
            bappeda.institution.name,
            "Dinas Sosial",
        ]

    @pytest.mark.parametrize("start", [factories.FOUNDED, date(2018, 1, 1)])
    def test_not_before_the_first_day_is_over(self, bappeda, start):
        with pytest.raises(TransitionError, match="28 November 2018"):
            self.replace(bappeda, start=start)
        assert not Person.objects.filter(name="Pengganti").exists()

    def test_all_or_nothing(self, bappeda):
        """The successor's period meets another of theirs: the old one has not ended either."""
        dpmd = bappeda.team.memberships.get(person__name="Perwakilan DPMD")
        successor = Membership(
            person=dpmd.person, institution=bappeda.institution, starts_on=date(2019, 6, 19)
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            replace_member(membership=bappeda, successor=successor, reason="Pindah", by=None)
        bappeda.refresh_from_db()
        assert bappeda.ends_on is None

    def test_once_only(self, bappeda):
        key, by = "6f0a6b0e-7bb3-4c53-9d4c-0d2a3f0b7d11", factories.user()
        first = self.replace(bappeda, by=by, idempotency_key=key)
        with pytest.raises(Duplicate) as again:
            self.replace(bappeda, by=by, idempotency_key=key, version=1)
        assert (
            str(again.value.record.pk) == str(first.pk)
            and Membership.objects.filter(replaces=bappeda).count() == 1
        )
        bappeda.refresh_from_db()
        with pytest.raises(TransitionError, match="sudah digantikan Pengganti"):
            self.replace(bappeda)

    def test_on_what_was_seen(self, bappeda):
        with pytest.raises(StaleRecord):
            self.replace(bappeda, version=bappeda.version + 1)

    def test_a_successor_does_not_meet_whom_they_replaced(self, bappeda):
        new = self.replace(bappeda)
        bappeda.refresh_from_db()
        bappeda.ends_on = date(2019, 6, 19)
        with pytest.raises(ValidationError, match="Penggantinya mulai 19 Juni 2019"):
            bappeda.clean()
        new.starts_on = date(2019, 6, 18)
        with pytest.raises(ValidationError, match="masih anggota"):
            new.clean()


class TestGuideline:
    """Warned with the reason, never refused."""

    def test_more_than_ten(self):
        team = factories.team()
        assert not any(
            "paling banyak" in one for one in Representation(list(team.memberships.all())).warnings
        )
        for n in range(3):
            office = factories.institution("Perusahaan", "private")
            new = Membership(team=team, institution=office, starts_on=factories.FOUNDED)
            add_member(
                membership=new, newcomer=Person(province=team.province, name=f"Orang {n}"), by=None
            )
        assert team.memberships.count() == LARGEST_TEAM + 1
        assert (
            "11 orang"
            in Representation(list(team.memberships.select_related("institution"))).warnings[0]
        )

    def test_a_part_that_is_missing(self):
        team = factories.team()
        for name, affair in (("Kepala DKPUS", "library"), ("Perwakilan Bappeda", "planning")):
            office = team.memberships.get(person__name=name).institution
            office.affair = affair
            office.save_as(by=None)
        found = Representation(list(team.memberships.select_related("institution")))
        assert found.missing == [
            "DPMD",
            "Swasta atau Kadin",
        ], "professional bodies are not asked for"
        assert found.seats == ["gov"] * 5 + ["outside"] * 3 + ["", ""]
        assert Representation([]).warnings == []
