"""
The first day: from an empty database through the list on home to the first approved minutes, with
nothing but the portal's pages. Who installed the portal brings in the administrator of the
province, who brings in everybody else.
"""

import re

import pytest
from playwright.sync_api import expect

from advocacy.models import Meeting
from programs.models import Membership, Team
from sinergi.accounts.models import User
from tests.browser.conftest import DESKTOP
from villages import gazetteer
from villages.models import Province
from villages.views import regions as region_views

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "perpustakaan-untuk-semua"
TEAM = "Tim Sinergi Provinsi Kepulauan Bangka Belitung"
OFFICE = "Dinas Kearsipan dan Perpustakaan"


def steps(page):
    """Return the headings of the steps that are not done yet."""
    page.goto("/")
    left = page.get_by_role("region", name=re.compile("^Menyiapkan")).get_by_role("listitem")
    rows = left.filter(has_not_text="Selesai")
    return rows.get_by_role("heading").all_inner_texts()


def go_on(page, button):
    """Open the next step of the list."""
    page.goto("/")
    page.get_by_role("region", name=re.compile("^Menyiapkan")).get_by_role(
        "link", name=button, exact=True
    ).click()


def invite(page, *, name, username, role, person=None):
    """Invite somebody, and return the link of the invitation."""
    page.get_by_label("Nama yang ditampilkan").fill(name)
    page.get_by_label("Nama pengguna").fill(username)
    if person:
        page.get_by_label("Orang dalam daftar").select_option(label=f"{person} · {OFFICE}")
    page.get_by_label("Peran").select_option(label=role)
    expect(page.get_by_label("Provinsi"), "the list's own province").to_have_value("19")
    page.locator(".s-actions .btn-primary").click()
    page.get_by_role("button", name="Buat tautan").click()
    return page.locator("#link").input_value()


def come_in(someone, link, username):
    """Choose a password by the link, and sign in with it."""
    page = someone.page
    page.goto(link)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button.btn-primary").click()
    page.get_by_label("Nama pengguna atau surel dinas").wait_for()
    return someone.sign_in_by_form(User.objects.get(username=username), PASSWORD)


def add_member(page, name, role):
    page.get_by_label("Nama atau sebutan orang baru").fill(name)
    page.get_by_label("Instansi", exact=True).select_option(label=OFFICE)
    page.get_by_label("Peran").select_option(label=role)
    page.locator(".s-actions .btn-primary").click()
    page.get_by_role("row", name=re.compile(name)).first.wait_for()


def test_from_an_empty_database_to_the_first_approved_minutes(visitor):
    # As the README says: the database is migrated, and there is a superuser. Nothing else.
    installer = User.objects.create_superuser("pemasang", password="rahasia-benar")
    desk = visitor(viewport=DESKTOP)
    page = desk.sign_in(installer)
    assert steps(page) == [
        "Daftar wilayah",
        "Tim Sinergi Provinsi",
        "Anggota tim",
        "Akun",
        "Daftar desa",
    ]
    desk.axe(dark_too=True)

    # Nothing is a dead end: what one may not do yet says what comes first.
    page.get_by_role("link", name="Catat rapat").first.click()
    page.get_by_role("heading", name="Tim provinsi belum dibentuk").wait_for()
    page.get_by_role("main").get_by_role("link", name="Bentuk tim").click()
    page.get_by_role("main").get_by_role("link", name="Muat wilayah").click()
    load = page.get_by_role("button", name="Muat Kepulauan Bangka Belitung", exact=True)
    load.wait_for()
    desk.axe(dark_too=True)
    load.click()
    page.get_by_text("Kepulauan Bangka Belitung dimuat: 7 kabupaten/kota").wait_for()
    assert steps(page) == ["Tim Sinergi Provinsi", "Anggota tim", "Akun", "Daftar desa"]

    go_on(page, "Bentuk tim")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Isi nama dinas yang membawahi tim.").wait_for()
    desk.axe("tim, galat")
    page.get_by_label("Dinas").fill(OFFICE)
    page.get_by_label("Dibentuk pada").fill("2018-11-28")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("heading", name="Belum ada anggota").wait_for()
    desk.axe(dark_too=True)
    team = Team.objects.get()
    assert (team.name, team.office) == (TEAM, OFFICE)

    go_on(page, "Undang orang")
    link = invite(page, name="Administrator Portal", username="administrator", role="Administrator")

    # The administrator of the province is led on by the same list.
    phone = visitor()
    page = come_in(phone, link, "administrator")
    assert steps(page) == ["Anggota tim", "Akun", "Daftar desa"]
    phone.axe(dark_too=True)
    phone.fits()
    go_on(page, "Tambah anggota")
    add_member(page, "Sekretaris Dinas", "Ketua Tim")
    page.get_by_role("link", name="Tambah anggota").first.click()
    add_member(page, "PIC Program", "Sekretaris Tim")
    assert set(Membership.objects.values_list("starts_on", flat=True)) == {team.formed_on}

    assert steps(page) == ["Akun", "Daftar desa"]
    go_on(page, "Undang orang")
    expect(page.get_by_label("Peran"), "who is still missing").to_have_value("chair")
    chairs_link = invite(
        page, name="Ketua Tim", username="ketua", role="Ketua Tim", person="Sekretaris Dinas"
    )
    page.goto("/akun/undang/")
    writers_link = invite(
        page, name="Sekretariat", username="sekretariat", role="Sekretariat", person="PIC Program"
    )

    assert steps(page) == ["Daftar desa"]
    go_on(page, "Impor daftar desa")
    page.get_by_label("Atau tempel dari Excel").fill("Kabupaten\tDesa\nBangka\tKapuk\nBangka\tRebo")
    page.get_by_label("Tahun").fill("2019")
    page.get_by_role("button", name="Baca daftar").click()
    page.get_by_role("button", name=re.compile("^Terapkan")).first.click()
    page.get_by_role("dialog").get_by_text("2 baris diterapkan.").wait_for()
    page.goto("/")
    page.get_by_role("heading", name="Perpustakaan desa dampingan").wait_for()
    left = page.get_by_role("heading", name=re.compile("^Menyiapkan"))
    expect(left, "nothing is left to do").to_be_hidden()

    # The secretariat, for whom nothing waits yet, writes down the first meeting.
    writer = visitor()
    page = come_in(writer, writers_link, "sekretariat")
    page.get_by_role("link", name="Catat", exact=True).click()
    page.get_by_label("Judul").fill("Rapat pembentukan tim")
    page.get_by_label("Tanggal", exact=True).fill("2018-11-28")
    page.get_by_text("Susunan tim pada Rabu, 28 November 2018.").wait_for()
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_label("Selesai").fill("11:00")
    page.get_by_label("Tempat").fill("Ruang rapat dinas")
    page.get_by_label("Pimpinan rapat").select_option(label="Sekretaris Dinas")
    page.get_by_label("Notulis").select_option(label="PIC Program")
    for name in ("Sekretaris Dinas", "PIC Program"):
        page.get_by_role("group", name=f"Kehadiran {name}").get_by_role(
            "radio", name="Hadir", exact=True
        ).check()
    agenda = page.get_by_role("group", name="Agenda 1", exact=True)
    agenda.get_by_label("Topik").fill("Pembentukan tim")
    agenda.get_by_label("Keputusan").fill("Tim dibentuk.")
    page.get_by_role("button", name="Kirim notula").click()
    page.get_by_text("Notula dikirim ke Ketua Tim.").wait_for()

    # The chair finds it on home, reads it, approves it; how, help says in one tap.
    reader = visitor(viewport=DESKTOP)
    page = come_in(reader, chairs_link, "ketua")
    page.get_by_role("link", name="Baca notula").click()
    page.get_by_role("link", name="Sahkan notula").first.wait_for()
    minutes = page.url
    page.get_by_role("link", name="Bantuan untuk halaman ini").click()
    expect(page).to_have_url("/bantuan/#meetings")
    page.get_by_role("heading", name="Mengesahkan notula").wait_for()
    reader.axe(dark_too=True)
    page.goto(minutes)
    page.get_by_role("link", name="Sahkan notula").first.click()
    page.get_by_role("button", name="Sahkan notula").click()
    page.get_by_role("dialog").get_by_text("Notula disahkan.").wait_for()
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.approved_by.username, meeting.submitted_by.username) == (
        "approved",
        "ketua",
        "sekretariat",
    )


def test_the_whole_country_is_loaded_a_part_at_a_time(visitor, monkeypatch):
    """
    By itself with JavaScript, by a button without it; here four small provinces, one to a request.
    """
    provinces = {
        "36": "Banten",
        "34": "DI Yogyakarta",
        "31": "DKI Jakarta",
        "65": "Kalimantan Utara",
    }
    monkeypatch.setattr(region_views, "SECONDS", 0)
    monkeypatch.setattr(gazetteer, "list_provinces", lambda: provinces)
    installer = User.objects.create_superuser("pemasang", password="rahasia-benar")
    plain = visitor(java_script_enabled=False)
    page = plain.sign_in(installer)
    page.goto("/wilayah/muat/")
    page.get_by_role("button", name="Muat semua provinsi").click()
    page.get_by_role("heading", name="Memuat wilayah: 1 dari 4 provinsi").wait_for()
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("heading", name="Memuat wilayah: 2 dari 4 provinsi").wait_for()
    page.get_by_role("link", name="Berhenti").click()
    page.get_by_text("2 dari 4 provinsi dimuat").wait_for()

    someone = visitor()
    page = someone.sign_in(installer)
    page.goto("/wilayah/muat/")
    page.route(
        "**/go_on.js*", lambda route: route.fulfill(body="", content_type="text/javascript")
    )  # stands still
    page.get_by_role("button", name="Muat semua provinsi").click()
    page.get_by_role("heading", name="Memuat wilayah: 3 dari 4 provinsi").wait_for()
    someone.axe(dark_too=True)
    someone.fits()
    assert Province.objects.count() == 3


def test_with_javascript_it_goes_on_by_itself(visitor, monkeypatch):
    monkeypatch.setattr(region_views, "SECONDS", 0)
    monkeypatch.setattr(
        gazetteer,
        "list_provinces",
        lambda: {"36": "Banten", "34": "DI Yogyakarta", "31": "DKI Jakarta"},
    )
    page = visitor().sign_in(User.objects.create_superuser("pemasang", password="rahasia-benar"))
    page.goto("/wilayah/muat/")
    page.get_by_role("button", name="Muat semua provinsi").click()
    page.get_by_text("Semua provinsi sudah dimuat.").wait_for()
    assert Province.objects.count() == 3
