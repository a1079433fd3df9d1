"""
Storylines of how the team began: accounts, the team of 2018, the villages of 2019, and the decrees
on which the team stands.

That the Bappeda member moved to other duties and was replaced is in the article, the day is not.
Numbers and papers of all decrees, and every day of the governor's, are samples.
"""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.utils import timezone

from programs.actions import record_signature, replace_member
from programs.documents import decree_pdf, draft_of
from programs.models import Assignment, Decree, Institution, Membership, Person, Team
from sinergi.accounts.models import User
from sinergi.home.demo.meetings import SampleFollowUp, SampleMeeting, meeting_storyline
from sinergi.home.demo.timeline import at, workday_after, workday_before
from sinergi.home.demo.world import FOUNDED, PROVINCE, VILLAGES
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.spreadsheets.read import read_sheets
from sinergi.kit.uploads import SafeFile
from villages.imports import batches
from villages.models import Library, Participation, Province, Regency, Village

YEAR = 2019  # of the programme in the article
OFFICE = "Dinas Kearsipan dan Perpustakaan Provinsi Kepulauan Bangka Belitung"
PASSWORD = "perpustakaan-2019"  # noqa: S105 (of the demonstration accounts; refused outside DEBUG by load_demo)
Sector, Role, Affair = Institution.Sector, Membership.Role, Institution.Affair
LEFT_ON = date(2019, 6, 18)  # the last day of the first Bappeda member
GOVERNOR_2019 = date(2019, 9, 30)  # the governor's first decree
TERM_BEGAN, TERM_ENDS = 580, -150  # days ago: of the decree that holds today

#: The villages as the regency offices write them, with the seventeenth.
LISTED = {
    "KAB. BANGKA": VILLAGES["19.01"],
    "KAB. BELITUNG": [*VILLAGES["19.02"][:4], "Siliu", "Sijuk"],
    "KAB. BELITUNG TIMUR": VILLAGES["19.06"],
}

#: Institution, abbreviation, sector, affair.
INSTITUTIONS = {
    "office": (OFFICE, "DKPUS", Sector.GOV_PROVINCE, Affair.LIBRARY),
    "dpmd": (
        "Dinas Pemberdayaan Masyarakat dan Desa Provinsi Kepulauan Bangka Belitung",
        "DPMD",
        Sector.GOV_PROVINCE,
        Affair.VILLAGES,
    ),
    "bappeda": (
        "Bappeda Provinsi Kepulauan Bangka Belitung",
        "BPD",
        Sector.GOV_PROVINCE,
        Affair.PLANNING,
    ),
    "university": ("Perguruan tinggi", "PT", Sector.UNIVERSITY, ""),
    "community": ("Komunitas baca", "KB", Sector.COMMUNITY, ""),
    "press": ("Media cetak", "MC", Sector.MEDIA, ""),
}

#: Person, institution, role in the team, account.
MEMBERS = [
    ("Kepala DKPUS", "office", Role.RESPONSIBLE, None),
    ("Sekretaris DKPUS", "office", Role.CHAIR, "ketua"),
    ("PIC Program DKPUS", "office", Role.SECRETARY, "sekretariat"),
    ("Perwakilan DPMD", "dpmd", Role.MEMBER, "anggota"),
    ("Perwakilan Bappeda", "bappeda", Role.MEMBER, None),
    ("Perwakilan perguruan tinggi", "university", Role.MEMBER, None),
    ("Perwakilan komunitas baca", "community", Role.MEMBER, None),
    ("Perwakilan media cetak", "press", Role.MEMBER, None),
]
SUCCESSOR = "Perwakilan Bappeda bidang perpustakaan"

#: Account, name shown, role, province, regency: one for each role.
ACCOUNTS = [
    ("admin", "Administrator Portal", "administrator", PROVINCE, None),
    ("sekretariat", "PIC Program DKPUS", "secretariat", PROVINCE, None),
    ("ketua", "Sekretaris DKPUS", "chair", PROVINCE, None),
    ("anggota", "Perwakilan DPMD", "member", PROVINCE, None),
    ("petugas", "Petugas Kabupaten Bangka", "regency_officer", PROVINCE, "19.01"),
    ("pengamat", "Pengamat Perpusnas", "observer", None, None),
]


def founding_storylines(world):
    """Yield the storylines of this module."""
    yield accounts_and_team(world)
    yield founding_meeting(world)
    yield office_decree(world)
    yield libraries_of_2019(world)
    yield member_replaced(world)
    yield governors_decree(world)
    yield decree_of_today(world)
    yield library_profiles(world)
    yield unfinished_import(world)


def accounts_and_team(world):
    """Create the accounts, the institutions, the team and its members."""
    yield at(date(2018, 11, 26), "08.00")
    password = make_password(PASSWORD)
    for username, name, role, province, regency in ACCOUNTS:
        user = User(
            username=username, first_name=name, password=password, date_joined=timezone.now()
        )
        user.save()
        world.users[username] = user
        Assignment(user=user, role=role, province_id=province, regency_id=regency).save_as(
            by=world.users["admin"]
        )
    by, province = world.users["admin"], Province.objects.get(pk=PROVINCE)
    for key, (name, short, sector, affair) in INSTITUTIONS.items():
        made = Institution(
            province=province, name=name, abbreviation=short, sector=sector, affair=affair
        )
        world.institutions[key] = made.save_as(by=by)
    name = f"Tim Sinergi Provinsi {province.name}"
    world.team = Team(
        province=province,
        name=name,
        office=OFFICE,
        seat="Pangkalpinang",
        formed_on=FOUNDED,
        is_sample=True,
    ).save_as(by=by)
    for name, institution, role, account in MEMBERS:
        person = Person(
            province=province,
            name=name,
            institution=world.institutions[institution],
            user=world.users.get(account),
        )
        world.people[name] = person.save_as(by=by)
        member = Membership(
            team=world.team,
            person=person,
            role=role,
            institution=person.institution,
            starts_on=FOUNDED,
        )
        member.save_as(by=by)


def founding_meeting(world):
    """
    Tell the founding meeting. The day, the decree and what was to be done are the article's; the
    hour, the room and the due dates are samples.
    """
    agenda = (
        (
            "Pembentukan tim",
            (
                "Perpustakaan Nasional mendorong setiap provinsi membentuk tim lintas sektor yang"
                " menggerakkan keberlanjutan program. Anggota dipilih dari pemerintah, perguruan"
                " tinggi, komunitas, dan media."
            ),
            "Tim Sinergi Provinsi dibentuk dengan delapan anggota, berdasarkan SK Kepala Dinas.",
        ),
        (
            "Tugas pertama tim",
            (
                "Tim memerlukan dasar hukum yang lebih kuat, advokasi ke pemerintah dan swasta,"
                " pertemuan pemangku kepentingan, dan pemantauan desa penerima program."
            ),
            (
                "Pertemuan pemangku kepentingan tingkat kabupaten diadakan Juli 2019, tingkat"
                " provinsi Agustus 2019."
            ),
        ),
    )
    tasks = (
        SampleFollowUp(
            "Menyiapkan SK Gubernur untuk pembentukan tim",
            "PIC Program DKPUS",
            date(2019, 6, 28),
            date(2019, 6, 27),
            "Draf diajukan ke Biro Hukum (contoh).",
        ),
        SampleFollowUp(
            "Menghubungi pemerintah desa penerima program tentang anggaran perpustakaan",
            "Perwakilan DPMD",
            date(2019, 7, 31),
            date(2019, 7, 30),
            "Ketujuh belas pemerintah desa dihubungi (contoh).",
        ),
    )
    yield from meeting_storyline(
        world,
        SampleMeeting(
            "founding",
            "Rapat pembentukan Tim Sinergi Provinsi",
            FOUNDED,
            agenda,
            tasks,
            chair="Kepala DKPUS",
            place="Dinas Kearsipan dan Perpustakaan",
            planned_on=date(2018, 11, 26),
        ),
    )


def libraries_of_2019(world):
    """Create the libraries of the villages of 2019, which the regencies named in January."""
    yield at(date(2019, 1, 14), "09.10")
    places = [Province.objects.get(pk=PROVINCE), *Regency.objects.filter(pk__in=VILLAGES)]
    known = Village.objects.filter(regency__in=VILLAGES).select_related("regency", "province")
    by_name = {(village.regency_id, village.name): village for village in known}
    places += [by_name[regency, name] for regency, names in VILLAGES.items() for name in names]
    for place in places:
        library = Library(name=f"Perpustakaan {place.place_name}")
        library.set_place(place)
        library.save_as(by=world.users["admin"])
        if isinstance(place, Village):
            Participation(library=library, year=YEAR).save_as(by=world.users["admin"])


def library_profiles(world):
    """
    Fill in the profiles of the libraries; of three villages of Kabupaten Bangka something stays
    missing.
    """
    yield at(workday_before(world.days_ago(130)), "13.20")
    rows = Library.objects.select_related("village__district", "regency").order_by("pk")
    for n, library in enumerate(rows, 1):
        of_bangka, village = library.regency_id == "19.01", library.village
        library.head = f"Pengelola {library.name}"
        library.address = (
            f"Kantor {village.place_name}, Kecamatan {village.district.name}"
            if village
            else "Alamat contoh"
        )
        if not (of_bangka and village and village.name in ("Kimak", "Kayu Besi", "Pemali")):
            library.opening_hours = "Senin–Jumat, 08.00–15.00"
        if not (of_bangka and village and village.name in ("Kayu Besi", "Pemali")):
            library.phone, library.email = (
                f"0000 000 {n:03}",
                f"perpustakaan{n}@example.com",
            )  # nobody's
        library.save_as(by=world.users["petugas" if of_bangka else "sekretariat"])


def unfinished_import(world):
    """
    Upload the list of 2019 as an office would send it, three days ago. It is not applied yet: Siliu
    waits for an answer.
    """
    yield at(workday_before(world.days_ago(3)), "15.05")
    rows = [f"{regency}\t{name}" for regency, names in LISTED.items() for name in names]
    text = "\n".join(["KAB/KOTA\tDESA/KEL.", *rows])
    sheets = read_sheets(text.encode(), "Tempelan")
    batch = batches.new_batch(
        sheets,
        name="Daftar penerima 2019",
        data=text.encode(),
        province_id=PROVINCE,
        source=OFFICE,
        year=YEAR,
    )
    batches.save_batch(batch, sheets, by=world.users["admin"])


# Decrees ----------------------------------------------------------------------------------------
def _stored(decree):
    return Decree.objects.select_related("team__province", "replaces").get(pk=decree.pk)


def _sign(world, decree, *, number, on, until=None):
    """Record the signature, with a scan that is the draft's own paper."""
    decree, admin = _stored(decree), world.users["admin"]
    name = f"contoh-sk-{on.year}.pdf"
    decree.keep_scan(SafeFile(ContentFile(decree_pdf(decree)), "application/pdf", name), by=admin)
    record_signature(
        decree=decree,
        by=admin,
        number=number,
        signed_on=on,
        signed_in=world.team.seat,
        signer="",
        effective_from=on,
        effective_until=until,
    )


def office_decree(world):
    """
    Tell the decree of the head of the office, from the day of founding until the governor's takes
    its place.
    """
    yield at(date(2018, 11, 26), "13.00")
    decree = draft_of(world.team, Decree.Level.OFFICE)
    decree.roster_on = FOUNDED
    decree.save_as(by=world.secretariat)
    yield at(date(2018, 11, 27), "08.30")
    _stored(decree).submit(by=world.secretariat)
    yield at(FOUNDED, "14.00")
    _sign(world, decree, number="Contoh/2018", on=FOUNDED)
    yield at(date(2019, 10, 4), "10.30")
    last_day = GOVERNOR_2019 - ONE_DAY
    _stored(decree).revoke(
        by=world.users["admin"],
        last_day=last_day,
        reason="Digantikan SK Gubernur Nomor Contoh/2019.",
    )


def member_replaced(world):
    """Replace the first Bappeda member by a successor."""
    yield at(LEFT_ON, "11.00")
    bappeda = world.team.memberships.select_related("institution", "team").get(
        person__name="Perwakilan Bappeda"
    )
    newcomer = Person(
        province=world.team.province,
        name=SUCCESSOR,
        institution=bappeda.institution,
        position="Membidangi perpustakaan di Bappeda",
    )
    replace_member(
        membership=bappeda,
        successor=Membership(
            role=Role.MEMBER, institution=bappeda.institution, starts_on=LEFT_ON + ONE_DAY
        ),
        newcomer=newcomer,
        reason="Pindah tugas ke bidang lain",
        by=world.secretariat,
    )
    world.people[SUCCESSOR] = newcomer


def governors_decree(world):
    """
    Tell the governor's decree, drafted since January 2019 and submitted with the members of June.
    """
    yield at(date(2019, 1, 21), "09.40")
    decree = draft_of(world.team, Decree.Level.GOVERNOR)
    decree.submit_by, decree.target_on = date(2019, 6, 28), GOVERNOR_2019
    decree.save_as(by=world.secretariat)
    yield at(date(2019, 6, 27), "11.15")
    decree = _stored(decree)
    decree.roster_on = date(2019, 6, 24)
    decree.save_as(by=world.secretariat)
    decree.submit(by=world.secretariat)
    yield at(date(2019, 10, 4), "10.00")
    _sign(world, decree, number="Contoh/2019", on=GOVERNOR_2019)


def decree_of_today(world):
    """
    Tell the decree in force on the day of loading: it holds for two years and ends in five months.
    """
    signed = workday_before(world.days_ago(TERM_BEGAN))
    yield at(workday_before(signed - timedelta(days=60)), "09.25")
    decree = draft_of(
        world.team,
        Decree.Level.GOVERNOR,
        replaces=Decree.objects.get(level=Decree.Level.GOVERNOR, team=world.team),
    )
    decree.target_on = signed
    decree.save_as(by=world.secretariat)
    yield at(workday_before(signed - timedelta(days=30)), "10.10")
    _stored(decree).submit(by=world.secretariat)
    yield at(workday_after(signed + timedelta(days=3)), "08.45")
    _sign(world, decree, number=f"Contoh/{signed.year}", on=signed, until=world.days_ago(TERM_ENDS))
