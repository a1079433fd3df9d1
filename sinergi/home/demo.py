"""
The demonstration data: the team of Kepulauan Bangka Belitung as its library office described it in 2019.

Source: "Peran Serta Tim Sinergi pada Program Revitalisasi Pengembangan Perpustakaan Umum …", an article of the Dinas
Kearsipan dan Perpustakaan of that province. From it: the regencies and villages of 2019, the eight members by office and
role, the day of founding, the tasks set then, the stakeholder meetings planned for July and August 2019. The article
names no persons, so people here are offices and roles. That the Bappeda member moved to other duties and was replaced is
in the article, the day is not. The number of the first decree, the target dates of the governor's, the hour and the room
of the founding meeting and the due dates of its follow-ups are not in the article and stand here as samples.
"""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from advocacy.actions import record_meeting
from advocacy.models import AgendaItem, Attendance, FollowUp, Meeting
from programs.actions import record_signature, replace_member
from programs.documents import decree_pdf, draft_of
from programs.models import Assignment, Decree, Institution, Membership, Person, Team
from sinergi.accounts.models import User
from sinergi.home.advocacy_demo import load_advocacy
from sinergi.home.plan_demo import load_plans
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.sheets import read_sheets
from sinergi.kit.uploads import SafeFile
from villages.actions import load_regions
from villages.imports import batches
from villages.models import Library, Participation, Province, Regency, Village

PROVINCE = "19"
FOUNDED = date(2018, 11, 28)
YEAR = 2019
PASSWORD = "perpustakaan-2019"  # noqa: S105 (of the demonstration accounts; refused outside DEBUG by load_demo)

#: Villages of 2019 by regency. Siliu (Kabupaten Belitung) is left out: the official list does not have it, and a
#: person must say which village is meant (`_waiting_list`).
VILLAGES = {
    "19.01": ["Kapuk", "Merawang", "Rebo", "Pemali", "Kimak", "Kayu Besi"],
    "19.02": ["Sungai Samak", "Badau", "Air Batu Buding", "Air Saga", "Sijuk"],
    "19.06": ["Dendang", "Cendil", "Mayang", "Burong Mandi", "Aik Madu"],
}
#: The same as the regency offices write it, with the seventeenth village.
LISTED = {
    "KAB. BANGKA": VILLAGES["19.01"],
    "KAB. BELITUNG": [*VILLAGES["19.02"][:4], "Siliu", "Sijuk"],
    "KAB. BELITUNG TIMUR": VILLAGES["19.06"],
}

OFFICE = "Dinas Kearsipan dan Perpustakaan Provinsi Kepulauan Bangka Belitung"
Sector, Role, Affair = Institution.Sector, Membership.Role, Institution.Affair
LEFT_ON = date(2019, 6, 18)  # the last day of the first Bappeda member: a sample, the article gives no day

#: Institution, abbreviation, sector, affair.
INSTITUTIONS = {
    "office": (OFFICE, "DKPUS", Sector.GOV_PROVINCE, Affair.LIBRARY),
    "dpmd": (
        "Dinas Pemberdayaan Masyarakat dan Desa Provinsi Kepulauan Bangka Belitung",
        "DPMD",
        Sector.GOV_PROVINCE,
        Affair.VILLAGES,
    ),
    "bappeda": ("Bappeda Provinsi Kepulauan Bangka Belitung", "BPD", Sector.GOV_PROVINCE, Affair.PLANNING),
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

#: Account, name shown, role, province, regency: one for each role.
ACCOUNTS = [
    ("admin", "Administrator Portal", "administrator", PROVINCE, None),
    ("sekretariat", "PIC Program DKPUS", "secretariat", PROVINCE, None),
    ("ketua", "Sekretaris DKPUS", "chair", PROVINCE, None),
    ("anggota", "Perwakilan DPMD", "member", PROVINCE, None),
    ("petugas", "Petugas Kabupaten Bangka", "regency_officer", PROVINCE, "19.01"),
    ("pengamat", "Pengamat Perpusnas", "observer", None, None),
]


def is_loaded():
    return Team.objects.filter(province=PROVINCE).exists()


@transaction.atomic
def load(*, whole_country=True):
    """All of it, or nothing."""
    load_regions(province=None if whole_country else PROVINCE)
    users = {}
    for username, name, role, province, regency in ACCOUNTS:
        user = users[username] = User(username=username, first_name=name)
        user.set_password(PASSWORD)
        user.save()
        Assignment(user=user, role=role, province_id=province, regency_id=regency).save_as(by=users["admin"])
    admin = users["admin"]
    _libraries(by=admin)
    _waiting_list(by=admin)
    team = _team(users, by=admin)
    _founding(team, users)
    _stakeholder_meetings(team, by=users["sekretariat"])
    _decrees(team, users)
    load_plans(team, users)
    load_advocacy(team, users)


def _libraries(*, by):
    places = [Province.objects.get(pk=PROVINCE), *Regency.objects.filter(pk__in=VILLAGES)]
    for regency, names in VILLAGES.items():
        places += [Village.objects.select_related("regency", "province").get(regency=regency, name=name) for name in names]
    for place in places:
        library = Library(name=f"Perpustakaan {place.place_name}")
        library.set_place(place)
        library.save_as(by=by)
        if isinstance(place, Village):
            Participation(library=library, year=YEAR).save_as(by=by)


def _waiting_list(*, by):
    """The list of 2019 as an office would send it, read and not yet applied: Siliu waits for an answer."""
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
    batches.save_batch(batch, sheets, by=by)


def _team(users, *, by):
    province = Province.objects.get(pk=PROVINCE)
    institutions = {
        key: Institution(province=province, name=name, abbreviation=short, sector=sector, affair=affair).save_as(by=by)
        for key, (name, short, sector, affair) in INSTITUTIONS.items()
    }
    name = f"Tim Sinergi Provinsi {province.name}"
    team = Team(province=province, name=name, office=OFFICE, seat="Pangkalpinang", formed_on=FOUNDED).save_as(by=by)
    for name, institution, role, account in MEMBERS:
        person = Person(province=province, name=name, institution=institutions[institution], user=users.get(account))
        person.save_as(by=by)
        Membership(team=team, person=person, role=role, institution=person.institution, starts_on=FOUNDED).save_as(by=by)
    return team


def _decrees(team, users):
    """
    The decree of the head of office, the Bappeda member who left, the revision that this suggests, and the governor's
    decree in drafting. Number and paper of the first are samples; the article does not quote them.
    """
    founding = draft_of(team, Decree.Level.OFFICE)
    founding.roster_on = FOUNDED
    founding.save_as(by=users["sekretariat"])
    founding.submit(by=users["sekretariat"])
    founding.keep_scan(SafeFile(ContentFile(decree_pdf(founding)), "application/pdf", "contoh-sk-2018.pdf"), by=users["admin"])
    record_signature(
        decree=founding, by=users["admin"], number="Contoh/2018", signed_on=FOUNDED, signed_in=team.seat, signer="",
        effective_from=FOUNDED, effective_until=None,
    )  # fmt: skip
    bappeda = team.memberships.select_related("institution", "team").get(person__name="Perwakilan Bappeda")
    successor = Membership(role=Role.MEMBER, institution=bappeda.institution, starts_on=LEFT_ON + ONE_DAY)
    replace_member(
        membership=bappeda,
        successor=successor,
        newcomer=Person(
            province=team.province,
            name="Perwakilan Bappeda bidang perpustakaan",
            institution=bappeda.institution,
            position="Membidangi perpustakaan di Bappeda",
        ),
        reason="Pindah tugas ke bidang lain",
        by=users["sekretariat"],
    )
    governor = draft_of(team, Decree.Level.GOVERNOR)
    governor.submit_by, governor.target_on = date(2019, 6, 28), date(2019, 9, 30)
    governor.save_as(by=users["sekretariat"])


def _founding(team, users):
    """The founding meeting, through the same actions as any other: recorded, submitted, approved."""
    people = {m.person.name: m.person for m in team.memberships.select_related("person")}
    meeting = Meeting(
        team=team,
        province=team.province,
        kind=Meeting.Kind.INTERNAL,
        title="Rapat pembentukan Tim Sinergi Provinsi",
        starts_at=datetime(2018, 11, 28, 2, 0, tzinfo=UTC),  # 09.00 WIB
        place="Dinas Kearsipan dan Perpustakaan",
        chair=people["Kepala DKPUS"],
        note_taker=people["PIC Program DKPUS"],
    )
    roster = []
    for order, membership in enumerate(team.memberships.on(FOUNDED).in_order_of_role().select_related("person", "institution")):
        row = Attendance(person=membership.person, presence=Attendance.Presence.PRESENT, order=order)
        row.take_from(membership)
        roster.append(row)
    record_meeting(
        meeting=meeting,
        sent={},
        roster=roster,
        guests=[],
        agenda=[
            AgendaItem(
                topic="Pembentukan tim",
                notes="Perpustakaan Nasional mendorong setiap provinsi membentuk tim lintas sektor yang menggerakkan "
                "keberlanjutan program. Anggota dipilih dari pemerintah, perguruan tinggi, komunitas, dan media.",
                decision="Tim Sinergi Provinsi dibentuk dengan delapan anggota, berdasarkan SK Kepala Dinas.",
            ),
            AgendaItem(
                topic="Tugas pertama tim",
                notes="Tim memerlukan dasar hukum yang lebih kuat, advokasi ke pemerintah dan swasta, pertemuan pemangku "
                "kepentingan, dan pemantauan desa penerima program.",
                decision="Pertemuan pemangku kepentingan tingkat kabupaten diadakan Juli 2019, tingkat provinsi Agustus 2019.",
            ),
        ],
        followups=[
            FollowUp(
                what="Menyiapkan SK Gubernur untuk pembentukan tim",
                person_in_charge=people["PIC Program DKPUS"],
                due_on=date(2019, 6, 28),
            ),
            FollowUp(
                what="Menghubungi pemerintah desa penerima program tentang anggaran perpustakaan",
                person_in_charge=people["Perwakilan DPMD"],
                due_on=date(2019, 7, 31),
            ),
        ],
        removed=[],
        attachments=[],
        dropped=[],
        submit=True,
        by=users["sekretariat"],
    )
    meeting.approve(by=users["ketua"])


def _stakeholder_meetings(team, *, by):
    """Planned by the month; the article gives no days."""
    july, august = datetime(2019, 6, 30, 17, tzinfo=UTC), datetime(2019, 7, 31, 17, tzinfo=UTC)  # midnight WIB on the first
    for regency in Regency.objects.filter(pk__in=VILLAGES):
        Meeting(
            team=team,
            province=team.province,
            kind=Meeting.Kind.STAKEHOLDER_REGENCY,
            regency=regency,
            title=f"Pertemuan stakeholder {regency.name}",
            starts_at=july,
            day_is_set=False,
        ).save_as(by=by)
    Meeting(
        team=team,
        province=team.province,
        kind=Meeting.Kind.STAKEHOLDER_PROVINCE,
        title="Pertemuan stakeholder tingkat provinsi",
        starts_at=august,
        day_is_set=False,
    ).save_as(by=by)
