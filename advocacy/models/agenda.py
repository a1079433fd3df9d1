"""Agenda items of a meeting with their decisions."""

from django.db import models
from django.db.models import Q

from advocacy.models.meetings import Meeting
from advocacy.querysets.agenda import AgendaQuerySet
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record


class AgendaItem(Record):
    """A topic, what was said, and what was decided (empty: nothing)."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="rapat", related_name="agenda", editable=False
    )
    order = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    topic = PlainCharField("topik", max_length=300)
    notes = PlainTextField("catatan", max_length=20000, blank=True)
    decision = PlainTextField("keputusan", max_length=5000, blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="lanjutan dari",
        null=True,
        blank=True,
        related_name="carried_to",
        editable=False,
    )
    carried_followup = models.ForeignKey(
        "advocacy.FollowUp",
        models.SET_NULL,
        verbose_name="membahas tindak lanjut",
        null=True,
        blank=True,
        related_name="discussions",
        editable=False,
    )

    objects = AgendaQuerySet.as_manager()
    history_parents = ("meeting",)
    history_title = ("topic",)
    history_position = "order"
    frozen_when = Q(meeting__state__in=Meeting.FROZEN)

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["meeting", "order"], name="advocacy_agenda_meeting")]

    def __str__(self):
        return self.topic

    @property
    def province_id(self):
        return self.meeting.province_id
