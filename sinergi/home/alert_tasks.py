"""Tasks that the rhythm of a team makes: one for each rule that is late or near."""

from sinergi.home.task import Task, TaskText


def alert_tasks(alerts):
    """Return the tasks of these reminders; those that were put off are shown apart."""
    return [_task(alert) for alert in alerts if not alert.snooze]


def _task(alert):
    return Task(
        due=alert.due,
        late_days=alert.late_days,
        alert=alert,
        write=lambda: TaskText(
            title=alert.title,
            url=alert.list_url,
            note=alert.note,
            button=alert.schedule_label or "Buka daftar",
            status=alert.status,
            action_url=alert.schedule_url,
        ),
    )
