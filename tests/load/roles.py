"""
What people of each role do on the portal in one round, page after page, as links and forms lead.

Fewer rounds have the rarer things (a download, a paper); words for the search are common ones,
because those cost most.
"""

from datetime import timedelta

from django.utils import timezone

WORDS = ("rapat", "kemajuan rencana", "seliu", "perpustakaan desa", "mitra 3", "dukungan")
MEETING = r"/rapat/\d+/"
FOLLOWUP = r"/tindak-lanjut/\d+/"
LIBRARY = r"/perpustakaan/\d+/"
COMMITMENT = r"/komitmen/\d+/"
PLAN = r"/rencana/\d+/"
NEXT_PAGE = r"/[a-z-]+/\?(.*&)?setelah=.*"


def secretariat(person):
    """Log a meeting and hand it in, note progress, enter a commitment and what came of it."""
    person.look("home", "/")
    meetings = person.look("meetings", "/rapat/")
    person.click("meetings, next page", meetings, NEXT_PAGE)
    person.click("a meeting", meetings, MEETING)
    log_meeting(person)
    note_progress(person, "/tindak-lanjut/?daftar=tim")
    enter_commitment(person)
    see_plan(person)
    search(person)
    person.look("reports of a quarter", "/laporan/")
    person.look("institutions", "/mitra/")
    if person.chance(0.15):
        person.download("download: meetings of a province", "/rapat/?unduh=xlsx")


def chair(person):
    """Approve what was handed in, and look at where the work stands."""
    person.look("home", "/")
    person.look("all tasks", "/tugas/")
    approve_meeting(person)
    person.look("board of cases", "/advokasi/")
    see_plan(person)
    person.look("calendar", "/kalender/")
    person.look("sums of commitments", "/komitmen/jumlah/")
    person.look("rhythm of the team", "/irama/")
    search(person)


def member(person):
    """Note progress of own follow-ups, and report a visit to a library."""
    person.look("home", "/")
    note_progress(person, "/tindak-lanjut/?daftar=saya")
    schedule = person.look("next visits", "/kunjungan/berikutnya/?daftar=belum")
    report_visit(person, schedule)
    person.look("visits", "/kunjungan/")
    see_plan(person)
    search(person)


def regency_officer(person):
    """Keep libraries and quarterly reports of one regency."""
    person.look("home", "/")
    libraries = person.look("libraries", "/perpustakaan/")
    page = person.click("a library", libraries, LIBRARY)
    change_library(person, page)
    fill_report(person)
    person.look("villages", "/desa/")
    person.click("a library", libraries, LIBRARY)
    search(person)
    if person.chance(0.1):
        person.download("download: libraries of a regency", "/perpustakaan/?unduh=xlsx")


def observer(person):
    """Read."""
    person.look("home", "/")
    meetings = person.look("meetings", "/rapat/")
    person.click("a meeting", meetings, MEETING)
    commitments = person.look("commitments", "/komitmen/")
    person.click("a commitment", commitments, COMMITMENT)
    person.look("sums of commitments", "/komitmen/jumlah/?menurut=kabupaten")
    person.look("scores", "/capaian/")
    person.look("expansion", "/perluasan/")
    person.look("board of cases", "/advokasi/")
    libraries = person.look("libraries", "/perpustakaan/")
    person.click("libraries, next page", libraries, NEXT_PAGE)
    search(person)
    if person.chance(0.1):
        person.download("download: commitments", "/komitmen/?unduh=csv")


#: role → what it does. The five that work on the portal every day.
WALKS = {walk.__name__: walk for walk in (secretariat, chair, member, regency_officer, observer)}


def log_meeting(person):
    """Fill in the form as far as minutes need it, and send it to the chair."""
    page = person.look("a new meeting's form", "/rapat/baru/")
    people = page.choices("note_taker")
    today = timezone.localdate()
    title = person.token("Rapat")
    rows = {
        "agenda-0-topic": "Kemajuan rencana kerja",
        "agenda-0-notes": "Dibahas bersama. " * 30,
        "agenda-0-decision": "Dilanjutkan sampai akhir triwulan.",
        "tindak-TOTAL_FORMS": "1",
        "tindak-0-what": "Menyusun usulan",
        "tindak-0-person_in_charge": person.random.choice(people),
        "tindak-0-due_on": str(today + timedelta(days=30)),
        "tindak-0-id": "",
        "tindak-0-DELETE": "",
    }
    presence = {f"hadir-{one}-presence": "present" for one in people}
    person.send(
        "meeting handed in",
        page,
        "/rapat/baru/",
        record=("meeting", title),
        title=title,
        day=str(today - timedelta(days=1)),
        start="09:00",
        end="11:00",
        place="Ruang rapat dinas",
        chair=people[0],
        note_taker=people[-1],
        aksi="kirim",
        **rows,
        **presence,
    )


def approve_meeting(person):
    """Approve the newest minutes that wait, unless they are the chair's own."""
    waiting = person.look("meetings that wait", "/rapat/?state=submitted")
    page = person.click("a meeting", waiting, MEETING, first=True)
    form = page and person.click("approve minutes", page, rf"{MEETING}sahkan/")
    if form:
        person.click("minutes to be printed", page, rf"{MEETING}naskah/notula/")
        person.send(
            "minutes approved", form, form.path, record=("approval", page.path.split("/")[2])
        )
        if person.chance(0.3):
            person.download("download: minutes as PDF", f"{page.path}naskah/notula/pdf/")


def note_progress(person, path, of=FOLLOWUP):
    """Note a word on one of the follow-ups `of` this list."""
    page = person.click("a follow-up", person.look("follow-ups", path), of)
    form = page and person.click("a note's form", page, rf"{FOLLOWUP}perkembangan/baru/")
    if form:
        text = person.token("Catatan")
        person.send("note", form, form.path, record=("note", text), text=text)


def enter_commitment(person):
    """Enter a commitment of money, and the first part of it that came."""
    person.look("commitments", "/komitmen/")
    page = person.look("a new commitment's form", "/komitmen/baru/")
    text = person.token("Komitmen")
    today = str(timezone.localdate())
    stored = person.send(
        "commitment",
        page,
        "/komitmen/baru/",
        record=("commitment", text),
        institution=person.random.choice(page.choices("institution")),
        kind="money",
        description=text,
        value="12.000.000",
        promised_by="Pimpinan",
    )
    form = stored and person.click("a realisation's form", stored, rf"{COMMITMENT}realisasi/baru/")
    if form:
        text = person.token("Realisasi")
        person.send(
            "realisation",
            form,
            form.path,
            record=("realisation", text),
            realised_on=today,
            amount="6.000.000",
            note=text,
        )


def report_visit(person, schedule):
    """Report a visit to a library of the list, and send it."""
    form = person.click("a visit's form", schedule, rf"{LIBRARY}kunjungan/baru/.*")
    if form:
        text = person.token("Kunjungan")
        person.send(
            "visit sent",
            form,
            f"{LIBRARY}kunjungan/baru/",
            record=("visit", text),
            met="Pengelola perpustakaan",
            purposes=["mentoring"],
            pergi=form.choices("pergi")[:2],
            findings=text,
            aksi="kirim",
        )


def change_library(person, page):
    form = page and person.click("a library's form", page, rf"{LIBRARY}ubah/")
    if form:
        name = person.token("Pengelola")
        person.send("library", form, form.path, record=("library", name), head=name)


def fill_report(person):
    """Enter figures of a library that has not reported; it stays a draft."""
    missing = person.look("reports that are missing", "/laporan/?daftar=belum")
    form = person.click("a report's form", missing, rf"{LIBRARY}laporan/\d+-\d/")
    if form:
        story = person.token("Cerita")
        figures = {"visitors": str(person.random.randrange(900)), "story": story}
        person.send("report", form, form.path, record=("report", story), **figures, aksi="simpan")


def see_plan(person):
    """Look at the plan, at what came of it, and at one activity."""
    page = person.click("a plan", person.look("plans", "/rencana/"), PLAN, first=True)
    if page:
        person.look("a plan's outcome", f"{page.path}realisasi/")
        person.click("an activity", page, r"/kegiatan/\d+/")


def search(person):
    """Type a word, then look at the page of all that was found."""
    words = person.random.choice(WORDS).replace(" ", "+")
    person.look("search while typing", f"/cari/?q={words[:4]}", **{"HX-Request": "true"})
    person.look("search", f"/cari/?q={words}")
