"""
Storylines of the year of the article: its plan, its meetings, and whom the team asked for what.

From the article: the three roles, the four ways, the stakeholder meetings of July (three regencies)
and August (the province), money from APBD and from others, that government is asked for policies
and the private sector for resources. Every day, amount, target, answer and word of minutes is a
sample, and the minutes say so.
"""

from datetime import date

from advocacy.models import Meeting
from programs.actions import approve_plan, create_plan, save_activity, submit_plan
from programs.models import Achievement, Expense, FundingSource, PlannedActivity, WorkPlan
from programs.months import mask_of
from sinergi.home.demo.advocacy_2019 import advocacy_storylines_of_2019
from sinergi.home.demo.meetings import (
    Kind,
    SampleMeeting,
    build_meeting,
    meeting_storyline,
    minutes_storyline,
)
from sinergi.home.demo.timeline import at
from sinergi.home.demo.world import VILLAGES
from villages.models import Regency

Source, Support, Way = FundingSource.Kind, FundingSource.Support, PlannedActivity.Way
SAMPLE = "Notula ini contoh: artikel hanya menyebut bulan pertemuannya."

INTERNAL, DECREE = "Rapat internal tim", "Pengajuan SK Gubernur hingga penetapan"
AUDIENCES = "Audiensi penganggaran ke pemerintah kabupaten"
IN_REGENCIES = "Pertemuan pemangku kepentingan tingkat kabupaten"
IN_PROVINCE = "Pertemuan pemangku kepentingan tingkat provinsi"
SUPPORT, MEDIA = (
    "Dukungan komputer, buku, dan tenaga pelatih",
    "Publikasi kegiatan perpustakaan desa",
)
VISITS = "Mentoring dan monitoring perpustakaan desa"

#: key → kind, support, name, ceiling in rupiah.
SOURCES = {
    "province": (Source.APBD_PROVINCE, Support.CASH, "", 60_000_000),
    "regency": (Source.APBD_REGENCY, Support.CASH, "Bangka", 6_000_000),
    "private": (Source.PRIVATE, Support.IN_KIND, "", None),
    "media": (Source.OTHER, Support.IN_KIND, "perguruan tinggi dan media", None),
}

#: Role, title, way, output, target, unit, months, person, {source: rupiah}.
PLAN = [
    (
        1,
        INTERNAL,
        Way.INTERNAL,
        "Rencana kerja dan perkembangannya",
        6,
        "rapat",
        range(2, 13, 2),
        "PIC Program DKPUS",
        {"province": 3_000_000},
    ),
    (
        1,
        DECREE,
        Way.OTHER,
        "SK Gubernur",
        1,
        "SK",
        range(7, 10),
        "PIC Program DKPUS",
        {"province": 3_500_000},
    ),
    (
        1,
        AUDIENCES,
        Way.AUDIENCE,
        "Anggaran perpustakaan desa",
        3,
        "kabupaten",
        range(7, 11),
        "Perwakilan DPMD",
        {"province": 9_000_000},
    ),
    (
        2,
        IN_REGENCIES,
        Way.STAKEHOLDER,
        "Komitmen pemangku kepentingan",
        3,
        "pertemuan",
        [7],
        "Sekretaris DKPUS",
        {"province": 12_000_000, "regency": 6_000_000},
    ),
    (
        2,
        IN_PROVINCE,
        Way.STAKEHOLDER,
        "Komitmen pemangku kepentingan",
        1,
        "pertemuan",
        [8],
        "Sekretaris DKPUS",
        {"province": 12_500_000},
    ),
    (
        2,
        SUPPORT,
        Way.SUPPORT,
        "Barang dan jasa dari swasta",
        3,
        "mitra",
        range(7, 12),
        "Perwakilan perguruan tinggi",
        {"private": 25_000_000},
    ),
    (
        2,
        MEDIA,
        Way.MEDIA,
        "Berita di media cetak",
        6,
        "publikasi",
        range(7, 13),
        "Perwakilan media cetak",
        {"media": 2_500_000},
    ),
    (
        3,
        VISITS,
        Way.VISIT,
        "Catatan pendampingan",
        17,
        "kunjungan",
        range(5, 12),
        "Perwakilan komunitas baca",
        {"province": 8_500_000},
    ),
]

HELD = {"19.01": date(2019, 7, 9), "19.02": date(2019, 7, 16), "19.06": date(2019, 7, 23)}
MIDSUMMER, OF_PROVINCE = date(2019, 6, 19), date(2019, 8, 21)


def storylines_of_2019(world):
    """Yield the storylines of this module."""
    yield work_plan(world)
    yield internal_meeting(world)
    for code in VILLAGES:
        yield meeting_in_regency(world, code)
    yield meeting_in_province(world)
    yield progress_of_plan(world)
    yield from advocacy_storylines_of_2019(world)


def work_plan(world):
    yield at(date(2019, 1, 15), "09.30")
    secretariat = world.secretariat
    made = WorkPlan(
        team=world.team, note="Menguatkan dasar hukum tim dan komitmen pemangku kepentingan."
    )
    made.set_period(2019, WorkPlan.Period.YEAR)
    create_plan(plan=made, by=secretariat)
    sources = {
        key: (
            FundingSource(
                team=world.team, year=2019, kind=kind, support=support, name=name, ceiling=ceiling
            ).save_as(by=secretariat)
        )
        for key, (kind, support, name, ceiling) in SOURCES.items()
    }
    for role, title, way, output, target, unit, months, person, budget in PLAN:
        activity = PlannedActivity(
            plan=made,
            role=role,
            title=title,
            way=way,
            output=output,
            target=target,
            unit=unit,
            months=mask_of(months),
            person_in_charge=world.people[person],
        )
        save_activity(
            activity=activity, budget={sources[key]: n for key, n in budget.items()}, by=secretariat
        )
    yield at(date(2019, 1, 18), "14.00")
    made = WorkPlan.objects.select_related("team__province").get(pk=made.pk)
    submit_plan(plan=made, by=secretariat)
    yield at(date(2019, 1, 25), "08.40")
    approve_plan(plan=made, by=world.chair)


def internal_meeting(world):
    agenda = (
        (
            "Persiapan pertemuan pemangku kepentingan",
            "Notula ini contoh.",
            "Pertemuan tingkat kabupaten diadakan Juli 2019, tingkat provinsi Agustus 2019.",
        ),
    )
    title = "Rapat internal persiapan semester II"
    yield from meeting_storyline(
        world,
        SampleMeeting(
            "2019",
            title,
            MIDSUMMER,
            agenda,
            activity=INTERNAL,
            place="Dinas Kearsipan dan Perpustakaan",
        ),
    )


def _planned_for(world, month, **parts):
    """Create a meeting that is planned for a month, as the founding meeting set it."""
    meeting = Meeting(
        starts_at=at(date(2019, month, 1), "00.00"), day_is_set=False, **parts, **world.team_fields
    )
    return meeting.save_as(by=world.secretariat)


def _held(world, meeting, sample):
    """Set the day of the meeting, as the internal meeting of June did, and hold it."""
    yield at(date(2019, 6, 20), "09.15")
    meeting = Meeting.objects.select_related("team__province", "province").get(pk=meeting.pk)
    fixed = build_meeting(world, sample)
    for name in ("starts_at", "place", "activity", "chair", "note_taker"):
        setattr(meeting, name, getattr(fixed, name))
    meeting.day_is_set = True
    meeting.save_as(by=world.secretariat)
    yield from minutes_storyline(world, sample, meeting)


def meeting_in_regency(world, code):
    yield at(date(2018, 12, 3), "10.00")
    regency = Regency.objects.get(pk=code)
    title = f"Pertemuan pemangku kepentingan {regency.name}"
    meeting = _planned_for(world, 7, kind=Kind.STAKEHOLDER_REGENCY, regency=regency, title=title)
    agenda = (
        (
            "Keberlanjutan perpustakaan desa penerima program",
            SAMPLE,
            "Setiap desa penerima menyusun usulan anggaran perpustakaan untuk tahun 2020.",
        ),
        (
            "Dukungan pemerintah kabupaten dan swasta",
            "Kebutuhan tiap desa dibahas satu per satu.",
            "Tim menemui pemerintah kabupaten dan perusahaan setempat.",
        ),
    )
    guests = ((f"Perwakilan dinas perpustakaan {regency.name}", f"Pemerintah {regency.name}"),)
    yield from _held(
        world,
        meeting,
        SampleMeeting(
            f"2019 {code}",
            title,
            HELD[code],
            agenda,
            kind=Kind.STAKEHOLDER_REGENCY,
            regency=code,
            guests=guests,
            place=f"Perpustakaan {regency.name}",
            activity=IN_REGENCIES,
        ),
    )


def meeting_in_province(world):
    yield at(date(2018, 12, 3), "10.05")
    title = IN_PROVINCE
    meeting = _planned_for(world, 8, kind=Kind.STAKEHOLDER_PROVINCE, title=title)
    agenda = (
        (
            "Hasil pertemuan di tiga kabupaten",
            SAMPLE,
            "Hasilnya disampaikan kepada pimpinan daerah.",
        ),
        ("SK Gubernur", "Draf sedang diharmonisasi.", "Tim memantau hingga ditetapkan."),
    )
    guests = (("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Bangka"),)
    yield from _held(
        world,
        meeting,
        SampleMeeting(
            "2019 province",
            title,
            OF_PROVINCE,
            agenda,
            kind=Kind.STAKEHOLDER_PROVINCE,
            guests=guests,
            activity=IN_PROVINCE,
        ),
    )


def progress_of_plan(world):
    """Record by hand what was achieved of the plan, and what it cost."""

    def spend(title, key, amount, day, what):
        kind, support, name, _ = SOURCES[key]
        source = FundingSource.objects.get(
            team=world.team, year=2019, kind=kind, support=support, name=name
        )
        activity = world.activity(title, day)
        Expense(activity=activity, source=source, amount=amount, spent_on=day, what=what).save_as(
            by=world.secretariat
        )

    def note(title, amount, day, text):
        Achievement(
            activity=world.activity(title, day), amount=amount, achieved_on=day, note=text
        ).save_as(by=world.secretariat)

    yield at(date(2019, 5, 27), "10.00")
    note(VISITS, 5, date(2019, 5, 24), "Lima desa di Kabupaten Bangka.")
    spend(VISITS, "province", 2_750_000, date(2019, 5, 27), "Perjalanan ke lima desa")
    yield at(date(2019, 6, 21), "13.30")
    spend(INTERNAL, "province", 450_000, MIDSUMMER, "Konsumsi rapat")
    yield at(date(2019, 9, 6), "09.00")
    spend(SUPPORT, "private", 8_000_000, date(2019, 9, 5), "Dua komputer")
    yield at(date(2019, 9, 23), "10.00")
    spend(VISITS, "province", 2_400_000, date(2019, 9, 20), "Perjalanan ke empat desa")
    yield at(date(2019, 10, 4), "11.00")
    note(DECREE, 1, date(2019, 9, 30), "SK Gubernur Nomor Contoh/2019.")
