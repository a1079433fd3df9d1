"""
Everything that home shows, as much of it as is asked for. Written in bulk: two hundred rows of each
kind.
"""

from datetime import timedelta

from django.utils import timezone

from advocacy.models import AdvocacyCase, Commitment, FollowUp, MediaCoverage, Meeting, Partnership
from programs.actions import approve_plan, submit_plan
from programs.models import (
    Achievement,
    Decree,
    Institution,
    Membership,
    Person,
    PlannedActivity,
    WorkPlan,
)
from tests import factories
from villages.models import Library, LibraryReport, Participation, Village
from villages.quarters import Quarter


def day(n):
    """So many days from today."""
    return timezone.localdate() + timedelta(days=n)


def begin(code):
    """
    Create a team with a decree that ends soon, and a plan of this year that was approved, with
    something spent.
    """
    team = factories.team(code)
    factories.decree(team, start=day(-30), until=day(30), number=f"1/{code}")
    plan = factories.plan(team, year=day(0).year, activities=0)
    for way in ("internal", "media", "support", "partnership", "visit"):
        activity = factories.activity(
            plan, title=f"Kegiatan {way}", way=way, counted="logs", target=400
        )
    submit_plan(plan=factories.fresh(plan), by=None)
    approve_plan(plan=factories.fresh(plan), by=None)
    factories.expense(activity, spent_on=day(0))
    return team


def pile_up(team, numbers, *, holder=None):
    """One more of each kind for each number; what one person holds is in the hands of `holder`."""
    _meetings(team, numbers)
    _papers(team, numbers)
    _promises(team, numbers)
    _logs(team, numbers)
    _libraries(team, numbers)
    if holder:
        hand_over(team, numbers, holder)


def hand_over(team, numbers, holder):
    """Follow-ups and cases in the hands of this person."""
    meeting = team.meetings.filter(state="held").order_by("pk").first()
    FollowUp.objects.bulk_create(
        FollowUp(
            meeting=meeting,
            province=team.province,
            what=f"Usulan {n}",
            person_in_charge=holder,
            due_on=day(-n),
        )
        for n in numbers
    )
    AdvocacyCase.objects.bulk_create(
        AdvocacyCase(
            team=team,
            province=team.province,
            institution=_office(team),
            aim="goods",
            asked=f"Komputer {n}",
            person_in_charge=holder,
            stage_since=day(-100 - n),
        )
        for n in numbers
    )


def _office(team):
    return Institution.objects.filter(province=team.province).order_by("pk").first()


def _meetings(team, numbers):
    now, made = timezone.now(), []
    for n in numbers:
        past = now - timedelta(days=n + 1)
        of_team = {"team": team, "province": team.province, "starts_at": past}
        made += [
            Meeting(title=f"Dikirim {n}", state="submitted", submitted_at=past, **of_team),
            Meeting(
                title=f"Kembali {n}",
                state="returned",
                returned_at=past,
                return_reason="Lengkapi.",
                **of_team,
            ),
            Meeting(title=f"Berlangsung {n}", state="held", **of_team),
            Meeting(title=f"Terlewat {n}", state="planned", **of_team),
            Meeting(
                title=f"Berikut {n}",
                state="planned",
                **of_team | {"starts_at": now + timedelta(days=n + 1)},
            ),
        ]
    Meeting.objects.bulk_create(made)


def _papers(team, numbers):
    """Decrees and plans on their way, and members whom the decree in force does not name."""
    now, office = timezone.now(), _office(team)
    decree = {
        "team": team,
        "level": "governor",
        "issuer": "Gubernur",
        "about": "Tim",
        "roster_on": day(0),
    }
    made, plans, people = [], [], []
    for n in numbers:
        people.append(Person(name=f"Anggota {n}", province=team.province, institution=office))
        made.append(Decree(**decree, state="drafting", submit_by=day(-n)))
        made.append(Decree(**decree, state="submitted", submitted_at=now - timedelta(days=n)))
        for year, state in ((2100 + n, "submitted"), (2400 + n, "returned")):
            plans.append(
                WorkPlan(
                    team=team,
                    state=state,
                    submitted_at=now,
                    returned_at=now,
                    return_reason="Lengkapi.",
                )
            )
            plans[-1].set_period(year, "year")
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(team=team, person=person, institution=office, starts_on=day(0))
        for person in people
    )
    Decree.objects.bulk_create(made)
    WorkPlan.objects.bulk_create(plans)


def _promises(team, numbers):
    common = {"team": team, "province": team.province, "institution": _office(team)}
    promise = {"kind": "money", "value": 5, "promised_on": day(-400), "promised_by": "Manajer"}
    Commitment.objects.bulk_create(
        Commitment(description=f"Bantuan {n}", due_on=day(-n - 1), **promise, **common)
        for n in numbers
    )
    Partnership.objects.bulk_create(
        Partnership(
            kind="mou", about=f"Dampingan {n}", starts_on=day(-400), ends_on=day(n % 60), **common
        )
        for n in numbers
    )


def _logs(team, numbers):
    """Of every kind, and what was noted by hand."""
    activity = {row.way: row for row in PlannedActivity.objects.filter(plan__team=team)}
    common, office = {"team": team, "province": team.province}, _office(team)
    held = {
        "state": "held",
        "starts_at": timezone.now() - timedelta(days=400),
        "activity": activity["internal"],
    }
    Meeting.objects.bulk_create(Meeting(title=f"Rapat {n}", **held, **common) for n in numbers)
    MediaCoverage.objects.bulk_create(
        MediaCoverage(
            title=f"Berita {n}",
            outlet="Koran",
            published_on=day(0),
            activity=activity["media"],
            link=f"https://example.com/{team.pk}/{n}",
            **common,
        )
        for n in numbers
    )
    kept = {
        "kind": "money",
        "value": 5,
        "promised_by": "Manajer",
        "came": 5,
        "times": 1,
        "came_on": day(0),
    }
    Commitment.objects.bulk_create(
        Commitment(
            description=f"Uang {n}",
            promised_on=day(-9),
            activity=activity["support"],
            institution=office,
            **kept,
            **common,
        )
        for n in numbers
    )
    Partnership.objects.bulk_create(
        Partnership(
            kind="pks",
            about=f"Kerja {n}",
            starts_on=day(-9),
            activity=activity["partnership"],
            institution=office,
            **common,
        )
        for n in numbers
    )
    Achievement.objects.bulk_create(
        Achievement(activity=activity["visit"], achieved_on=day(0), amount=1, note="Terlaksana.")
        for n in numbers
    )


def _libraries(team, numbers):
    code = f"{team.province_id}.01.06"
    district = factories.village(f"{code}.1999", "Pertama").district
    places = {"regency": district.regency, "province": team.province}
    villages = [
        Village(pk=f"{code}.2{n:03}", name=f"Desa {n}", district=district, **places)
        for n in numbers
    ]
    Village.objects.bulk_create(villages)
    libraries = Library.objects.bulk_create(
        Library(level="village", name=f"Perpustakaan {village.name}", village=village, **places)
        for village in villages
    )
    _reports(libraries)


def _reports(libraries):
    """Write a report of each library that waits to be looked at, and one that was returned."""
    quarter = Quarter.last_ended(day(0))
    Participation.objects.bulk_create(
        Participation(library=library, year=quarter.year - 1) for library in libraries
    )
    made = []
    for library in libraries:
        for state, of in (("submitted", quarter.previous), ("returned", quarter.year_before)):
            report = LibraryReport(state=state, return_reason="Lengkapi.", visitors=1)
            report.set_library(library)
            report.quarter, report.submitted_at = of, timezone.now()
            made.append(report)
    LibraryReport.objects.bulk_create(made)
