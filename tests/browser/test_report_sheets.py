"""
The officer of a regency fetches the sheet of a quarter, fills it in with three errors, mends them
and applies it, in a real browser.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.villages.reporting import CODES, LAST, FilledSheet, regency_with_reports
from villages.models import LibraryReport

pytestmark = pytest.mark.django_db(transaction=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(page, sheet):
    page.get_by_label("Lembar isian").set_input_files(
        {"name": "lembar.xlsx", "mimeType": XLSX, "buffer": sheet.data}
    )
    page.get_by_role("button", name="Baca lembar").click()


def test_fetched_filled_in_mended_and_applied(visitor):
    officer = factories.user("regency_officer", regency_code="19.01")
    regency_with_reports(officer, factories.user("secretariat"))
    someone = visitor()
    page = someone.sign_in(officer)
    page.goto("/laporan/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Unduh lembar isian").click()
    sheet = FilledSheet(Path(fetched.value.path()).read_bytes())
    wrong = {
        sheet.put("empty", "visitors", "tidak tahu"): "Kosongkan bila belum tahu",
        sheet.put("draft", "loans", "=2+2"): "rumus",
        sheet.put("submitted", "visitors", 71): "menunggu pemeriksaan",
    }
    page.get_by_role("link", name="Unggah lembar isian").click()
    send(page, sheet)
    page.get_by_role("heading", name="Bermasalah (3)").wait_for()
    for cell, words in wrong.items():
        line = page.get_by_role("listitem").filter(has_text=cell)
        expect(line).to_contain_text(words, use_inner_text=True)
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)
    someone.axe("pratinjau")
    someone.fits()

    sheet.put("empty", "visitors", 120)
    sheet.put("draft", "loans", 4)
    sheet.put("submitted", "visitors", 70)
    page.get_by_role("link", name="Unggah berkas lain").click()
    send(page, sheet)
    page.get_by_role("button", name="Terapkan 2 baris").click()
    page.get_by_role("dialog").get_by_text("2 draf laporan disimpan.").wait_for()
    someone.axe("hasil")
    someone.fits()
    found = LibraryReport.objects.of(LAST).values_list("library__village_id", "state", "loans")
    stored = {code: (state, loans) for code, state, loans in found}
    assert stored[CODES["empty"]] == ("draft", None)
    assert stored[CODES["draft"]] == ("draft", 4)
