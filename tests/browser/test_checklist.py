"""The questions of a checklist on one page: by keyboard, without JavaScript, and with its draft."""

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss():
    return factories.user("administrator")


@pytest.fixture
def draft(boss):
    return factories.checklist(by=boss, state="draft").versions.get()


def titles(page):
    rows = page.locator("[data-row]").all()
    return [row.locator("[data-title]").inner_text() for row in rows if row.is_visible()]


def test_questions_are_written_moved_and_published(visitor, draft, boss):
    """From the libraries, by keyboard alone once the page is open."""
    someone = visitor()
    page = someone.sign_in(boss)
    page.goto("/perpustakaan/")
    page.get_by_role("link", name="Daftar periksa").click()
    page.get_by_role("link", name=draft.checklist.name).click()
    page.get_by_role("link", name="Ubah pertanyaan").first.click()
    first, second, third = titles(page)
    page.locator("#pertanyaan-2 summary").focus()
    page.keyboard.press("Enter")
    page.locator("#pertanyaan-2 [data-naik]").press("Enter")
    assert titles(page) == [first, third, second]
    focused = page.evaluate("document.activeElement.value")
    assert focused == "naik-2", "one goes on from there"
    page.locator("#pertanyaan-0 summary").press("Enter")
    page.locator("#pertanyaan-0 [data-hapus]").press("Enter")
    assert titles(page) == [third, second]
    page.locator("[data-add]").press("Enter")
    page.keyboard.type("Peserta kegiatan")
    assert titles(page)[-1] == "Peserta kegiatan"
    page.get_by_label("Bentuk jawaban").last.select_option("number")
    page.get_by_label("Satuan").last.fill("orang")
    someone.fits()
    page.locator(".s-actions .btn").last.press("Enter")
    page.wait_for_url("**/daftar-periksa/*/")
    assert [one.text for one in draft.stored().asked] == [third, second, "Peserta kegiatan"]
    page.get_by_role("link", name="Terbitkan").click()
    page.get_by_role("button", name="Terbitkan").click()
    assert "Berlaku" in page.locator("main").inner_text()


def test_without_javascript(visitor, draft, boss):
    office = visitor(viewport=PHONE, java_script_enabled=False)
    page = office.sign_in(boss)
    page.goto(reverse("advocacy:checklist_questions", args=[draft.pk]))
    first, second, third = titles(page)
    page.get_by_text(third).click()
    page.get_by_role("button", name="Naikkan pertanyaan 3").click()
    assert titles(page) == [first, third, second]
    page.get_by_role("button", name="Tambah pertanyaan").click()
    page.get_by_label("Pertanyaan", exact=True).last.fill("Peserta kegiatan")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.wait_for_url("**/daftar-periksa/*/")
    assert [one.text for one in draft.stored().asked] == [
        first,
        third,
        second,
        "Peserta kegiatan",
    ]


def test_what_was_typed_is_offered_again(visitor, draft, boss):
    page = visitor().sign_in(boss)
    url = reverse("advocacy:checklist_questions", args=[draft.pk])
    page.goto(url)
    first, second, third = titles(page)
    page.get_by_text(second).click()
    page.locator("#pertanyaan-1 [data-turun]").click()
    page.get_by_role("button", name="Tambah pertanyaan").click()
    page.keyboard.type("Peserta kegiatan")
    page.get_by_text(first).click()
    page.locator("#pertanyaan-0 [data-hapus]").click()
    page.get_by_text("Draf tersimpan").last.wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    assert titles(page) == [first, second, third]
    page.locator("[data-draft-restore]").click()
    assert titles(page) == [third, second, "Peserta kegiatan"]
    page.get_by_role("button", name="Simpan draf").last.click()
    page.wait_for_url("**/daftar-periksa/*/")
    assert [one.text for one in draft.stored().asked] == [third, second, "Peserta kegiatan"]
