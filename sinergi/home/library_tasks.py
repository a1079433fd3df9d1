"""Tasks of libraries: to complete a profile that lacks the head, the phone or the opening hours."""

from django.db.models import Q

from sinergi.home.task import Task, TaskText
from sinergi.kit.json_rows import local_day_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone
from villages.models import Library

MOST = 5  # the list has the rest
ASKED = ("head", "phone", "opening_hours")


def library_parts(user):
    """
    Return {key: (libraries, columns)} in the regencies in which the user works. Whoever works in
    the whole province finds them in the list.
    """
    regencies = user.scope("villages.change_library").regencies
    gaps = Q(*((name, "") for name in ASKED), _connector=Q.OR)
    rows = Library.objects.filter(gaps, regency__in=regencies or []).village()
    columns = {name: name for name in ("pk", "name", "updated_at", *ASKED)}
    return {"profile": (rows.order_by("updated_at", "pk")[: MOST + 1], columns)}


def library_tasks(rows):
    """Return the tasks of the JSON rows of `library_parts`."""
    return [_to_complete(row) for row in rows["profile"]]


def _to_complete(row):
    labels = [str(Library._meta.get_field(name).verbose_name) for name in ASKED if not row[name]]
    return Task(
        due=local_day_of(row["updated_at"]),
        write=lambda: TaskText(
            title=f"Lengkapi profil {row['name']}",
            url=record_url("villages:library_update", row["pk"]),
            note=f"Belum diisi: {', '.join(labels)}.",
            button="Lengkapi",
            status=Status("Profil belum lengkap", Tone.WAITING),
        ),
    )
