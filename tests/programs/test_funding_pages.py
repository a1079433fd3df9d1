"""The form over sources of funding."""

import uuid

import pytest
from django.urls import reverse

from programs.models import (
    FundingSource,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


@pytest.mark.both("each database refuses other values")
class TestOddInput:
    @pytest.mark.parametrize("year", ["-5", "1" * 21, "dua ribu", "1999", "2100"])
    def test_years_of_no_budget(self, client, sign_in, team, year):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": year,
            "kind": "apbn",
            "support": "cash",
        }
        answer = client.post(of(team, "funding_create"), data)
        assert answer.status_code == 422 and "9223372036854775807" not in answer.content.decode()
        assert not FundingSource.objects.exists()
