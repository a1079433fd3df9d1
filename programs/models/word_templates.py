"""The Word templates by which a team has replaced the shipped ones."""

from django.db import models
from django.db.models import Q

from programs.models.teams import Team
from programs.querysets.word_templates import WordTemplateQuerySet
from sinergi.kit import uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.files import FileRecord
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, stamp_at, stamp_by


class WordTemplate(Stateful, FileRecord):
    """
    A Word file of a team for one kind of document, named by its slug. Of each kind one is in use;
    where none is, the shipped one. A file never changes: a correction is uploaded as the next one.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Belum dipakai"
        IN_USE = "in_use", "Dipakai"
        WITHDRAWN = "withdrawn", "Tidak dipakai lagi"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="word_templates", editable=False
    )
    document = PlainCharField("naskah", max_length=50, editable=False)
    note = PlainCharField(
        "catatan",
        max_length=200,
        blank=True,
        help_text="Apa yang berbeda, misalnya kop baru dengan lambang.",
    )
    file = models.FileField("berkas Word", upload_to=uploads.random_path, editable=False)
    content_type = PlainCharField("tipe isi", max_length=80, blank=True, editable=False)
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.UPLOADED, editable=False
    )
    used_at, used_by = stamp_at("dipakai sejak"), stamp_by("dipakai oleh")
    withdrawn_at, withdrawn_by = stamp_at("dihentikan pada"), stamp_by("dihentikan oleh")

    objects = WordTemplateQuerySet.as_manager()
    history_parents = ("team",)
    history_title = ("original_name",)
    kept_file = "advocacy:word_template_kept"

    class Meta:
        verbose_name = "templat Word"
        verbose_name_plural = "templat Word"
        ordering = ["team", "document", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "document"],
                condition=Q(state="in_use"),
                name="programs_wordtemplate_one_in_use",
                violation_error_message="Templat lain sudah dipakai. Muat ulang.",
            ),
            models.CheckConstraint(
                name="programs_wordtemplate_used_stamped",
                condition=Q(state="uploaded", used_at__isnull=True)
                | Q(state__in=["in_use", "withdrawn"], used_at__isnull=False),
                violation_error_message="Yang dipakai mencatat sejak kapan.",
            ),
            models.CheckConstraint(
                name="programs_wordtemplate_has_file",
                condition=~Q(file="") & ~Q(document=""),
                violation_error_message="Pilih berkas Word-nya.",
            ),
        ]

    def __str__(self):
        return self.original_name or "Templat Word"

    def get_absolute_url(self):
        return record_url("advocacy:word_template_detail", self.pk)

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def download_name(self):
        return f"{self.original_name.rpartition('.')[0] or self.original_name or 'templat'}.docx"

    @property
    def is_in_use(self):
        return self.state == self.State.IN_USE

    @property
    def status(self):
        tones = {self.State.UPLOADED: Tone.SCHEDULED, self.State.IN_USE: Tone.APPROVED}
        return Status(self.get_state_display(), tones.get(self.state, Tone.DRAFT))

    def read(self):
        """Return the bytes of its file."""
        with self.file.open("rb") as stored:
            return stored.read()

    def use(self, *, by, version=None):
        """Put it in use; the one before has made room (programs.actions.use_template)."""
        return self.move(
            self.State.IN_USE,
            by=by,
            version=version,
            sources=[self.State.UPLOADED, self.State.WITHDRAWN],
            stamp="used",
        )

    def withdraw(self, *, by, version=None):
        """Take it out of use: the shipped one takes its place, or the next one."""
        return self.move(
            self.State.WITHDRAWN,
            by=by,
            version=version,
            sources=[self.State.IN_USE],
            stamp="withdrawn",
        )
