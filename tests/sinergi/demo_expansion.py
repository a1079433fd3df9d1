"""What the expansion and the trainings of the demonstration are like, whichever day it is."""

from advocacy.expansion_stages import NoEvidence
from advocacy.models import ExpansionCase, ExpansionStep, Training, TrainingParticipant
from programs.models import WorkPlan
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from villages.models import Library


def expansion_stands_in_every_way(day):
    last = {}
    for step in ExpansionStep.objects.select_related("case__village").order_by("case", "number"):
        last[step.case.village.name] = step
    listed = ExpansionStep.objects.filter(number=1, stage="running", reason=NoEvidence.LIST)
    assert listed.count() == 16 and {step.reached_on.year for step in listed} == {2019}
    villages = Library.objects.village().values_list("village", flat=True)
    assert set(listed.values_list("case__village", flat=True)) == set(villages)
    assert {name: step.stage for name, step in last.items() if step.stage != "running"} == {
        "Namang": "budget",
        "Penyak": "candidate",
        "Petaling": "training",
        "Membalong": "stopped",
        "Pemali": "independent",
    }
    assert (day - last["Penyak"].reached_on).days > last["Penyak"].case.team.stall_days
    assert last["Petaling"].training and last["Pemali"].report.state == "verified"
    samples = ExpansionStep.objects.exclude(pk__in=listed)
    assert all("(contoh)" in step.note for step in samples)
    assert set(ExpansionCase.objects.values_list("source", flat=True)) >= {"national", "village"}
    before, lately = Training.objects.order_by("held_on")
    assert before.held_on.year == 2019 and lately.held_on <= day
    assert "contoh" in before.title and "contoh" in lately.title
    assert before.participants.count() == 16
    assert not TrainingParticipant.objects.exclude(name="").exists(), "nobody is named"
    # The village whose money is there came to the training after that step: it shows the next one.
    came = lately.participants.get(village__name="Namang")
    assert came.people == 3 and lately.held_on >= last["Namang"].reached_on
    plan = WorkPlan.objects.select_related("team__province").get(pk=lately.activity.plan_id)
    progress = PlanProgress(plan, version_of(content_of(plan)), today=day)
    assert plan.starts_on <= day <= plan.ends_on and progress.rows[lately.activity_id].done == 1
