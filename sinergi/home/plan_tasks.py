"""What the work plan asks of a person: to review it, to mend it, to start what is in their charge."""

from django.urls import reverse
from django.utils.timezone import localtime

from programs.models import WorkPlan
from sinergi.home.task import LIMIT, Task
from sinergi.kit.dates import long_date


def plan_tasks(user):
    return [*_to_review(user), *_to_mend(user)]


def _to_review(user):
    rows = WorkPlan.objects.visible_to(user, "programs.approve_workplan").to_review().select_related("team", "submitted_by")
    for row in rows.order_by("submitted_at", "pk")[:LIMIT]:
        if row.may_be_approved_by(user):
            sent = localtime(row.submitted_at).date()
            yield Task(
                title=f"Tinjau {str(row).lower()}",
                url=reverse("programs:plan_review", args=[row.pk]),
                due=sent,
                note=f"Versi {row.round}, diajukan {row.submitted_by or 'sistem'} pada {long_date(sent)}",
                button="Tinjau rencana",
                chip="Menunggu tinjauan",
                urgent=True,
            )


def _to_mend(user):
    rows = WorkPlan.objects.visible_to(user, "programs.submit_workplan").filter(state=WorkPlan.State.RETURNED)
    for row in rows.select_related("team").order_by("returned_at", "pk")[:LIMIT]:
        yield Task(
            title=f"Perbaiki {str(row).lower()}",
            url=row.get_absolute_url(),
            due=localtime(row.returned_at).date(),
            note=row.return_reason[:120],
            button="Perbaiki",
            chip="Perlu perbaikan",
            urgent=True,
        )
