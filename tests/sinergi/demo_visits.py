"""What the visits of the demonstration are like, whichever day it is loaded on."""

from datetime import date, timedelta

from django.db.models import Q

from advocacy.models import Checklist, FollowUp, RecommendationAnswer, Trip, Visit, VisitPhoto
from advocacy.querysets.visits import earlier_answers
from advocacy.question_changes import question_changes
from programs.models import WorkPlan
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from villages.models import Library

HALF_YEAR, YEAR = timedelta(days=183), timedelta(days=365)


def what_is_asked_on_visits_is_a_sample():
    checklist = Checklist.objects.for_list().get()
    assert checklist.is_sample and checklist.published_number == 2
    before, after = checklist.versions.order_by("number")
    changes = question_changes(before.asked, after.asked)
    kinds = sorted(
        "new" if not one.before else "gone" if not one.after else "changed" for one in changes
    )
    assert kinds == ["changed", "gone", "new"]
    assert after.published_at.year == 2019, "before the second round of visits"


def visits_stand_in_every_way(day):
    visits = Visit.objects.select_related("team", "library", "province")
    assert visits.filter(library__level="village").count() == visits.count()
    rounds = [
        visits.filter(visited_on__gte=first, visited_on__lte=last)
        for first, last in (
            (date(2019, 6, 12), date(2019, 7, 31)),
            (date(2019, 9, 1), date(2019, 9, 30)),
            (day - YEAR, day),
        )
    ]
    assert [found.sent().count() for found in rounds] == [7, 4, 10]
    draft = visits.drafts().get()
    assert draft in rounds[2] and draft.created_by.username == "anggota"
    again = visits.get(reopened_at__isnull=False)
    assert again.state == "sent" and again.sent_at > again.reopened_at and again.reopen_reason
    assert set(RecommendationAnswer.objects.values_list("answer", flat=True)) == {
        "done",
        "open",
        "dropped",
    }
    assert RecommendationAnswer.objects.filter(due_on__isnull=False).exists()
    assert VisitPhoto.objects.count() == 2
    over, coming = Trip.objects.order_by("starts_on")
    seen = visits.sent().filter(visited_on__range=(over.starts_on, over.ends_on))
    assert set(seen.values_list("library", flat=True)) == set(
        over.stops.values_list("library", flat=True)
    )
    assert over.ends_on < day < coming.starts_on and coming.stops.count() == 3
    villages = Library.objects.village()
    never = villages.exclude(visits__in=Visit.objects.sent())
    late = villages.exclude(pk__in=never).exclude(
        visits__in=visits.sent().filter(visited_on__gt=day - HALF_YEAR)
    )
    assert never.exists() and late.count() == 3
    plan_of_2019 = WorkPlan.objects.select_related("team__province").get(starts_on__year=2019)
    progress = PlanProgress(plan_of_2019, version_of(content_of(plan_of_2019)), today=day)
    (activity,) = plan_of_2019.activities.filter(way="visit")
    assert (activity.visits.count(), progress.rows[activity.pk].done) == (11, 16), "five by hand"
    assert activity.target > 16


def what_was_open_is_answered_by_the_next_visit():
    for visit in Visit.objects.sent().select_related("library", "team"):
        answered = set(visit.recommendation_answers.values_list("followup", flat=True))
        open_then = FollowUp.objects.recommended_to(visit.library).filter(
            Q(closed_at__isnull=True) | Q(closed_at__gte=visit.sent_at),
            visit__sent_at__lt=visit.sent_at,
        )
        assert answered == set(open_then.values_list("pk", flat=True)), visit
    kapuk = Library.objects.get(name="Perpustakaan Desa Kapuk")
    told = earlier_answers(Visit.objects.filter(library=kapuk).order_by("visited_on"))
    computers = {
        question.text
        for one in told
        for question in one.questions
        if question.key in one.answers and "Komputer" in question.text
    }
    assert len(told) == 4 and len(computers) == 2, "one question, in other words since"
