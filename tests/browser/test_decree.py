"""
The story of 2019: the Bappeda member leaves, the decree is revised, and its annex lists the right
eight.
"""

import re

import pytest
from playwright.sync_api import expect

from programs.models import Decree, Person
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    team = factories.team()
    factories.decree(team, number="Contoh/2018")
    return team


def eight(found):
    expect(found).to_have_count(8)
    return found.all_inner_texts()


def test_a_member_is_replaced_and_the_decree_revised(visitor, team, tmp_path):
    """
    The secretariat on a phone without JavaScript, the administrator on a desktop by keyboard for
    the last step.
    """
    secretariat, administrator = factories.user("secretariat"), factories.user("administrator")
    office = visitor(viewport=PHONE, java_script_enabled=False)
    page = office.sign_in(secretariat)

    page.goto(team.get_absolute_url())
    page.get_by_role("link", name="Perwakilan Bappeda", exact=True).click()
    page.get_by_role("link", name="Ganti", exact=True).click()
    page.get_by_label("Nama atau sebutan orang baru").fill("Perwakilan Bappeda bidang perpustakaan")
    page.get_by_label("Pengganti mulai").fill("2019-06-19")
    page.get_by_role("button", name="Simpan pergantian").click()
    expect(page.locator("#error-summary")).to_contain_text("Tuliskan alasan pergantiannya.")
    expect(page.get_by_label("Nama atau sebutan orang baru")).to_have_value(
        "Perwakilan Bappeda bidang perpustakaan"
    )
    page.get_by_label("Alasan pergantian").fill("Pindah tugas ke bidang lain")
    page.get_by_role("button", name="Simpan pergantian").click()

    notice = page.locator("section", has=page.get_by_role("heading", name="SK perlu direvisi"))
    expect(notice).to_contain_text(
        "Perwakilan Bappeda digantikan Perwakilan Bappeda bidang perpustakaan", use_inner_text=True
    )
    office.fits()
    page.get_by_label("Susunan tim per tanggal").fill("2018-11-28")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**per=2018-11-28*")
    names = eight(page.locator("tbody .s-main"))
    assert "Perwakilan Bappeda" in names and "Perwakilan Bappeda bidang perpustakaan" not in names
    page.goto(f"{team.get_absolute_url()}?per=2019-08-01")
    names = eight(page.locator("tbody .s-main"))
    assert "Perwakilan Bappeda bidang perpustakaan" in names and "Perwakilan Bappeda" not in names

    page.goto("/")
    page.get_by_role("link", name="Susun revisi SK Kepala Dinas Nomor Contoh/2018").first.click()
    expect(page.get_by_label("Menimbang")).to_have_value(
        re.compile("digantikan Perwakilan Bappeda bidang perpustakaan")
    )
    page.get_by_role("button", name="Simpan draf").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh draf (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Ajukan").last.click()
    page.get_by_role("button", name="Ajukan").click()
    expect(page.locator("aside")).to_contain_text("Menunggu penetapan", use_inner_text=True)

    desk = visitor(viewport=DESKTOP)
    page = desk.sign_in(administrator)
    page.get_by_role("link", name="Buka SK").first.click()
    page.get_by_role("link", name="Catat penetapan").first.click()
    paper = tmp_path / "sk-revisi.pdf"
    paper.write_bytes(PDF)
    page.get_by_label("Pindaian SK").set_input_files(paper)
    page.get_by_role("button", name="Catat penetapan").click()
    page.locator("#error-summary").wait_for()
    desk.axe("penetapan, galat", dark_too=True)
    expect(page.locator("main"), "the scan need not be chosen again").to_contain_text(
        "Sudah tersimpan: sk-revisi.pdf", use_inner_text=True
    )
    page.get_by_label("Nomor").fill("Contoh/2019")
    page.get_by_label("Ditetapkan pada").fill("2019-07-01")
    page.get_by_label("Ditetapkan di").fill("Pangkalpinang")
    page.get_by_label("Ditetapkan di").press("Enter")
    page.get_by_text("Penetapan SK dicatat").wait_for()

    listed = eight(page.locator(".s-annex li b"))
    assert "Perwakilan Bappeda bidang perpustakaan" in listed and "Perwakilan Bappeda" not in listed
    page.goto(team.get_absolute_url())
    expect(page.get_by_text("SK perlu direvisi")).to_have_count(0)
    decree = Decree.objects.get(number="Contoh/2019")
    assert (
        decree.state == "signed"
        and decree.amends.number == "Contoh/2018"
        and decree.amends.state == "signed"
    )
    assert [row.name for row in decree.members.all()] == listed
    Person.objects.filter(name="Perwakilan Bappeda bidang perpustakaan").update(
        name="Nama yang berganti kemudian"
    )
    page.goto(decree.get_absolute_url())
    expect(page.locator(".s-annex li b"), "frozen").to_have_text(listed, use_inner_text=True)


def test_an_invitation_is_opened_on_a_phone(visitor, team):
    boss = visitor()
    page = boss.sign_in(factories.user("administrator"))
    page.goto("/akun/undang/")
    page.get_by_label("Nama yang ditampilkan").fill("Petugas Perpustakaan")
    page.get_by_label("Nama pengguna").fill("petugas-baru")
    page.get_by_label("Peran").select_option(label="Anggota Tim")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Buat tautan").click()
    link = page.get_by_label("Kirim tautan ini").input_value()
    boss.axe("tautan", dark_too=True)

    guest = visitor(viewport=PHONE)
    page = guest.page
    page.goto(link)
    page.get_by_role("button", name="Pasang kata sandi").click()
    page.locator("#error-summary").wait_for()
    guest.axe("undangan, galat", dark_too=True)
    page.get_by_label("Kata sandi", exact=True).fill("baca-tulis-hitung")
    page.get_by_label("Kata sandi, sekali lagi").fill("baca-tulis-hitung")
    page.get_by_role("button", name="Pasang kata sandi").click()
    page.get_by_label("Nama pengguna").fill("petugas-baru")
    page.get_by_label("Kata sandi").fill("baca-tulis-hitung")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    page.goto(team.get_absolute_url())
    expect(page.locator("h1")).to_contain_text("Tim Sinergi dan dasar hukumnya")
    page.goto(link)
    expect(page.locator("h1")).to_contain_text("tidak berlaku lagi")
