"""Tasks of follow-ups: to close one's own, and to ask for those of others that are late."""

from django.db.models.fields.json import KeyTextTransform

from advocacy.models import FollowUp
from sinergi.home.task import READ, Task, TaskText, late_status
from sinergi.kit.dates import in_zone, long_date
from sinergi.kit.json_rows import day_of, moment_of
from sinergi.kit.links import record_url

OTHERS = 5  # late ones of others; the list has the rest
CHANGE, CLOSE = "advocacy.change_followup", "advocacy.close_followup"
COLUMNS = {
    "pk": "pk",
    "what": "what",
    "due_on": "due_on",
    "province": "province_id",
    "person": "person_in_charge_id",
    "person_name": "person_in_charge__name",
    "meeting": "meeting__title",
    "starts_at": "meeting__starts_at",
    "zone": "province__time_zone",
    "visited_on": "visit__visited_on",
    "library_then": KeyTextTransform("library", "visit__kept"),
    "library": "visit__library__name",
}


def followup_parts(user, today):
    """
    Return {key: (follow-ups, columns)}. Whoever looks after the whole country has the list of late
    ones.
    """
    rows = FollowUp.objects.visible_to(user).open().without_cancelled()
    others = FollowUp.objects.visible_to(user, CHANGE).overdue(today).without_cancelled()
    if user.scope(CHANGE).national:
        others = others.none()
    return {
        "own": (rows.in_charge(user).order_by("due_on", "id")[:READ], COLUMNS),
        "others": (
            others.not_in_charge(user).order_by("due_on", "id")[: OTHERS + 1],
            COLUMNS,
        ),
    }


def followup_tasks(rows, user, today):
    """Return the tasks of the JSON rows of `followup_parts`."""
    return [
        *(_own(row, user, today) for row in rows["own"]),
        *(_of_another(row, today) for row in rows["others"]),
    ]


def _url(row):
    return record_url("advocacy:followup_detail", row["pk"])


def _origin(row):
    """Return Rapat bulanan, 19 Juni 2019; or Kunjungan ke Perpustakaan Desa Mayang, …"""
    if row["meeting"]:
        starts = in_zone(moment_of(row["starts_at"]), row["zone"])
        return f"{row['meeting']}, {long_date(starts)}"
    library = row["library_then"] or row["library"]
    return f"Kunjungan ke {library}, {long_date(day_of(row['visited_on']))}"


def _own(row, user, today):
    """Return the task: its name leads to its page, the button to closing it."""
    due = day_of(row["due_on"])
    late = max((today - due).days, 0)
    place = FollowUp(province_id=row["province"])
    closable = user.has_perm(CLOSE, place) or user.has_perm(CHANGE, place)
    return Task(
        due=due,
        late_days=late,
        write=lambda: TaskText(
            title=row["what"],
            url=_url(row),
            note=f"Tindak lanjut {_origin(row)}",
            button="Selesaikan" if closable else "Buka",
            status=late_status(late),
            action_url=record_url("advocacy:followup_close", row["pk"]) if closable else "",
        ),
    )


def _of_another(row, today):
    """Return the task of asking: the button leads to a text for the person who holds it."""
    due, person = day_of(row["due_on"]), row["person"]
    late = (today - due).days
    holder = row["person_name"] or "Pengelola perpustakaan"
    return Task(
        due=due,
        late_days=late,
        waits_for_others=True,
        write=lambda: TaskText(
            title=row["what"],
            url=_url(row),
            note=f"{holder}; tindak lanjut {_origin(row)}",
            button="Ingatkan" if person else "Buka",
            status=late_status(late),
            action_url=record_url("advocacy:person_reminder", person) if person else "",
        ),
    )
