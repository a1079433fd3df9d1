"""
A quarter in a real browser: the officer of a regency fills in two reports on a phone and the third
on the sheet, the secretariat returns one and verifies all, and the scores show it.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.test_report_sheets import send as send_sheet
from tests.villages.reporting import BEFORE, LAST, FilledSheet
from villages.models import LibraryReport

pytestmark = pytest.mark.django_db(transaction=True)
VILLAGES = {"Kapuk": "19.01.06.2001", "Kimak": "19.01.06.2002", "Rebo": "19.01.06.2003"}
FIGURES = {
    "titles": "1200",
    "opening_hours": "30",
    "online_computers": "2",
    "computers": "2",
    "staff": "2",
    "trained_staff": "2",
    "visitors": "600",
    "activities": "10",
    "participants": "150",
    "ict_users": "90",
    "loans": "300",
    "village_budget": "6000000",
    "partners": "3",
    "policies": "1",
    "media": "2",
}


@pytest.fixture
def officer(db):
    return factories.user("regency_officer", regency_code="19.01")


@pytest.fixture
def secretariat(db):
    return factories.user("secretariat")


@pytest.fixture
def libraries(officer, secretariat):
    """Three of Kabupaten Bangka, one with a quarter before, and one of Belitung."""
    made = {}
    for name, code in (VILLAGES | {"Sijuk": "19.02.04.2001"}).items():
        made[name] = factories.library(factories.village(code, name))
        factories.participation(made[name], LAST.year - 1)
    factories.report(
        made["Kimak"],
        BEFORE,
        by=officer,
        visitors=500,
        participants=30,
        state="verified",
        verified_by=secretariat,
    )
    factories.report(made["Sijuk"], LAST, by=secretariat, visitors=40)
    factories.thresholds(LAST.year, by=secretariat)
    return made


def fill(page, library):
    page.goto(f"/perpustakaan/{library.pk}/laporan/{LAST.key}/")
    for key, value in FIGURES.items():
        page.locator(f"[name={key}]").fill(value)


def decide(page, report, button, reason=None):
    """Take a decision of the one who verifies, by the button on the report's page."""
    page.goto(report.get_absolute_url())
    page.get_by_role("link", name=button).first.click()
    if reason:
        page.get_by_label("Alasan").fill(reason)
    page.locator(".s-actions").get_by_role("button").click()
    page.get_by_role("dialog").wait_for()


def test_a_quarter_from_the_village_to_the_matrix(visitor, officer, secretariat, libraries):
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(officer)
    page.goto("/laporan/")
    expect(page.locator("main")).to_contain_text("Kapuk", use_inner_text=True)
    expect(page.locator("main")).not_to_contain_text("Sijuk", use_inner_text=True)

    fill(page, libraries["Kapuk"])
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan dikirim").first.wait_for()
    fill(page, libraries["Kimak"])
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("heading", name="Ada angka yang melonjak").wait_for()
    someone.axe("lonjakan")
    page.get_by_label("Tulis sebabnya untuk yang memeriksa").fill("Festival literasi desa.")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan dikirim").first.wait_for()

    page.goto("/laporan/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Unduh lembar isian").click()
    sheet = FilledSheet(Path(fetched.value.path()).read_bytes())
    rebo = VILLAGES["Rebo"]
    for key, value in FIGURES.items():
        sheet.put(rebo, key, int(value))
    planted = [
        sheet.put(rebo, "visitors", "tidak tahu"),
        sheet.put(rebo, "loans", -5),
        sheet.put(rebo, "staff", 2.5),
    ]
    page.get_by_role("link", name="Unggah lembar isian").click()
    send_sheet(page, sheet)
    page.get_by_role("heading", name="Bermasalah (1)").wait_for()
    for cell in planted:
        expect(page.locator("#masalah")).to_contain_text(cell, use_inner_text=True)
    for key in ("visitors", "loans", "staff"):
        sheet.put(rebo, key, int(FIGURES[key]))
    page.get_by_role("link", name="Unggah berkas lain").click()
    send_sheet(page, sheet)
    page.get_by_role("button", name="Terapkan 1 baris").click()
    page.get_by_text("1 draf laporan disimpan.").wait_for()
    page.goto(f"/perpustakaan/{libraries['Rebo'].pk}/laporan/{LAST.key}/")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan dikirim").first.wait_for()

    desk = visitor().sign_in(secretariat)
    reports = {
        name: LibraryReport.objects.of(LAST).get(library=libraries[name]) for name in VILLAGES
    }
    decide(desk, reports["Kapuk"], "Kembalikan", "Periksa jumlah pengunjungnya.")
    decide(desk, reports["Kimak"], "Verifikasi")
    decide(desk, reports["Rebo"], "Verifikasi")

    page.goto(f"/perpustakaan/{libraries['Kapuk'].pk}/laporan/{LAST.key}/")
    page.get_by_text("Periksa jumlah pengunjungnya.").wait_for()
    page.locator("[name=visitors]").fill("120")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan dikirim").first.wait_for()
    decide(desk, reports["Kapuk"], "Verifikasi")

    for browser, others in ((desk, 1), (page, 0)):
        browser.goto("/capaian/")
        row = browser.get_by_role("row").filter(has_text="Bangka").first
        expect(row).to_contain_text("3 perpustakaan desa", use_inner_text=True)
        elsewhere = browser.get_by_role("row").filter(has_text="Kabupaten Belitung")
        expect(elsewhere).to_have_count(others)
        green = row.get_by_role("link", name="hijau, pemanfaatan")
        expect(green).to_have_text(re.compile(r"^\s*2\s"), use_inner_text=True)
        green.click()
        listed = browser.locator("main")
        expect(listed).to_contain_text("Kimak", use_inner_text=True)
        expect(listed).to_contain_text("Rebo", use_inner_text=True)
        browser.wait_for_load_state()
        expect(listed).not_to_contain_text("Kapuk", use_inner_text=True)
