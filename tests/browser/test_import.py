"""
The list of 2019 through the wizard, in a real browser: asked, answered, applied, seen, the same
again, undone.
"""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.villages import lists
from villages.models import ImportBatch, Library, Participation

pytestmark = pytest.mark.django_db(transaction=True)

#: The real file where the project's shared material lies beside it; its twin, built cell by cell,
#: elsewhere.
FILE = lists.SHARED.read_bytes() if lists.SHARED.exists() else lists.recipients()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def account():
    factories.regions()
    return factories.user("administrator")


def read(page, data=FILE, name="daftar-penerima-2019.xlsx"):
    page.goto("/desa/impor/")
    page.get_by_label("Berkas").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="Baca daftar").click()


def counts(page, **numbers):
    """So many rows are of each kind."""
    for kind, number in numbers.items():
        row = page.locator(".s-counts li", has_text=kind)
        expect(row.locator("b")).to_have_text(str(number))


def test_the_list_of_2019(visitor, account):
    someone = visitor()
    page = someone.sign_in(account)
    read(page)
    page.get_by_role("heading", name="Periksa sebelum diterapkan").wait_for()
    counts(page, Baru=16, Bermasalah=1, Tetap=0)
    assert not Library.objects.exists()
    someone.axe("pratinjau")
    someone.fits()

    # Applying too early is refused, with a link to the question.
    page.get_by_role("button", name="Terapkan 16 baris").press("Enter")
    page.get_by_role("link", name=re.compile("Baris 16: Desa “Siliu”")).click()
    someone.axe("pratinjau, galat")
    question = page.get_by_role("group", name=re.compile("Siliu"))
    choices = question.locator(".s-choices label").all_inner_texts()
    assert choices[0].startswith("Pulau Seliu") and choices[-1].startswith("Keluarkan baris ini")
    question.get_by_role("radio", name=re.compile("Pulau Seliu")).check()
    page.get_by_role("button", name="Simpan pilihan").click()
    page.get_by_role("button", name="Terapkan 17 baris").wait_for()
    counts(page, Baru=17, Bermasalah=0)
    page.get_by_role("button", name="Terapkan 17 baris").click()
    page.get_by_role("dialog").get_by_text("17 baris diterapkan.").wait_for()
    someone.axe("hasil")
    someone.fits()
    assert Library.objects.count() == Participation.objects.filter(year=2019).count() == 17

    # Seen on the pages of the regencies.
    for regency, villages in (
        ("19.01", "Desa Kayu Besi"),
        ("19.02", "Desa Pulau Seliu"),
        ("19.06", "Desa Burong Mandi"),
    ):
        page.goto(f"/wilayah/{regency}/")
        page.get_by_role("link", name=f"Perpustakaan {villages}").wait_for()
        expect(page.get_by_role("main")).to_contain_text("peserta 2019", use_inner_text=True)

    # The same file again: nobody is asked, nothing changes.
    read(page)
    page.get_by_text("17 baris sudah sama").wait_for()
    counts(page, Tetap=17, Baru=0, Bermasalah=0)
    page.get_by_role("button", name="Selesai").click()
    page.get_by_role("dialog").get_by_text("Semua baris sudah sama.").wait_for()
    expect(page.get_by_role("link", name="17 baris tetap")).to_contain_text("17")

    # Undone: everything is as before.
    page.goto(ImportBatch.objects.earliest("id").get_absolute_url())
    page.get_by_role("link", name="Urungkan").click()
    page.get_by_role("button", name="Urungkan").click()
    page.get_by_text("Semua yang ditulis impor ini sudah dikembalikan seperti semula.").wait_for()
    assert not Library.objects.exists() and not Participation.objects.exists()
    page.get_by_text("“Siliu” tetap dikenal sebagai Pulau Seliu").wait_for()


def test_by_keyboard_without_javascript(visitor, account):
    """Paste, answer and apply with the keyboard alone, no script running."""
    someone = visitor(java_script_enabled=False)
    page = someone.sign_in(account)
    page.goto("/desa/impor/")
    page.get_by_label("Atau tempel dari Excel").focus()
    page.keyboard.insert_text("Kab\tDesa\nBelitung\tSiliu\nBelitung\tSijuk\n")
    page.get_by_label("Tahun program").fill("2019")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name=re.compile("Pulau Seliu")).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Simpan pilihan").press("Enter")
    page.get_by_role("button", name="Terapkan 2 baris").press("Enter")
    page.get_by_role("heading", name="Tempelan").wait_for()
    assert Library.objects.count() == 2


def test_a_bad_file_is_said_beside_the_field(visitor, account):
    someone = visitor()
    page = someone.sign_in(account)
    read(page, b"<html><table></table></html>", "daftar.xls")
    page.get_by_role("alert").get_by_text("halaman web").wait_for()
    expect(page.locator("#error-summary")).to_be_focused()
    someone.axe("unggah, galat")
    someone.fits()


def test_columns_are_shown_and_mended(visitor, account):
    someone = visitor()
    page = someone.sign_in(account)
    read(page, lists.xlsx([["Lokus", "Wilayah"], ["Kapuk", "Bangka"]]), "daftar.xlsx")
    page.get_by_role("heading", name="Pasangkan kolom").wait_for()
    page.get_by_label("Baris judul kolom").select_option(label="Baris 1: Lokus | Wilayah")
    page.get_by_role("button", name="Simpan dan periksa").click()
    page.get_by_label("Lokus").select_option(label="Desa atau kelurahan")
    page.get_by_label("Wilayah").select_option(label="Kabupaten/kota")
    page.get_by_role("button", name="Simpan dan periksa").click()
    page.get_by_role("link", name="Isi tahun program; tidak ada kolom yang memuatnya.").wait_for()
    someone.axe("kolom, galat")
    someone.fits()
    page.get_by_label("Tahun program", exact=True).fill("2019")
    page.get_by_role("button", name="Simpan dan periksa").click()
    page.get_by_role("button", name="Terapkan 1 baris").wait_for()


def test_the_count_of_open_rows_follows_what_is_chosen(visitor, account):
    page = visitor().sign_in(account)
    page.goto("/desa/impor/")
    lines = [
        "Kab\tDesa",
        "Bangka\tKapuk",
        "Bangka\tKimak",
        "\tKayu Besi",
        "Belitung\tSiliu",
        "Belitung\tSijuk",
    ]
    page.get_by_label("Atau tempel dari Excel").fill("\n".join(lines))
    page.get_by_label("Tahun program").fill("2019")
    page.get_by_role("button", name="Baca daftar").click()
    page.get_by_text("2 baris belum dipilih").wait_for()
    page.get_by_role("radio", name=re.compile("Pulau Seliu")).check()
    page.get_by_text("1 baris belum dipilih").wait_for()
    page.get_by_role("radio", name=re.compile("Sama seperti baris di atasnya")).check()
    page.get_by_text("Semua baris sudah dipilih; simpan pilihannya").wait_for()
    page.get_by_role("button", name="Simpan pilihan").last.click()
    page.get_by_role("button", name="Terapkan 5 baris").wait_for()
