"""What is asked on a visit to a library: checklists, and their versions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from advocacy.querysets.checklists import ChecklistQuerySet, ChecklistVersionQuerySet
from advocacy.question_changes import is_reordered, question_changes
from advocacy.questions import (
    MalformedQuestions,
    read_questions,
)
from sinergi.kit.dates import long_date
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by
from villages.models import Library, Province

WITHDRAWN = "Daftar periksa ini sudah ditarik, sehingga tidak dapat diubah atau diterbitkan."


class Purpose(models.TextChoices):
    """What a visit is for, and so what a checklist is made for."""

    MENTORING = "mentoring", "Pendampingan"
    MONITORING = "monitoring", "Monitoring"
    BOTH = "both", "Pendampingan dan monitoring"


class Checklist(Record):
    """
    What is asked on visits to libraries of one level. Without a province it is for the whole
    country. The questions stand in its versions, of which the last published one is in force.
    """

    name = PlainCharField("nama", max_length=150)
    level = PlainCharField("untuk perpustakaan", max_length=10, choices=Library.Level)
    purpose = PlainCharField("maksud kunjungan", max_length=10, choices=Purpose)
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        null=True,
        blank=True,
        related_name="+",
    )
    is_sample = models.BooleanField("masih contoh", default=False)
    withdrawn_at, withdrawn_by = stamp_at("ditarik pada"), stamp_by("ditarik oleh")
    withdraw_reason = PlainTextField("alasan ditarik", max_length=2000, blank=True, editable=False)

    objects = ChecklistQuerySet.as_manager()
    frozen_when = Q(withdrawn_at__isnull=False)
    frozen_message = WITHDRAWN
    history_title = ("name",)

    class Meta:
        verbose_name = "daftar periksa"
        verbose_name_plural = "daftar periksa"
        ordering = ["name", "pk"]
        permissions = [
            ("publish_checklist", "Dapat menerbitkan daftar periksa"),
            ("withdraw_checklist", "Dapat menarik daftar periksa"),
        ]
        constraints = [
            models.CheckConstraint(
                name="advocacy_checklist_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="advocacy_checklist_name"),
            models.Index(fields=["province", "name", "id"], name="advocacy_checklist_prov"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_url("advocacy:checklist_detail", self.pk)

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def place_text(self):
        return str(self.province) if self.province_id else "Seluruh Indonesia"

    @property
    def status(self):
        """Return how it stands; of a checklist read `for_list`."""
        if self.is_withdrawn:
            return Status("Ditarik")
        if self.published_number:
            return Status("Berlaku", Tone.APPROVED)
        return Status("Belum diterbitkan", Tone.SCHEDULED)

    @property
    def version_text(self):
        """Versi 2 sejak 1 Juli 2019; of a checklist read `for_list`."""
        if not self.published_number:
            return ""
        since = long_date(timezone.localtime(self.published_at))
        return f"Versi {self.published_number} sejak {since}"

    def clean(self):
        """Refuse another level once a version was published, which was asked of that one."""
        if self.pk and self.differs_from_stored("level") and self.versions.published().exists():
            raise ValidationError(
                {
                    "level": (
                        "Sudah ada versi yang diterbitkan untuk tingkat ini. Buat daftar periksa"
                        " lain untuk tingkat yang lain."
                    )
                }
            )

    def withdraw(self, *, by, reason, version=None):
        """Take it out of use; what was begun with it keeps its version. Raises TransitionError."""
        if self.is_withdrawn:
            raise TransitionError("Daftar periksa ini sudah ditarik.")
        if not reason.strip():
            raise TransitionError("Tuliskan alasannya.")
        self.withdrawn_at, self.withdrawn_by = timezone.now(), by
        self.withdraw_reason = reason.strip()
        names = ("withdrawn_at", "withdrawn_by", "withdraw_reason")
        return self.write_as(*names, by=by, version=version, when=Q(withdrawn_at__isnull=True))


def validate_questions(stored):
    try:
        read_questions(stored)
    except MalformedQuestions as error:
        raise ValidationError(f"Pertanyaannya tidak terbaca: {error}.") from error


class QuestionsField(models.JSONField):
    """The questions of a version as JSON; its history tells what became of each of them."""

    default_validators = (validate_questions,)

    def display_value(self, value):
        return f"{len(value)} pertanyaan"

    def display_changes(self, before, after):
        """Return [(what, before, after)] between two stored values, as a history tells them."""
        old, new = read_questions(before or []), read_questions(after or [])
        told = []
        for change in question_changes(old, new):
            name = f"Pertanyaan “{change.question.text}”"
            if change.before is None or change.after is None:
                text = change.question.outline
                told.append((name, *((None, text) if change.after else (text, None))))
            else:
                told += [(f"{name}: {what.lower()}", *words) for what, *words in change.parts]
        if is_reordered(old, new):
            told.append(("urutan pertanyaan", None, "berubah"))
        return told

    def deconstruct(self):
        """Name Django's own field in migrations: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class ChecklistVersion(Stateful, Record):
    """
    The questions of a checklist, as a draft or as they were published: from then on they stay what
    they are, for what was answered to them. `last_key` is the last number of a key that was given
    out (advocacy.questions.with_keys).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        PUBLISHED = "published", "Diterbitkan"

    checklist = models.ForeignKey(
        Checklist,
        models.PROTECT,
        verbose_name="daftar periksa",
        related_name="versions",
        editable=False,
    )
    number = models.PositiveSmallIntegerField("nomor", editable=False)
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    questions = QuestionsField("pertanyaan", default=list, blank=True, editable=False)
    last_key = models.PositiveIntegerField("nomor kunci terakhir", default=0, editable=False)
    published_at, published_by = stamp_at("diterbitkan pada"), stamp_by("diterbitkan oleh")

    objects = ChecklistVersionQuerySet.as_manager()
    history_parents = ("checklist",)
    history_hidden = frozenset({"last_key", "number"})
    frozen_when = Q(state="published")
    frozen_message = "Versi ini sudah diterbitkan, sehingga pertanyaannya tidak dapat diubah."

    class Meta:
        verbose_name = "versi daftar periksa"
        verbose_name_plural = "versi daftar periksa"
        ordering = ["checklist", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "number"],
                name="advocacy_checklistversion_number_once",
                violation_error_message="Versi dengan nomor ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=Q(state="draft"),
                name="advocacy_checklistversion_one_draft",
                violation_error_message="Daftar periksa ini sudah mempunyai draf.",
            ),
            models.CheckConstraint(
                name="advocacy_checklistversion_published_stamped",
                condition=Q(state="draft", published_at__isnull=True, published_by__isnull=True)
                | Q(state="published", published_at__isnull=False, published_by__isnull=False),
                violation_error_message="Yang diterbitkan mencatat oleh siapa dan kapan.",
            ),
        ]

    def __str__(self):
        return f"{self.checklist}, versi {self.number}"

    def get_absolute_url(self):
        return record_url("advocacy:checklist_version", self.pk)

    @property
    def province_id(self):
        return self.checklist.province_id

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def asked(self):
        """Return its questions, read."""
        return read_questions(self.questions)

    @property
    def status(self):
        return Status("Draf") if self.is_draft else Status(self.get_state_display(), Tone.APPROVED)

    def publish(self, *, by, version=None):
        """Put it in force; its questions stay as they are. May raise TransitionError."""
        if not self.stored().questions:
            raise TransitionError("Tulis dulu pertanyaannya; daftar periksa ini masih kosong.")
        return self.move(
            self.State.PUBLISHED,
            by=by,
            sources=[self.State.DRAFT],
            stamp="published",
            version=version,
        )
