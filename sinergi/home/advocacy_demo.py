"""
The demonstration's advocacy: who was asked for what in 2019, what was promised, and what came of it.

From the article of the library office of Kepulauan Bangka Belitung (2019): government is asked for policies, the private
sector for goods, money and services; the governor's decree is to come. Which offices were asked on which day, every amount,
agreement and publication are samples; companies and media are named by what they are.
"""

from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from advocacy.actions import move_case, record_meeting, save_case, save_commitment, save_realisation
from advocacy.models import AdvocacyCase, Attendance, Commitment, MediaCoverage, Meeting, Partnership, Realisation
from programs.models import Institution
from sinergi.kit import uploads
from villages.models import Regency, Village

Aim, Stage, Kind, Sector = AdvocacyCase.Aim, AdvocacyCase.Stage, Commitment.Kind, Institution.Sector

#: key → name, abbreviation, sector, regency.
PARTNERS = {
    "province": ("Pemerintah Provinsi Kepulauan Bangka Belitung", "PEMPROV", Sector.GOV_PROVINCE, None),
    "bangka": ("Pemerintah Kabupaten Bangka", "PEMKAB", Sector.GOV_REGENCY, "19.01"),
    "east": ("Pemerintah Kabupaten Belitung Timur", "PEMKAB", Sector.GOV_REGENCY, "19.06"),
    "company": ("Perusahaan swasta di Kabupaten Bangka", "SW", Sector.PRIVATE, "19.01"),
}
#: key → partner, aim, what is asked, person in charge, regencies, villages, identified on.
CASES = {
    "decree": ("province", Aim.REGULATION, "SK Gubernur pembentukan tim", "PIC Program DKPUS", [], [], date(2019, 1, 14)),
    "budget": ("bangka", Aim.BUDGET_LINE, "Anggaran perpustakaan desa dalam APBD", "Perwakilan DPMD", ["19.01"], [],
               date(2019, 6, 24)),
    "rule": ("east", Aim.REGULATION, "Peraturan bupati tentang perpustakaan desa", "Perwakilan DPMD", ["19.06"], [],
             date(2019, 6, 24)),
    "computers": ("company", Aim.GOODS, "Komputer untuk perpustakaan desa", "Perwakilan perguruan tinggi", [],
                  ["Kapuk", "Kimak", "Rebo"], date(2019, 7, 1)),
    "trainers": ("university", Aim.SERVICES, "Tenaga pelatih TIK bagi pengelola", "Perwakilan perguruan tinggi", [], [],
                 date(2019, 7, 1)),
}  # fmt: skip
STEPS = [
    ("decree", Stage.CONTACTED, date(2019, 2, 4), "Draf keputusan disampaikan untuk diharmonisasi."),
    ("budget", Stage.CONTACTED, date(2019, 7, 15), "Surat permohonan audiensi dikirim."),
    ("rule", Stage.DORMANT, date(2019, 7, 22), "Menunggu pertemuan stakeholder kabupaten."),
    ("computers", Stage.CONTACTED, date(2019, 7, 10), "Bagian tanggung jawab sosial dihubungi."),
]


def load_advocacy(team, users):
    desk = users["sekretariat"]
    people = {member.person.name: member.person for member in team.memberships.select_related("person")}
    partners = _partners(team, by=desk)
    cases = _cases(team, people, partners, by=desk)
    for key, stage, on, note in STEPS:
        move_case(case=_fresh(cases[key]), stage=stage, on=on, note=note, by=desk)
    activities = {row.title: row for row in team.plans.get(starts_on__year=2019).activities.all()}
    with_company = _audience(
        team, people, users, [cases["computers"]], "Audiensi dengan perusahaan swasta", datetime(2019, 8, 13, 3, tzinfo=UTC),
        received_by="Manajer tanggung jawab sosial perusahaan", points="Keadaan komputer di perpustakaan desa.",
        answer="Perusahaan menyanggupi lima komputer dan bantuan uang untuk pelatihan.", next_step="Menyusun berita acara.",
    )  # fmt: skip
    with_bangka = _audience(
        team, people, users, [cases["budget"]], "Audiensi dengan Pemerintah Kabupaten Bangka",
        datetime(2019, 8, 20, 2, tzinfo=UTC), activity=activities["Audiensi penganggaran ke pemerintah kabupaten"],
        regency_id="19.01", received_by="Sekretaris daerah kabupaten", points="Anggaran perpustakaan desa belum ada.",
        answer="Diusulkan dalam APBD 2020.", next_step="Menyampaikan rincian kebutuhan.",
    )  # fmt: skip
    support = activities["Dukungan komputer, buku, dan tenaga pelatih"]
    _promises(team, cases, with_company, with_bangka, support, by=desk)
    _network(team, partners, with_bangka, activities["Publikasi kegiatan perpustakaan desa"], by=desk)


def _fresh(case):
    return AdvocacyCase.objects.with_names().get(pk=case.pk)


def _partners(team, *, by):
    found = {"university": Institution.objects.get(province=team.province, name="Perguruan tinggi")}
    found["press"] = Institution.objects.get(province=team.province, name="Media cetak")
    for key, (name, short, sector, regency) in PARTNERS.items():
        made = Institution(province=team.province, name=name, abbreviation=short, sector=sector, regency_id=regency)
        found[key] = made.save_as(by=by)
    return found


def _cases(team, people, partners, *, by):
    cases = {}
    for key, (partner, aim, asked, person, regencies, villages, since) in CASES.items():
        case = AdvocacyCase(
            team=team, province=team.province, institution=partners[partner], aim=aim, asked=asked,
            person_in_charge=people[person], stage_since=since,
        )  # fmt: skip
        places = Village.objects.filter(regency="19.01", name__in=villages, library__isnull=False)
        cases[key] = save_case(case=case, regencies=Regency.objects.filter(pk__in=regencies), villages=places, by=by)
    return cases


def _audience(team, people, users, cases, title, starts_at, **parts):
    """Held with two of the team, its minutes approved."""
    meeting = Meeting(
        team=team, province=team.province, kind=Meeting.Kind.AUDIENCE, title=title, starts_at=starts_at,
        chair=people["Sekretaris DKPUS"], note_taker=people["PIC Program DKPUS"], **parts,
    )  # fmt: skip
    came = {"Sekretaris DKPUS", "PIC Program DKPUS", "Perwakilan DPMD"}
    roster = []
    for order, membership in enumerate(team.members_on(starts_at.date())):
        presence = Attendance.Presence.PRESENT if membership.person.name in came else Attendance.Presence.ABSENT
        row = Attendance(person=membership.person, presence=presence, order=order)
        row.take_from(membership)
        roster.append(row)
    record_meeting(
        meeting=meeting, sent={}, roster=roster, guests=[], agenda=[], followups=[], removed=[], attachments=[], dropped=[],
        cases=cases, submit=True, by=users["sekretariat"],
    )  # fmt: skip
    meeting.approve(by=users["ketua"])
    return meeting


def _promises(team, cases, with_company, with_bangka, support, *, by):
    """Computers of which a part has come, money of which half has come, and a budget that is overdue."""
    common = {"team": team, "province": team.province, "regency_id": "19.01"}
    company = {"institution": cases["computers"].institution, "case": _fresh(cases["computers"]), "meeting": with_company}
    company |= {"promised_on": date(2019, 8, 13), "promised_by": with_company.received_by, "activity": support} | common
    goods = Commitment(
        kind=Kind.GOODS, description="Lima komputer", value=12_500_000, value_basis=Commitment.Basis.GIVER,
        due_on=date(2019, 10, 31), **company,
    )  # fmt: skip
    money = Commitment(kind=Kind.MONEY, description="Bantuan pelatihan TIK", value=5_000_000, **company)
    budget = Commitment(
        kind=Kind.POLICY, description="Mata anggaran perpustakaan desa dalam APBD 2020", value=150_000_000,
        institution=cases["budget"].institution, case=_fresh(cases["budget"]), meeting=with_bangka,
        promised_on=date(2019, 8, 20), promised_by=with_bangka.received_by, due_on=date(2019, 12, 31), **common,
    )  # fmt: skip
    for commitment in (goods, money, budget):
        save_commitment(commitment=commitment, by=by)
    villages = list(Village.objects.filter(regency="19.01", name__in=["Kapuk", "Kimak"], library__isnull=False))
    save_realisation(
        realisation=Realisation.of(goods, realised_on=date(2019, 9, 5), amount=8_000_000, note="Dua komputer, BAST"),
        villages=villages, safe=_picture("Contoh berita acara serah terima"), by=by,
    )  # fmt: skip
    save_realisation(
        realisation=Realisation.of(money, realised_on=date(2019, 9, 19), amount=2_500_000, note="Tahap pertama"),
        villages=[], safe=_picture("Contoh kuitansi"), by=by,
    )  # fmt: skip


def _picture(text):
    """A page that says it is a sample."""
    image, buffer = Image.new("RGB", (640, 360), "white"), BytesIO()
    ImageDraw.Draw(image).text((40, 160), text, fill="black")
    image.save(buffer, "PNG")
    return uploads.accept(SimpleUploadedFile(f"{text.lower().replace(' ', '-')}.png", buffer.getvalue()))


def _network(team, partners, about, activity, *, by):
    common = {"team": team, "province": team.province}
    Partnership(
        institution=partners["university"], kind=Partnership.Kind.PKS, number="Contoh/2019",
        about="Pendampingan perpustakaan desa oleh mahasiswa", starts_on=date(2019, 7, 1), ends_on=date(2021, 6, 30), **common,
    ).save_as(by=by)  # fmt: skip
    MediaCoverage(
        title="Perpustakaan desa menjadi tempat belajar warga", outlet="Media cetak", published_on=date(2019, 7, 22),
        link="https://example.com/perpustakaan-desa", activity=activity, **common,
    ).save_as(by=by)  # fmt: skip
    MediaCoverage(
        title="Tim Sinergi temui Pemerintah Kabupaten Bangka", outlet="Media cetak", published_on=date(2019, 8, 21),
        link="https://example.com/audiensi-bangka", meeting=about, activity=activity, **common,
    ).save_as(by=by)  # fmt: skip
