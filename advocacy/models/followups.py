"""Follow-ups: what, who, by when, and whether it was done."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from advocacy.models.meetings import Meeting
from advocacy.querysets.followups import FollowUpNoteQuerySet, FollowUpQuerySet
from programs.models import Person
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.files import FileRecord
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by
from villages.models import Province

IS_OPEN, IS_CLOSED = Q(closed_at__isnull=True), Q(closed_at__isnull=False)


class FollowUp(Record):
    """
    A task that a meeting gave to one person.

    What, who and by when are part of the minutes and freeze with them; what becomes of it is not,
    and is written down all the same (`FollowUpNote`): it is closed, opened again, given
    another day or put into other hands.

    `person_in_charge` and `due_on` are those of today, which lists and tasks go by. When one of
    them is changed for the first time, both are kept as the minutes say them (`minuted_…`), and the
    minutes are drawn from there.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="rapat", related_name="followups", editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    order = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    #: The indexes of province and person are those below, in the order of the lists: beside an
    #: index of the column alone PostgreSQL may take that one, and sort all that a person holds.
    what = PlainCharField("apa", max_length=300)
    person_in_charge = models.ForeignKey(
        Person, models.PROTECT, verbose_name="siapa", related_name="followups", db_index=False
    )
    due_on = models.DateField("kapan")
    minuted_person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="siapa, menurut notula",
        null=True,
        editable=False,
        related_name="+",
    )
    minuted_due_on = models.DateField("kapan, menurut notula", null=True, editable=False)
    closed_at, closed_by = stamp_at("selesai pada"), stamp_by("diselesaikan oleh")
    closing_note = PlainTextField(
        "catatan penyelesaian", max_length=2000, blank=True, editable=False
    )

    objects = FollowUpQuerySet.as_manager()
    history_parents = ("meeting",)
    has_child_history = True
    history_title = ("what",)
    history_position = "order"
    frozen_when = Q(meeting__state__in=Meeting.FROZEN)

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due_on", "id"]
        permissions = [("close_followup", "Dapat menyelesaikan tindak lanjut yang dipegangnya")]
        constraints = [
            models.CheckConstraint(
                name="advocacy_followup_closed_with_note",
                condition=Q(closed_at__isnull=True) | ~Q(closing_note=""),
                violation_error_message="Tuliskan apa hasilnya.",
            ),
            models.CheckConstraint(
                name="advocacy_followup_minuted_whole",
                condition=Q(minuted_person__isnull=True, minuted_due_on__isnull=True)
                | Q(minuted_person__isnull=False, minuted_due_on__isnull=False),
                violation_error_message="Siapa dan kapan menurut notula disimpan bersama.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=IS_OPEN, name="advocacy_followup_open"),
            models.Index(
                fields=["province", "due_on", "id"],
                condition=IS_OPEN,
                name="advocacy_followup_open_prov",
            ),
            models.Index(
                fields=["person_in_charge", "due_on", "id"],
                condition=IS_OPEN,
                name="advocacy_followup_open_person",
            ),
            models.Index(
                fields=["person_in_charge", "province", "due_on", "id"],
                name="advocacy_followup_person",
            ),
            models.Index(
                fields=["due_on", "id"], condition=IS_CLOSED, name="advocacy_followup_done"
            ),
            models.Index(
                fields=["province", "due_on", "id"],
                condition=IS_CLOSED,
                name="advocacy_followup_done_prov",
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("advocacy:followup_detail", args=[self.pk])

    @property
    def minutes_url(self):
        """Where it stands in the minutes."""
        return f"{self.meeting.get_absolute_url()}#tindak-lanjut-{self.pk}"

    @staticmethod
    def implausible_due(due_on, meeting):
        """Return what is wrong with this due date for a follow-up of that meeting, or ""."""
        day = meeting.starts.date()
        if due_on < day:
            return (
                f"Tanggal tindak lanjut tidak boleh sebelum tanggal rapat, {dates.long_date(day)}."
            )
        if due_on - day > timedelta(days=3 * 366):
            return "Periksa tahunnya: tenggatnya lebih dari tiga tahun setelah rapat."
        return ""

    def implausible_move(self, due_on):
        """Return what is wrong with this day as the new due date, or ""."""
        today = dates.today_in(self.province.time_zone)
        if due_on < today:
            return f"Tenggat baru tidak boleh sebelum hari ini, {dates.long_date(today)}."
        if due_on - today > timedelta(days=3 * 366):
            return "Periksa tahunnya: tenggat baru paling jauh tiga tahun lagi."
        return ""

    # What the minutes say -----------------------------------------------------------------------
    @property
    def is_moved(self):
        """Whether it was ever given another day or another person than the minutes say."""
        return self.minuted_due_on is not None

    @property
    def due_in_minutes(self):
        return self.minuted_due_on or self.due_on

    @property
    def person_in_minutes(self):
        return self.minuted_person if self.is_moved else self.person_in_charge

    @property
    def person_in_minutes_id(self):
        return self.minuted_person_id if self.is_moved else self.person_in_charge_id

    @property
    def name_in_minutes(self):
        """Who holds it, as the minutes say: in approved ones under the name of that time."""
        return self._kept_name or self.person_in_minutes.name

    @property
    def _kept_name(self):
        kept = self.meeting.kept and self.meeting.kept["followups"].get(str(self.pk))
        return kept["name"] if kept else ""

    # How it stands ------------------------------------------------------------------------------
    @property
    def holder(self):
        """
        Who holds it, by name: as the approved minutes say while it is still the one they name, else
        as called now.
        """
        is_theirs = self.person_in_charge_id == self.person_in_minutes_id
        return (is_theirs and self._kept_name) or self.person_in_charge.name

    @property
    def holder_text(self):
        """Dipegang PIC Program DKPUS, tenggat 5 Juli 2019."""
        return f"Dipegang {self.holder}, tenggat {dates.long_date(self.due_on)}."

    @property
    def is_open(self):
        return self.closed_at is None

    def days_late(self, today=None):
        """
        Return the days past the due date of an open follow-up, else 0; `today` in the zone of the
        province.
        """
        today = today or dates.today_in(self.province.time_zone)
        return max((today - self.due_on).days, 0) if self.is_open else 0

    def status_on(self, day):
        """Return whether it is done, open or, with the days since then, past its due date."""
        if not self.is_open:
            return Status("Selesai", Tone.APPROVED)
        if late := self.days_late(day):
            return Status(f"Terlambat {thousands(late)} hari", Tone.LATE)
        return Status("Terbuka", Tone.DRAFT)

    def why_kept(self):
        """
        Return why it cannot be deleted: what has been worked on stays, for its log would go with
        it.
        """
        named = f"Tindak lanjut “{self.what}”"
        if not self.is_open:
            return f"{named} sudah diselesaikan, jadi tidak dapat dihapus."
        if self.progress.exists():
            return f"{named} sudah ada perkembangannya, jadi tidak dapat dihapus."
        return super().why_kept()

    def may_be_closed_by(self, user):
        """Return whether this person is in charge of it, or may change the team's follow-ups."""
        if not self.is_open or self.meeting.state == Meeting.State.CANCELLED:
            return False
        own = self.person_in_charge.user_id == user.pk and user.has_perm(
            "advocacy.close_followup", self
        )
        return own or user.has_perm("advocacy.change_followup", self)

    def close(self, *, by, note, version=None):
        """Close it; the note says what came of it."""
        self._refuse_unless_open(by)
        if not note.strip():
            raise TransitionError("Tuliskan apa hasilnya.")
        self.closed_at, self.closed_by, self.closing_note = timezone.now(), by, note.strip()
        return self.write_as(
            "closed_at", "closed_by", "closing_note", by=by, version=version, when=IS_OPEN
        )

    def go_on(self, *, by, due_on=None, person=None, version=None):
        """
        Note down that something was done for it; from now on it is due on that day and in the hands
        of that person, where they are named.
        """
        self._refuse_unless_open(by)
        due_on, person = due_on or self.due_on, person or self.person_in_charge
        names = []
        if (due_on, person) != (self.due_on, self.person_in_charge):
            names = ["due_on", "person_in_charge", "minuted_due_on", "minuted_person"]
            self.minuted_due_on, self.minuted_person = self.due_in_minutes, self.person_in_minutes
            self.due_on, self.person_in_charge = due_on, person
        return self.write_as(*names, by=by, version=version, when=IS_OPEN)

    def may_be_reopened_by(self, user):
        """
        Return whether this person closed it; where nobody is left who did, whether they may change
        the team's follow-ups.
        """
        if self.is_open or self.meeting.state == Meeting.State.CANCELLED:
            return False
        if self.closed_by is None or not self.closed_by.is_active:
            return user.has_perm("advocacy.change_followup", self)
        works_here = user.has_perm("advocacy.close_followup", self) or user.has_perm(
            "advocacy.change_followup", self
        )
        return self.closed_by_id == user.pk and works_here

    def reopen(self, *, by, version=None):
        """
        Open it again: it was not done after all. What was said of it then stays in its progress and
        its history.
        """
        if self.is_open:
            raise TransitionError("Tindak lanjut ini masih terbuka.")
        if not self.may_be_reopened_by(by):
            raise TransitionError("Tindak lanjut dibuka lagi oleh yang menyelesaikannya.")
        self.closed_at, self.closed_by, self.closing_note = None, None, ""
        return self.write_as(
            "closed_at", "closed_by", "closing_note", by=by, version=version, when=IS_CLOSED
        )

    def _refuse_unless_open(self, by):
        if not self.is_open:
            raise TransitionError("Tindak lanjut ini sudah diselesaikan.")
        if not self.may_be_closed_by(by):
            raise TransitionError(
                "Tindak lanjut diselesaikan oleh yang memegangnya atau oleh sekretariat."
            )


class FollowUpNote(FileRecord):
    """
    One entry: how far it is, with another day or another person where that changed, and the
    evidence; or that it was closed, or opened again. Who and when are its stamps.

    Written once; what turns out wrong is said by the next entry.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", "Perkembangan"
        CLOSED = "closed", "Diselesaikan"
        REOPENED = "reopened", "Dibuka lagi"

    followup = models.ForeignKey(
        FollowUp,
        models.CASCADE,
        verbose_name="tindak lanjut",
        related_name="progress",
        editable=False,
    )
    kind = PlainCharField(
        "jenis", max_length=10, choices=Kind, default=Kind.PROGRESS, editable=False
    )
    text = PlainTextField("catatan", max_length=2000)
    due_on = models.DateField("tenggat baru", null=True, blank=True)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="dipegang oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    file = models.FileField("bukti", upload_to=uploads.random_path, blank=True, editable=False)

    objects = FollowUpNoteQuerySet.as_manager()
    history_parents = ("followup",)
    history_title = ("original_name",)
    kept_file = "advocacy:followup_kept"
    frozen_when = Q(pk__isnull=False)
    frozen_message = "Catatan perkembangan tidak diubah lagi; tulis catatan yang baru."

    class Meta:
        verbose_name = "perkembangan tindak lanjut"
        verbose_name_plural = "perkembangan tindak lanjut"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_followupnote_says_something",
                condition=~Q(text=""),
                violation_error_message="Tuliskan perkembangannya.",
            ),
            models.CheckConstraint(
                name="advocacy_followupnote_moves_while_open",
                condition=Q(kind="progress") | Q(due_on__isnull=True, person__isnull=True),
                violation_error_message=(
                    "Tenggat dan orangnya berubah selama tindak lanjut terbuka."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:80]}"

    @property
    def province_id(self):
        return self.followup.province_id

    @property
    def evidence_url(self):
        return reverse("advocacy:followup_evidence", args=[self.key]) if self.file else ""
