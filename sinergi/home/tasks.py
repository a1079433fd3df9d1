"""
Tasks of a user: follow-ups in their charge, what meetings, decrees, plans, libraries, their reports
and visits need, and what the rhythm of their team reminds of.
"""

from collections import defaultdict
from copy import copy
from functools import lru_cache

from django.utils import timezone

from advocacy.cadence.alerts import alerts_of
from sinergi.home.alert_tasks import alert_tasks
from sinergi.home.decree_tasks import decree_parts, decree_tasks
from sinergi.home.first_steps import first_step_parts
from sinergi.home.followup_tasks import OTHERS, followup_parts, followup_tasks
from sinergi.home.library_shelves import shelf_parts
from sinergi.home.library_tasks import MOST, library_parts, library_tasks
from sinergi.home.meeting_tasks import meeting_parts, meeting_parts_at, meeting_tasks
from sinergi.home.plan_tasks import plan_parts, plan_tasks
from sinergi.home.report_tasks import report_parts, report_tasks
from sinergi.home.support import support_parts
from sinergi.home.task import GROUPS, LIMIT, Waiting, group_of
from sinergi.home.visit_tasks import visit_parts, visit_tasks
from sinergi.kit.json_rows import compiled_rows, json_rows_of

#: {part: so many of it are shown}, of tasks of one's own and of those that wait for others.
OWN = ("own", "approve", "mend", "write_up", "settle", "hand_in", "review", "mend_plan", "verify")
OWN_LIMITS = dict.fromkeys((*OWN, "mend_report", "draft"), LIMIT) | {"profile": MOST}
OF_OTHERS = ("with_chair", "record", "with_signer", "plan_with_chair", "with_verifier")
OTHERS_LIMITS = dict.fromkeys(OF_OTHERS, LIMIT) | {"others": OTHERS}


def task_parts(user, today):
    """Return {key: (rows, columns)} of all tasks of a day (sinergi.kit.json_rows)."""
    return {
        **followup_parts(user, today),
        **meeting_parts(user),
        **decree_parts(user, today),
        **plan_parts(user),
        **library_parts(user),
        **report_parts(user),
        **visit_parts(user, today),
    }


def read_rows_of_home(user, today):
    """
    Return the JSON rows of all tasks, of what comes, of the shelves, of what was promised and of
    the first steps. One query.
    """
    roles = frozenset((one.role, one.province_id, one.regency_id) for one in user.held_roles)
    # A copy of the account: what is kept would else hold the whole request.
    kept = compiled_parts(copy(user), (user.is_superuser, user.is_active, roles), today)
    return defaultdict(
        list, json_rows_of((*kept, *compiled_rows(meeting_parts_at(user, timezone.localtime()))))
    )


@lru_cache(maxsize=256)
def compiled_parts(user, roles, today):
    """
    Return the compiled parts of home for a user with these roles on a day. Django takes longer to
    write them than the database to answer, and they change with the role or the day alone.
    """
    shown = shelf_parts(user, today) | support_parts(user) | first_step_parts(user)
    return compiled_rows(task_parts(user, today) | shown)


def tasks_of(user, today, rows=None, alerts=None):
    """
    Return the user's tasks, group by group, late ones first, then by date. `rows` are those of
    `read_rows_of_home`, `alerts` those of `alerts_of`, where they were read already.
    """
    if rows is None:
        rows = read_rows_of_home(user, today)
    if alerts is None:
        alerts = alerts_of(user, today)
    limits = OWN_LIMITS | OTHERS_LIMITS
    rows = defaultdict(list, {key: found[: limits.get(key)] for key, found in rows.items()})
    tasks = [
        *followup_tasks(rows, user, today),
        *meeting_tasks(rows, today),
        *decree_tasks(rows, today),
        *plan_tasks(rows),
        *alert_tasks(alerts),
        *library_tasks(rows),
        *report_tasks(rows),
        *visit_tasks(rows),
    ]
    order = {key: n for n, key in enumerate(GROUPS)}
    return sorted(tasks, key=lambda task: (order[group_of(task, today)], -task.late_days, task.due))


def waiting_of(user, today, rows, alerts):
    """Return the Waiting of a user, of the rows of `read_rows_of_home` and their reminders."""
    hidden = _not_shown(rows, OWN_LIMITS)
    return Waiting(
        tasks_of(user, today, rows, alerts),
        today,
        is_cut=bool(hidden),
        late_is_cut=any(one.late_days for one in tasks_of(user, today, hidden, [])),
        others_are_cut=bool(_not_shown(rows, OTHERS_LIMITS)),
    )


def _not_shown(rows, limits):
    """Return {part: the rows that were read beyond those shown}, of the parts that have any."""
    found = {key: rows[key][limit:] for key, limit in limits.items()}
    return {key: beyond for key, beyond in found.items() if beyond}
