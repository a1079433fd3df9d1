"""
A third of all villages on their way into the programme, written in bulk: at every stage, of every
source, with one to seven steps; and forty trainings of each team with thirty rows of participants.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from advocacy.expansion_stages import Stage
from advocacy.models import ExpansionCase, ExpansionStep, Training, TrainingParticipant
from programs.models import Assignment, Team
from sinergi.accounts.models import User
from sinergi.kit import bulk
from tests.benchmarks.reports import batches
from villages.models import Village

LARGE = "33"  # the province of 8,563 villages whose coverage is measured
EVERY = 3  # village has a case
TRAININGS = 40  # of a team
PARTICIPANTS = 30  # rows of a training
ORDER = list(Stage)[:7]


def fill():
    """Once for a database whose villages and teams are there."""
    if Training.objects.exists():
        return
    today = timezone.localdate()
    with transaction.atomic():
        account = User.objects.create(username="provinsi-besar")
        Assignment(user=account, role="secretariat", province_id=LARGE).save_as(by=account)
        teams = {team.province_id: team for team in Team.objects.all()}
        villages = list(Village.objects.filter(gone_in="").order_by("pk")[::EVERY])
        _cases(villages, teams, today)
        _trainings(villages, teams, today)


def _cases(villages, teams, today):
    sources = list(ExpansionCase.Source)
    cases = []
    for n, village in enumerate(villages):
        case = ExpansionCase(source=sources[n % len(sources)])
        case.set_village(village, teams[village.province_id])
        cases.append(case)
    for part in batches(cases):
        bulk.insert_records(part, by=None)
    cases = ExpansionCase.objects.order_by("village")
    steps = [step for n, case in enumerate(cases) for step in _steps(case, n, today)]
    for part in batches(steps):
        bulk.insert_records(part, by=None)
    bulk.keep_history(ExpansionCase.objects.all(), "+", by=None)
    bulk.keep_history(ExpansionStep.objects.all(), "+", by=None)


def _steps(case, n, today):
    """Return the steps of a case; one in twelve has stopped, one in three stands too long."""
    stages = ORDER[: n % 7 + 1]
    stages = [*stages[:-1], Stage.STOPPED] if n % 12 == 11 and len(stages) > 1 else stages
    days = 10 + n % 3 * 40
    reached = [
        today - timedelta(days=days + 15 * (len(stages) - number))
        for number in range(1, len(stages) + 1)
    ]
    for number, stage in enumerate(stages, 1):
        step = ExpansionStep(
            number=number,
            from_stage=stages[number - 2] if number > 1 else "",
            stage=stage,
            reached_on=reached[number - 1],
            left_on=reached[number] if number < len(stages) else None,
            reason="other" if stage == Stage.STOPPED else "earlier",
            note="Dicatat.",
        )
        step.set_case(case)
        yield step


def _trainings(villages, teams, today):
    places = {}
    for village in villages:
        places.setdefault(village.province_id, []).append(village)
    made = Training.objects.bulk_create(
        Training(
            team=team,
            province_id=province,
            title=f"Bimtek pengelola, angkatan {n}",
            subject=list(Training.Subject)[n % 4],
            held_on=today - timedelta(days=20 * n),
        )
        for province, team in teams.items()
        for n in range(TRAININGS)
    )
    rows = [
        TrainingParticipant(
            training=one, village=there[(n * PARTICIPANTS + k) % len(there)], women=2
        )
        for n, one in enumerate(made)
        for there in [places[one.province_id]]
        for k in range(PARTICIPANTS)
    ]
    for part in batches(rows):
        bulk.insert_records(part, by=None)


def busy_case():
    """Return a case of the large province that has all seven steps."""
    steps = ExpansionStep.objects.filter(province=LARGE, number=7)
    return steps.order_by("pk").first().case


def busy_training():
    return Training.objects.filter(province=LARGE).order_by("-held_on").first()
