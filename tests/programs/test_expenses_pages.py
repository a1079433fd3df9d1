"""The form over expenses: sent again, and with odd input."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import (
    Expense,
)
from tests import factories
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


class TestSentAgain:
    def test_another_receipt_is_told(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0))
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "source": factories.source().pk,
            "spent_on": "2019-07-01",
            "amount": "5",
        }
        statuses = [
            client.post(
                of(activity, "expense_create"),
                data | {"what": "x", "upload": SimpleUploadedFile(name, PDF)},
            ).status_code
            for name in ("salah.pdf", "salah.pdf", "benar.pdf")
        ]
        assert statuses == [302, 302, 409] and Expense.objects.get().original_name == "salah.pdf"


@pytest.mark.both("each database refuses other values")
class TestOddInput:
    def test_an_amount_of_5000_digits(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0))
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "source": factories.source().pk,
            "spent_on": "2019-07-01",
            "what": "x",
        }
        assert (
            client.post(of(activity, "expense_create"), data | {"amount": "9" * 5000}).status_code
            == 422
        )
