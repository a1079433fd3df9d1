"""The questions of a checklist on one page: by keyboard, without JavaScript, and with its draft."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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
    return page.locator("[data-row]:visible [data-title]")


def three_titles(page):
    expect(titles(page)).to_have_count(3)
    return titles(page).all_inner_texts()


def test_questions_are_written_moved_and_published(visitor, draft, boss):
    """From the libraries, by keyboard alone once the page is open."""
    someone = visitor()
    page = someone.sign_in(boss)
    page.goto("/perpustakaan/")
    page.get_by_role("link", name="Daftar periksa").click()
    page.get_by_role("link", name=draft.checklist.name).click()
    page.get_by_role("link", name="Ubah pertanyaan").first.click()
    first, second, third = three_titles(page)
    page.locator("#pertanyaan-2 summary").focus()
    page.keyboard.press("Enter")
    page.locator("#pertanyaan-2 [data-naik]").press("Enter")
    expect(titles(page)).to_have_text([first, third, second])
    expect(page.locator(":focus"), "one goes on from there").to_have_attribute("value", "naik-2")
    page.locator("#pertanyaan-0 summary").press("Enter")
    page.locator("#pertanyaan-0 [data-hapus]").press("Enter")
    expect(titles(page)).to_have_text([third, second])
    page.locator("[data-add]").press("Enter")
    page.keyboard.type("Peserta kegiatan")
    expect(titles(page).last).to_have_text("Peserta kegiatan")
    page.get_by_label("Bentuk jawaban").last.select_option("number")
    page.get_by_label("Satuan").last.fill("orang")
    someone.fits()
    page.locator(".s-actions .btn").last.press("Enter")
    page.wait_for_url("**/daftar-periksa/*/")
    assert [one.text for one in draft.stored().asked] == [third, second, "Peserta kegiatan"]
    page.get_by_role("link", name="Terbitkan").click()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.locator("main")).to_contain_text("Berlaku", use_inner_text=True)


def test_without_javascript(visitor, draft, boss):
    office = visitor(viewport=PHONE, java_script_enabled=False)
    page = office.sign_in(boss)
    page.goto(reverse("advocacy:checklist_questions", args=[draft.pk]))
    first, second, third = three_titles(page)
    page.get_by_text(third).click()
    page.get_by_role("button", name="Naikkan pertanyaan 3").click()
    expect(titles(page)).to_have_text([first, third, second])
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
    first, second, third = three_titles(page)
    page.get_by_text(second).click()
    page.locator("#pertanyaan-1 [data-turun]").click()
    page.get_by_role("button", name="Tambah pertanyaan").click()
    page.keyboard.type("Peserta kegiatan")
    page.get_by_text(first).click()
    page.locator("#pertanyaan-0 [data-hapus]").click()
    page.get_by_text("Draf tersimpan").last.wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    expect(titles(page)).to_have_text([first, second, third])
    page.locator("[data-draft-restore]").click()
    expect(titles(page)).to_have_text([third, second, "Peserta kegiatan"])
    page.get_by_role("button", name="Simpan draf").last.click()
    page.wait_for_url("**/daftar-periksa/*/")
    assert [one.text for one in draft.stored().asked] == [third, second, "Peserta kegiatan"]
