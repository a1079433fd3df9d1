"""
Home for each role, in one week of one team: what the data imply and no more; and that whoever acts
on a task, in its real form, is rid of it while all the others stay.
"""

from typing import NamedTuple

import pytest

from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.pdfs import PDF
from tests.sinergi.home_week import Clock, Week

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = "Tidak ada yang menunggu Anda hari ini"
LATE, TODAY, THIS_WEEK, LATER, OTHERS = (
    "Lewat",
    "Hari ini",
    "Minggu ini",
    "Sesudah minggu ini",
    "Menunggu orang lain",
)
ROWS = """
() => [...document.querySelectorAll("main h3[id^=group-]")].flatMap(group =>
  [...document.querySelectorAll(`[aria-labelledby=${group.id}] > li`)].map(row =>
    [group, ...["time", "h4", ".s-meta"].map(part => row.querySelector(part))].map(
      part => part.textContent.trim().replace(/\\s+/g, " "))))
"""


class Row(NamedTuple):
    """A task as home shows it: its group, its day, its title, and what is told of it."""

    group: str
    day: str
    title: str
    told: str


#: {what: its Row}, written down from the week (tests/sinergi/home_week.py).
BUDGET = "Menyusun usulan anggaran"
INVITATION = Row(TODAY, "24 Jul", "Mengirim undangan", "Tindak lanjut Rapat Juni, 19 Juni 2019")
CHAIRS_CASE = Row(
    LATE,
    "10 Jul",
    "1 sasaran advokasi belum ada kemajuan lebih dari 30 hari",
    "Terlambat 14 hari Perusahaan swasta: Komputer dari chair, sejak 10 Juni 2019.",
)
MEMBERS_CASE = Row(
    LATE,
    "1 Jul",
    "1 sasaran advokasi belum ada kemajuan lebih dari 30 hari",
    "Terlambat 23 hari Perusahaan swasta: Komputer dari member, sejak 1 Juni 2019.",
)
VERIFY = Row(
    TODAY,
    "8 Jul",
    "Periksa laporan triwulan II 2019 Perpustakaan Desa Kimak",
    "Menunggu pemeriksaan Pengirimnya menunggu sejak 8 Juli 2019",
)
WRITE_UP = Row(
    TODAY,
    "10 Jul",
    "Isi notula Rapat anggaran",
    "Draf notula Rapat 10 Juli 2019; notulanya belum dikirim",
)
SETTLE = Row(
    TODAY,
    "18 Jul",
    "Sosialisasi",
    "Waktunya sudah lewat Terjadwal 18 Juli 2019. Isi notulanya, atau batalkan.",
)
MEND = Row(TODAY, "23 Jul", "Perbaiki notula Rapat Mei", "Perlu perbaikan Tulis keputusannya.")
MEND_PLAN = Row(
    TODAY, "23 Jul", "Perbaiki rencana kerja 2021", "Perlu perbaikan Lengkapi jadwalnya."
)
REVISE = Row(
    TODAY,
    "24 Jul",
    "Susun revisi SK Kepala Dinas Nomor 1/2018",
    "Susunan tim berubah Perwakilan penerbit (Dinas Perpustakaan) menjadi Anggota sejak 1 Juli"
    " 2019.",
)
HAND_IN = Row(
    THIS_WEEK,
    "26 Jul",
    "Ajukan SK Kepala Perpusnas",
    "Pembentukan Tim Sinergi Kepulauan Bangka Belitung",
)
SCHEDULE = Row(LATER, "31 Jul", "Menyusun jadwal", "Tindak lanjut Rapat Juni, 19 Juni 2019")
BUDGET_OF_MEMBER = Row(
    OTHERS,
    "5 Jul",
    BUDGET,
    "Terlambat 19 hari Perwakilan DPMD; tindak lanjut Rapat Juni, 19 Juni 2019",
)
SIGN = Row(
    OTHERS,
    "19 Jul",
    "Catat penetapan SK Gubernur",
    "Menunggu penetapan Di meja penanda tangan sejak 19 Juli 2019; catat setelah ditandatangani",
)
PLAN_AT_CHAIR = Row(
    OTHERS,
    "21 Jul",
    "Rencana kerja 2020",
    "Menunggu tinjauan Ketua Tim belum meninjau; menunggu sejak 21 Juli 2019",
)
MINUTES_AT_CHAIR = Row(
    OTHERS,
    "22 Jul",
    "Notula Rapat evaluasi",
    "Menunggu pengesahan Ketua Tim belum mengesahkan; menunggu sejak 22 Juli 2019",
)
AT_CHAIR_SINCE_TODAY = {
    "minutes": "Menunggu pengesahan Ketua Tim belum mengesahkan; menunggu sejak 24 Juli 2019",
    "plan": "Menunggu tinjauan Ketua Tim belum meninjau; menunggu sejak 24 Juli 2019",
}


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def rows_on(page):
    return [Row(*row) for row in page.evaluate(ROWS)]


class Desk:
    """Somebody at their home, from which each act begins and to which it comes back."""

    def __init__(self, page, left, home="/"):
        self.page, self.left, self.home = page, list(left), home
        page.goto(home)
        assert rows_on(page) == self.left

    def open(self, row):
        """Press the button of a task, and return the page that it leads to."""
        heading = self.page.get_by_role("heading", name=row.title, exact=True)
        self.page.locator(".s-tasks > li", has=heading).locator("> .btn").click()
        return self.page

    def press(self, button):
        """Send a form by its button; it is taken."""
        send(self.page, self.page.get_by_role("button", name=button, exact=True).last)

    def has_rid(self, row, *then):
        """Home no longer shows this; everything else stands, and `then` besides."""
        self.page.goto(self.home)
        self.left.remove(row)
        self.left += then
        assert sorted(rows_on(self.page)) == sorted(self.left)


def send(page, button):
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        button.click()
    assert answer.value.status == 302, page.locator("main").inner_text()
    page.wait_for_load_state()


def heading_on(page):
    return page.locator("main h1").inner_text()


def close_followup(desk, row):
    desk.open(row).get_by_label("Hasilnya").fill("Sudah dikirim.")
    desk.press("Selesaikan")
    desk.has_rid(row)


def test_the_chair(visitor, clock):
    week = Week(clock, papers=True, reminders=True)
    plan = Row(
        TODAY,
        "21 Jul",
        "Tinjau rencana kerja 2020",
        "Menunggu tinjauan Versi 1; Akun secretariat menunggu sejak 21 Juli 2019",
    )
    minutes = Row(
        TODAY,
        "22 Jul",
        "Sahkan notula Rapat evaluasi",
        "Menunggu pengesahan Rapat 16 Juli 2019; notulis menunggu sejak 22 Juli 2019",
    )
    call = Row(THIS_WEEK, "26 Jul", "Menghubungi DPMD", "Tindak lanjut Rapat Juni, 19 Juni 2019")
    page = visitor(viewport=PHONE).sign_in(week.accounts["chair"])
    desk = Desk(page, [CHAIRS_CASE, plan, minutes, call])
    assert heading_on(page) == "Empat hal menunggu Anda"

    desk.open(minutes).get_by_role("link", name="Sahkan notula").first.click()
    desk.press("Sahkan notula")
    desk.has_rid(minutes)
    desk.open(plan)
    desk.press("Setujui rencana")
    desk.has_rid(plan)
    close_followup(desk, call)
    put_off(desk, CHAIRS_CASE, "Menunggu balasan surat.")
    assert not rows_on(page) and heading_on(page) == NOTHING


def put_off(desk, row, reason):
    """Put a reminder off by the form that is folded below it."""
    heading = desk.page.get_by_role("heading", name=row.title, exact=True)
    item = desk.page.locator(".s-tasks > li", has=heading)
    item.locator("summary").click()
    item.get_by_label("Alasan, terlihat oleh tim").fill(reason)
    send(desk.page, item.get_by_role("button", name="Tunda"))
    desk.has_rid(row)
    assert reason in desk.page.locator("section[aria-labelledby=tasks]").text_content()


def test_a_member(visitor, clock):
    week = Week(clock, papers=True, reminders=True)
    late = Row(LATE, "5 Jul", BUDGET, "Terlambat 19 hari Tindak lanjut Rapat Juni, 19 Juni 2019")
    draft = Row(
        TODAY,
        "20 Jul",
        "Kirim kunjungan ke Perpustakaan Desa Kapuk",
        "Draf kunjungan Kunjungan 20 Juli 2019, masih draf Anda",
    )
    page = visitor(viewport=PHONE).sign_in(week.accounts["member"])
    desk = Desk(page, [MEMBERS_CASE, late, draft, INVITATION])
    assert heading_on(page) == "Empat hal menunggu Anda"

    close_followup(desk, late)
    close_followup(desk, INVITATION)
    desk.open(draft)
    desk.press("Kirim kunjungan")
    desk.has_rid(draft)
    move_on(desk, MEMBERS_CASE)
    assert heading_on(page) == NOTHING


def move_on(desk, row):
    """Note that a case has reached its next stage."""
    page = desk.open(row)
    page.get_by_role("link", name="Pindahkan").first.click()
    page.get_by_label("Dihubungi").check()
    page.get_by_label("Tanggal").fill("2019-07-24")
    page.get_by_label("Catatan").fill("Surat dikirim.")
    desk.press("Simpan tahap")
    desk.has_rid(row)


def test_the_officer_of_a_regency(visitor, clock):
    week = Week(clock, papers=True, reminders=True)
    owed = Row(
        LATE,
        "10 Jul",
        "3 perpustakaan belum mengirim laporan triwulan II 2019",
        "Terlambat 14 hari Tenggat 10 Juli 2019.",
    )
    profile = Row(
        TODAY,
        "3 Jul",
        "Lengkapi profil Perpustakaan Desa Kapuk",
        "Profil belum lengkap Belum diisi: telepon, jam buka.",
    )
    mend = Row(
        TODAY,
        "10 Jul",
        "Perbaiki laporan triwulan II 2019 Perpustakaan Desa Rebo",
        "Perlu perbaikan Periksa jumlah pengunjungnya.",
    )
    page = visitor(viewport=PHONE).sign_in(week.accounts["regency_officer"])
    desk = Desk(page, [owed, profile, mend, at_verifier("Kimak", 8)])
    assert heading_on(page) == "Tiga hal menunggu Anda"

    desk.open(profile)
    page.get_by_label("Telepon").fill("0717 4321")
    page.get_by_label("Jam buka").fill("Setiap hari")
    desk.press("Simpan")
    desk.has_rid(profile)
    desk.open(mend).locator("[name=visitors]").fill("12")
    desk.press("Kirim laporan")
    two = owed._replace(title="2 perpustakaan belum mengirim laporan triwulan II 2019")
    desk.left[desk.left.index(owed)] = two
    desk.has_rid(mend, at_verifier("Rebo", 24))
    for name in ("Kapuk", "Merawang"):
        desk.open(desk.left[0])
        page.get_by_role("link", name=f"Perpustakaan Desa {name}").first.click()
        page.locator("[name=visitors]").fill("12")
        desk.press("Kirim laporan")
        if name == "Kapuk":
            one = owed._replace(title="1 perpustakaan belum mengirim laporan triwulan II 2019")
            desk.left.insert(0, one)
            desk.has_rid(two, at_verifier("Kapuk", 24))
    desk.has_rid(one, at_verifier("Merawang", 24))


def at_verifier(name, day):
    told = f"Pemeriksa di provinsi belum memutuskan; menunggu sejak {day} Juli 2019"
    title = f"Laporan triwulan II 2019 Perpustakaan Desa {name}"
    return Row(OTHERS, f"{day} Jul", title, f"Menunggu pemeriksaan {told}")


@pytest.mark.parametrize(
    ("role", "where"),
    [("observer", {}), ("regency_officer", {"regency_code": "19.02"}), (None, {})],
)
def test_whoever_cannot_act_has_nothing_to_do(visitor, clock, role, where):
    Week(clock, papers=True, reminders=True)
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(factories.user(role, **where))
    assert not rows_on(page)
    someone.axe("beranda", dark_too=True)
    someone.fits()
    page.goto("/tugas/")
    assert page.get_by_role("heading", name=NOTHING).is_visible() and not rows_on(page)
    someone.axe("semua tugas", dark_too=True)
    someone.fits()
