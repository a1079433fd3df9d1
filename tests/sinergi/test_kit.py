"""What every record can rely on: versions, idempotency, history, scope, and harmless exports."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from sinergi.kit.database_errors import constraint_message
from sinergi.kit.history import HistoryPage
from sinergi.kit.models import Duplicate, StaleRecord
from sinergi.kit.permissions import Scope
from sinergi.kit.querysets import rows_of_each
from sinergi.kit.spreadsheets.write import DANGEROUS, harmless
from tests import factories
from villages.models import Library, Participation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("versions and keys are settled by the database"),
]


class TestVersions:
    def test_a_save_stamps_and_counts(self):
        first, second = factories.user(), factories.user()
        library = factories.library(by=first)
        library.head = "Pengelola"
        library.save_as(by=second)
        library.refresh_from_db()
        assert (library.created_by, library.updated_by, library.version) == (first, second, 2)

    def test_it_is_created_when_it_is_written(self):
        begun = datetime(2019, 6, 19, 2, tzinfo=UTC)  # a form that was open for long
        library = Library(name="Perpustakaan Desa Kapuk", created_at=begun)
        library.set_place(factories.village())
        library.save_as(by=None)
        assert library.created_at == library.updated_at > begun

    def test_the_second_of_two_is_refused(self):
        library = factories.library()
        one, two = Library.objects.get(pk=library.pk), Library.objects.get(pk=library.pk)
        one.head = "Satu"
        one.save_as(by=None)
        two.head = "Dua"
        with pytest.raises(StaleRecord):
            two.save_as(by=None)
        with pytest.raises(StaleRecord):
            two.delete_as(by=None)
        assert Library.objects.get().head == "Satu"

    def test_one_key_makes_one_record(self):
        account, key = factories.user(), uuid.uuid4()
        first = Library(name="Perpustakaan")
        first.set_place(factories.village())
        first.save_submission(by=account, idempotency_key=key)
        second = Library(name="Perpustakaan")
        second.set_place(factories.village("19.01.06.2003", "Dalil"))
        with pytest.raises(Duplicate) as told:
            second.save_submission(by=account, idempotency_key=key)
        assert told.value.record == first
        assert Library.objects.count() == 1

    def test_a_broken_constraint_speaks_for_itself(self):
        library = factories.library()
        Participation(library=library, year=2019).save_as(by=None)
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            Participation(library=library, year=2019).save_as(by=None)
        assert "sudah tercatat sebagai peserta" in constraint_message(
            broken.value, Library, Participation
        )
        assert "data yang sama baru saja disimpan" in constraint_message(broken.value, Library)

    def test_history_tells_old_and_new(self):
        account = factories.user()
        library = factories.library(by=account, head="Lama")
        library.head = "Baru"
        library.save_as(by=account)
        page = HistoryPage(
            library.history.all(),
            params={},
            sentence=lambda row, name, verb: f"Perpustakaan {verb}",
        )
        newest, oldest = page
        assert oldest.title == "Perpustakaan ditambahkan" and page.is_whole
        assert ("kepala atau pengelola", None, "Lama") in {
            (told.what, told.old, told.new) for told in oldest.changes
        }
        (change,) = newest.changes
        assert (change.what, change.old, change.new, newest.who) == (
            "kepala atau pengelola",
            "Lama",
            "Baru",
            str(account),
        )


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


class TestRowsOfEach:
    """Several ordered querysets of one model in one query, each with its own limit."""

    @pytest.fixture
    def libraries(self):
        for n in range(6):
            factories.library(
                factories.village(f"19.01.06.200{n}", f"Desa {n}"), head="Ada" if n % 2 else ""
            )
        return Library.objects.order_by("name")

    def test_many_of_one_do_not_hide_another(self, libraries, django_assert_num_queries):
        last_first = libraries.order_by("-name")
        with django_assert_num_queries(1):
            found = rows_of_each(
                {
                    "first": libraries[:2],
                    "last": last_first[:2],
                    "led": libraries.filter(head="Ada"),
                    "none": libraries.none(),
                },
                "village",
            )
            names = {key: [row.village.name for row in rows] for key, rows in found.items()}
        assert names == {
            "first": ["Desa 0", "Desa 1"],
            "last": ["Desa 5", "Desa 4"],
            "led": ["Desa 1", "Desa 3", "Desa 5"],
            "none": [],
        }

    def test_one_alone_and_none_at_all(self, libraries, django_assert_num_queries):
        second = list(libraries[1:3])
        with django_assert_num_queries(1):
            assert rows_of_each({"one": libraries[1:3], "none": libraries.none()}) == {
                "one": second,
                "none": [],
            }
        nowhere = {"none": libraries.none(), "nowhere": libraries.filter(pk__in=[])}
        with django_assert_num_queries(0):
            assert rows_of_each(nowhere) == {"none": [], "nowhere": []}


def test_scope_covers():
    inside = factories.library()
    assert Scope(national=True).covers(inside)
    assert Scope(provinces=frozenset(["19"])).covers(inside)
    assert Scope(regencies=frozenset(["19.01"])).covers(inside)
    assert not Scope(provinces=frozenset(["11"]), regencies=frozenset(["19.02"])).covers(inside)
    assert not Scope()


@given(st.text())
def test_no_cell_is_a_formula(text):
    assert not str(harmless(text)).lstrip(" \n").startswith(DANGEROUS)


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x")', "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"]
)
def test_cells_that_would_run_are_only_text(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("Desa Kapuk") == "Desa Kapuk" and harmless(5) == 5
