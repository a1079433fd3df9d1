"""Assignments of accounts."""

import uuid

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestDates:
    def test_of_an_assignment(self, client, sign_in, team):
        sign_in("administrator")
        account = factories.user("observer")
        data = {
            "role": "member",
            "province": "19",
            "regency": "",
            "starts_on": "9999-12-31",
            "idempotency_key": uuid.uuid4(),
        }
        answer = client.post(reverse("programs:assignment_create", args=[account.pk]), data)
        assert answer.status_code == 422 and "Periksa tahunnya." in answer.content.decode()


class TestOfAnotherProvince:
    def test_another_provinces_assignments_are_not_told(self, client, sign_in, team):
        account = factories.user("member", province_code="11")
        account.assignments.get().end(by=factories.user("administrator"), reason="RAHASIA ACEH")
        factories.assign(account, "member")
        sign_in("administrator")
        assert "RAHASIA ACEH" not in client.get(account.get_absolute_url()).content.decode()
