"""
The plan's review: the secretariat mends what came back, the chair sees exactly that, and a meeting
held counts.
"""

import re

import pytest
from playwright.sync_api import expect

from programs.actions import return_plan, submit_plan
from programs.models import PlanComment, WorkPlan
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    return factories.user("secretariat")


@pytest.fixture
def chair():
    return factories.user("chair")


@pytest.fixture
def plan(desk, chair):
    """Two activities, handed in once and sent back with a comment on the first."""
    team = factories.team()
    factories.source(team, ceiling=60_000_000)
    plan = factories.plan(team, activities=0, by=desk)
    first = factories.activity(
        plan, by=desk, role=1, way="internal", title="Rapat internal", target=2, unit="rapat"
    )
    factories.activity(plan, by=desk, title="Pertemuan tingkat provinsi", months=[8])
    plan = factories.fresh(plan)
    submit_plan(plan=plan, by=desk)
    comment = PlanComment(
        plan=plan, activity=first, about="1.1 Rapat internal", round=1, text="Mengapa hanya dua?"
    )
    return_plan(plan=plan, by=chair, reason="Tambah rapatnya.", comments=[comment])
    return factories.fresh(plan)


def shows(page, told, part="main"):
    expect(page.locator(part)).to_contain_text(told, use_inner_text=True)


def stand_in_order(page, *titles):
    for place, title in enumerate(titles):
        expect(page.locator("h3").nth(place)).to_have_text(title)


def test_two_rounds_and_a_meeting_that_counts(visitor, plan, desk, chair):
    """The secretariat on a phone without JavaScript; the chair at a desktop, by keyboard."""
    office = visitor(viewport=PHONE, java_script_enabled=False)
    page = office.sign_in(desk)
    page.get_by_role("link", name="Perbaiki rencana kerja 2019").first.click()
    shows(page, "Tambah rapatnya.")
    page.get_by_role("link", name="Baca dan jawab catatannya").click()
    page.locator(".s-thread summary").click()
    page.get_by_label("Jawaban untuk catatan 1.1 Rapat internal").fill("Menjadi enam.")
    page.get_by_role("button", name="Simpan catatan").last.click()
    page.get_by_text("1 catatan disimpan.").wait_for()
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Ubah Rapat internal").click()
    page.get_by_label("Target").fill("x")
    page.get_by_role("button", name="Simpan").click()
    shows(page, "Tulis target dengan angka.", part="#error-summary")
    page.get_by_label("Target").fill("6")
    page.get_by_label("APBD provinsi").fill("3.000.000")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ajukan ke Ketua Tim").last.wait_for()
    office.fits()
    page.get_by_role("link", name="Ajukan ke Ketua Tim").last.click()
    page.get_by_role("button", name="Ajukan rencana").click()
    shows(page, "Menunggu tinjauan")

    board = visitor(viewport=DESKTOP)
    page = board.sign_in(chair)
    page.get_by_role("link", name="Tinjau rencana kerja 2019").first.click()
    page.wait_for_url("**/tinjau/")
    changes = [
        "Diubah 1.1 Target 2 rapat 6 rapat",
        "Diubah 1.1 Anggaran APBD provinsi Rp12.000.000 Rp3.000.000",
    ]
    expect(page.locator(".s-changes li")).to_have_text(changes, use_inner_text=True)
    expect(page.locator(".s-activity--changed")).to_have_count(1)
    shows(page, "Menjadi enam.", part=".s-thread")
    board.axe("tinjauan", dark_too=True)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus h3")).to_have_text("Pertemuan tingkat provinsi")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("Jangan jka lewat Agustus.")
    shows(page, "1 catatan belum dikirim.", part=".s-actions")
    page.get_by_role("button", name="Minta perbaikan").click()
    page.get_by_text("dikembalikan ke sekretariat").wait_for()
    assert (
        WorkPlan.objects.get().return_reason == "Lihat catatan pada: 2.1 Pertemuan tingkat provinsi"
    )

    page = office.page
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Ubah Pertemuan tingkat provinsi").click()
    page.get_by_label("Keluaran").fill("Komitmen bersama")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ajukan ke Ketua Tim").last.click()
    page.get_by_role("button", name="Ajukan rencana").click()
    shows(page, "Menunggu tinjauan")

    page = board.page
    page.goto(f"{plan.get_absolute_url()}tinjau/")
    expect(page.locator(".s-changes li")).to_have_count(1)
    shows(page, "Komitmen bersama", part=".s-changes")
    page.locator("h1").click()
    page.keyboard.press("a")
    page.get_by_text("2 kegiatan senilai Rp15.000.000").wait_for()
    page.get_by_role("button", name="Setujui rencana").click()
    page.get_by_text("disetujui.").wait_for()
    assert WorkPlan.objects.get().state == "approved"

    page = office.page
    page.goto(f"{plan.get_absolute_url()}realisasi/")
    shows(page, "0 dari 6 rapat")
    meeting = factories.minutes(plan.team, by=desk, title="Rapat mendadak")
    page.reload()
    page.get_by_role("link", name="Kaitkan dengan kegiatan").click()
    page.get_by_label("Kegiatan dalam rencana").select_option(label="1.1 Rapat internal")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Kaitan dengan rencana disimpan.").wait_for()
    page.goto(f"{plan.get_absolute_url()}realisasi/")
    shows(page, "1 dari 6 rapat")
    expect(page.locator("main")).not_to_contain_text(meeting.title, use_inner_text=True)
    office.fits()


def test_order_by_dragging_and_keys_that_can_be_turned_off(visitor, desk, chair):
    team = factories.team()
    draft = factories.plan(team, activities=3, by=desk)
    # High enough for all rows: nobody scrolls while dragging.
    office = visitor(viewport=DESKTOP | {"height": 1400})
    page = office.sign_in(desk)
    page.goto(draft.get_absolute_url())
    rows = page.locator("[data-drag]")
    rows.nth(2).locator(".s-activity__no").drag_to(rows.nth(0), target_position={"x": 200, "y": 5})
    page.wait_for_url("**#kegiatan-*")
    stand_in_order(page, "Kegiatan 3", "Kegiatan 1", "Kegiatan 2")
    page.get_by_role("button", name="Turunkan 2.1 Kegiatan 3").press("Enter")
    stand_in_order(page, "Kegiatan 1", "Kegiatan 3", "Kegiatan 2")

    submitted = factories.plan(team, year=2020, by=desk, state="submitted")
    board = visitor(viewport=DESKTOP)
    page = board.sign_in(chair)
    page.goto(f"{submitted.get_absolute_url()}tinjau/")
    page.get_by_role("button", name="Matikan pintasan").click()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("/tinjau/$"))
    expect(page.locator(".s-activity:focus")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Nyalakan pintasan")).to_be_visible()
