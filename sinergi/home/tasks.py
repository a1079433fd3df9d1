"""What waits for a person: follow-ups in their hands, minutes to approve, minutes to mend."""

from django.utils.timezone import localtime

from advocacy.models import FollowUp, Meeting
from sinergi.home.advocacy_tasks import advocacy_tasks
from sinergi.home.decree_tasks import decree_tasks
from sinergi.home.plan_tasks import plan_tasks
from sinergi.home.task import LIMIT, Task
from sinergi.kit.dates import long_date
from sinergi.kit.templatetags.sinergi import thousands


def tasks_of(user, today):
    """The user's tasks, late ones first, then by date."""
    tasks = [*_own_followups(user, today), *_to_approve(user, today), *_to_mend(user), *_to_write_up(user), *_lapsed(user)]
    tasks += [*decree_tasks(user, today), *plan_tasks(user), *advocacy_tasks(user, today)]
    return sorted(tasks, key=lambda task: (-task.late_days, task.due))


def _own_followups(user, today):
    rows = (
        FollowUp.objects.visible_to(user).open().of_the_record().in_charge(user).select_related("meeting__province", "province")
    )
    return [
        Task(
            title=row.what,
            url=row.get_absolute_url(),
            due=row.due_on,
            note=f"Tindak lanjut {row.meeting.title}, {long_date(row.meeting.starts)}",
            button="Buka",
            chip=f"Terlambat {thousands(row.days_late(today))} hari" if row.days_late(today) else "",
            late_days=row.days_late(today),
        )
        for row in rows.order_by("due_on", "id")[:LIMIT]
    ]


def _to_approve(user, today):
    rows = Meeting.objects.visible_to(user, "advocacy.approve_meeting").to_approve_by(user)
    return [
        Task(
            title=f"Sahkan notula {row.title}",
            url=row.get_absolute_url(),
            due=today,
            note=f"Rapat {long_date(row.starts)}, dikirim {long_date(localtime(row.submitted_at))}",
            button="Baca notula",
            chip="Menunggu pengesahan",
            urgent=True,
        )
        for row in rows.select_related("province").order_by("submitted_at", "id")[:LIMIT]
    ]


def _to_mend(user):
    rows = Meeting.objects.visible_to(user, "advocacy.submit_meeting").filter(state=Meeting.State.RETURNED)
    return [
        Task(
            title=f"Perbaiki notula {row.title}",
            url=row.get_absolute_url(),
            due=localtime(max(filter(None, (row.returned_at, row.reopened_at)))).date(),
            note=row.review_note[:120],
            button="Perbaiki",
            chip="Perlu perbaikan",
            urgent=True,
        )
        for row in rows.select_related("province").order_by("-starts_at", "-id")[:LIMIT]
    ]


def _to_write_up(user):
    rows = Meeting.objects.visible_to(user, "advocacy.submit_meeting").filter(state=Meeting.State.HELD)
    return [
        Task(
            title=f"Lengkapi notula {row.title}",
            url=row.get_absolute_url(),
            due=row.starts.date(),
            note=f"Rapat {long_date(row.starts)}; notulanya belum dikirim",
            button="Lanjutkan",
            chip="Draf notula",
        )
        for row in rows.select_related("province").order_by("-starts_at", "-id")[:LIMIT]
    ]


def _lapsed(user):
    rows = Meeting.objects.visible_to(user, "advocacy.change_meeting").lapsed(localtime())
    return [
        Task(
            title=row.title,
            url=row.get_absolute_url(),
            due=row.starts.date(),
            note=f"Terjadwal {row.when_text}. Isi notulanya, atau batalkan.",
            button="Tindak lanjuti",
            chip="Waktunya sudah lewat",
            month_only=not row.day_is_set,
        )
        for row in rows.select_related("province").order_by("-starts_at", "-id")[:LIMIT]
    ]
