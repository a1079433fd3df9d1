"""Tasks of work plans: to review, and to mend."""

from django.urls import reverse
from django.utils.timezone import localtime

from programs.models import WorkPlan
from sinergi.home.task import LIMIT, Task
from sinergi.kit.dates import long_date
from sinergi.kit.querysets import rows_of_each
from sinergi.kit.status import Status, Tone


def plan_tasks(user):
    plans = _plans_of(user)
    return [*_to_review(plans["review"], user), *_to_mend(plans["mend"])]


def in_a_sentence(plan):
    """Return the name of a plan as it stands within a sentence: rencana kerja Semester I 2027."""
    name = str(plan)
    return f"{name[:1].lower()}{name[1:]}"


def _plans_of(user):
    """Return {task: plans} of the user; one query."""
    to_review = WorkPlan.objects.visible_to(user, "programs.approve_workplan").to_review()
    to_mend = WorkPlan.objects.visible_to(user, "programs.submit_workplan").filter(
        state=WorkPlan.State.RETURNED
    )
    return rows_of_each(
        {
            "review": to_review.order_by("submitted_at", "pk")[:LIMIT],
            "mend": to_mend.order_by("returned_at", "pk")[:LIMIT],
        },
        "team",
        "submitted_by",
    )


def _to_review(rows, user):
    for row in rows:
        if row.may_be_approved_by(user):
            sent = localtime(row.submitted_at).date()
            yield Task(
                title=f"Tinjau {in_a_sentence(row)}",
                url=reverse("programs:plan_review", args=[row.pk]),
                due=sent,
                note=(
                    f"Versi {row.round}, diajukan {row.submitted_by or 'sistem'} pada"
                    f" {long_date(sent)}"
                ),
                button="Tinjau rencana",
                status=Status("Menunggu tinjauan", Tone.WAITING),
                urgent=True,
            )


def _to_mend(rows):
    for row in rows:
        yield Task(
            title=f"Perbaiki {in_a_sentence(row)}",
            url=row.get_absolute_url(),
            due=localtime(row.returned_at).date(),
            note=row.return_reason[:120],
            button="Perbaiki",
            status=Status("Perlu perbaikan", Tone.WAITING),
            urgent=True,
        )
