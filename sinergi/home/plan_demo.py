"""
The demonstration's work plans: 2019, approved and partly carried out; 2020, handed in a second time.

From the article of the library office of Kepulauan Bangka Belitung (2019): the three roles, the four ways, the stakeholder
meetings of July (three regencies) and August (the province), the governor's decree, money from APBD and from others. Every
amount, target, comment and receipt, the internal meeting of 19 June 2019 and the plan of 2020 are samples.
"""

from datetime import UTC, date, datetime

from advocacy.actions import record_meeting
from advocacy.models import AgendaItem, Attendance, Meeting
from programs.actions import (
    add_comments,
    approve_plan,
    create_plan,
    remove_activity,
    return_plan,
    save_activity,
    submit_plan,
)
from programs.models import Achievement, Expense, FundingSource, PlanComment, PlannedActivity, WorkPlan
from programs.months import mask_of

Kind, Support, Way = FundingSource.Kind, FundingSource.Support, PlannedActivity.Way

#: key → kind, support, name, ceiling in rupiah by year.
SOURCES = {
    "province": (Kind.APBD_PROVINCE, Support.CASH, "", {2019: 60_000_000, 2020: 70_000_000}),
    "regency": (Kind.APBD_REGENCY, Support.CASH, "Bangka", {2019: 6_000_000, 2020: 6_000_000}),
    "private": (Kind.PRIVATE, Support.IN_KIND, "", {2019: None, 2020: None}),
    "media": (Kind.OTHER, Support.IN_KIND, "perguruan tinggi dan media", {2019: None, 2020: None}),
}

#: Role, title, way, output, target, unit, months, regency, person, {source: rupiah}.
PLAN_2019 = [
    (1, "Rapat internal tim", Way.INTERNAL, "Rencana kerja dan perkembangannya", 6, "rapat", range(2, 13, 2), None,
     "PIC Program DKPUS", {"province": 3_000_000}),
    (1, "Pengajuan SK Gubernur hingga penetapan", Way.OTHER, "SK Gubernur", 1, "SK", range(7, 10), None,
     "PIC Program DKPUS", {"province": 3_500_000}),
    (1, "Audiensi penganggaran ke pemerintah kabupaten", Way.AUDIENCE, "Anggaran perpustakaan desa", 3, "kabupaten",
     range(7, 11), None, "Perwakilan DPMD", {"province": 9_000_000}),
    (2, "Pertemuan stakeholder tingkat kabupaten", Way.STAKEHOLDER, "Komitmen pemangku kepentingan", 3, "pertemuan", [7],
     None, "Sekretaris DKPUS", {"province": 12_000_000, "regency": 6_000_000}),
    (2, "Pertemuan stakeholder tingkat provinsi", Way.STAKEHOLDER, "Komitmen pemangku kepentingan", 1, "pertemuan", [8],
     None, "Sekretaris DKPUS", {"province": 12_500_000}),
    (2, "Dukungan komputer, buku, dan tenaga pelatih", Way.SUPPORT, "Barang dan jasa dari swasta", 3, "mitra", range(7, 12),
     None, "Perwakilan perguruan tinggi", {"private": 25_000_000}),
    (2, "Publikasi kegiatan perpustakaan desa", Way.MEDIA, "Berita di media cetak", 6, "publikasi", range(7, 13), None,
     "Perwakilan media cetak", {"media": 2_500_000}),
    (3, "Mentoring dan monitoring perpustakaan desa", Way.VISIT, "Catatan pendampingan", 17, "kunjungan", range(7, 12), None,
     "Perwakilan komunitas baca", {"province": 8_500_000}),
]  # fmt: skip

NEW_IN_2020 = (
    3, "Sosialisasi program ke daerah lain", Way.STAKEHOLDER, "Daerah yang menyatakan bergabung", 2, "daerah", [4, 5], None,
    "Perwakilan DPMD", {"province": 1_500_000},
)  # fmt: skip


def load_plans(team, users):
    people = {member.person.name: member.person for member in team.memberships.select_related("person")}
    first = _plan_2019(team, people, users)
    _what_happened(first, people, users)
    _plan_2020(first, people, users)


def _sources(team, year, *, by):
    found = {}
    for key, (kind, support, name, ceilings) in SOURCES.items():
        same = {"team": team, "year": year, "kind": kind, "support": support, "name": name}
        source = FundingSource.objects.filter(**same).first() or FundingSource(**same)
        source.ceiling = ceilings[year]
        found[key] = source.save_as(by=by)
    return found


def _add(plan, row, people, sources, *, by):
    role, title, way, output, target, unit, months, regency, person, budget = row
    activity = PlannedActivity(
        plan=plan, role=role, title=title, way=way, output=output, target=target, unit=unit, months=mask_of(months),
        regency=regency, person_in_charge=people[person],
    )  # fmt: skip
    return save_activity(activity=activity, budget={sources[key]: n for key, n in budget.items()}, by=by)


def _plan_2019(team, people, users):
    desk = users["sekretariat"]
    plan = WorkPlan(team=team, note="Menguatkan dasar hukum tim dan komitmen pemangku kepentingan.")
    plan.set_period(2019, WorkPlan.Period.YEAR)
    create_plan(plan=plan, by=desk)
    sources = _sources(team, 2019, by=desk)
    for row in PLAN_2019:
        _add(plan, row, people, sources, by=desk)
    return _hand_in_and_approve(plan, users)


def _fresh(plan):
    return WorkPlan.objects.select_related("team__province").get(pk=plan.pk)


def _hand_in_and_approve(plan, users):
    plan = _fresh(plan)
    submit_plan(plan=plan, by=users["sekretariat"])
    approve_plan(plan=plan, by=users["ketua"])
    return plan


def _what_happened(plan, people, users):
    """A meeting held, four ahead, visits noted down, three expenses; what partners gave is in advocacy_demo."""
    desk, activities = users["sekretariat"], {row.title: row for row in plan.activities.all()}
    stakeholder = activities["Pertemuan stakeholder tingkat kabupaten"]
    for meeting in plan.team.meetings.filter(kind=Meeting.Kind.STAKEHOLDER_REGENCY):
        meeting.tie(stakeholder, by=desk)
    plan.team.meetings.get(kind=Meeting.Kind.STAKEHOLDER_PROVINCE).tie(
        activities["Pertemuan stakeholder tingkat provinsi"], by=desk
    )
    _internal_meeting(plan.team, activities["Rapat internal tim"], people, users)
    visits = activities["Mentoring dan monitoring perpustakaan desa"]
    five = {"amount": 5, "achieved_on": date(2019, 8, 23), "note": "Lima desa di Kabupaten Bangka."}
    Achievement(activity=visits, **five).save_as(by=desk)
    sources = _sources(plan.team, 2019, by=desk)
    for title, key, amount, day, what in (
        ("Rapat internal tim", "province", 450_000, date(2019, 6, 19), "Konsumsi rapat"),
        ("Mentoring dan monitoring perpustakaan desa", "province", 2_750_000, date(2019, 8, 26), "Perjalanan ke lima desa"),
        (
            "Dukungan komputer, buku, dan tenaga pelatih",
            "private",
            8_000_000,
            date(2019, 9, 5),
            "Dua komputer",
        ),
    ):
        expense = Expense(activity=activities[title], source=sources[key], amount=amount, spent_on=day, what=what)
        expense.save_as(by=desk)


def _internal_meeting(team, activity, people, users):
    day = date(2019, 6, 19)
    meeting = Meeting(
        team=team, province=team.province, kind=Meeting.Kind.INTERNAL, title="Rapat internal persiapan semester II",
        starts_at=datetime(2019, 6, 19, 2, 0, tzinfo=UTC), place="Dinas Kearsipan dan Perpustakaan",
        chair=people["Sekretaris DKPUS"], note_taker=people["PIC Program DKPUS"], activity=activity,
    )  # fmt: skip
    roster = []
    for order, membership in enumerate(team.members_on(day)):
        row = Attendance(person=membership.person, presence=Attendance.Presence.PRESENT, order=order)
        row.take_from(membership)
        roster.append(row)
    agenda = AgendaItem(
        topic="Persiapan pertemuan stakeholder",
        decision="Pertemuan tingkat kabupaten diadakan Juli 2019, tingkat provinsi Agustus 2019.",
    )
    record_meeting(
        meeting=meeting, sent={}, roster=roster, guests=[], agenda=[agenda], followups=[], removed=[], attachments=[],
        dropped=[], submit=True, by=users["sekretariat"],
    )  # fmt: skip
    meeting.approve(by=users["ketua"])


def _plan_2020(earlier, people, users):
    """Copied from 2019, sent back with two comments, changed and handed in again."""
    desk, chair = users["sekretariat"], users["ketua"]
    plan = WorkPlan(team=earlier.team)
    plan.set_period(2020, WorkPlan.Period.YEAR)
    create_plan(plan=plan, copied=earlier, by=desk)
    sources = _sources(plan.team, 2020, by=desk)
    plan = _fresh(plan)
    submit_plan(plan=plan, by=desk)

    rows = {row.title: row for row in plan.activities.select_related("plan__team__province")}
    decree, goods = rows["Pengajuan SK Gubernur hingga penetapan"], rows["Dukungan komputer, buku, dan tenaga pelatih"]
    comments = [
        PlanComment(plan=plan, activity=decree, about=f"1.2 {decree}", round=1, text="Apakah harmonisasi sudah dihitung?"),
        PlanComment(plan=plan, activity=goods, about=f"2.3 {goods}", round=1, text="Nilainya masih sama dengan 2019?"),
    ]
    return_plan(plan=plan, by=chair, reason="Sesuaikan dengan yang belum tercapai pada 2019.", comments=comments)

    decree.months = mask_of(range(7, 11))
    save_activity(activity=decree, budget={sources["province"]: 3_500_000}, by=desk, version=decree.version)
    goods.target = 4
    save_activity(activity=goods, budget={sources["private"]: 30_000_000}, by=desk, version=goods.version)
    remove_activity(activity=rows["Pertemuan stakeholder tingkat provinsi"], by=desk)
    _add(plan, NEW_IN_2020, people, sources, by=desk)
    answer = PlanComment(
        plan=plan, activity=decree, about=comments[0].about, round=1, answers=comments[0],
        text="Sudah. Karena itu selesai digeser ke Oktober.",
    )  # fmt: skip
    add_comments(comments=[answer], by=desk)
    submit_plan(plan=_fresh(plan), by=desk)
