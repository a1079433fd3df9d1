"""A page that creates or changes a record: stale forms, errors, and what no request decides."""

import uuid

import pytest

from tests import factories
from villages.models import Library

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("versions and keys are settled by the database"),
]


class TestLibraryForm:
    """The generic form view, on the library."""

    url = "/perpustakaan/{}/ubah/"

    def test_a_stale_form_shows_both_and_keeps_the_text(self, client, sign_in):
        sign_in("secretariat")
        library = factories.library()
        url = self.url.format(library.pk)
        assert (
            client.post(url, {"name": library.name, "head": "Satu", "version": 1}).status_code
            == 302
        )
        response = client.post(url, {"name": library.name, "head": "Dua", "version": 1})
        page = response.content.decode()
        assert response.status_code == 409
        assert "<td>Dua</td><td>Satu</td>" in page and 'value="Dua"' in page
        assert (
            client.post(url, {"name": library.name, "head": "Dua", "version": 2}).status_code == 302
        )
        assert Library.objects.get().head == "Dua"

    def test_an_error_stands_at_the_field_and_in_the_summary(self, client, sign_in):
        sign_in("secretariat")
        library = factories.library()
        response = client.post(
            self.url.format(library.pk),
            {"name": "", "head": "Tetap ada", "email": "bukan surel", "version": 1},
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert 'href="#id_name">Isi nama perpustakaan.' in page and 'id="id_name_error"' in page
        assert 'aria-describedby="id_name_error"' in page and 'value="Tetap ada"' in page

    def test_the_place_is_not_taken_from_the_request(self, client, sign_in):
        sign_in("secretariat")
        village = factories.village()
        data = {
            "name": "Perpustakaan baru",
            "idempotency_key": str(uuid.uuid4()),
            "village": "19.02.05.2001",
            "level": "province",
        }
        assert client.post(f"/wilayah/{village.pk}/perpustakaan/baru/", data).status_code == 302
        assert Library.objects.get().village == village
        assert client.post(f"/wilayah/{village.pk}/perpustakaan/baru/", data).status_code == 302
        assert Library.objects.count() == 1

    def test_a_second_library_of_a_place_is_refused_in_words(self, client, sign_in):
        sign_in("secretariat")
        library = factories.library()
        data = {"name": "Perpustakaan kedua", "idempotency_key": str(uuid.uuid4())}
        response = client.post(f"/wilayah/{library.village_id}/perpustakaan/baru/", data)
        assert response.status_code == 422
        assert "Perpustakaan kedua" in response.content.decode()
        assert Library.objects.count() == 1
