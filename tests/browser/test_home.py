"""
Home for each role, in one week of one team: what the data imply and no more; and that whoever acts
on a task, in its real form, is rid of it while all the others stay.
"""

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

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

#: How far a mark runs out of the box of its rhythm, which shows nothing beyond its edge.
CUT_OFF = """
mark => mark.getBoundingClientRect().right - mark.closest("li").getBoundingClientRect().right
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
DECREE_AT_SIGNER = Row(
    OTHERS,
    "19 Jul",
    "SK Gubernur",
    "Menunggu penetapan Di meja penanda tangan sejak 19 Juli 2019; administrator mencatat"
    " penetapannya",
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


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def come(visitor, clock):
    """`come(PHONE)` → a person whose device has the day of the week too."""

    def arrive(viewport):
        someone = visitor(viewport=viewport)
        someone.page.clock.set_fixed_time(clock.now)
        return someone

    return arrive


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
    """Press it; a form that is kept in the queue leaves its page once it has arrived."""
    button.wait_for()  # its own page is there
    with (
        page.expect_navigation(),
        page.expect_response(lambda answer: answer.request.method == "POST"),
    ):
        button.click()


def heading_on(page):
    return page.locator("main h1")


def close_followup(desk, row):
    desk.open(row).get_by_label("Hasilnya").fill("Sudah dikirim.")
    desk.press("Selesaikan")
    desk.has_rid(row)


def test_the_chair(come, clock):
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
    page = come(PHONE).sign_in(week.accounts["chair"])
    desk = Desk(page, [CHAIRS_CASE, plan, minutes, call])
    expect(heading_on(page)).to_have_text("Empat hal menunggu Anda")

    desk.open(minutes).get_by_role("link", name="Sahkan notula").first.click()
    desk.press("Sahkan notula")
    desk.has_rid(minutes)
    desk.open(plan)
    desk.press("Setujui rencana")  # asks whether that is meant
    desk.press("Setujui rencana")
    desk.has_rid(plan)
    close_followup(desk, call)
    put_off(desk, CHAIRS_CASE, "Menunggu balasan surat.")
    assert not rows_on(page)
    expect(heading_on(page)).to_have_text(NOTHING)


def put_off(desk, row, reason):
    """Put a reminder off by the form that is folded below it."""
    heading = desk.page.get_by_role("heading", name=row.title, exact=True)
    item = desk.page.locator(".s-tasks > li", has=heading)
    item.locator("summary").click()
    item.get_by_label("Alasan, terlihat oleh tim").fill(reason)
    send(desk.page, item.get_by_role("button", name="Tunda"))
    desk.has_rid(row)
    expect(desk.page.locator("section[aria-labelledby=tasks]")).to_contain_text(reason)


def test_a_member(come, clock):
    week = Week(clock, papers=True, reminders=True)
    late = Row(LATE, "5 Jul", BUDGET, "Terlambat 19 hari Tindak lanjut Rapat Juni, 19 Juni 2019")
    draft = Row(
        TODAY,
        "20 Jul",
        "Kirim kunjungan ke Perpustakaan Desa Kapuk",
        "Draf kunjungan Kunjungan 20 Juli 2019, masih draf Anda",
    )
    page = come(PHONE).sign_in(week.accounts["member"])
    desk = Desk(page, [MEMBERS_CASE, late, draft, INVITATION])
    expect(heading_on(page)).to_have_text("Empat hal menunggu Anda")

    close_followup(desk, late)
    close_followup(desk, INVITATION)
    desk.open(draft)
    desk.press("Kirim kunjungan")
    desk.has_rid(draft)
    move_on(desk, MEMBERS_CASE)
    expect(heading_on(page)).to_have_text(NOTHING)


def move_on(desk, row):
    """Note that a case has reached its next stage."""
    page = desk.open(row)
    page.get_by_role("link", name="Pindahkan").first.click()
    page.get_by_label("Dihubungi").check()
    page.get_by_label("Tanggal").fill("2019-07-24")
    page.get_by_label("Catatan").fill("Surat dikirim.")
    desk.press("Simpan tahap")
    desk.has_rid(row)


def test_the_officer_of_a_regency(come, clock):
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
    page = come(PHONE).sign_in(week.accounts["regency_officer"])
    desk = Desk(page, [owed, profile, mend, at_verifier("Kimak", 8)])
    expect(heading_on(page)).to_have_text("Tiga hal menunggu Anda")

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
    one = two._replace(title="1 perpustakaan belum mengirim laporan triwulan II 2019")
    send_report(desk, two, "Kapuk")
    desk.has_rid(two, one, at_verifier("Kapuk", 24))
    send_report(desk, one, "Merawang")
    desk.has_rid(one, at_verifier("Merawang", 24))
    expect(heading_on(page)).to_have_text(NOTHING)


def send_report(desk, row, village):
    page = desk.open(row)
    page.get_by_role("link", name=f"Desa {village}").first.click()
    page.locator("[name=visitors]").fill("12")
    desk.press("Kirim laporan")


def at_verifier(name, day):
    told = f"Pemeriksa di provinsi belum memutuskan; menunggu sejak {day} Juli 2019"
    title = f"Laporan triwulan II 2019 Perpustakaan Desa {name}"
    return Row(OTHERS, f"{day} Jul", title, f"Menunggu pemeriksaan {told}")


def test_the_secretariat_with_its_papers(come, clock):
    week = Week(clock, papers=True)
    page = come(PHONE).sign_in(week.desk)
    own = [VERIFY, WRITE_UP, SETTLE, MEND, MEND_PLAN, REVISE, HAND_IN, SCHEDULE]
    others = [BUDGET_OF_MEMBER, DECREE_AT_SIGNER, PLAN_AT_CHAIR, MINUTES_AT_CHAIR]
    desk = Desk(page, [*own, *others])
    expect(heading_on(page)).to_have_text("Delapan hal menunggu Anda")

    desk.open(VERIFY).get_by_role("link", name="Verifikasi laporan").click()
    desk.press("Verifikasi laporan")
    desk.has_rid(VERIFY)
    desk.open(WRITE_UP).get_by_role("link", name="Kirim notula").first.click()
    desk.press("Kirim notula")
    desk.has_rid(WRITE_UP, at_chair("Notula Rapat anggaran"))
    desk.open(SETTLE).get_by_role("link", name="Batalkan rapat").click()
    page.get_by_label("Alasan").fill("Gedungnya dipakai.")
    desk.press("Batalkan rapat")
    desk.has_rid(SETTLE)
    desk.home = "/tugas/"  # home has only the first five of what waits for others
    page.goto(desk.home)
    desk.open(MEND).get_by_role("link", name="Ubah notula").last.click()
    page.get_by_label("Keputusan").last.fill("Anggaran ditambah.")
    desk.press("Kirim notula")
    desk.has_rid(MEND, at_chair("Notula Rapat Mei"))
    desk.open(MEND_PLAN).get_by_role("link", name="Ubah Kegiatan 1").click()
    page.get_by_label("Target").fill("5")
    desk.press("Simpan")
    hand_in_plan(desk)
    desk.has_rid(MEND_PLAN, at_chair("Rencana kerja 2021", "meninjau"))
    desk.open(REVISE)
    desk.press("Simpan draf")
    desk.has_rid(REVISE)
    desk.open(HAND_IN).get_by_role("link", name="Ajukan").last.click()
    desk.press("Ajukan")
    desk.has_rid(HAND_IN, at_signer("SK Kepala Perpusnas"))
    close_followup(desk, SCHEDULE)
    expect(heading_on(page)).to_have_text(NOTHING)


def at_chair(title, what="mengesahkan"):
    """Return the row of what was handed in today."""
    status = {"mengesahkan": "pengesahan", "meninjau": "tinjauan"}[what]
    told = f"Menunggu {status} Ketua Tim belum {what}; menunggu sejak 24 Juli 2019"
    return Row(OTHERS, "24 Jul", title, told)


def at_signer(title):
    """Return the row of a decree that was handed in today."""
    told = DECREE_AT_SIGNER.told.replace("19 Juli", "24 Juli")
    return Row(OTHERS, "24 Jul", title, told)


def hand_in_plan(desk):
    desk.page.get_by_role("link", name="Ajukan ke Ketua Tim").last.click()
    desk.press("Ajukan rencana")


REMINDERS = {
    "expansion": Row(
        LATE,
        "31 Mei",
        "1 desa menuju program belum ada kemajuan lebih dari 30 hari",
        "Terlambat 54 hari Dalil, sejak 1 Mei 2019.",
    ),
    "visit": Row(
        LATE,
        "10 Jun",
        "1 perpustakaan belum dikunjungi 6 bulan",
        "Terlambat 44 hari Perpustakaan Desa Pemali, terakhir 10 Desember 2018.",
    ),
    "plan": Row(
        LATE,
        "1 Jul",
        "Rencana kerja Semester II 2019 belum diajukan",
        "Terlambat 23 hari Berlaku mulai 1 Juli 2019.",
    ),
    "case": Row(
        LATE,
        "1 Jul",
        "2 sasaran advokasi belum ada kemajuan lebih dari 30 hari",
        "Terlambat 23 hari Paling lama menunggu: Perusahaan swasta: Komputer dari member, sejak"
        " 1 Juni 2019.",
    ),
    "report": Row(
        LATE,
        "10 Jul",
        "1 perpustakaan belum mengirim laporan triwulan II 2019",
        "Terlambat 14 hari Tenggat 10 Juli 2019.",
    ),
    "commitment": Row(
        LATE,
        "10 Jul",
        "1 komitmen lewat tenggat",
        "Terlambat 14 hari Perusahaan swasta: Lima komputer, tenggat 10 Juli 2019.",
    ),
    "internal": Row(
        LATE,
        "19 Jul",
        "Belum ada rapat internal sejak 19 Juni 2019",
        "Terlambat 5 hari Sedikitnya sekali sebulan.",
    ),
    "stakeholder": Row(
        LATER,
        "30 Jul",
        "Pertemuan pemangku kepentingan berikutnya paling lambat 30 Juli 2019",
        "Sisa 6 hari Sedikitnya sekali dalam 3 bulan.",
    ),
    "partnership": Row(
        LATER,
        "15 Agt",
        "Kerja sama berakhir 15 Agustus 2019: Perguruan tinggi: Pendampingan perpustakaan desa",
        "Sisa 22 hari Berlaku sampai 15 Agustus 2019.",
    ),
    "decree": Row(
        LATER,
        "31 Agt",
        "SK Kepala Dinas Nomor 1/2018 berakhir 31 Agustus 2019",
        "Sisa 38 hari Berlaku sampai 31 Agustus 2019.",
    ),
}


def plan_meeting(desk, row, day):
    """Plan the meeting that a reminder asks for."""
    page = desk.open(row)
    page.get_by_label("Judul").fill("Pertemuan berikutnya")
    page.get_by_label("Tanggal", exact=True).fill(day)
    page.get_by_label("Mulai").fill("09:00")
    desk.press("Jadwalkan rapat")


def test_the_secretariat_with_its_reminders(come, clock):
    week = Week(clock, reminders=True)
    page = come(PHONE).sign_in(week.desk)
    told = REMINDERS
    desk = Desk(page, told.values())
    expect(heading_on(page)).to_have_text("Sepuluh hal menunggu Anda")

    plan_meeting(desk, told["stakeholder"], "2019-07-29")
    desk.has_rid(told["stakeholder"])
    plan_meeting(desk, told["internal"], "2019-07-31")  # does not undo that it is late
    later = "Terlambat 5 hari Sedikitnya sekali sebulan; dijadwalkan 31 Juli 2019."
    planned = told["internal"]._replace(told=later)
    desk.has_rid(told["internal"], planned)
    put_off(desk, planned, "Menunggu jadwal kapal.")

    page.goto(week.libraries["Pemali"].get_absolute_url())
    page.get_by_role("link", name="Catat kunjungan").click()
    page.get_by_label("Monitoring").check()
    page.locator("[name=pergi]").first.check()
    desk.press("Kirim kunjungan")
    desk.has_rid(told["visit"])
    send_report(desk, told["report"], "Merawang")
    desk.has_rid(told["report"], at_verifier("Merawang", 24))
    desk.open(told["plan"])
    hand_in_plan(desk)
    desk.has_rid(told["plan"], at_chair("Rencana kerja 2019", "meninjau"))

    desk.open(told["expansion"]).get_by_label("Tanpa bukti karena").select_option(index=1)
    page.get_by_label("Catatan").fill("Kepala desa menyambut.")
    desk.press("Naikkan ke Audiensi")
    desk.has_rid(told["expansion"])
    desk.open(told["commitment"]).get_by_role("link", name="Catat realisasi").click()
    page.get_by_label("Tanggal").fill("2019-07-23")
    page.get_by_label("Nilai (rupiah)").fill("12.500.000")
    paper = {"name": "bast.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("Bukti (foto atau PDF)").set_input_files(paper)
    desk.press("Simpan")
    desk.has_rid(told["commitment"])
    desk.open(told["partnership"]).get_by_role("link", name="Ubah").first.click()
    page.locator("[name=ends_on]").fill("2020-08-15")
    desk.press("Simpan")
    desk.has_rid(told["partnership"])
    put_off(desk, told["decree"], "Menunggu pelantikan.")
    put_off(desk, told["case"], "Menunggu balasan surat.")
    expect(heading_on(page)).to_have_text(NOTHING)


def test_the_administrator_of_a_province(come, clock):
    """Home shows the first ten and what waits for others; the page of all tasks has the rest."""
    week = Week(clock, papers=True, reminders=True)
    told = REMINDERS
    visit = told["visit"]._replace(
        title="4 perpustakaan melewati jarak kunjungannya",
        told="Terlambat 44 hari Paling lama menunggu: Perpustakaan Desa Pemali, terakhir"
        " 10 Desember 2018.",
    )
    report = told["report"]._replace(title="3 perpustakaan belum mengirim laporan triwulan II 2019")
    own = [told["expansion"], visit, told["plan"], told["case"], report, told["commitment"]]
    own += [VERIFY, WRITE_UP, SETTLE, MEND, MEND_PLAN, REVISE, HAND_IN, told["stakeholder"]]
    own += [told["partnership"], told["decree"]]
    others = [BUDGET_OF_MEMBER, SIGN, PLAN_AT_CHAIR, MINUTES_AT_CHAIR]
    page = come(DESKTOP).sign_in(week.accounts["administrator"])
    assert rows_on(page) == [*own[:10], *others]
    expect(heading_on(page)).to_have_text("Enam belas hal menunggu Anda")
    put_off_until = page.locator(".s-counts .s-chip", has_text="Ditunda sampai 20 September 2019")
    assert put_off_until.evaluate(CUT_OFF) <= 0
    page.get_by_role("link", name="Semua yang menunggu (20)").click()
    page.get_by_role("heading", name="Enam belas hal menunggu Anda").wait_for()

    desk = Desk(page, [*own, *others], home="/tugas/")
    desk.left.remove(REVISE)  # for this one names the new member
    sign_decree(desk, SIGN)


def sign_decree(desk, row):
    page = desk.open(row)
    page.get_by_role("link", name="Catat penetapan").first.click()
    paper = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("Pindaian SK").set_input_files(paper)
    page.get_by_label("Nomor").fill("2/2019")
    page.get_by_label("Ditetapkan pada").fill("2019-07-23")
    page.get_by_label("Ditetapkan di").fill("Pangkalpinang")
    desk.press("Catat penetapan")
    desk.has_rid(row)


def test_an_administrator_of_the_country(come, clock):
    """Without the reminders of any team, and without what the lists of the country have."""
    Week(clock, papers=True, reminders=True)
    page = come(DESKTOP).sign_in(factories.user("administrator", province_code=None))
    own = [WRITE_UP, SETTLE, MEND, MEND_PLAN, HAND_IN]
    desk = Desk(page, [*own, SIGN, PLAN_AT_CHAIR, MINUTES_AT_CHAIR])
    expect(heading_on(page)).to_have_text("Lima hal menunggu Anda")
    desk.open(SETTLE).get_by_role("link", name="Catat sudah berlangsung").first.click()
    desk.press("Catat sudah berlangsung")
    held = Row(
        TODAY,
        "18 Jul",
        "Isi notula Sosialisasi",
        "Draf notula Rapat 18 Juli 2019; notulanya belum dikirim",
    )
    desk.has_rid(SETTLE, held)


@pytest.mark.parametrize(
    ("role", "where"),
    [("observer", {}), ("regency_officer", {"regency_code": "19.02"}), (None, {})],
)
def test_whoever_cannot_act_has_nothing_to_do(come, clock, role, where):
    Week(clock, papers=True, reminders=True)
    someone = come(PHONE)
    page = someone.sign_in(factories.user(role, **where))
    assert not rows_on(page)
    someone.axe("beranda", dark_too=True)
    someone.fits()
    page.goto("/tugas/")
    expect(page.get_by_role("heading", name=NOTHING)).to_be_visible()
    assert not rows_on(page)
    someone.axe("semua tugas", dark_too=True)
    someone.fits()
