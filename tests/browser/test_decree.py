"""
The story of 2019: the Bappeda member leaves, the decree is revised, and its annex lists the right
eight.
"""

import pytest

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
    assert "Tuliskan alasan pergantiannya." in page.locator("#error-summary").inner_text()
    assert (
        page.get_by_label("Nama atau sebutan orang baru").input_value()
        == "Perwakilan Bappeda bidang perpustakaan"
    )
    page.get_by_label("Alasan pergantian").fill("Pindah tugas ke bidang lain")
    page.get_by_role("button", name="Simpan pergantian").click()

    notice = page.locator("section", has=page.get_by_role("heading", name="SK perlu direvisi"))
    assert (
        "Perwakilan Bappeda digantikan Perwakilan Bappeda bidang perpustakaan"
        in notice.inner_text()
    )
    office.fits()
    page.get_by_label("Susunan tim per tanggal").fill("2018-11-28")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**per=2018-11-28*")
    names = page.locator("tbody .s-main").all_inner_texts()
    assert (
        len(names) == 8
        and "Perwakilan Bappeda" in names
        and "Perwakilan Bappeda bidang perpustakaan" not in names
    )
    page.goto(f"{team.get_absolute_url()}?per=2019-08-01")
    names = page.locator("tbody .s-main").all_inner_texts()
    assert (
        len(names) == 8
        and "Perwakilan Bappeda bidang perpustakaan" in names
        and "Perwakilan Bappeda" not in names
    )

    page.goto("/")
    page.get_by_role("link", name="Susun revisi SK Kepala Dinas Nomor Contoh/2018").first.click()
    assert (
        "digantikan Perwakilan Bappeda bidang perpustakaan"
        in page.get_by_label("Menimbang").input_value()
    )
    page.get_by_role("button", name="Simpan draf").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh draf (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Ajukan").last.click()
    page.get_by_role("button", name="Ajukan").click()
    assert "Menunggu penetapan" in page.locator("aside").inner_text()

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
    assert "Sudah tersimpan: sk-revisi.pdf" in page.locator("main").inner_text(), (
        "the scan need not be chosen again"
    )
    page.get_by_label("Nomor").fill("Contoh/2019")
    page.get_by_label("Ditetapkan pada").fill("2019-07-01")
    page.get_by_label("Ditetapkan di").fill("Pangkalpinang")
    page.get_by_label("Ditetapkan di").press("Enter")
    page.get_by_text("Penetapan SK dicatat").wait_for()

    page.locator(".s-annex li b").first.wait_for()
    listed = page.locator(".s-annex li b").all_inner_texts()
    assert (
        len(listed) == 8
        and "Perwakilan Bappeda bidang perpustakaan" in listed
        and "Perwakilan Bappeda" not in listed
    )
    page.goto(team.get_absolute_url())
    assert page.get_by_text("SK perlu direvisi").count() == 0
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
    assert page.locator(".s-annex li b").all_inner_texts() == listed, "frozen"


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
    page.get_by_role("heading", level=1).wait_for()
    page.goto(team.get_absolute_url())
    assert "Tim Sinergi dan dasar hukumnya" in page.locator("h1").inner_text()
    page.goto(link)
    assert "tidak berlaku lagi" in page.locator("h1").inner_text()
