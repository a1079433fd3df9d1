"""When the daily chores ran, and how they ended: their heartbeat."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from sinergi.kit.fields import PlainCharField, PlainTextField

#: After which a run without an end is one whose process was stopped: shorter than the hour after
#: which the next one comes.
STOPPED_AFTER = timedelta(minutes=50)
LONGEST_WORDS = 1000


class ChoreRunQuerySet(models.QuerySet):
    def visible_to(self, user, permission="home.view_chorerun"):
        """Return all: chores are of the portal, of no place."""
        return self if user.scope(permission) else self.none()

    def begin(self, name, now, *, waits=True):
        """
        Note that this chore begins, and return its row; None while it runs elsewhere, unless it
        `waits` for nobody.
        """
        self.get_or_create(name=name, defaults={"since": now})
        free = Q(is_running=False) | Q(started_at__lt=now - STOPPED_AFTER)
        rows = self.filter(free, name=name) if waits else self.filter(name=name)
        if not rows.update(started_at=now, is_running=True):
            return None
        return self.get(name=name)


class ChoreRun(models.Model):
    """
    The last run of a chore; one row for each. Written by the chore itself, edited by nobody.

    `since` is when the portal learnt of the chore: one that never ran is late after a while, too.
    """

    name = PlainCharField("tugas", max_length=60, unique=True, editable=False)
    since = models.DateTimeField("dikenal sejak", editable=False)
    is_running = models.BooleanField("sedang berjalan", default=False, editable=False)
    started_at = models.DateTimeField("terakhir mulai", null=True, editable=False)
    finished_at = models.DateTimeField("terakhir selesai", null=True, editable=False)
    succeeded_at = models.DateTimeField("terakhir berhasil", null=True, editable=False)
    is_ok = models.BooleanField("berhasil", null=True, editable=False)
    said = PlainTextField("keterangan", blank=True, editable=False)

    objects = ChoreRunQuerySet.as_manager()
    is_everywhere = True

    class Meta:
        verbose_name = "tugas harian"
        verbose_name_plural = "tugas harian"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="home_chorerun_runs_since_a_moment",
                condition=Q(is_running=False) | Q(started_at__isnull=False),
                violation_error_message="Tugas yang berjalan mempunyai waktu mulainya.",
            ),
        ]

    def __str__(self):
        return self.name

    def end(self, *, is_ok, said, now):
        """Note how this run ended, unless it was given up and another has begun since."""
        written = {"is_running": False, "finished_at": now, "is_ok": is_ok}
        written["said"] = said[:LONGEST_WORDS]
        if is_ok:
            written["succeeded_at"] = now
        rows = type(self).objects.filter(pk=self.pk, started_at=self.started_at)
        return bool(rows.update(**written))
