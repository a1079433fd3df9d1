"""The pages of membership: joining, replacing, correcting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.actions import (
    replace_member,
)
from programs.models import Membership, Person
from tests import factories
from tests.programs.test_teams_pages import member_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestDates:
    @pytest.mark.parametrize(
        "changes",
        [
            {"starts_on": "0001-01-01"},
            {"starts_on": "0019-07-01"},
            {"starts_on": "2206-01-01"},
            {"starts_on": "9999-12-31"},
        ],
    )
    def test_a_mistyped_year_of_membership(self, client, sign_in, team, changes):
        sign_in("secretariat")
        answer = client.post(
            reverse("programs:membership_create", args=[team.pk]), member_data(team) | changes
        )
        assert answer.status_code == 422 and "Periksa tahun mulainya" in answer.content.decode()


class TestMembers:
    def test_a_shared_office_telephone_is_asked_about_not_refused(self, client, sign_in, team):
        sign_in("secretariat")
        factories.person("Orang lama", phone="+62717422222")
        url = reverse("programs:membership_create", args=[team.pk])
        data = member_data(team, phone="0717 422222")
        answer = client.post(url, data)
        assert answer.status_code == 422 and "Orang lama" in answer.content.decode()
        assert client.post(url, data | {"distinct": "on"}).status_code == 302

    def test_a_telephone_beside_a_chosen_person_is_not_dropped_unseen(self, client, sign_in, team):
        sign_in("secretariat")
        person = factories.person("Orang lama")
        data = member_data(team, new_name="", person=person.pk, phone="0812 3456 7890")
        answer = client.post(reverse("programs:membership_create", args=[team.pk]), data)
        assert answer.status_code == 422 and "diubah di halaman orangnya" in answer.content.decode()

    def test_a_refused_replacement_shows_what_is_stored(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        chair = team.memberships.get(role="chair").person
        data = member_data(
            team, new_name="", person=chair.pk, reason="Pindah", replaced_version=old.version
        )
        answer = client.post(reverse("programs:membership_replace", args=[old.pk]), data)
        assert (
            answer.status_code == 422
            and "28 November 2018 sampai sekarang" in answer.content.decode()
        )

    def test_a_successor_who_was_found_later(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        old.ends_on, old.end_reason = date(2019, 3, 31), "Pensiun"
        old.save_as(by=None)
        url = reverse("programs:membership_replace", args=[old.pk])
        assert 'value="2019-04-01"' in client.get(url).content.decode()
        early = client.post(
            url, member_data(team, starts_on="2019-03-31", replaced_version=old.version)
        )
        assert (
            early.status_code == 422
            and "Pengganti mulai sesudah 31 Maret 2019" in early.content.decode()
        )
        assert (
            client.post(
                url, member_data(team, starts_on="2019-06-01", replaced_version=old.version)
            ).status_code
            == 302
        )
        old.refresh_from_db()
        assert (old.ends_on, old.end_reason, old.replaced_by.starts_on) == (
            date(2019, 3, 31),
            "Pensiun",
            date(2019, 6, 1),
        )
        assert client.get(url).status_code == 302, "replaced already"

    def test_an_error_about_a_date_fits_every_form(self, client, sign_in, team):
        """The rule on successors speaks in forms that do not have the field it is about."""
        sign_in("secretariat")
        old = team.memberships.select_related("team", "institution").get(
            person__name="Perwakilan Bappeda"
        )
        new = Membership(institution=old.institution, starts_on=date(2019, 6, 19))
        replace_member(
            membership=old,
            successor=new,
            reason="Pindah",
            by=None,
            newcomer=Person(province=team.province, name="Pengganti"),
        )
        Membership.objects.filter(pk=old.pk).update(ends_on=date(2019, 6, 30))
        data = {"ends_on": "2019-12-31", "end_reason": "Selesai", "version": new.version}
        answer = client.post(reverse("programs:membership_end", args=[new.pk]), data)
        assert (
            answer.status_code == 422
            and "masih anggota pada hari pertama penggantinya" in answer.content.decode()
        )

    def test_one_from_before_the_team_can_still_be_ended(self, client, sign_in, team):
        sign_in("secretariat")
        one = team.memberships.get(person__name="Perwakilan DPMD")
        Membership.objects.filter(pk=one.pk).update(starts_on=date(2015, 1, 1))
        data = {"ends_on": "2019-12-31", "end_reason": "Pensiun", "version": one.version}
        assert (
            client.post(reverse("programs:membership_end", args=[one.pk]), data).status_code == 302
        )

    def test_of_one_province(self, team):
        there = factories.person("Orang Aceh", province_code="11")
        wrong = Membership(
            team=team, person=there, institution=there.institution, starts_on=date(2019, 1, 1)
        )
        with pytest.raises(ValidationError, match="provinsi lain"):
            wrong.clean()

    def test_the_history_of_many_replacements_costs_no_more(
        self, client, sign_in, team, django_assert_max_num_queries
    ):
        sign_in("observer")
        for old in team.memberships.select_related("team", "institution").filter(role="member"):
            new = Membership(institution=old.institution, starts_on=date(2019, 6, 19))
            newcomer = Person(province=team.province, name=f"Pengganti {old.pk}")
            replace_member(
                membership=old, successor=new, reason="Pindah", newcomer=newcomer, by=None
            )
        with django_assert_max_num_queries(16):
            client.get(reverse("programs:team_history", args=[team.pk]))


@pytest.mark.both("a key that is there already is settled by the database")
class TestSendingAgain:
    def test_a_newcomer_with_another_number_is_not_the_same_sending(self, client, sign_in, team):
        sign_in("secretariat")
        url, data = (
            reverse("programs:membership_create", args=[team.pk]),
            member_data(team, phone="0812 3456 7890"),
        )
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        assert (
            client.post(url, data | {"phone": "0812 3456 7891", "distinct": "on"}).status_code
            == 409
        )
