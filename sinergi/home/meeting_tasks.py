"""
Tasks of meetings (minutes to approve, to mend, to write up, or to call off), and the meetings that
come.
"""

from django.utils.timezone import localtime

from advocacy.models import Meeting
from sinergi.home.task import LIMIT, Task
from sinergi.kit.dates import long_date
from sinergi.kit.querysets import rows_of_each
from sinergi.kit.status import Status, Tone

COMING = 5  # on the page; the list has the rest


def meetings_of(user):
    """Return {task: meetings} of the user; "coming" are only shown. One query."""
    now = localtime()
    rows = Meeting.objects.visible_to
    return rows_of_each(
        {
            "approve": (
                rows(user, "advocacy.approve_meeting")
                .to_approve_by(user)
                .order_by("submitted_at", "id")[:LIMIT]
            ),
            "mend": rows(user, "advocacy.submit_meeting").newest_in(Meeting.State.RETURNED)[:LIMIT],
            "write_up": rows(user, "advocacy.submit_meeting").newest_in(Meeting.State.HELD)[:LIMIT],
            "settle": (
                rows(user, "advocacy.change_meeting")
                .lapsed(now)
                .order_by("-starts_at", "-id")[:LIMIT]
            ),
            "coming": rows(user).coming(now).order_by("starts_at", "id")[:COMING],
        },
        "province",
        "regency",
    )


def meeting_tasks(meetings, today):
    """Return the tasks of `meetings`, which `meetings_of` found."""
    return [
        *_to_approve(meetings["approve"], today),
        *_to_mend(meetings["mend"]),
        *_to_write_up(meetings["write_up"]),
        *_to_settle(meetings["settle"]),
    ]


def _to_approve(rows, today):
    return [
        Task(
            title=f"Sahkan notula {row.title}",
            url=row.get_absolute_url(),
            due=today,
            note=f"Rapat {long_date(row.starts)}, dikirim {long_date(localtime(row.submitted_at))}",
            button="Baca notula",
            status=Status("Menunggu pengesahan", Tone.WAITING),
            urgent=True,
        )
        for row in rows
    ]


def _to_mend(rows):
    return [
        Task(
            title=f"Perbaiki notula {row.title}",
            url=row.get_absolute_url(),
            due=localtime(max(filter(None, (row.returned_at, row.reopened_at)))).date(),
            note=row.review_note[:120],
            button="Perbaiki",
            status=Status("Perlu perbaikan", Tone.WAITING),
            urgent=True,
        )
        for row in rows
    ]


def _to_write_up(rows):
    return [
        Task(
            title=f"Isi notula {row.title}",
            url=row.get_absolute_url(),
            due=row.starts.date(),
            note=f"Rapat {long_date(row.starts)}; notulanya belum dikirim",
            button="Lanjutkan",
            status=Status("Draf notula", Tone.WAITING),
        )
        for row in rows
    ]


def _to_settle(rows):
    """Return a task for each planned meeting whose time has passed."""
    return [
        Task(
            title=row.title,
            url=row.get_absolute_url(),
            due=row.starts.date(),
            note=f"Terjadwal {row.when_text}. Isi notulanya, atau batalkan.",
            button="Tindak lanjuti",
            status=Status("Waktunya sudah lewat", Tone.WAITING),
            month_only=not row.day_is_set,
        )
        for row in rows
    ]
