"""Tasks of visits: to finish one's own drafts; and the visits and trips that home shows."""

from django.db.models.fields.json import KeyTextTransform

from advocacy.models import Trip, Visit
from sinergi.home.meeting_tasks import AgendaEntry
from sinergi.home.task import READ, Task, TaskText
from sinergi.kit.dates import full_date, long_date
from sinergi.kit.json_rows import day_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone

VISITED = 3  # last visits shown
COMING = 3  # trips on the agenda
COLUMNS = {"pk": "pk", "name": "library__name", "day": "visited_on"}


def visit_parts(user, today):
    """Return {key: (rows, columns)}: one's drafts; the last visits and the next trips, to show."""
    own = Visit.objects.visible_to(user, "advocacy.change_visit").drafts_of(user)
    last = Visit.objects.visible_to(user).sent().order_by("-visited_on", "-id")
    trips = Trip.objects.visible_to(user).filter(ends_on__gte=today)
    return {
        "draft": (own[:READ], COLUMNS),
        "visited": (last[:VISITED], COLUMNS | {"kept": KeyTextTransform("library", "kept")}),
        "trips": (
            trips.order_by("starts_on", "pk")[:COMING],
            {"pk": "pk", "title": "title", "starts_on": "starts_on"},
        ),
    }


def visit_tasks(rows):
    """Return the tasks of the JSON rows of `visit_parts`."""
    return [_to_finish(row) for row in rows["draft"]]


def _to_finish(row):
    day = day_of(row["day"])
    return Task(
        due=day,
        write=lambda: TaskText(
            title=f"Kirim kunjungan ke {row['name']}",
            url=record_url("advocacy:visit_detail", row["pk"]),
            note=f"Kunjungan {long_date(day)}, masih draf Anda",
            button="Lanjutkan",
            action_url=record_url("advocacy:visit_update", row["pk"]),
            status=Status("Draf kunjungan", Tone.WAITING),
        ),
    )


def last_visits(rows):
    """Return the AgendaEntry of each of the JSON rows "visited"."""
    found = [(row, day_of(row["day"])) for row in rows["visited"]]
    return [
        AgendaEntry(
            row["kept"] or row["name"],
            record_url("advocacy:visit_detail", row["pk"]),
            day,
            full_date(day),
        )
        for row, day in found
    ]


def coming_trips(rows):
    """Return the AgendaEntry of each of the JSON rows "trips"."""
    found = [(row, day_of(row["starts_on"])) for row in rows["trips"]]
    return [
        AgendaEntry(
            f"Perjalanan: {row['title']}",
            record_url("advocacy:trip_detail", row["pk"]),
            day,
            full_date(day),
        )
        for row, day in found
    ]
