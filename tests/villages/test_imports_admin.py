"""The admin's import: the same matching and writing, for files that need no questions."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.villages import lists
from villages.models import ImportBatch, Library, Participation, Village

pytestmark = pytest.mark.django_db

URL = "/admin/villages/library/import/"
HEAD = ["Kabupaten", "Desa", "Kode", "Pengelola", "Tahun"]


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


def upload(client, data, name="daftar.xlsx"):
    return client.post(
        URL, {"import_file": SimpleUploadedFile(name, data), "format": "0", "resource": "0"}
    )


def confirm(client, response):
    form = response.context["confirm_form"]
    return client.post(
        reverse("admin:villages_library_process_import"),
        {name: form[name].value() for name in form.fields},
        follow=True,
    )


def test_a_clean_file_is_shown_then_written_and_kept_as_a_batch(client, sign_in):
    account = sign_in("administrator")
    factories.library(Village.objects.get(pk="19.01.03.2005"), head="Lama")
    data = lists.xlsx(
        [
            HEAD,
            ["Bangka", "Kapuk", "19.01.06.2002", "", "2019"],
            ["Bangka", "Kimak", "", "Baru", "2019"],
        ]
    )
    response = upload(client, data)
    page = response.content.decode()
    assert "Pratinjau" in page and "Kapuk" in page and "<del>Lama</del> <ins>Baru</ins>" in page
    assert Library.objects.count() == 1, "nothing is written yet"
    assert "1 baris baru, 1 berubah, 0 tetap." in confirm(client, response).content.decode()
    assert Library.objects.get(village="19.01.06.2002").created_by == account
    assert Participation.objects.count() == 2
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.new_count, batch.changed_count, batch.applied_by) == (
        "applied",
        1,
        1,
        account,
    )


def test_one_problem_and_nothing_is_written(client, sign_in):
    sign_in("administrator")
    response = upload(
        client,
        lists.xlsx(
            [HEAD, ["Bangka", "Kapuk", "", "", "2019"], ["Belitung", "Siliu", "", "", "2019"]]
        ),
    )
    page = response.content.decode()
    assert "Tidak ada yang ditulis" in page and "Baris 3" in page and "Pulau Seliu" in page
    assert "confirm_form" not in response.context and not ImportBatch.objects.exists()


def test_what_became_a_problem_since_the_preview_writes_nothing(client, sign_in):
    sign_in("administrator")
    response = upload(client, lists.xlsx([HEAD, ["Bangka", "Kapuk", "", "", "2019"]]))
    Village.objects.filter(pk="19.01.06.2002").update(gone_in="Edisi baru")
    assert "berubah sejak pratinjau" in confirm(client, response).content.decode()
    assert not Library.objects.exists()


def test_what_changed_since_the_preview_is_not_overwritten(client, sign_in):
    sign_in("administrator")
    response = upload(client, lists.xlsx([HEAD, ["Bangka", "Kapuk", "", "Dari daftar", "2019"]]))
    factories.library(Village.objects.get(pk="19.01.06.2002"), head="Dari orang lain")
    assert "berubah sejak pratinjau" in confirm(client, response).content.decode()
    assert Library.objects.get().head == "Dari orang lain" and not ImportBatch.objects.exists()


def test_titles_merged_cells_and_row_numbers_count(client, sign_in):
    sign_in("administrator")
    response = upload(client, lists.recipients())
    assert "Baris 16: Desa “Siliu”" in response.content.decode()


def test_a_file_that_is_gone_at_the_confirmation_says_so(client, sign_in):
    sign_in("administrator")
    response = upload(client, lists.xlsx([HEAD, ["Bangka", "Kapuk", "", "", "2019"]]))
    name = response.context["confirm_form"]["import_file_name"].value().partition(":")[0]
    (Path(tempfile.gettempdir()) / name).unlink()
    assert "tidak ada lagi" in confirm(client, response).content.decode()
    assert not ImportBatch.objects.exists()


def test_no_other_file_of_the_server_is_read(client, sign_in, tmp_path):
    """Nor one that another administrator has uploaded: the name is signed for who was given it."""
    sign_in("administrator")
    response = upload(client, lists.xlsx([HEAD, ["Bangka", "Kapuk", "", "", "2019"]]))
    form = response.context["confirm_form"]
    sent = {name: form[name].value() for name in form.fields}
    process = reverse("admin:villages_library_process_import")
    secret = Path(tempfile.gettempdir()) / f"rahasia-{tmp_path.name}"
    secret.write_text("rahasia")
    for changed in ({"import_file_name": secret.name}, {"format": "99"}, {"resource": "9"}):
        response = client.post(process, sent | changed)
        assert response.status_code == 200 and not Library.objects.exists()
    assert secret.exists()
    secret.unlink()
    sign_in("administrator")
    assert "bukan dari pratinjau Anda" in client.post(process, sent).content.decode()


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"", lists.xlsx([["Nama"], ["x"]]), lists.recipients()[:2000]]
)
def test_a_bad_file_gets_a_sentence(client, sign_in, data):
    sign_in("administrator")
    response = upload(client, data)
    page = response.content.decode()
    assert response.status_code == 200 and "confirm_form" not in response.context
    assert "Error" not in page and 'class="errorlist"' in page


def test_the_province_of_the_administrator_is_the_limit(client, sign_in):
    factories.regions("11")
    sign_in("administrator", province_code="11")
    response = upload(client, lists.xlsx([HEAD, ["Bangka", "Kapuk", "19.01.06.2002", "", ""]]))
    assert "Tidak ada yang ditulis" in response.content.decode()


def test_who_works_in_two_provinces_uses_the_portal(client, sign_in):
    sign_in(factories.assign(factories.user("administrator"), "administrator", "11"))
    assert client.get(URL).status_code == 403


def test_speaks_indonesian(client, sign_in):
    sign_in("administrator")
    page = client.get(URL, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert (
        "<title>Impor daftar desa" in page
        and "Baca daftar" in page
        and "Submit" not in page
        and "Format" not in page
    )
    assert ">Impor</a>" in client.get("/admin/villages/library/").content.decode()
