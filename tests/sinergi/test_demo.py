"""
The demonstration data: the source's own facts, and a team that lives up to the day of loading.
Refused in production.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from advocacy.models import (
    AdvocacyCase,
    ChecklistVersion,
    Commitment,
    ExpansionStep,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
    Training,
    Visit,
)
from programs.decree_coverage import coverage_on
from programs.models import Assignment, Decree, Expense, Membership, Team, WorkPlan
from programs.plan_versions import changes_between, content_of, version_of
from programs.progress import PlanProgress
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home import demo
from sinergi.home.demo.timeline import (
    SATURDAY,
    ZONE,
    at,
    run_storylines,
    simulated_time,
    workday_after,
    workday_before,
)
from sinergi.home.tasks import tasks_of
from sinergi.kit.models import Record
from tests.sinergi.demo_expansion import expansion_stands_in_every_way
from tests.sinergi.demo_reports import reports_stand_in_every_way
from tests.sinergi.demo_visits import (
    visits_stand_in_every_way,
    what_is_asked_on_visits_is_a_sample,
    what_was_open_is_answered_by_the_next_visit,
)
from villages.imports import batches
from villages.models import (
    ImportBatch,
    Library,
    LibraryReport,
    Participation,
    ProgramReference,
    Village,
)

pytestmark = pytest.mark.django_db

#: The edges of the year and of its halves, and a day that most years do not have.
DAYS = [date(2027, 1, 1), date(2028, 2, 29), date(2027, 6, 30), date(2027, 12, 31)]
YEAR = timedelta(days=365)


def records():
    """Return the models whose records are stamped; facts of the programme come with the portal."""
    stamped = [model for model in apps.get_models() if issubclass(model, Record)]
    return [model for model in stamped if model is not ProgramReference]


def loaded(day):
    demo.load(whole_country=False, today=day)
    return Team.objects.select_related("province").get()


@pytest.mark.both("`make run` loads it into SQLite, whose constraints are triggers")
def test_as_it_stands_today():
    team = loaded(None)
    today = team.today
    assert team.is_sample and team.members_on(today)
    its_story_is_that_of_the_article(team)
    nothing_contradicts_itself(today)


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_as_it_stands_on(day):
    before = contents_when_loaded(day, "00.05") if day == DAYS[1] else None
    team = loaded(day)
    assert before in (None, contents()), "the same day gives the same data"
    with simulated_time(at(day, "10.00")):
        its_story_is_that_of_the_article(team)
        the_decree_covers_the_members(team, day)
        meetings_stand_in_every_state(day)
        plans_are_on_their_way(day)
        advocacy_stands_in_every_way(day)
        what_is_asked_on_visits_is_a_sample()
        visits_stand_in_every_way(day)
        what_was_open_is_answered_by_the_next_visit()
        reports_stand_in_every_way(day)
        expansion_stands_in_every_way(day)
        few_things_are_left_open(day)
        each_home_has_three_to_ten_things(day)
        every_record_is_one_that_a_form_would_take()
    nothing_contradicts_itself(day)


# The article ------------------------------------------------------------------------------------
def its_story_is_that_of_the_article(team):
    assert Library.objects.village().count() == 16, (
        "seventeen, less Siliu, which a person must resolve"
    )
    assert Library.objects.filter(level="regency").count() == 3
    assert Participation.objects.filter(year=2019).count() == 16
    assert Village.objects.filter(name="Kayu Besi").count() == 2
    assert Library.objects.filter(name="Perpustakaan Desa Kayu Besi").count() == 1
    waiting = batches.plan_of(ImportBatch.objects.get(state="draft"))
    assert waiting.counts == {"problem": 1, "changed": 0, "new": 0, "unchanged": 16, "skipped": 0}
    names = [
        {m.person.name for m in team.memberships.on(day)}
        for day in (demo.FOUNDED, date(2019, 8, 1))
    ]
    assert [len(found) for found in names] == [8, 8] and names[0] - names[1] == {
        "Perwakilan Bappeda"
    }
    assert names[1] - names[0] == {"Perwakilan Bappeda bidang perpustakaan"}
    founding = Meeting.objects.get(starts_at__year=2018)
    assert founding.state == "approved" and founding.when_text.startswith("Rabu, 28 November 2018")
    assert founding.attendance.filter(name="Perwakilan Bappeda", presence="present").exists()
    held = Meeting.objects.filter(kind__startswith="stakeholder", starts_at__year=2019)
    months = sorted(meeting.starts.month for meeting in held.select_related("province"))
    assert months == [7, 7, 7, 8] and set(held.values_list("state", flat=True)) == {"approved"}
    assert all("Notula ini contoh" in meeting.agenda.first().notes for meeting in held), (
        "which the minutes say"
    )
    assert set(Assignment.objects.values_list("role", flat=True)) == set(ROLES), (
        "an account for each role"
    )


def the_decree_covers_the_members(team, day):
    coverage = coverage_on(team, day, team.members_on(day))
    assert coverage.decree.level == "governor" and coverage.decree.days_left(day) == 150
    assert not coverage.needs_revision and coverage.pending is None
    # The day on which the first Bappeda member left suggested a revision then.
    left = coverage_on(team, date(2019, 8, 1), team.members_on(date(2019, 8, 1)))
    assert left.decree.level == "office" and "Perwakilan Bappeda digantikan" in left.reasons[0]
    for meeting in Meeting.objects.took_place().select_related("province"):
        assert Decree.objects.in_force_on(meeting.starts.date()).exists(), f"{meeting} had no basis"


# The team today ---------------------------------------------------------------------------------
def meetings_stand_in_every_state(day):
    lately = Meeting.objects.filter(starts_at__gte=at(day - YEAR, "00.00"))
    states = list(lately.values_list("state", flat=True))
    assert 22 <= len(states) <= 26
    assert {
        state: states.count(state) for state in ("held", "submitted", "returned", "planned")
    } == {
        "held": 1,
        "submitted": 1,
        "returned": 1,
        "planned": 3,
    }
    ahead = lately.filter(state="planned", starts_at__gt=at(day, "23.59"))
    assert ahead.count() == 3 and ahead.filter(day_is_set=True).count() == 3


def plans_are_on_their_way(day):
    before, runs, coming = (
        WorkPlan.objects.exclude(starts_on__year=2019)
        .order_by("starts_on")
        .select_related("team__province")
    )
    assert runs.starts_on <= day <= runs.ends_on and (before.state, runs.state) == (
        "approved",
        "approved",
    )
    progress = PlanProgress(runs, version_of(content_of(runs)), today=day)
    percents = [row.percent for row in progress.rows.values()]
    assert 25 <= sum(percents) / len(percents) <= 70
    assert 0 < progress.whole.complete < len(percents)
    assert (coming.state, coming.round, coming.starts_on) == (
        "submitted",
        2,
        runs.ends_on + timedelta(days=1),
    )
    old, new = (version_of(row.content) for row in coming.submissions.order_by("number"))
    assert {change.kind for change in changes_between(old, new)} == {"changed", "added", "removed"}
    assert coming.comments.filter(answers__isnull=True, resolved_at__isnull=True).count() == 2
    assert coming.may_be_approved_by(User.objects.get(username="ketua"))
    assert Expense.objects.filter(spent_on__gte=day - YEAR).count() >= 10


def advocacy_stands_in_every_way(day):
    assert set(AdvocacyCase.objects.values_list("stage", flat=True)) == set(
        AdvocacyCase.Stage.values
    )
    states = Commitment.objects.with_state(day).values_list("state", flat=True)
    assert set(states) == set(Commitment.State.values)
    assert [(agreed.ends_on - day).days for agreed in Partnership.objects.expiring(day)] == [50]
    assert MediaCoverage.objects.filter(published_on__gte=day - YEAR).count() >= 5


def few_things_are_left_open(day):
    # A visit was on the working day before: what it recommended is up to two days longer late.
    for origin, days_late in (("meeting", [6]), ("visit", range(9, 12))):
        rows = FollowUp.objects.open().filter(**{f"{origin}__isnull": False})
        late = [(day - due).days for due in rows.values_list("due_on", flat=True)]
        (longest,) = (n for n in late if n > 0)
        assert longest in days_late and len(late) <= 6
    assert FollowUp.objects.closed().count() > FollowUp.objects.open().count()
    full = Library.objects.exclude(head="").exclude(phone="").exclude(opening_hours="")
    assert full.count() == Library.objects.count() - 3


def each_home_has_three_to_ten_things(day):
    """
    Count what waits for each account; the observer, for whom nothing does, sees what comes. How
    late reports are is up to the day.
    """
    for username, *_ in demo.ACCOUNTS:
        user = User.objects.get(username=username)
        tasks = [task for task in tasks_of(user, day) if not task.waits_for_others]
        coming = Meeting.objects.visible_to(user).coming(timezone.localtime())
        assert 3 <= (len(tasks) or coming.count()) <= 10, username
        late = [task for task in tasks if not task.alert]
        assert all(task.late_days <= 12 for task in late), username


def every_record_is_one_that_a_form_would_take():
    for model in records():
        for row in model._base_manager.all():
            of_manager = ["person_in_charge"] * (model is FollowUp and row.visit_id is not None)
            row.full_clean(
                exclude=["idempotency_key", "kept", *of_manager],
                validate_unique=False,
                validate_constraints=False,
            )


# Time -------------------------------------------------------------------------------------------
#: The order in which stamps of one record follow each other.
ORDER = {
    Meeting: ("created_at", "held_at", "submitted_at", "approved_at"),
    Decree: ("created_at", "submitted_at", "recorded_at", "revoked_at"),
    WorkPlan: ("created_at", "submitted_at", "approved_at"),
    FollowUp: ("created_at", "closed_at"),
    Commitment: ("created_at", "withdrawn_at"),
    ChecklistVersion: ("created_at", "published_at"),
    Visit: ("created_at", "reopened_at", "sent_at"),
    LibraryReport: ("created_at", "submitted_at", "verified_at"),
}


def nothing_contradicts_itself(today):
    end = at(today, "00.00")
    for model in [*records(), User]:
        of_past = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, models.DateTimeField) and f.name.endswith("_at")
        ]
        names = [f.name for f in of_past if f.name not in ("starts_at", "ends_at")]
        for row in model._base_manager.all():
            stamps = {name: value for name in names if (value := getattr(row, name))}
            assert all(value < end for value in stamps.values()), (model, row, stamps)
            days = {timezone.localtime(value, ZONE).weekday() for value in stamps.values()}
            assert days <= set(range(SATURDAY)), f"{row}: offices are closed at the weekend"
            if "created_at" in stamps:
                assert stamps["created_at"] == min(stamps.values()) and stamps["updated_at"] == max(
                    stamps.values()
                )
                told = list(
                    row.history.order_by("history_id").values_list("history_date", flat=True)
                )
                assert told == sorted(told) and told[0] == stamps["created_at"], (model, row)
                assert told[-1] <= stamps["updated_at"]
            followed = [stamps[name] for name in ORDER.get(model, ()) if name in stamps]
            assert all(earlier <= later for earlier, later in pairwise(followed)), (
                model,
                row,
                stamps,
            )
    happened_before_it_was_written_down()
    who_was_there_was_a_member()


def happened_before_it_was_written_down():
    for meeting in Meeting.objects.took_place():
        assert meeting.created_at <= meeting.starts_at <= meeting.held_at, meeting
    days = (
        (Expense, "spent_on"),
        (MediaCoverage, "published_on"),
        (Visit, "visited_on"),
        (Training, "held_on"),
        (ExpansionStep, "reached_on"),
    )
    for model, name in days:
        for row in model.objects.all():
            assert getattr(row, name) <= timezone.localtime(row.created_at, ZONE).date(), row


def who_was_there_was_a_member():
    for meeting in Meeting.objects.took_place().select_related("team", "province"):
        members = set(Membership.objects.on(meeting.starts.date()).values_list("person", flat=True))
        came = set(meeting.attendance.filter(is_guest=False).values_list("person", flat=True))
        assert came == members, meeting
    for visit in Visit.objects.select_related("team"):
        members = set(Membership.objects.on(visit.visited_on).values_list("person", flat=True))
        went = set(visit.attendance.filter(is_guest=False).values_list("person", flat=True))
        assert went and went <= members, visit


def contents_when_loaded(day, clock):
    """
    Return the contents of a demonstration that is loaded at this time of that day, and roll it
    back.
    """
    with transaction.atomic():
        with simulated_time(at(day, clock)):
            demo.load(whole_country=False)
        found = contents()
        transaction.set_rollback(True)
    assert len(found) > 500
    return found


def contents():
    """
    Return whatever is written, but for random keys and file names, and columns that hold keys of
    rows.
    """
    secret = ("key", "file", "thumbnail", "password", "idempotency_key", "kept", "content", "paper")
    rows = []
    for model in [*records(), User]:
        plain = [
            f
            for f in model._meta.concrete_fields
            if not f.primary_key and not f.is_relation and f.name not in secret
        ]
        for row in model._base_manager.order_by("pk"):
            rows.append((model.__name__, *(str(getattr(row, field.attname)) for field in plain)))
    return rows


# How it is run ----------------------------------------------------------------------------------
class TestTimeline:
    def test_the_earliest_goes_first_and_what_comes_after_is_not_run(self):
        told = []

        def storyline(name, *days):
            for day in days:
                yield at(date(2027, 1, day), "09.00")
                told.append((name, timezone.now().day))

        with simulated_time(at(date(2027, 1, 1), "00.00")) as clock:
            run_storylines(
                [storyline("a", 1, 5, 9), storyline("b", 2, 5, 6)],
                clock=clock,
                until=at(date(2027, 1, 6), "00.00"),
            )
        assert told == [("a", 1), ("b", 2), ("a", 5), ("b", 5)]

    def test_a_storyline_does_not_go_back(self):
        def storyline():
            yield at(date(2027, 1, 2), "09.00")
            yield at(date(2027, 1, 1), "09.00")

        with (
            simulated_time(at(date(2027, 1, 1), "00.00")) as clock,
            pytest.raises(ValueError, match="goes back"),
        ):
            run_storylines([storyline()], clock=clock, until=at(date(2027, 2, 1), "00.00"))

    def test_the_clock_is_put_back(self):
        real = timezone.now
        with pytest.raises(RuntimeError), simulated_time(datetime(2027, 1, 1, tzinfo=ZONE)):
            assert timezone.localdate() == date(2027, 1, 1)
            raise RuntimeError
        assert timezone.now is real

    def test_offices_are_closed_at_the_weekend(self):
        friday, saturday, sunday, monday = (date(2027, 1, n) for n in (1, 2, 3, 4))
        assert [workday_before(day) for day in (friday, saturday, sunday, monday)] == [
            friday,
            friday,
            friday,
            monday,
        ]
        assert [workday_after(day) for day in (friday, saturday, sunday, monday)] == [
            friday,
            monday,
            monday,
            monday,
        ]
