"""
Storylines of the expansion: the villages of 2019 enter from the list of that year, two trainings,
and five more villages, each at another stage. From the article are the villages of 2019 alone;
every other step, day and number is a sample, and its note says so. Participants are counted: nobody
is named.
"""

from datetime import date, timedelta

from advocacy.actions import save_training
from advocacy.actions.expansion import add_step, open_case
from advocacy.expansion_stages import NoEvidence, Stage
from advocacy.models import ExpansionCase, ExpansionStep, Training, TrainingParticipant
from sinergi.home.demo.plans import TRAINING, half_year
from sinergi.home.demo.timeline import at, workday_after, workday_before
from sinergi.home.demo.world import VILLAGES
from villages.models import LibraryReport, Village

Source, Subject = ExpansionCase.Source, Training.Subject
ENTERED_ON, TRAINED_ON = date(2019, 1, 21), date(2019, 5, 21)
NAMANG, PENYAK, PETALING = "19.04.05.2001", "19.04.01.2007", "19.01.04.2001"
MEMBALONG, INDEPENDENT = "19.02.02.2001", ("19.01", "Pemali")
#: Who came to the training of this half-year: (women, men) of each village.
CAME = {
    NAMANG: (2, 1),
    PETALING: (1, 2),
    ("19.01", "Kapuk"): (1, 0),
    ("19.01", "Rebo"): (1, 1),
    ("19.01", "Merawang"): (2, 0),
    ("19.02", "Badau"): (1, 1),
    ("19.06", "Dendang"): (0, 2),
}
LISTED = "Daftar peserta 2019."
CLOSE = 5  # days ago: by then the village that stands by itself has its step


def expansion_storylines(world):
    """Yield the storylines of this module."""
    first = half_year(world.today)
    trained = workday_before(min(first + timedelta(days=40), world.days_ago(12)))
    yield villages_of_2019(world)
    yield training_of_2019(world)
    yield recent_training(world, first, trained)
    yield ready_for_the_next_stage(world, trained)
    yield at_the_stage_of_training(world, trained)
    yield standing_still(world)
    yield stopped(world)
    yield independent(world)


def village_of(key):
    """Return the village of this code, or of this name in a regency."""
    rows = Village.objects.select_related("regency", "province")
    if isinstance(key, str):
        return rows.get(pk=key)
    return rows.get(regency=key[0], name=key[1], library__isnull=False)


# The stages -------------------------------------------------------------------------------------
def open_sample(world, village, stage, day, *, source="", note="", reason=NoEvidence.SPOKEN):
    case = ExpansionCase(source=source)
    case.set_village(village, world.team)
    step = ExpansionStep(stage=stage, reached_on=day, note=note, reason=reason)
    open_case(case=case, step=step, by=world.secretariat)


def go_on(world, village, stage, day, note, *, reason=NoEvidence.OUTSIDE, **evidence):
    """Write the next step of the village: shown by a record, or standing with the reason."""
    case = ExpansionCase.objects.get(village=village)
    step = ExpansionStep(stage=stage, reached_on=day, note=note, **evidence)
    step.reason = "" if evidence else reason
    add_step(case=case, step=step, by=world.secretariat)


def villages_of_2019(world):
    """Enter the villages of 2019 as running, without evidence: from the list of that year."""
    yield at(ENTERED_ON, "10.40")
    for regency, names in VILLAGES.items():
        for name in names:
            village = village_of((regency, name))
            options = {"note": LISTED, "reason": NoEvidence.LIST, "source": Source.NATIONAL}
            open_sample(world, village, Stage.RUNNING, ENTERED_ON, **options)


def way(world, key, source, steps):
    """
    Yield the moments of a village's way: (day, stage, note) of each step, all without evidence.
    """
    (day, stage, note), *others = steps
    yield at(workday_before(day), "11.15")
    village = village_of(key)
    open_sample(world, village, stage, workday_before(day), source=source, note=note)
    for day, stage, note in others:
        yield at(workday_before(day), "11.35")
        go_on(world, village, stage, workday_before(day), note)


def ready_for_the_next_stage(world, trained):
    """Tell a village whose money is there; it came to the training, which shows the next stage."""
    steps = [
        (170, Stage.CANDIDATE, "Ada ruang baca di balai desa (contoh)."),
        (110, Stage.AUDIENCE, "Pemerintah desa menerima tim (contoh)."),
        (60, Stage.COMMITMENT, "Pos perpustakaan dijanjikan dalam APBDes (contoh)."),
        (8, Stage.BUDGET, "APBDes sudah ditetapkan; naskahnya di kantor desa (contoh)."),
    ]
    days = [(trained - timedelta(days=days), *row) for days, *row in steps]
    yield from way(world, NAMANG, Source.VILLAGE, days)


def at_the_stage_of_training(world, trained):
    """Tell a village whose last step is shown by the training."""
    steps = [
        (200, Stage.CANDIDATE, "Diusulkan kecamatan (contoh)."),
        (130, Stage.AUDIENCE, "Dibahas dengan dinas kabupaten (contoh)."),
        (70, Stage.COMMITMENT, "Kabupaten bersedia membiayai (contoh)."),
        (20, Stage.BUDGET, "SK pengelola sudah terbit (contoh)."),
    ]
    days = [(trained - timedelta(days=days), *row) for days, *row in steps]
    yield from way(world, PETALING, Source.REGENCY, days)
    yield at(workday_after(trained + timedelta(days=2)), "09.25")
    made = Training.objects.get(held_on=trained)
    note = "Tiga pengelola ikut (contoh)."
    go_on(world, village_of(PETALING), Stage.TRAINING, trained, note, training=made)


def standing_still(world):
    """Tell a candidate that nobody has gone on with."""
    note = "Diusulkan saat sosialisasi program (contoh)."
    yield from way(world, PENYAK, "", [(world.days_ago(130), Stage.CANDIDATE, note)])


def stopped(world):
    """Tell a village that went some way, and stopped."""
    steps = [
        (260, Stage.CANDIDATE, "Warga meminta perpustakaan (contoh)."),
        (200, Stage.AUDIENCE, "Pemerintah desa ditemui (contoh)."),
        (80, Stage.STOPPED, "Gedungnya dipakai puskesmas pembantu; menunggu tahun depan (contoh)."),
    ]
    days = [(world.days_ago(days), *row) for days, *row in steps]
    yield from way(world, MEMBALONG, Source.VILLAGE, days)


def independent(world):
    """Tell a village of 2019 that stands by itself, shown by its last verified report."""
    yield at(workday_before(world.days_ago(CLOSE)), "10.05")
    village, day = village_of(INDEPENDENT), workday_before(world.days_ago(CLOSE))
    rows = LibraryReport.objects.verified().filter(library__village=village)
    report = rows.order_by("-year", "-quarter_number").first()
    note = "Pengelola dan anggarannya dari desa sendiri (contoh)."
    go_on(world, village, Stage.INDEPENDENT, day, note, report=report)


# The trainings ----------------------------------------------------------------------------------
def add_training(world, came, **fields):
    rows = [
        TrainingParticipant(village=village_of(key), women=women, men=men)
        for key, (women, men) in came.items()
    ]
    training = Training(**fields, **world.team_fields)
    save_training(training=training, participants=rows, by=world.secretariat)


def training_of_2019(world):
    yield at(TRAINED_ON, "15.20")
    places = [(regency, name) for regency, names in VILLAGES.items() for name in names]
    came = {key: (1 + number % 2, (number + 1) % 2) for number, key in enumerate(places)}
    add_training(
        world,
        came,
        title="Bimtek strategi pengembangan perpustakaan 2019 (contoh)",
        subject=Subject.STRATEGY,
        held_on=TRAINED_ON,
        place="Dinas Kearsipan dan Perpustakaan",
        materials="Layanan, pelibatan masyarakat, dan advokasi.",
    )


def recent_training(world, first, day):
    """Tell the training of this half-year, which its plan counts; held ahead of it, it counts."""
    yield at(day, "16.10")
    add_training(
        world,
        CAME,
        title="Pelatihan TIK, angkatan pertama (contoh)",
        subject=Subject.ICT,
        held_on=day,
        place="Laboratorium komputer perguruan tinggi",
        materials="Internet sehat, pemasaran lewat internet, dan laporan triwulan.",
        activity=world.activity(TRAINING, first),
    )
