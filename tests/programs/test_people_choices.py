"""Choosing people and institutions where there are many."""

import gzip

import pytest
from django.urls import reverse

from programs.models import Institution, Person
from tests import factories
from tests.programs.test_teams_pages import member_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.mark.both("names are compared in the database")
class TestChoices:
    def test_forms_stay_light_with_1500_people(self, client, sign_in, team):
        sign_in(factories.assign(factories.user("secretariat"), "administrator"))
        office = factories.institution("Dinas Perpustakaan")
        Person.objects.bulk_create(
            Person(
                province=team.province,
                institution=office,
                name=f"Narahubung perpustakaan desa nomor {n:04}",
                position="x",
            )
            for n in range(1500)
        )
        last = Person.objects.get(name__endswith="1499")
        member = team.memberships.get(role="chair")
        urls = [
            reverse("programs:membership_create", args=[team.pk]),
            reverse("programs:membership_replace", args=[member.pk]),
        ]
        urls += [
            reverse("programs:account_invite"),
            reverse("programs:person_merge", args=[last.pk]),
        ]
        for url in urls:
            page = client.get(url)
            assert len(gzip.compress(page.content, 6)) <= 15_000, url
            assert (
                "Cari namanya dulu" in page.content.decode()
                and "nomor 1498" not in page.content.decode()
            ), url
            assert "nomor 1498" in client.get(url, {"cari": "1498"}).content.decode(), url
        answer = client.post(urls[0], member_data(team, new_name="", person=last.pk))
        assert answer.status_code == 302, "whoever was found can be chosen"

    def test_an_institution_beyond_the_list_is_found(self, client, sign_in, team):
        sign_in("secretariat")
        Institution.objects.bulk_create(
            Institution(province=team.province, name=f"AAA dinas {n:03}", sector="gov_regency")
            for n in range(160)
        )
        last = factories.institution("ZZZ Terakhir")
        member = team.memberships.get(role="chair")
        urls = [
            reverse("programs:membership_create", args=[team.pk]),
            reverse("programs:membership_update", args=[member.pk]),
        ]
        for url in [
            *urls,
            reverse("programs:person_create"),
            reverse("programs:person_update", args=[member.person_id]),
        ]:
            assert (
                last.name not in client.get(url).content.decode()
                and "Cari namanya dulu" in client.get(url).content.decode()
            )
            found = client.get(url, {"cari": "terakhir"}).content.decode()
            assert last.name in found and "AAA dinas 000" in found, (
                "and the others, as far as there is room"
            )
