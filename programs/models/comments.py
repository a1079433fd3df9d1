"""What is said about a plan while it is reviewed."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from programs.models.activities import PlannedActivity
from programs.models.plans import WorkPlan
from programs.querysets import CommentQuerySet
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError, when, who


class PlanComment(Record):
    """
    A comment on an activity, or on the plan as a whole, made on one submission of it; an answer is
    a comment under another.

    It is not rewritten: who has more to say answers. `about` keeps the activity's name when that is
    taken out of the plan.
    """

    plan = models.ForeignKey(
        WorkPlan,
        models.PROTECT,
        verbose_name="rencana kerja",
        related_name="comments",
        editable=False,
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan",
        null=True,
        related_name="comments",
        editable=False,
    )
    about = PlainCharField("tentang", max_length=200, blank=True, editable=False)
    round = models.PositiveSmallIntegerField("versi diajukan", editable=False)
    answers = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="menjawab",
        null=True,
        related_name="replies",
        editable=False,
    )
    text = PlainTextField("catatan", max_length=2000)
    resolved_at, resolved_by = when("diselesaikan pada"), who("diselesaikan oleh")

    objects = CommentQuerySet.as_manager()
    frozen_when = Q(resolved_at__isnull=False)

    class Meta:
        verbose_name = "catatan tinjauan"
        verbose_name_plural = "catatan tinjauan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_plancomment_says_something",
                condition=~Q(text=""),
                violation_error_message="Tuliskan catatannya.",
            ),
            models.CheckConstraint(
                name="programs_plancomment_not_its_own_answer",
                condition=Q(answers__isnull=True) | ~Q(answers=F("id")),
                violation_error_message="Catatan tidak dapat menjawab dirinya sendiri.",
            ),
            models.CheckConstraint(
                name="programs_plancomment_answers_stay_with_it",
                condition=Q(answers__isnull=True) | Q(resolved_at__isnull=True),
                violation_error_message="Yang diselesaikan adalah catatannya, bukan jawabannya.",
            ),
        ]
        indexes = [models.Index(fields=["plan", "id"], name="programs_plancomment_plan")]

    def __str__(self):
        return f"Catatan untuk {self.about}" if self.about else f"Catatan untuk {self.plan}"

    def get_absolute_url(self):
        review = reverse("programs:plan_review", args=[self.plan_id])
        return f"{review}?catatan={self.pk}#catatan-{self.answers_id or self.pk}"

    @property
    def province_id(self):
        return self.plan.team.province_id

    @property
    def is_resolved(self):
        return self.resolved_at is not None

    def may_be_resolved_by(self, user):
        """Whoever made it, or who approves the plan: not those whom it asks something of."""
        own = self.created_by_id == user.pk and user.has_perm("programs.add_plancomment", self)
        return own or user.has_perm("programs.approve_workplan", self)

    def resolve(self, *, by, version=None):
        if self.answers_id:
            raise TransitionError("Yang diselesaikan adalah catatannya, bukan jawabannya.")
        if self.is_resolved:
            raise TransitionError("Catatan ini sudah diselesaikan.")
        self.resolved_at, self.resolved_by = timezone.now(), by
        still_open = Q(resolved_at__isnull=True)
        return self.write_as("resolved_at", "resolved_by", by=by, version=version, when=still_open)
