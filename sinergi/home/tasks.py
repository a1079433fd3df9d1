"""
Tasks of a user: follow-ups in their charge, and what meetings, decrees, plans, advocacy,
expansion, libraries, their reports and visits need.
"""

from django.urls import reverse

from advocacy.models import FollowUp
from sinergi.home.advocacy_tasks import advocacy_tasks
from sinergi.home.decree_tasks import decree_tasks
from sinergi.home.expansion_tasks import expansion_tasks, still_annotation, still_of
from sinergi.home.first_steps import read_with_user
from sinergi.home.library_tasks import library_tasks
from sinergi.home.meeting_tasks import meeting_tasks, meetings_of
from sinergi.home.plan_tasks import plan_tasks
from sinergi.home.report_tasks import report_tasks
from sinergi.home.task import LIMIT, Task, late_status
from sinergi.home.visit_tasks import home_libraries, visit_tasks


def tasks_of(user, today, meetings=None, libraries=None, still=None):
    """
    Return the user's tasks, late ones first, then by date. `meetings` are those of
    `meetings_of(user)`, `libraries` those of `home_libraries(user, today)`, and `still` the
    villages of `still_of(row)`, if they were read already.
    """
    if still is None:
        still = still_of(read_with_user(user, still_annotation(user, today)))
    libraries = libraries or home_libraries(user, today)
    tasks = [*_own_followups(user, today), *meeting_tasks(meetings or meetings_of(user), today)]
    tasks += [
        *decree_tasks(user, today),
        *plan_tasks(user),
        *advocacy_tasks(user, today),
        *expansion_tasks(still, today),
        *library_tasks(user),
        *report_tasks(user, libraries, today),
        *visit_tasks(libraries, today),
    ]
    return sorted(tasks, key=lambda task: (-task.late_days, task.due))


def _own_followups(user, today):
    rows = FollowUp.objects.visible_to(user).open().without_cancelled().in_charge(user)
    related = ["meeting__province", "visit__library", "province", "person_in_charge"]
    rows = rows.select_related(*related).order_by("due_on", "id")
    return [_followup_task(row, user, today) for row in rows[:LIMIT]]


def _followup_task(row, user, today):
    """Return the task of a follow-up: its name leads to its page, the button to closing it."""
    late, closable = row.days_late(today), row.may_be_closed_by(user)
    return Task(
        title=row.what,
        url=row.get_absolute_url(),
        due=row.due_on,
        note=f"Tindak lanjut {row.origin_text}",
        button="Selesaikan" if closable else "Buka",
        action_url=reverse("advocacy:followup_close", args=[row.pk]) if closable else "",
        status=late_status(late),
        late_days=late,
    )
