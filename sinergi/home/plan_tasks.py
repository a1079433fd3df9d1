"""Tasks of work plans: to review, and to mend; and those that wait for the chair."""

from programs.models import WorkPlan
from sinergi.accounts.models import User
from sinergi.home.task import READ, Task, TaskText
from sinergi.kit.dates import long_date
from sinergi.kit.json_rows import day_of, local_day_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone

APPROVE, SUBMIT = "programs.approve_workplan", "programs.submit_workplan"
#: What names a plan, and what its tasks tell.
NAMED = {"pk": "pk", "starts_on": "starts_on", "ends_on": "ends_on"}
SENDER = {
    "first_name": "submitted_by__first_name",
    "last_name": "submitted_by__last_name",
    "username": "submitted_by__username",
}


def plan_parts(user):
    """Return {key: (plans, columns)}."""
    to_review = WorkPlan.objects.visible_to(user, APPROVE).to_review()
    reviewable = to_review.exclude(submitted_by=user)
    mine = WorkPlan.objects.visible_to(user, SUBMIT)
    with_chair = mine.to_review()
    if user.scope(APPROVE):
        with_chair = with_chair.exclude(pk__in=reviewable.values("pk"))
    sent = NAMED | {"submitted_at": "submitted_at"}
    return {
        "review": (
            reviewable.order_by("submitted_at", "pk")[:READ],
            sent | {"round": "round", **SENDER},
        ),
        "mend_plan": (
            mine.filter(state=WorkPlan.State.RETURNED).order_by("returned_at", "pk")[:READ],
            NAMED | {"returned_at": "returned_at", "why": "return_reason"},
        ),
        "plan_with_chair": (with_chair.order_by("submitted_at", "pk")[:READ], sent),
    }


def plan_tasks(rows):
    """Return the tasks of the JSON rows of `plan_parts`."""
    return [
        *(_to_review(row) for row in rows["review"]),
        *(_to_mend(row) for row in rows["mend_plan"]),
        *(_with_chair(row) for row in rows["plan_with_chair"]),
    ]


def in_a_sentence(row):
    """Return the name of a plan as it stands within a sentence: rencana kerja Semester I 2027."""
    plan = WorkPlan(starts_on=day_of(row["starts_on"]), ends_on=day_of(row["ends_on"]))
    name = str(plan)
    return f"{name[:1].lower()}{name[1:]}"


def _to_review(row):
    sent = local_day_of(row["submitted_at"])
    sender_name = str(User(**{name: row[name] or "" for name in SENDER})) or "sistem"
    return Task(
        due=sent,
        urgent=True,
        write=lambda: TaskText(
            title=f"Tinjau {in_a_sentence(row)}",
            url=record_url("programs:plan_review", row["pk"]),
            note=f"Versi {row['round']}; {sender_name} menunggu sejak {long_date(sent)}",
            button="Tinjau rencana",
            status=Status("Menunggu tinjauan", Tone.WAITING),
        ),
    )


def _to_mend(row):
    return Task(
        due=local_day_of(row["returned_at"]),
        urgent=True,
        write=lambda: TaskText(
            title=f"Perbaiki {in_a_sentence(row)}",
            url=record_url("programs:plan_detail", row["pk"]),
            note=row["why"][:120],
            button="Perbaiki",
            status=Status("Perlu perbaikan", Tone.WAITING),
        ),
    )


def _with_chair(row):
    sent = local_day_of(row["submitted_at"])
    name = in_a_sentence(row)
    return Task(
        due=sent,
        waits_for_others=True,
        write=lambda: TaskText(
            title=f"{name[:1].upper()}{name[1:]}",
            url=record_url("programs:plan_detail", row["pk"]),
            note=f"Ketua Tim belum meninjau; menunggu sejak {long_date(sent)}",
            button="Buka rencana",
            status=Status("Menunggu tinjauan", Tone.WAITING),
        ),
    )
