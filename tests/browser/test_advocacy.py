"""
A promise does not get lost: from the audience in which it was made to the ledger, the institution
and the plan.
"""

import re

import pytest
from playwright.sync_api import expect

from advocacy.models import AdvocacyCase, Commitment, Meeting
from programs.actions import approve_plan, submit_plan
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.sinergi.test_uploads import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    return factories.user("secretariat")


@pytest.fixture
def support(desk):
    """Return an approved plan with an activity that counts what partners give."""
    team = factories.team()
    factories.regency()
    plan = factories.plan(team, activities=0, by=desk)
    activity = factories.activity(
        plan, by=desk, way="support", title="Dukungan mitra", unit="komitmen", target=2, budget={}
    )
    submit_plan(plan=factories.fresh(plan), by=desk)
    approve_plan(plan=factories.fresh(plan), by=factories.user("chair"))
    return activity


def shows(page, *told, part="main"):
    for one in told:
        expect(page.locator(part)).to_contain_text(one, use_inner_text=True)


def test_from_an_audience_to_the_plan(visitor, desk, support):
    """On a phone without JavaScript, from nothing."""
    team = support.plan.team
    company = factories.institution("Perusahaan swasta di Bangka", "private")
    office = visitor(viewport=PHONE, java_script_enabled=False)
    page = office.sign_in(desk)

    page.goto(company.get_absolute_url())
    page.get_by_role("link", name="Catat sasaran").click()
    page.get_by_label("Bentuk dukungan").select_option(label="Barang")
    page.get_by_label("Yang diminta").fill("Komputer untuk perpustakaan desa")
    page.get_by_label("Penanggung jawab").select_option(
        label="PIC Program DKPUS · Instansi PIC Program DKPUS"
    )
    page.get_by_label("Teridentifikasi pada").fill("2019-07-01")
    page.get_by_label("Kabupaten Bangka").check()
    page.get_by_role("button", name="Simpan").click()
    record_audience = page.get_by_role("link", name="Catat audiensi")
    record_audience.wait_for()
    case = AdvocacyCase.objects.get()
    expect(page).to_have_url(case.get_absolute_url())
    assert case.institution == company

    record_audience.click()
    expect(page.get_by_label("Judul")).to_have_value(f"Audiensi dengan {company}")
    page.get_by_label("Tanggal", exact=True).fill("2019-08-13")
    page.get_by_label("Mulai").fill("10:00")
    page.get_by_label("Pimpinan rapat").select_option(label="Sekretaris DKPUS")
    page.get_by_label("Notulis").select_option(label="PIC Program DKPUS")
    page.get_by_role("button", name="Tandai semua hadir").click()
    page.get_by_label("Diterima oleh").fill("Manajer tanggung jawab sosial")
    page.get_by_label("Pokok yang disampaikan").fill("Komputer di desa sudah tua.")
    page.get_by_role("button", name="Kirim notula").click()
    shows(page, "Tuliskan jawaban yang diterima.", part="#error-summary")
    expect(page.get_by_label("Diterima oleh")).to_have_value("Manajer tanggung jawab sosial")
    page.get_by_label("Jawaban").fill("Lima komputer dan bantuan uang.")
    page.get_by_role("button", name="Kirim notula").click()
    record_commitment = page.get_by_role("link", name="Catat komitmen")
    record_commitment.wait_for()
    meeting = Meeting.objects.get()
    shows(page, "Lima komputer dan bantuan uang.", company.name)
    office.fits()

    record_commitment.click()
    page.get_by_label("Yang dijanjikan", exact=True).fill("Lima komputer")
    page.get_by_label("Nilai (rupiah)").fill("Rp12.500.000")
    page.get_by_label("Kegiatan dalam rencana").select_option(label="2.1 Dukungan mitra")
    page.get_by_role("button", name="Simpan").click()
    shows(page, "Pilih dasar nilai barang atau jasa ini.", part="#error-summary")
    expect(page.get_by_label("Yang dijanjikan", exact=True)).to_have_value("Lima komputer")
    page.get_by_label("Dasar nilai").select_option(label="Pernyataan pemberi")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Catat realisasi").wait_for()
    goods = Commitment.objects.get()
    assert (goods.value, goods.meeting, goods.case, goods.regency_id) == (
        12_500_000,
        meeting,
        case,
        "19.01",
    )

    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Catat komitmen").click()
    page.get_by_label("Uang", exact=True).check()
    page.get_by_label("Yang dijanjikan", exact=True).fill("Bantuan pelatihan")
    page.get_by_label("Nilai (rupiah)").fill("5 juta")
    page.get_by_label("Kegiatan dalam rencana").select_option(label="2.1 Dukungan mitra")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Catat realisasi").click()
    page.get_by_label("Tanggal").fill("2019-09-19")
    page.get_by_label("Jumlah (rupiah)").fill("2.500.000")
    receipt = {"name": "kuitansi.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.get_by_label("Bukti (foto atau PDF)").set_input_files(receipt)
    page.get_by_role("button", name="Simpan").click()
    receipt = page.get_by_role("link", name="Bukti")
    receipt.wait_for()
    shows(page, re.compile("Sebagian|Terealisasi sebagian"))
    receipt = page.request.get(receipt.get_attribute("href"))
    assert receipt.ok and receipt.headers["content-type"] == "image/jpeg"

    page.goto("/komitmen/")
    office.fits()
    sums = "Uang Rp2.500.000 dari Rp5.000.000", "Rp0 dari Rp12.500.000"
    shows(page, *sums, part=".s-sums")
    added = expect(page.locator("main"), "money and goods were added")
    added.not_to_contain_text("17.500.000", use_inner_text=True)
    page.goto(company.get_absolute_url())
    shows(page, *sums, meeting.title, "2019 Uang Rp2.500.000")
    page.goto(support.get_absolute_url())
    shows(page, *sums, "0 dari 2 komitmen", "Lima komputer")
    page.goto(f"{support.plan.get_absolute_url()}realisasi/")
    shows(page, sums[0], part=".s-sums")
    office.fits()
    case.refresh_from_db()
    assert case.stage == "committed" and team.meetings.count() == 1


def test_the_board_by_dragging_and_by_keyboard(visitor, desk, support):
    """Both lead to the form that asks for the day and a note."""
    team = support.plan.team
    case = factories.case(team, by=desk)
    office = visitor(viewport=DESKTOP)
    page = office.sign_in(desk)
    page.goto("/advokasi/")
    page.locator(".s-card", has_text="Komputer").drag_to(page.locator("[data-stage=declined]"))
    page.wait_for_url("**/tahap/?ke=declined")
    expect(page.get_by_label("Menolak")).to_be_checked()
    page.goto("/advokasi/")
    page.get_by_role("link", name=re.compile("Pindahkan ke Dihubungi ?: Komputer")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tahap/?ke=contacted")
    expect(page.get_by_label("Dihubungi")).to_be_checked()
    page.get_by_label("Tanggal").fill("2019-07-05")
    page.get_by_label("Catatan").fill("Surat dikirim.")
    page.get_by_role("button", name="Simpan tahap").click()
    page.get_by_text("Tahap sasaran dicatat.").wait_for()
    shows(page, "Surat dikirim.")
    page.goto("/advokasi/")
    shows(page, "Komputer", part="[data-stage=contacted]")
    page.goto("/rapat/baru/")
    expect(page.get_by_label("Diterima oleh")).to_be_hidden()
    page.get_by_role("radio", name="Audiensi").check()
    expect(page.get_by_label("Diterima oleh")).to_be_visible()
    expect(page.get_by_label(f"{case.institution}: {case}")).to_be_visible()
