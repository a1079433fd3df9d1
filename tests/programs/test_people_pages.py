"""The forms over people: sent again, and with odd characters."""

import uuid

import pytest
from django.urls import reverse

from programs.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.mark.both("a key that is there already is settled by the database")
class TestSendingAgain:
    def test_other_words_under_an_old_key_are_not_swallowed(self, client, sign_in, team):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Orang satu",
            "position": "",
            "phone": "",
            "email": "",
        }
        url = reverse("programs:person_create")
        assert client.post(url, data).status_code == 302
        assert client.post(url, data).status_code == 302, "the same again"
        answer = client.post(url, data | {"name": "Orang dua"})
        page = answer.content.decode()
        assert (
            answer.status_code == 409
            and "Kiriman sebelumnya sudah tersimpan: Orang satu" in page
            and 'value="Orang dua"' in page
        )
        assert data["idempotency_key"] not in page, "what is sent next is a new record"

    def test_the_same_words_are_the_same_however_the_number_is_written(self, client, sign_in, team):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Orang satu",
            "position": "",
            "phone": "0812 3456 7890",
            "email": "",
        }
        for _ in range(2):
            assert client.post(reverse("programs:person_create"), data).status_code == 302
        for change in ({"phone": "abc"}, {"email": "bukan surel"}, {"position": "Kepala"}):
            answer = client.post(reverse("programs:person_create"), data | change)
            assert (
                answer.status_code in (409, 422)
                and next(iter(change.values())) in answer.content.decode()
            ), change
        assert Person.objects.filter(name="Orang satu").count() == 1


class TestText:
    def test_of_a_form(self, client, sign_in, team):
        sign_in("secretariat")
        url = reverse("programs:person_create")
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "\u200b\u200b",
            "position": "",
            "phone": "",
            "email": "",
        }
        answer = client.post(url, data)
        assert answer.status_code == 422 and "Isi nama atau sebutannya." in answer.content.decode()
        assert client.post(url, data | {"name": "Nama\nKedua\x01"}).status_code == 302
        assert Person.objects.get(name="Nama Kedua")
