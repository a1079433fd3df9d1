"""
Tasks of advocacy: to remind of what is overdue, to move cases that have stalled, to renew what
ends.
"""

from advocacy.models import AdvocacyCase, Commitment, Partnership
from sinergi.home.task import LIMIT, Task, late_status
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone
from sinergi.kit.templatetags.sinergi import thousands


def advocacy_tasks(user, today):
    return [*_to_remind(user, today), *_to_move(user, today), *_to_renew(user, today)]


def _to_remind(user, today):
    rows = (
        Commitment.objects.visible_to(user, "advocacy.change_commitment")
        .overdue(today)
        .select_related("institution")
    )
    for row in rows.order_by("due_on", "pk")[:LIMIT]:
        late = (today - row.due_on).days
        yield Task(
            title=f"Ingatkan: {row}",
            url=row.get_absolute_url(),
            due=row.due_on,
            note=f"{row.institution}, dijanjikan {long_date(row.promised_on)}",
            button="Buka komitmen",
            status=late_status(late),
            late_days=late,
        )


def _to_move(user, today):
    """
    Yield tasks for the stalled cases in the user's charge; the secretariat finds the others on the
    board.
    """
    rows = (
        AdvocacyCase.objects.visible_to(user, "advocacy.move_advocacycase")
        .in_charge(user)
        .stalled(today)
    )
    for row in rows.with_names().order_by("stage_since", "pk")[:LIMIT]:
        yield Task(
            title=f"Lanjutkan: {row}",
            url=row.get_absolute_url(),
            due=row.stage_since,
            note=(
                f"{row.institution}, {row.get_stage_display().lower()} sejak"
                f" {long_date(row.stage_since)}"
            ),
            button="Buka sasaran",
            status=Status(
                f"Belum ada kemajuan {thousands(row.days_in_stage(today))} hari", Tone.WAITING
            ),
            urgent=True,
        )


def _to_renew(user, today):
    rows = (
        Partnership.objects.visible_to(user, "advocacy.change_partnership")
        .expiring(today)
        .select_related("institution")
    )
    for row in rows[:LIMIT]:
        yield Task(
            title=f"Perpanjang kerja sama dengan {row.institution}",
            url=row.get_absolute_url(),
            due=row.ends_on,
            note=f"{row}, berlaku sampai {long_date(row.ends_on)}",
            button="Buka kerja sama",
            status=Status(row.status_on(today).label, Tone.WAITING),  # not late yet
            urgent=True,
        )
