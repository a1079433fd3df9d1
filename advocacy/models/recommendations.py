"""What a visit says of the recommendations that it found open."""

from django.db import models
from django.db.models import Q

from advocacy.models.followups import FollowUp
from advocacy.models.visits import Visit
from advocacy.querysets.recommendations import RecommendationAnswerQuerySet
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record


class RecommendationAnswer(Record):
    """
    The answer of one visit to one recommendation: done, still open (perhaps with another day), or
    needed no longer, with a word on what was seen.

    A draft may leave it blank. When the visit is sent, the follow-up is closed or moved by it
    (advocacy.actions.visits).
    """

    class Answer(models.TextChoices):
        DONE = "done", "Selesai"
        OPEN = "open", "Masih terbuka"
        DROPPED = "dropped", "Tidak perlu lagi"

    visit = models.ForeignKey(
        Visit,
        models.CASCADE,
        verbose_name="kunjungan",
        related_name="recommendation_answers",
        editable=False,
    )
    followup = models.ForeignKey(
        FollowUp,
        models.PROTECT,
        verbose_name="rekomendasi",
        related_name="visit_answers",
        editable=False,
    )
    answer = PlainCharField("jawaban", max_length=10, choices=Answer, blank=True)
    note = PlainCharField("yang terlihat", max_length=500, blank=True)
    due_on = models.DateField("tenggat baru", null=True, blank=True)

    objects = RecommendationAnswerQuerySet.as_manager()
    history_parents = ("visit",)
    frozen_when = Q(visit__state=Visit.State.SENT)
    reference_label = "jawaban kunjungan"

    class Meta:
        verbose_name = "jawaban rekomendasi"
        verbose_name_plural = "jawaban rekomendasi"
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "followup"],
                name="advocacy_recommendationanswer_once",
                violation_error_message="Rekomendasi ini sudah dijawab dalam kunjungan ini.",
            ),
            models.CheckConstraint(
                name="advocacy_recommendationanswer_moves_while_open",
                condition=Q(due_on__isnull=True) | Q(answer="open"),
                violation_error_message="Tenggat baru hanya untuk yang masih terbuka.",
            ),
        ]

    def __str__(self):
        return f"{self.followup}: {self.get_answer_display() or 'belum dijawab'}"

    @property
    def province_id(self):
        return self.visit.province_id
