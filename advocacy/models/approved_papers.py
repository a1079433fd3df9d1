"""The PDF of approved minutes, kept from its first download on."""

from django.db import models

from advocacy.models.meetings import Meeting
from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField


class ApprovedPaper(models.Model):
    """
    The PDF of minutes that were approved at `approved_at`, on one size of paper.

    Their words are kept with the approval; what they look like depends on the templates and the
    typesetter too, which change. So the file that was handed out first is handed out ever after.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="rapat", related_name="approved_papers"
    )
    approved_at = models.DateTimeField("disahkan pada")
    paper_size = PlainCharField("ukuran kertas", max_length=2)
    file = models.FileField("berkas", upload_to=uploads.random_path)
    made_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    class Meta:
        verbose_name = "naskah yang disahkan"
        verbose_name_plural = "naskah yang disahkan"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "approved_at", "paper_size"],
                name="advocacy_approvedpaper_once",
                violation_error_message="Naskah ini sudah tersimpan.",
            ),
        ]

    def __str__(self):
        return f"Notula {self.meeting} ({self.paper_size})"
