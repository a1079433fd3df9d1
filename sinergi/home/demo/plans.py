"""
Storylines of the work plans of the half-years around the day of loading: the previous one, approved
and for the most part carried out; the current one, approved and under way; the next one, sent back
once and submitted again. All of it is sample.
"""

from datetime import date, timedelta

from programs.actions import (
    add_comments,
    approve_plan,
    create_plan,
    remove_activity,
    return_plan,
    save_activity,
    submit_plan,
)
from programs.models import (
    Achievement,
    Expense,
    FundingSource,
    PlanComment,
    PlannedActivity,
    WorkPlan,
)
from programs.months import mask_of
from sinergi.home.demo.founding import SUCCESSOR
from sinergi.home.demo.timeline import at, workday_after, workday_before

Source, Support = FundingSource.Kind, FundingSource.Support
Way, Period = PlannedActivity.Way, WorkPlan.Period

INTERNAL, AUDIENCES = "Rapat internal tim", "Audiensi penganggaran perpustakaan desa"
INSTRUMENT, STAKEHOLDERS = "Penyusunan instrumen pemantauan", "Pertemuan pemangku kepentingan"
SUPPORT, MEDIA = "Dukungan barang, dana, dan jasa mitra", "Publikasi kegiatan perpustakaan desa"
AGREEMENT, VISITS = (
    "Perjanjian kerja sama pendampingan",
    "Mentoring dan monitoring perpustakaan desa",
)
REPORTS = "Pengumpulan laporan triwulan"
TRAINING, NEW = "Pelatihan TIK bagi pengelola", "Sosialisasi program ke kabupaten lain"

#: key → kind, support, name, ceiling in rupiah for a year.
SOURCES = {
    "province": (Source.APBD_PROVINCE, Support.CASH, "", 130_000_000),
    "regency": (Source.APBD_REGENCY, Support.CASH, "Bangka", 12_000_000),
    "private": (Source.PRIVATE, Support.IN_KIND, "", None),
    "media": (Source.OTHER, Support.IN_KIND, "perguruan tinggi dan media", None),
}

#: Role, title, way, output, target, unit, months of the half-year, person, {source: rupiah}.
ACTIVITIES = [
    (
        1,
        INTERNAL,
        Way.INTERNAL,
        "Rencana kerja dan perkembangannya",
        8,
        "rapat",
        range(1, 7),
        "PIC Program DKPUS",
        {"province": 2_400_000},
    ),
    (
        1,
        AUDIENCES,
        Way.AUDIENCE,
        "Anggaran dan peraturan perpustakaan desa",
        3,
        "audiensi",
        range(2, 7),
        "Perwakilan DPMD",
        {"province": 6_000_000},
    ),
    (
        1,
        INSTRUMENT,
        Way.OTHER,
        "Instrumen pemantauan",
        1,
        "dokumen",
        [1],
        SUCCESSOR,
        {"province": 1_500_000},
    ),
    (
        2,
        STAKEHOLDERS,
        Way.STAKEHOLDER,
        "Komitmen pemangku kepentingan",
        4,
        "pertemuan",
        range(1, 7),
        "Sekretaris DKPUS",
        {"province": 14_000_000, "regency": 6_000_000},
    ),
    (
        2,
        SUPPORT,
        Way.SUPPORT,
        "Barang, dana, dan jasa",
        3,
        "komitmen",
        range(1, 7),
        "Perwakilan perguruan tinggi",
        {"private": 30_000_000},
    ),
    (
        2,
        MEDIA,
        Way.MEDIA,
        "Berita tentang perpustakaan desa",
        10,
        "publikasi",
        range(1, 7),
        "Perwakilan media cetak",
        {"media": 3_000_000},
    ),
    (
        2,
        AGREEMENT,
        Way.PARTNERSHIP,
        "Perjanjian kerja sama",
        1,
        "perjanjian",
        [1],
        "Perwakilan perguruan tinggi",
        {"province": 1_000_000},
    ),
    (
        3,
        VISITS,
        Way.VISIT,
        "Catatan pendampingan",
        16,
        "kunjungan",
        range(1, 7),
        "Perwakilan komunitas baca",
        {"province": 12_000_000},
    ),
    (
        3,
        TRAINING,
        Way.TRAINING,
        "Pengelola yang mahir TIK",
        2,
        "angkatan",
        [2, 5],
        "Perwakilan perguruan tinggi",
        {"province": 10_000_000},
    ),
    (
        3,
        REPORTS,
        Way.REPORT,
        "Laporan yang terverifikasi",
        30,
        "laporan",
        [1, 4],
        "PIC Program DKPUS",
        {},
    ),
]
ADDED = (
    3,
    NEW,
    Way.OTHER,
    "Kabupaten yang menyatakan bergabung",
    2,
    "kabupaten",
    [3, 4],
    "Perwakilan DPMD",
    {"province": 3_500_000},
)

#: What was noted by hand of a half-year that is over: days since its beginning, title, amount,
#: text.
NOTED = [
    (12, INSTRUMENT, 1, "Instrumen disepakati tim."),
    (30, VISITS, 5, "Lima desa di Kabupaten Belitung."),
    (40, TRAINING, 1, "Angkatan pertama, 16 pengelola."),
    (120, VISITS, 5, "Lima desa di Kabupaten Belitung Timur."),
    (130, TRAINING, 1, "Angkatan kedua, 15 pengelola."),
]
#: Of the half-year that runs, (days since its beginning, days ago), the earlier of the two: what is
#: done ahead of it counts.
NOTED_NOW = [
    (12, 15, INSTRUMENT, 1, "Instrumen disepakati tim."),
    (40, 12, TRAINING, 1, "Angkatan pertama, 16 pengelola."),
    (45, 11, VISITS, 4, "Empat desa di Kabupaten Belitung."),
]

#: Days ago, title, source, rupiah, what for.
SPENT = [
    (348, INTERNAL, "province", 300_000, "Konsumsi rapat"),
    (327, STAKEHOLDERS, "province", 3_800_000, "Konsumsi dan transport peserta"),
    (296, AUDIENCES, "province", 1_250_000, "Perjalanan dinas"),
    (239, SUPPORT, "private", 18_000_000, "Enam komputer dari bank"),
    (236, STAKEHOLDERS, "regency", 3_200_000, "Sewa ruang dan konsumsi"),
    (188, VISITS, "province", 3_600_000, "Perjalanan ke tiga desa"),
    (147, STAKEHOLDERS, "province", 4_900_000, "Konsumsi dan transport peserta"),
    (139, INTERNAL, "province", 300_000, "Konsumsi rapat"),
    (94, AUDIENCES, "province", 850_000, "Perjalanan dinas"),
    (62, STAKEHOLDERS, "regency", 2_700_000, "Sewa ruang dan konsumsi"),
    (51, VISITS, "province", 2_400_000, "Perjalanan ke empat desa"),
    (47, SUPPORT, "private", 6_000_000, "Dua ratus buku bacaan"),
    (43, INTERNAL, "province", 300_000, "Konsumsi rapat"),
    (20, STAKEHOLDERS, "province", 3_100_000, "Konsumsi dan transport peserta"),
    (11, TRAINING, "province", 4_200_000, "Honor dan bahan pelatihan"),
    (7, VISITS, "province", 3_300_000, "Perjalanan ke empat desa"),
]


def half_year(day, later=0):
    """Return the first day of that day's half-year, or of one so many half-years later."""
    count = day.year * 2 + (day.month > 6) + later
    return date(count // 2, 7 if count % 2 else 1, 1)


def plan_storylines(world):
    """Yield the storylines of this module."""
    yield previous_half_year(world, half_year(world.today, -1))
    yield current_half_year(world, half_year(world.today))
    yield next_half_year(world, half_year(world.today, 1))
    for days, *row in SPENT:
        yield expense_storyline(world, workday_before(world.days_ago(days)), *row)


# One half-year after the other ------------------------------------------------------------------
def previous_half_year(world, first):
    yield from approved_plan(world, first)
    for days, title, amount, text in NOTED:
        yield from achievement_storyline(
            world, first, workday_before(first + timedelta(days=days)), title, amount, text
        )


def current_half_year(world, first):
    yield from approved_plan(world, first)
    rows = [
        (min(first + timedelta(days=days), world.days_ago(days_ago)), title, amount, text)
        for days, days_ago, title, amount, text in NOTED_NOW
    ]
    for day, title, amount, text in sorted(rows):
        early = "" if day >= first else " Dilaksanakan lebih awal."
        yield from achievement_storyline(
            world, first, workday_before(day), title, amount, f"{text}{early}"
        )


def next_half_year(world, first):
    """
    Tell a plan that is copied from the current one, sent back with two comments, changed and
    submitted again.
    """
    yield at(workday_before(world.days_ago(30)), "10.00")
    secretariat = world.secretariat
    plan = start_plan(world, first)
    yield at(workday_before(world.days_ago(24)), "15.10")
    submit_plan(plan=_stored(plan), by=secretariat)
    yield at(workday_before(world.days_ago(18)), "09.05")
    plan = _stored(plan)
    rows = {
        row.title: row for row in plan.activities.in_order().select_related("plan__team__province")
    }
    visits, training = rows[VISITS], rows[TRAINING]
    asked = [
        _comment(plan, visits, "3.1", "Apakah 16 kunjungan cukup?"),
        _comment(plan, training, "3.2", "Mohon angkatan kedua tidak menumpuk di akhir semester."),
    ]
    reason = "Sesuaikan target dengan yang belum tercapai pada semester ini."
    return_plan(plan=plan, by=world.chair, reason=reason, comments=asked)
    yield at(workday_before(world.days_ago(11)), "13.45")
    sources = sources_of(world, first.year)
    visits.target = 20
    save_activity(
        activity=visits,
        budget={sources["province"]: 14_500_000},
        by=secretariat,
        version=visits.version,
    )
    training.months = mask_of(_months([2, 4], first))
    save_activity(
        activity=training,
        budget={sources["province"]: 10_000_000},
        by=secretariat,
        version=training.version,
    )
    remove_activity(activity=rows[AGREEMENT], by=secretariat)
    add_activity(world, plan, first, ADDED, sources)
    answer = _comment(
        plan, visits, "3.1", "Belum. Target dinaikkan menjadi 20 kunjungan.", answers=asked[0]
    )
    add_comments(comments=[answer], by=secretariat)
    yield at(workday_before(world.days_ago(5)), "11.20")
    submit_plan(plan=_stored(plan), by=secretariat)


def approved_plan(world, first):
    """Tell how a plan is made, submitted and approved before its half-year begins."""
    yield at(workday_before(first - timedelta(days=62)), "10.00")
    plan = start_plan(world, first)
    yield at(workday_before(first - timedelta(days=55)), "14.30")
    submit_plan(plan=_stored(plan), by=world.secretariat)
    yield at(workday_before(first - timedelta(days=48)), "09.20")
    approve_plan(plan=_stored(plan), by=world.chair)


def start_plan(world, first):
    """Return a new plan, copied from that of the half-year before if there is one."""
    plan = WorkPlan(
        team=world.team,
        note="Menguatkan komitmen pemangku kepentingan dan pendampingan perpustakaan desa.",
    )
    plan.set_period(first.year, Period.FIRST_HALF if first.month == 1 else Period.SECOND_HALF)
    earlier = (
        WorkPlan.objects.filter(team=world.team, starts_on=half_year(first, -1))
        .select_related("team__province")
        .first()
    )
    create_plan(plan=plan, copied=earlier, by=world.secretariat)
    sources = sources_of(world, first.year)
    if earlier is None:
        for row in ACTIVITIES:
            add_activity(world, plan, first, row, sources)
    return plan


def add_activity(world, plan, first, row, sources):
    role, title, way, output, target, unit, months, person, budget = row
    activity = PlannedActivity(
        plan=plan,
        role=role,
        title=title,
        way=way,
        output=output,
        target=target,
        unit=unit,
        months=mask_of(_months(months, first)),
        person_in_charge=world.people[person],
    )
    save_activity(
        activity=activity,
        budget={sources[key]: n for key, n in budget.items()},
        by=world.secretariat,
    )


def sources_of(world, year):
    """Return {key: source} of that year. A source that was copied without its ceiling gets it."""
    found = {}
    for key, (kind, support, name, ceiling) in SOURCES.items():
        same = {"team": world.team, "year": year, "kind": kind, "support": support, "name": name}
        source = FundingSource.objects.filter(**same).first() or FundingSource(**same)
        if source.pk is None or source.ceiling != ceiling:
            source.ceiling = ceiling
            source.save_as(by=world.secretariat)
        found[key] = source
    return found


def _months(of_half, first):
    return [first.month - 1 + month for month in of_half]


def _stored(plan):
    return WorkPlan.objects.select_related("team__province").get(pk=plan.pk)


def _comment(plan, activity, number, text, **parts):
    return PlanComment(
        plan=plan, activity=activity, about=f"{number} {activity}", round=1, text=text, **parts
    )


# What came of it --------------------------------------------------------------------------------
def achievement_storyline(world, first, day, title, amount, text):
    """Record by hand what was achieved, on the day itself."""
    yield at(day, "16.10")
    activity = world.activity(title, first)
    Achievement(activity=activity, amount=amount, achieved_on=day, note=text).save_as(
        by=world.secretariat
    )


def expense_storyline(world, day, title, key, amount, what):
    """Record an expense two days later, in the plan and from the source of its day."""
    yield at(workday_after(day + timedelta(days=2)), "10.30")
    activity = world.activity(title, day)
    if activity is None:  # of before these plans
        return
    kind, support, name, _ = SOURCES[key]
    source = FundingSource.objects.get(
        team=world.team, year=day.year, kind=kind, support=support, name=name
    )
    expense = Expense(activity=activity, source=source, amount=amount, spent_on=day, what=what)
    expense.save_submission(
        safe=world.picture("Contoh kuitansi") if amount > 3_500_000 else None, by=world.secretariat
    )
