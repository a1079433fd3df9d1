"""The cases that an audience was about."""

from django.db import models
from django.db.models import Q

from advocacy.models.cases import AdvocacyCase
from advocacy.models.meetings import Meeting
from advocacy.querysets.audiences import AudienceCaseQuerySet
from sinergi.kit.models import Record


class AudienceCase(Record):
    """A case that an audience was about."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="rapat", related_name="audience_cases", editable=False
    )
    case = models.ForeignKey(
        AdvocacyCase,
        models.PROTECT,
        verbose_name="sasaran advokasi",
        related_name="audiences",
        editable=False,
    )

    objects = AudienceCaseQuerySet.as_manager()
    history_parents = ("meeting",)
    reference_label = "audiensi"
    frozen_when = Q(meeting__state__in=Meeting.FROZEN)

    class Meta:
        verbose_name = "sasaran yang dibahas"
        verbose_name_plural = "sasaran yang dibahas"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                name="advocacy_audiencecase_once",
                violation_error_message="Sasaran ini sudah ada pada audiensi itu.",
            ),
        ]

    def __str__(self):
        return str(self.case)

    @property
    def province_id(self):
        return self.meeting.province_id
