"""What was handed in for review each time, and what is said about it."""

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from programs.models.activities import PlannedActivity
from programs.models.plans import WorkPlan
from programs.querysets.reviews import CommentQuerySet, SubmissionQuerySet
from sinergi.kit.dates import in_zone
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by


class PlanSubmission(Record):
    """
    The plan as it was handed in, word for word (programs.plan_versions): names, months, amounts and
    progress of that moment.

    It is final from its first moment; once, what the chair decided is noted beside it. `paper` is
    kept with the approval: the team's letterhead, and what the accounts were called that have a
    part in the plan's review. From there on every page and paper of what was approved is drawn from
    the two.
    """

    class Outcome(models.TextChoices):
        RETURNED = "returned", "Dikembalikan"
        APPROVED = "approved", "Disetujui"

    plan = models.ForeignKey(
        WorkPlan,
        models.PROTECT,
        verbose_name="rencana kerja",
        related_name="submissions",
        editable=False,
    )
    number = models.PositiveSmallIntegerField("versi", editable=False)
    content = models.JSONField("isi", editable=False)
    outcome = PlainCharField(
        "hasil tinjauan", max_length=10, choices=Outcome, blank=True, editable=False
    )
    decided_at, decided_by = stamp_at("ditinjau pada"), stamp_by("ditinjau oleh")
    reason = PlainTextField("alasan", max_length=2000, blank=True, editable=False)
    paper = models.JSONField("kop surat dan nama saat disetujui", null=True, editable=False)

    objects = SubmissionQuerySet.as_manager()
    frozen_when = Q(pk__isnull=False)

    class Meta:
        verbose_name = "pengajuan"
        verbose_name_plural = "pengajuan"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="programs_plansubmission_once",
                violation_error_message="Versi ini sudah diajukan.",
            ),
            models.CheckConstraint(
                name="programs_plansubmission_decided_by_another",
                condition=~Q(outcome="approved")
                | Q(decided_by__isnull=True)
                | Q(created_by__isnull=True)
                | ~Q(decided_by=F("created_by")),
                violation_error_message=(
                    "Rencana disetujui oleh orang lain, bukan oleh yang mengajukannya."
                ),
            ),
            models.CheckConstraint(
                name="programs_plansubmission_returned_with_reason",
                condition=~Q(outcome="returned") | ~Q(reason=""),
                violation_error_message="Tuliskan yang perlu diperbaiki.",
            ),
            models.CheckConstraint(
                name="programs_plansubmission_approved_with_paper",
                condition=~Q(outcome="approved") | Q(paper__isnull=False),
                violation_error_message="Kop surat dan nama disimpan saat rencana disetujui.",
            ),
        ]

    def __str__(self):
        return f"{self.plan}, versi {self.number}"

    def get_absolute_url(self):
        return reverse("programs:plan_version", args=[self.plan_id, self.number])

    @property
    def province_id(self):
        return self.plan.team.province_id

    @property
    def names(self):
        """{key of an account: its name when this was approved}; empty before that."""
        return (
            {int(key): name for key, name in self.paper["accounts"].items()} if self.paper else {}
        )

    @property
    def status(self):
        """What came of the review, or that it is still to come."""
        if not self.outcome:
            return Status("Menunggu tinjauan", Tone.WAITING)
        approved = self.outcome == self.Outcome.APPROVED
        return Status(self.get_outcome_display(), Tone.APPROVED if approved else Tone.CHANGED)

    @property
    def submitter(self):
        return self.names.get(self.created_by_id) or self.created_by

    @property
    def decider(self):
        return self.names.get(self.decided_by_id) or self.decided_by

    def decide(self, outcome, *, by, reason=""):
        """
        Note down, once, what the chair decided; in the transaction in which the plan moves. An
        approval keeps its paper.
        """
        if self.outcome:
            raise TransitionError("Versi ini sudah ditinjau.")
        self.outcome, self.reason, self.decided_at, self.decided_by = (
            outcome,
            reason,
            timezone.now(),
            by,
        )
        if outcome == self.Outcome.APPROVED:
            day = in_zone(self.decided_at, self.plan.team.province.time_zone).date()
            self.paper = self.plan.letterhead | {
                "decided_on": day.isoformat(),
                "accounts": self._accounts(),
            }
        columns = ("outcome", "reason", "decided_at", "decided_by", "paper")
        return self.write_as(*columns, by=by, when=Q(outcome=""))

    def _accounts(self):
        """
        Return {key: name} of every account that submitted, decided, commented or resolved up to
        now.
        """
        keys = {self.decided_by_id}
        for rows, second in (
            (self.plan.submissions, "decided_by"),
            (self.plan.comments, "resolved_by"),
        ):
            for pair in rows.order_by().values_list("created_by", second).distinct():
                keys.update(pair)
        return {
            str(account.pk): str(account)
            for account in get_user_model().objects.filter(pk__in=keys - {None})
        }


class PlanComment(Record):
    """
    A comment on an activity, or on the plan as a whole, made on one submission; an answer is a
    comment under another.

    It is never rewritten: who has more to say answers. `about` keeps the activity's name when that
    is removed from the plan.
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
    resolved_at, resolved_by = stamp_at("diselesaikan pada"), stamp_by("diselesaikan oleh")

    history_title = ("about",)
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
        """
        Whether this account made the comment or approves the plan; those whom it asks something of
        may not.
        """
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
