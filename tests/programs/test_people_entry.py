"""Somebody who looks like one already there is shown first."""

import pytest
from django.urls import reverse

from programs.models import Person
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("names are searched and compared in the database"),
]


class TestEntry:
    @pytest.fixture
    def known(self):
        return factories.person("Drs. Kepala Bidang, M.Si.", phone="+6281234567890")

    def post(self, client, **data):
        fields = {
            "name": "Orang lain",
            "institution": "",
            "position": "",
            "regency": "",
            "phone": "",
            "email": "",
        }
        return client.post(reverse("programs:person_create"), fields | data)

    @pytest.mark.parametrize("data", [{"name": "kepala bidang"}, {"phone": "0812-3456-7890"}])
    def test_a_likely_double_is_shown_first(self, client, sign_in, known, data):
        sign_in("secretariat")
        answer = self.post(client, **data)
        page = answer.content.decode()
        assert (
            answer.status_code == 422
            and "Mirip dengan yang sudah terdaftar" in page
            and known.get_absolute_url() in page
        )
        assert Person.objects.count() == 1
        assert self.post(client, **data, distinct="on").status_code == 302
        assert Person.objects.count() == 2

    def test_nobody_in_another_province_is_a_double(self, client, sign_in, known):
        factories.province("11")
        sign_in("secretariat", province_code="11")
        assert self.post(client, name=known.name).status_code == 302

    def test_the_number_is_kept_in_one_form(self, client, sign_in):
        factories.province()
        sign_in("secretariat")
        assert self.post(client, phone="0717 422222").status_code == 302
        assert Person.objects.get().phone == "+62717422222"
        answer = self.post(client, phone="12")
        assert answer.status_code == 422 and "Contoh: 0812 3456 7890" in answer.content.decode()
        assert 'value="12"' in answer.content.decode(), "what was typed stays"

    def test_a_change_of_something_else_is_not_asked_about(self, client, sign_in, known):
        twin = factories.person("Kepala Bidang")
        sign_in("secretariat")
        data = {
            "name": twin.name,
            "position": "Kepala",
            "institution": "",
            "regency": "",
            "phone": "",
            "email": "",
        }
        assert (
            client.post(
                reverse("programs:person_update", args=[twin.pk]), data | {"version": 1}
            ).status_code
            == 302
        )

    def test_a_name_twice_is_told_beside_the_field(self, client, sign_in):
        factories.institution("Bappeda")
        sign_in("secretariat")
        data = {
            "name": "Bappeda",
            "abbreviation": "",
            "sector": "gov_province",
            "affair": "",
            "distinct": "on",
        }
        answer = client.post(reverse("programs:institution_create"), data)
        assert (
            answer.status_code == 422
            and "Instansi dengan nama ini sudah ada" in answer.content.decode()
        )

    def test_an_affair_is_of_government(self, client, sign_in):
        factories.province()
        sign_in("secretariat")
        data = {"name": "Toko", "abbreviation": "", "sector": "private", "affair": "library"}
        answer = client.post(reverse("programs:institution_create"), data)
        assert (
            answer.status_code == 422
            and "hanya untuk instansi pemerintah" in answer.content.decode()
        )
