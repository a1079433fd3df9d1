"""Tasks of libraries: to complete a profile that lacks the head, the phone or the opening hours."""

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from sinergi.home.task import Task
from sinergi.kit.status import Status, Tone
from villages.models import Library

MOST = 5  # the list has the rest
ASKED = ("head", "phone", "opening_hours")


def library_tasks(user):
    """
    Yield the tasks in the regencies in which the user works. Whoever works in the whole province
    finds them in the list.
    """
    regencies = user.scope("villages.change_library").regencies
    if not regencies:
        return
    gaps = Q(*((name, "") for name in ASKED), _connector=Q.OR)
    rows = Library.objects.filter(
        gaps, regency__in=regencies, level=Library.Level.VILLAGE
    ).order_by("updated_at", "pk")
    for row in rows[:MOST]:
        labels = [
            str(row._meta.get_field(name).verbose_name) for name in ASKED if not getattr(row, name)
        ]
        yield Task(
            title=f"Lengkapi profil {row.name}",
            url=reverse("villages:library_update", args=[row.pk]),
            due=localtime(row.updated_at).date(),
            note=f"Belum diisi: {', '.join(labels)}.",
            button="Lengkapi",
            status=Status("Profil belum lengkap", Tone.WAITING),
        )
