"""Institutions of a province."""

import uuid

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.mark.both("names are compared in the database")
class TestTwins:
    def test_a_telephone_twice_among_institutions(self, client, sign_in, team):
        sign_in("secretariat")
        known = factories.institution("Toko buku", "private")
        known.phone = "+62717422222"
        known.save_as(by=None)
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "Toko lain",
            "sector": "private",
            "phone": "0717 422222",
        }
        answer = client.post(reverse("programs:institution_create"), data)
        assert (
            answer.status_code == 422
            and "Mirip dengan yang sudah terdaftar" in answer.content.decode()
        )
