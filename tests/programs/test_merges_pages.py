"""Merges on the page and in the admin."""

import pytest
from django.urls import reverse

from programs.actions import (
    merge_into,
)
from programs.models import Person
from sinergi.kit.models import StaleRecord
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.mark.both("names are compared in the database")
class TestMerges:
    def test_an_affair_does_not_move_to_a_company(self, team):
        office, shop = factories.institution("Bappeda"), factories.institution("Toko", "private")
        office.affair = "planning"
        office.save_as(by=None)
        merge_into(kept=shop, removed=office, by=None)
        shop.refresh_from_db()
        assert shop.affair == ""

    def test_a_merge_that_was_beaten_is_told(self, client, sign_in, team, monkeypatch):
        sign_in("administrator")
        one, other = factories.person("Satu"), factories.person("Dua")
        monkeypatch.setattr(
            "programs.actions.merges.Merge.save_as",
            lambda *args, **kwargs: (_ for _ in ()).throw(StaleRecord(one)),
        )
        url = reverse("programs:person_merge", args=[other.pk])
        answer = client.post(url, {"version": other.version, "kept": one.pk})
        assert answer.status_code == 422 and "Isinya berubah" in answer.content.decode()
        assert Person.objects.filter(pk=other.pk).exists()

    def test_the_admin_shows_the_history_of_a_merge_whose_target_is_gone(
        self, client, sign_in, team
    ):
        one, two, three = (factories.person(f"Orang {n}") for n in range(3))
        first = merge_into(kept=two, removed=one, by=None)
        merge_into(kept=three, removed=two, by=None)
        sign_in("administrator")
        assert (
            client.get(reverse("admin:programs_merge_history", args=[first.pk])).status_code == 200
        )
