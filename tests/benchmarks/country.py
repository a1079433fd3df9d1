"""
The whole country at work: 38 teams, 50,000 meetings, 20,000 commitments and what came of them,
50,000 visits (visits.py), plans, 250,000 versions.

Plans are made by the actions, so that what their approval keeps is there; the rest is written in
bulk. Every number is spread by counting, so that two databases hold the same.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from django.db import transaction
from django.utils import timezone

from advocacy.models import (
    AdvocacyCase,
    AgendaItem,
    Attendance,
    Beneficiary,
    Commitment,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
    Visit,
)
from advocacy.models.cases import CaseStep
from programs.models import (
    Achievement,
    Assignment,
    Expense,
    Institution,
    Person,
    PlannedActivity,
    Team,
)
from sinergi.accounts.models import User
from sinergi.kit import bulk
from tests import factories
from tests.benchmarks import visits
from tests.benchmarks.data import approve
from villages.actions import load_regions
from villages.models import Library, Province, Regency, Village

MEETINGS = 50_000
COMMITMENTS = 20_000
YEARS = 4  # plans of a team, the last one of this year
ACTIVITIES = 12  # of a plan
EXPENSES = 20  # of an activity
PARTNERS = 40  # institutions of a province beside the team's own
CASES = 200  # of a province
PUBLICATIONS = 100  # of a province
CHANGES = 100  # versions of each expense of the busiest plan
BUSY = "19"  # the province whose pages are measured
BATCH = 5_000
SECTORS = ("gov_province", "gov_regency", "university", "community", "media", "private")


def fill():
    """Once for a database; a second call finds everything there."""
    if not Partnership.objects.exists():  # written last
        _country()
    visits.fill()


def _country():
    if Village.objects.count() < 80_000:
        load_regions()
    with transaction.atomic():
        provinces = list(Province.objects.order_by("pk"))
        for n, province in enumerate(provinces):
            share = slice(n, None, len(provinces))
            _province(province, len(range(MEETINGS)[share]), len(range(COMMITMENTS)[share]))
        _libraries()
        _accounts()
        keep_versions()


def _province(province, meetings, commitments):
    team = factories.team(province.pk)
    Institution.objects.bulk_create(
        Institution(
            name=f"Mitra {n} {province.name}", sector=SECTORS[n % len(SECTORS)], province=province
        )
        for n in range(PARTNERS)
    )
    factories.decree(team, start=date(timezone.localdate().year, 1, 1), number=f"1/{province.pk}")
    activities = _plans(team)
    _meetings(team, activities, meetings)
    cases = _cases(team)
    _commitments(team, activities, cases, commitments)
    _publications(team, activities)


def _plans(team):
    """Of the last years, approved, each with expenses and achievements; returns all activities."""
    this_year, activities = timezone.localdate().year, []
    for year in range(this_year - YEARS + 1, this_year + 1):
        sources = [
            factories.source(team, year=year, kind=kind)
            for kind in ("apbd_province", "apbd_regency", "other")
        ]
        plan = factories.plan(team, year=year, activities=0)
        for n in range(ACTIVITIES):
            budget = dict.fromkeys(sources, 1000000 * (n + 1))
            factories.activity(
                plan,
                title=f"Kegiatan {n + 1}",
                role=n % 3 + 1,
                budget=budget,
                months=(n % 12 + 1, 12),
                target=20,
            )
        plan = factories.fresh(plan)
        factories.submit_plan(plan=plan, by=None)
        factories.approve_plan(plan=plan, by=None)
        made = list(plan.activities.all())
        activities += made
        Expense.objects.bulk_create(
            (
                Expense(
                    activity=activity,
                    source=sources[n % 3],
                    spent_on=date(year, n % 12 + 1, 15),
                    amount=100_000 + n,
                    what="Konsumsi",
                )
                for activity in made
                for n in range(EXPENSES)
            ),
            batch_size=BATCH,
        )
        Achievement.objects.bulk_create(
            (
                Achievement(
                    activity=activity,
                    achieved_on=date(year, n * 3 + 1, 20),
                    amount=1,
                    note="Terlaksana.",
                )
                for activity in made
                for n in range(4)
            ),
            batch_size=BATCH,
        )
    return activities


def _meetings(team, activities, number):
    """
    Half a day apart, up to now; every second one is of an activity of its year. The secretary holds
    every follow-up.
    """
    people = [
        m.person
        for m in team.memberships.in_order_of_role().select_related("person", "institution")
    ]
    secretary, by_year = people[2], {}
    for activity in activities:
        by_year.setdefault(activity.plan.year, []).append(activity)
    begin = datetime.now(UTC) - timedelta(hours=12 * number)
    made = []
    for n in range(number):
        starts_at = begin + timedelta(hours=12 * n)
        own = by_year.get(starts_at.year, [])
        made.append(
            Meeting(
                team=team,
                province=team.province,
                title=f"Rapat internal nomor {n}: kemajuan rencana kerja dan draf SK Gubernur",
                place="Ruang rapat dinas",
                starts_at=starts_at,
                activity=own[n % len(own)] if own and n % 2 else None,
                chair=people[1],
                note_taker=secretary,
                state=("submitted", "submitted", "held", "submitted")[n % 4],
                submitted_at=starts_at,
            )
        )
    Meeting.objects.bulk_create(made, batch_size=BATCH)
    _insert(
        Attendance(
            meeting=m, person=p, name=p.name, institution=str(p.institution), presence="present"
        )
        for m in made
        for p in people
    )
    _insert(
        AgendaItem(meeting=m, topic="Kemajuan rencana kerja", decision="Dilanjutkan.") for m in made
    )
    followups = FollowUp.objects.bulk_create(
        (
            FollowUp(
                meeting=m,
                province_id=m.province_id,
                what="Menyusun usulan",
                person_in_charge=secretary,
                due_on=m.starts_at.date() + timedelta(days=30),
            )
            for m in made
            for _ in range(2)
        ),
        batch_size=BATCH,
    )
    approve(
        made[::4] + made[1::4],
        followups,
        {"name": secretary.name, "position": "", "institution": ""},
    )


def _cases(team):
    institutions, secretary = _partners(team)
    stages, today = list(AdvocacyCase.Stage), timezone.localdate()
    made = AdvocacyCase.objects.bulk_create(
        AdvocacyCase(
            team=team,
            province=team.province,
            institution=next(institutions),
            aim=list(AdvocacyCase.Aim)[n % 8],
            asked=f"Komputer dan buku nomor {n} untuk perpustakaan desa",
            person_in_charge=secretary,
            stage=stages[n % len(stages)],
            stage_since=today - timedelta(days=n * 3),
        )
        for n in range(CASES)
    )
    CaseStep.objects.bulk_create(
        CaseStep(case=case, stage=case.stage, on=case.stage_since, note="Dicatat.") for case in made
    )
    return made


def _commitments(team, activities, cases, number):
    """
    Write commitments: a third came in whole, a third in part, a third not at all; some late, some
    taken back.
    """
    institutions, _ = _partners(team)
    regencies = list(Regency.objects.filter(province=team.province))
    villages = cycle(Village.objects.filter(province=team.province).order_by("pk")[:300])
    kinds, today = list(Commitment.Kind), timezone.localdate()
    made = []
    for n in range(number):
        kind = kinds[n % 4]
        promised_on = today - timedelta(days=40 + n * 3)
        parts = n % 3  # realisations
        made.append(
            Commitment(
                team=team,
                province=team.province,
                institution=next(institutions),
                case=cases[n % len(cases)] if n % 2 else None,
                kind=kind,
                description=f"Dukungan nomor {n} untuk perpustakaan desa",
                value=None if kind == "policy" else 12_000_000,
                value_basis="giver" if kind in Commitment.IN_KIND else "",
                regency=regencies[n % len(regencies)] if n % 3 else None,
                promised_on=promised_on,
                promised_by="Pimpinan",
                due_on=promised_on + timedelta(days=30 + n % 200) if n % 5 else None,
                activity=activities[n % len(activities)] if n % 4 == 3 else None,
                came=0 if kind == "policy" else parts * 6_000_000,
                times=parts,
                came_on=promised_on + timedelta(days=30) if parts else None,
                withdrawn_at=timezone.now() if n % 41 == 40 else None,
                withdraw_reason="Pemberi pindah." if n % 41 == 40 else "",
            )
        )
    Commitment.objects.bulk_create(made, batch_size=BATCH)
    document = {
        "document_kind": "perbup",
        "document_number": "12",
        "document_about": "Perpustakaan desa",
    }
    realisations = Realisation.objects.bulk_create(
        (
            Realisation.of(
                commitment,
                realised_on=commitment.promised_on + timedelta(days=15 * (part + 1)),
                amount=None if commitment.kind == "policy" else 6_000_000,
                **(document if commitment.kind == "policy" else {}),
            )
            for commitment in made
            for part in range(commitment.times)
        ),
        batch_size=BATCH,
    )
    of_regency = {commitment.pk: commitment.regency_id for commitment in made}
    rows = ((row, next(villages)) for row in realisations if not of_regency[row.commitment_id])
    Beneficiary.objects.bulk_create(
        (Beneficiary(realisation=row, village=village) for row, village in rows), batch_size=BATCH
    )


def _publications(team, activities):
    institutions, _ = _partners(team)
    today = timezone.localdate()
    same = {"team": team, "province": team.province}
    MediaCoverage.objects.bulk_create(
        MediaCoverage(
            **same,
            title=f"Perpustakaan desa ramai, bagian {n}",
            outlet="Media cetak",
            published_on=today - timedelta(days=n * 5),
            link=f"https://example.com/{team.province_id}/{n}",
            link_key=f"example.com/{team.province_id}/{n}",
            activity=activities[n % len(activities)] if n % 2 else None,
        )
        for n in range(PUBLICATIONS)
    )
    Partnership.objects.bulk_create(
        Partnership(
            **same,
            institution=next(institutions),
            kind="pks",
            about=f"Pendampingan nomor {n}",
            starts_on=today - timedelta(days=n * 9),
            ends_on=today + timedelta(days=n * 20),
        )
        for n in range(PARTNERS)
    )


def _partners(team):
    """
    Return an endless iterator of the province's institutions, in turn, and the team's secretary.
    """
    institutions = list(Institution.objects.filter(province=team.province).order_by("pk"))
    return cycle(institutions), Person.objects.get(
        memberships__team=team, memberships__role="secretary"
    )


def _libraries():
    rows = Village.objects.values_list("pk", "name", "regency_id", "province_id").iterator()
    made = (
        Library(
            level="village",
            name=f"Perpustakaan Desa {name}",
            village_id=pk,
            regency_id=regency,
            province_id=province,
        )
        for pk, name, regency, province in rows
    )
    _insert(made)


def _insert(rows):
    """Insert records that nothing refers to."""
    while part := list(islice(rows, BATCH)):
        bulk.insert_records(part, by=None)


def _accounts():
    """
    Of the busy province: secretariat (who is the team's secretary, too) and chair; a national
    account that only reads.
    """
    for username, role, place in (
        ("sekretariat", "secretariat", BUSY),
        ("ketua", "chair", BUSY),
        ("nasional", "observer", None),
    ):
        account = User.objects.create(username=username)
        Assignment(user=account, role=role, province_id=place).save_as(by=account)
    secretary = Person.objects.get(memberships__team__province=BUSY, memberships__role="secretary")
    secretary.user = User.objects.get(username="sekretariat")
    secretary.save_as(by=None)


def keep_versions():
    """Of everything once, of meetings twice, of the busiest plan's expenses a hundred times."""
    for model in (
        Meeting,
        FollowUp,
        Commitment,
        Realisation,
        AdvocacyCase,
        Expense,
        Achievement,
        MediaCoverage,
        Partnership,
    ):
        bulk.keep_history(model.objects.all(), "+", by=None)
    bulk.keep_history(Meeting.objects.all(), "~", by=None)
    busy = busy_plan()
    for _ in range(CHANGES):
        bulk.keep_history(Expense.objects.filter(activity__plan=busy), "~", by=None)
        bulk.keep_history(busy.activities.filter(pk=busy_activity().pk), "~", by=None)


def versions():
    """How many versions the history tables of these models hold."""
    models = (
        Meeting,
        FollowUp,
        Commitment,
        Realisation,
        AdvocacyCase,
        Expense,
        Achievement,
        PlannedActivity,
        Visit,
    )
    return sum(model.history.count() for model in models)


def busy_plan():
    """Return the plan whose pages are measured: of this year, in the busy province."""
    return Team.objects.get(province=BUSY).plans.order_by("-starts_on").first()


def busy_activity():
    """One with meetings."""
    return busy_plan().activities.order_by("pk")[1]
