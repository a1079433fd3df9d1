"""
The main job, in a real browser: the meeting of 28 November 2018 is written down on a phone,
returned, approved.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from advocacy.models import Attachment, Meeting
from tests import factories
from tests.browser.queue_states import offers_nothing
from tests.sinergi.test_uploads import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    made = factories.team()
    factories.regency()
    return made


@pytest.fixture
def secretariat(team):
    return factories.user("secretariat")


def row(page, legend):
    return page.get_by_role("group", name=legend, exact=True)


def test_from_the_first_tap_to_the_approved_minutes(visitor, team, secretariat):
    chair, outsider = factories.user("chair"), factories.user("secretariat", province_code="11")
    phone = visitor()
    page = phone.sign_in_by_form(secretariat)
    page.get_by_role("link", name="Catat", exact=True).click()

    page.get_by_label("Judul").fill("Rapat pembentukan Tim Sinergi Provinsi")
    page.get_by_label("Tanggal", exact=True).fill("2018-11-28")
    page.get_by_text("Susunan tim pada Rabu, 28 November 2018.").wait_for()
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_label("Selesai").fill("11:15")
    page.get_by_label("Tempat").fill("Ruang rapat DKPUS")
    page.get_by_label("Pimpinan rapat").select_option(label="Kepala DKPUS")
    page.get_by_label("Notulis").select_option(label="PIC Program DKPUS")
    for member in team.memberships.select_related("person"):
        row(page, f"Kehadiran {member.person.name}").get_by_role(
            "radio", name="Hadir", exact=True
        ).check()
    page.get_by_role("button", name="Tambah tamu").click()
    guest = row(page, "Tamu 1")
    guest.get_by_label("Nama atau sebutan").fill("Kepala bidang perencanaan")
    guest.get_by_label("Instansi").fill("Bappeda Provinsi")
    first = row(page, "Agenda 1")
    first.get_by_label("Topik").fill("Pembentukan tim")
    first.get_by_label("Keputusan").fill("Tim dibentuk dengan delapan anggota.")

    # The signal breaks and the page is loaded again: what was typed is offered.
    page.get_by_text(re.compile(r"Draf tersimpan \d\d\.\d\d di perangkat ini")).last.wait_for()
    page.reload()
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(page.get_by_label("Judul")).to_have_value("Rapat pembentukan Tim Sinergi Provinsi")
    decided = row(page, "Agenda 1").get_by_label("Keputusan")
    expect(decided).to_have_value("Tim dibentuk dengan delapan anggota.")
    expect(row(page, "Tamu 1").get_by_label("Instansi")).to_have_value("Bappeda Provinsi")
    expect(page.locator("#roster [value=present]:checked")).to_have_count(8)

    page.get_by_role("button", name="Tambah agenda").click()
    row(page, "Agenda 2").get_by_label("Topik").fill("Tugas pertama tim")
    for n, (what, who, due) in enumerate(
        [
            ("Menyiapkan SK Gubernur", "PIC Program DKPUS", "2019-06-28"),
            ("Menghubungi DPMD", "Perwakilan DPMD", "2019-01-31"),
        ],
        1,
    ):
        page.get_by_role("button", name="Tambah tindak lanjut").click()
        task = row(page, f"Tindak lanjut {n}")
        task.get_by_label("Apa", exact=True).fill(what)
        task.get_by_label("Siapa").select_option(label=who)
        task.get_by_label("Kapan").fill(due)
    page.get_by_label("Tambah foto").set_input_files(
        {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(2400, 1800))}
    )
    phone.axe()
    phone.fits()
    page.get_by_role("button", name="Kirim notula").click()
    page.get_by_text("Notula dikirim ke Ketua Tim.").wait_for()

    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.submitted_by) == ("submitted", secretariat)
    assert meeting.attendance.filter(presence="present", is_guest=False).count() == 8
    assert (
        meeting.agenda.count(),
        meeting.followups.count(),
        Attachment.objects.get().meeting,
    ) == (2, 2, meeting)
    page.goto("/rapat/baru/")
    offers_nothing(page, "a draft that arrived is not offered again")

    # In another province it does not exist.
    assert visitor().sign_in(outsider).goto(meeting.get_absolute_url()).status == 404

    # The chair asks for a correction, gets it, approves.
    desk = visitor(viewport={"width": 1280, "height": 860})
    theirs = desk.sign_in(chair)
    theirs.get_by_role("link", name="Baca notula").click()
    theirs.get_by_role("heading", name="Giliran Anda mengesahkan").wait_for()
    theirs.get_by_role("complementary").get_by_role("link", name="Minta perbaikan").click()
    theirs.get_by_role("button", name="Minta perbaikan").click()
    theirs.get_by_role("link", name="Tuliskan alasannya.").wait_for()
    theirs.get_by_label("Alasan").fill("Catatan agenda kedua belum ada.")
    theirs.get_by_role("button", name="Minta perbaikan").click()
    theirs.get_by_text("Notula dikembalikan ke sekretariat.").wait_for()

    page.goto(meeting.get_absolute_url())
    page.get_by_text("Catatan agenda kedua belum ada.").first.wait_for()
    page.get_by_role("link", name="Ubah notula").last.click()
    row(page, "Agenda 2").get_by_label("Catatan").fill(
        "Tim memerlukan dasar hukum yang lebih kuat."
    )
    page.get_by_role("button", name="Kirim notula").click()
    page.get_by_text("Notula dikirim ke Ketua Tim.").wait_for()

    theirs.goto(meeting.get_absolute_url())
    theirs.get_by_role("link", name="Sahkan notula").first.click()
    theirs.get_by_role("button", name="Sahkan notula").click()
    theirs.get_by_role("dialog").get_by_text("Notula disahkan.").wait_for()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.approved_by) == ("approved", chair)
    theirs.get_by_role("link", name="Lihat perubahan").click()
    theirs.get_by_text("Tim memerlukan dasar hukum yang lebih kuat.").wait_for()
    desk.axe()


def test_two_people_at_once(visitor, team, secretariat):
    """The second is told, sees both versions, and has the own text still."""
    meeting = factories.minutes(team, by=secretariat)
    colleague = factories.user("administrator")
    one, two = visitor(), visitor()
    pages = [one.sign_in(secretariat), two.sign_in(colleague)]
    for page in pages:
        page.goto(f"{meeting.get_absolute_url()}ubah/")
    pages[0].get_by_label("Tempat").fill("Aula kantor gubernur")
    pages[1].get_by_label("Tempat").fill("Ruang rapat Bappeda")
    pages[0].get_by_role("button", name="Simpan draf").last.click()
    pages[0].get_by_text("Rapat disimpan.").wait_for()
    pages[1].get_by_role("button", name="Simpan draf").last.click()
    alert = pages[1].get_by_role("alert")
    alert.get_by_text(f"{secretariat} menyimpan perubahan lebih dulu").wait_for()
    expect(alert.get_by_role("cell", name="Aula kantor gubernur")).to_be_visible()
    expect(pages[1].get_by_label("Tempat")).to_have_value("Ruang rapat Bappeda")
    two.axe()
    two.fits()
    meeting.refresh_from_db()
    assert meeting.place == "Aula kantor gubernur"


def test_a_double_tap_makes_one_meeting(visitor, team, secretariat):
    page = visitor().sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat internal")
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_role("button", name="Simpan draf").last.dblclick()
    page.get_by_text("Rapat disimpan.").wait_for()
    assert Meeting.objects.count() == 1


def test_an_expired_session_loses_nothing(visitor, team, secretariat):
    someone = visitor()
    page = someone.sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat yang hampir hilang")
    someone.context.clear_cookies(name="sinergi_sesi")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.get_by_role("heading", name="Masuk ke Sinergi").wait_for()
    page.get_by_label("Nama pengguna atau surel dinas").fill(secretariat.username)
    page.get_by_label("Kata sandi").fill("rahasia-benar")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_text("Kiriman Anda tadi sudah tersimpan.").wait_for()
    page.get_by_role("link", name="Buka", exact=True).click()
    page.get_by_role("heading", name="Rapat yang hampir hilang").wait_for()
    assert Meeting.objects.count() == 1


def test_typing_on_does_not_overwrite_the_draft_that_is_offered(visitor, team, secretariat):
    page = visitor().sign_in(secretariat)
    for title in ("Notula yang panjang", "R"):
        page.goto("/rapat/baru/")
        page.get_by_label("Judul").fill(title)
        page.get_by_text(re.compile(r"Draf tersimpan \d\d\.\d\d")).last.wait_for()
    page.goto("/rapat/baru/")
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(page.get_by_label("Judul")).to_have_value("Notula yang panjang")


def test_what_is_carried_over_stays_when_the_page_comes_back(visitor, team, secretariat):
    factories.minutes(team, by=secretariat, state="approved")
    page = visitor().sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat berikutnya")
    page.get_by_role("button", name="Masukkan ke agenda").click()
    topics = page.get_by_role("textbox", name="Topik")
    expect(topics).to_have_count(2)
    expect(topics.first).to_have_value("Belum dibahas")
    expect(topics.last).to_have_value("Tindak lanjut: Menyusun usulan")
    page.wait_for_load_state()
    offers_nothing(page)


def test_who_may_be_chosen_follows_the_day(visitor, team, secretariat):
    leaving = team.memberships.get(person__name="Perwakilan Bappeda")
    leaving.ends_on, leaving.end_reason = date(2019, 3, 31), "Pindah tugas"
    leaving.save_as(by=None)
    page = visitor().sign_in(secretariat)
    page.goto("/rapat/baru/")
    chair = page.get_by_label("Pimpinan rapat")
    expect(chair).not_to_contain_text("Perwakilan Bappeda")
    page.get_by_label("Tanggal", exact=True).fill("2018-11-28")
    page.get_by_text("Susunan tim pada Rabu, 28 November 2018.").wait_for()
    chair.select_option(label="Perwakilan Bappeda")
    page.get_by_role("button", name="Tambah tindak lanjut").click()
    row(page, "Tindak lanjut 1").get_by_label("Siapa").select_option(label="Perwakilan Bappeda")


def test_the_draft_of_another_account_is_not_offered(visitor, team, secretariat):
    someone = visitor()
    page = someone.sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat rahasia")
    page.get_by_text("Draf tersimpan").last.wait_for()
    someone.context.clear_cookies()
    someone.sign_in(factories.user("administrator"))
    page.goto("/rapat/baru/")
    offers_nothing(page)


def test_without_javascript(visitor, team, secretariat):
    page = visitor(java_script_enabled=False).sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat tanpa skrip")
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_role("button", name="Tandai semua hadir").click()
    expect(page.locator("#roster [value=present]:checked")).to_have_count(8)
    page.get_by_role("button", name="Tambah agenda").click()
    row(page, "Agenda 2").get_by_label("Topik").fill("Agenda kedua")
    row(page, "Agenda 1").get_by_label("Topik").fill("Agenda pertama")
    page.get_by_role("button", name="Tambah tamu").click()
    row(page, "Tamu 1").get_by_role("button", name="Hapus tamu 1").click()
    expect(row(page, "Tamu 1")).to_be_hidden()
    page.get_by_label("Tambah foto").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_role("button", name="Tambah tindak lanjut").click()
    chosen = page.get_by_text("foto.jpg", exact=True).first
    expect(chosen, "a chosen photo survives another row").to_be_visible()
    page.get_by_label("Judul").press("Enter")
    page.get_by_text("Rapat disimpan.").wait_for()
    meeting = Meeting.objects.get()
    assert [item.topic for item in meeting.agenda.all()] == ["Agenda pertama", "Agenda kedua"]
    assert meeting.attachments.count() == 1


def test_by_keyboard(visitor, team, secretariat):
    """From the address bar to a saved draft without a pointer."""
    page = visitor(viewport={"width": 1280, "height": 860}).sign_in(secretariat)
    page.goto("/rapat/baru/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Langsung ke isi")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Pertemuan internal").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Rapat lewat papan ketik")
    presence = row(page, "Kehadiran Kepala DKPUS")
    presence.get_by_role("radio", name="Hadir", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(presence.get_by_role("radio", name="Izin")).to_be_checked()
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_role("button", name="Simpan draf").last.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Rapat disimpan.").wait_for()


def test_guests_are_invited_until_they_are_marked(visitor, team, secretariat):
    factories.minutes(team, by=secretariat, state="approved")
    phone = visitor()
    page = phone.sign_in(secretariat)

    def are_marked(first, second, why):
        for number, mark in enumerate((first, second), 1):
            guest = row(page, f"Tamu {number}")
            guest.wait_for()
            expect(guest.get_by_role("radio", checked=True), why).to_have_count(len(mark))
            for value in mark:
                expect(guest.get_by_role("radio", checked=True), why).to_have_value(value)

    page.goto("/rapat/baru/")
    page.get_by_role("button", name="Salin dari rapat").click()
    page.get_by_role("button", name="Tambah tamu").click()
    row(page, "Tamu 2").get_by_label("Nama atau sebutan").fill("Perwakilan bank")
    row(page, "Tamu 2").get_by_label("Instansi").fill("Bank daerah")
    are_marked([], ["present"], "copied is invited; added to the minutes is there")
    page.get_by_text(re.compile(r"Draf tersimpan \d\d\.\d\d")).last.wait_for()
    page.goto("/rapat/baru/")
    page.get_by_role("button", name="Pulihkan isian").click()
    are_marked([], ["present"], "and so they are in the draft")

    for member in team.memberships.select_related("person"):
        row(page, f"Kehadiran {member.person.name}").get_by_role(
            "radio", name="Hadir", exact=True
        ).check()
    page.get_by_label("Judul").fill("Rapat internal")
    page.get_by_label("Mulai").fill("00:01")
    page.get_by_label("Notulis").select_option(label="PIC Program DKPUS")
    page.get_by_role("button", name="Kirim notula").click()
    page.get_by_role("link", name="Tandai kehadiran: Kepala bidang.").click()
    expect(row(page, "Tamu 1").get_by_text("Belum ditandai.")).to_be_visible()
    phone.axe("tamu belum ditandai", dark_too=True)
    phone.fits()
    row(page, "Tamu 2").get_by_role("radio", name="Hadir", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Tandai semua hadir").click()
    are_marked(["present"], ["absent"], "what is marked stays")
    page.get_by_role("button", name="Kirim notula").click()
    page.get_by_text("Notula dikirim ke Ketua Tim.").wait_for()
    page.get_by_text("Hadir 8 dari 8 anggota dan 1 dari 2 tamu.").wait_for()
    phone.axe("notula dengan tamu yang tidak datang", dark_too=True)
