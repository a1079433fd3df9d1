"""The versions of a quarterly report that were handed in."""

from django.db import models
from django.db.models import Q

from sinergi.kit.models import Record
from villages.models.reports import LibraryReport
from villages.querysets.reports import ReportSubmissionQuerySet


class ReportSubmission(Record):
    """
    A report as it was handed in, word for word (`LibraryReport.content`). Written once; who and
    when are its stamps.
    """

    report = models.ForeignKey(
        LibraryReport,
        models.PROTECT,
        verbose_name="laporan",
        related_name="submissions",
        editable=False,
    )
    number = models.PositiveSmallIntegerField("nomor", editable=False)
    content = models.JSONField("isi", editable=False)

    objects = ReportSubmissionQuerySet.as_manager()
    history_parents = ("report",)
    history_hidden = frozenset({"content"})
    frozen_when = Q(pk__isnull=False)
    frozen_message = "Kiriman laporan tidak diubah lagi."

    class Meta:
        verbose_name = "kiriman laporan"
        verbose_name_plural = "kiriman laporan"
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="villages_reportsubmission_number_once",
                violation_error_message="Kiriman dengan nomor ini sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.report}, kiriman {self.number}"

    @property
    def province_id(self):
        return self.report.province_id
