"""
Storylines of the quarterly reports of the village libraries: eight quarters up to the last that was
reported by the day of loading. All figures are samples.

One library never reported, one left a quarter out, some do not know or do not have what is asked.
Of the last quarter one report waits, one is returned, one is a draft and one is still to come.
"""

from datetime import timedelta

from sinergi.home.demo.timeline import at, workday_after
from sinergi.home.demo.visits import village_library
from sinergi.home.demo.world import VILLAGES, draw_shelves
from villages.actions.reports import save_report, submit_report
from villages.models import LibraryReport
from villages.quarters import Quarter

QUARTERS = 8
#: Days after the end of a quarter: its reports are written, handed in, and then looked at.
WRITTEN, HANDED_IN, LOOKED_AT = 2, 4, 8
#: Days after which all of this has happened.
DONE = 14
NEVER = "Air Saga"
#: Quarters before the last one, by village: nothing was handed in.
LEFT_OUT = {"Mayang": [3], "Pemali": [6, 7]}
DRAFT, RETURNED, WAITING, STILL_TO_COME = "Kimak", "Rebo", "Merawang", "Kayu Besi"
WITHOUT_COMPUTERS = "Cendil"
#: Who do not count children, and who do not count loans.
CHILDREN_UNKNOWN, LOANS_UNKNOWN = ("Sijuk", "Burong Mandi"), ("Kapuk",)
JUMPED = "Badau"
JUMP_NOTE = "Festival literasi desa pada akhir triwulan, tamu dari tiga kecamatan (contoh)."
STORY_OF, STORY_BEFORE = "Kapuk", 1
STORY = (
    "Kelompok ibu belajar memasarkan kerupuk ikan lewat internet di perpustakaan, lalu menerima"
    " pesanan dari luar desa (contoh)."
)
STORY_PHOTO = "Kerupuk ikan"
REASON = "Jumlah pengunjung perempuan dan laki-laki tertukar dengan triwulan lalu. Mohon diperiksa."


def report_storylines(world):
    """Yield a storyline of each regency: whoever looks after it writes its libraries' reports."""
    for regency in VILLAGES:
        yield regency_reports(world, regency)


def regency_reports(world, regency):
    """Yield the moments at which reports of a regency are written, handed in and looked at."""
    last = Quarter.last_ended(world.days_ago(DONE))
    for before in range(QUARTERS - 1, -1, -1):
        quarter = last.moved(-before)
        yield _day(quarter, WRITTEN, "10.20")
        writer, reader = _people(world, regency)
        made = {}
        for number, village in enumerate(VILLAGES[regency]):
            if _is_written(village, before):
                report = _report(village, quarter, number=number, before=before)
                photo = world.picture(STORY_PHOTO, draw=draw_shelves) if report.story else None
                made[village] = save_report(report=report, by=writer, safe=photo)
        yield _day(quarter, HANDED_IN, "14.05")
        for village, report in made.items():
            if before or village != DRAFT:
                submit_report(report=report, by=writer)
        yield _day(quarter, LOOKED_AT, "09.30")
        for village, report in made.items():
            if not before and village == RETURNED:
                report.send_back(by=reader, reason=REASON)
            elif before or village not in (DRAFT, WAITING):
                report.verify(by=reader)


def _people(world, regency):
    """Return who writes the reports of a regency, and who looks at them."""
    if regency == "19.01":
        return world.users["petugas"], world.secretariat
    return world.secretariat, world.users["admin"]


def _day(quarter, days, clock):
    return at(workday_after(quarter.ends_on + timedelta(days=days)), clock)


def _is_written(village, before):
    left_out = before in LEFT_OUT.get(village, ()) or (not before and village == STILL_TO_COME)
    return village != NEVER and not left_out


def _report(village, quarter, *, number, before):
    """Return the report of a quarter so many `before` the last one."""
    report = LibraryReport(**sample_figures(village, number, QUARTERS - before))
    report.set_library(village_library(village))
    report.quarter = quarter
    if not before and village == JUMPED:
        report.participants *= 5
        report.notes = {"participants": JUMP_NOTE}
    if before == STORY_BEFORE and village == STORY_OF:
        report.story, report.story_consent = STORY, True
    return report


def sample_figures(village, number, step):
    """
    Return the figures of a library, the `number`th of its regency, in its `step`th quarter: it
    grows slowly, and parts add up to their wholes.
    """
    wave = (number * 5 + step * 3) % 7
    women, men = 90 + 22 * number + 6 * step + 3 * wave, 70 + 18 * number + 5 * step + 2 * wave
    information, involvement, advocacy = 2 + (number + step) % 2, 1 + step % 2, number % 2
    computers = 0 if village == WITHOUT_COMPUTERS else 2 + number % 3
    return {
        "titles": 620 + 85 * number + 12 * step,
        "copies": 980 + 140 * number + 20 * step,
        "computers": computers,
        "online_computers": computers and computers - number % 2,
        "opening_days": 5 + number % 2,
        "opening_hours": 30 + 3 * (number % 4),
        "staff": 2 + number % 2,
        "trained_staff": 1 + number % 2,
        "members": 110 + 31 * number + 7 * step,
        "visitors": women + men,
        "women": women,
        "men": men,
        "children": None if village in CHILDREN_UNKNOWN else (women + men) * 2 // 5,
        "activities": information + involvement + advocacy,
        "information_activities": information,
        "involvement_activities": involvement,
        "advocacy_activities": advocacy,
        "participants": 48 + 9 * number + 4 * wave,
        "ict_users": computers and 35 + 6 * number + 3 * step,
        "loans": None if village in LOANS_UNKNOWN else 140 + 26 * number + 9 * step,
        "online_visits": 0,
        "village_budget": 2_500_000 + 500_000 * ((number + step) % 4),
        "partners": 1 + (number + step // 4) % 3,
        "media": (number + step) % 2,
        "policies": 1 if number % 2 else 0,
    }
