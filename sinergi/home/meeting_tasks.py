"""
Tasks of meetings (minutes to approve, to mend, to write up, meetings to call off), minutes that
wait for somebody else, and the meetings that come.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from advocacy.models import Meeting
from sinergi.home.task import READ, Task, TaskText
from sinergi.kit.dates import clock_for, full_date, in_zone, long_date, month_year
from sinergi.kit.json_rows import local_day_of, moment_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone

COMING = 5  # on the page; the list has the rest
APPROVE, SUBMIT = "advocacy.approve_meeting", "advocacy.submit_meeting"
COLUMNS = {
    "pk": "pk",
    "title": "title",
    "starts_at": "starts_at",
    "zone": "province__time_zone",
    "day_is_set": "day_is_set",
    "time_is_set": "time_is_set",
}


def meeting_parts(user):
    """Return {key: (meetings, columns)}."""
    rows, state = Meeting.objects.visible_to, Meeting.State
    approvable = rows(user, APPROVE).to_approve_by(user)
    with_chair = _waiting_for_another(user, SUBMIT, APPROVE, approvable, state.SUBMITTED)
    sent = COLUMNS | {"submitted_at": "submitted_at"}
    returned = {
        "returned_at": "returned_at",
        "reopened_at": "reopened_at",
        "returned": "return_reason",
        "reopened": "reopen_reason",
    }
    return {
        "approve": (approvable.order_by("submitted_at", "id")[:READ], sent),
        "mend": (rows(user, SUBMIT).newest_in(state.RETURNED)[:READ], COLUMNS | returned),
        "write_up": (rows(user, SUBMIT).newest_in(state.HELD)[:READ], COLUMNS),
        "with_chair": (with_chair.order_by("submitted_at", "id")[:READ], sent),
    }


def meeting_parts_at(user, now):
    """Return {key: (meetings, columns)} of what a moment divides; "coming" are only shown."""
    rows = Meeting.objects.visible_to
    lapsed = rows(user, "advocacy.change_meeting").lapsed(now)
    coming = rows(user).coming(now)
    return {
        "settle": (lapsed.order_by("-starts_at", "-id")[:READ], COLUMNS),
        "coming": (coming.order_by("starts_at", "id")[:COMING], COLUMNS | {"place": "place"}),
    }


def _waiting_for_another(user, own, others, acted_on, state):
    """
    Return the meetings in that state where the user has the permission `own`, whoever wrote them,
    without those that the user can decide on.
    """
    rows = Meeting.objects.visible_to(user, own).filter(state=state)
    return rows.exclude(pk__in=acted_on.values("pk")) if user.scope(others) else rows


def meeting_tasks(rows, today):
    """Return the tasks of the JSON rows of `meeting_parts`."""
    return [
        *(_to_approve(row) for row in rows["approve"]),
        *(_to_mend(row) for row in rows["mend"]),
        *(_to_write_up(row) for row in rows["write_up"]),
        *(_to_settle(row) for row in rows["settle"]),
        *(_with_chair(row) for row in rows["with_chair"]),
    ]


def _url(row):
    return record_url("advocacy:meeting_detail", row["pk"])


def _starts(row):
    return in_zone(moment_of(row["starts_at"]), row["zone"])


def _to_approve(row):
    sent = local_day_of(row["submitted_at"])
    return Task(
        due=sent,
        urgent=True,
        write=lambda: TaskText(
            title=f"Sahkan notula {row['title']}",
            url=_url(row),
            note=f"Rapat {long_date(_starts(row))}; notulis menunggu sejak {long_date(sent)}",
            button="Baca notula",
            status=Status("Menunggu pengesahan", Tone.WAITING),
        ),
    )


def _to_mend(row):
    returned, reopened = moment_of(row["returned_at"]), moment_of(row["reopened_at"])
    is_reopened = reopened and (not returned or reopened > returned)
    return Task(
        due=localtime(reopened if is_reopened else returned).date(),
        urgent=True,
        write=lambda: TaskText(
            title=f"Perbaiki notula {row['title']}",
            url=_url(row),
            note=row["reopened" if is_reopened else "returned"][:120],
            button="Perbaiki",
            status=Status("Perlu perbaikan", Tone.WAITING),
        ),
    )


def _to_write_up(row):
    return Task(
        due=_starts(row).date(),
        write=lambda: TaskText(
            title=f"Isi notula {row['title']}",
            url=_url(row),
            note=f"Rapat {long_date(_starts(row))}; notulanya belum dikirim",
            button="Lanjutkan",
            status=Status("Draf notula", Tone.WAITING),
        ),
    )


def _to_settle(row):
    """Return the task of a planned meeting whose time has passed."""
    starts = _starts(row)
    planned = long_date(starts) if row["day_is_set"] else month_year(starts)
    return Task(
        due=starts.date(),
        month_only=not row["day_is_set"],
        write=lambda: TaskText(
            title=row["title"],
            url=_url(row),
            note=f"Terjadwal {planned}. Isi notulanya, atau batalkan.",
            button="Tindak lanjuti",
            status=Status("Waktunya sudah lewat", Tone.WAITING),
        ),
    )


def _with_chair(row):
    sent = local_day_of(row["submitted_at"])
    return Task(
        due=sent,
        waits_for_others=True,
        write=lambda: TaskText(
            title=f"Notula {row['title']}",
            url=_url(row),
            note=f"Ketua Tim belum mengesahkan; menunggu sejak {long_date(sent)}",
            button="Buka notula",
            status=Status("Menunggu pengesahan", Tone.WAITING),
        ),
    )


@dataclass(frozen=True)
class AgendaEntry:
    """One thing to come; without a day the stamp shows the month."""

    title: str
    url: str
    day: date
    note: str
    month_only: bool = False


def coming_meetings(rows, zone):
    """
    Return the AgendaEntry of each of the JSON rows "coming", for somebody whose clock is in that
    zone.
    """
    return [_entry(row, zone) for row in rows["coming"]]


def _entry(row, zone):
    starts = _starts(row)
    if not row["day_is_set"]:
        note = "Tanggal belum ditetapkan"
    else:
        at = f", {clock_for(starts, row['zone'], zone)}" if row["time_is_set"] else ""
        place = f" · {row['place']}" if row["place"] else ""
        note = f"{full_date(starts)}{at}{place}"
    return AgendaEntry(row["title"], _url(row), starts.date(), note, not row["day_is_set"])
