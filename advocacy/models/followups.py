"""Follow-ups: what, who, by when, and whether it was done."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from advocacy.models.meetings import Meeting
from advocacy.models.visits import Visit
from advocacy.querysets.followups import FollowUpQuerySet
from programs.models import Person
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by
from villages.models import Province

IS_OPEN, IS_CLOSED = Q(closed_at__isnull=True), Q(closed_at__isnull=False)


class FollowUp(Record):
    """
    A task that a meeting gave to one person; or a recommendation, which a visit left with one, or
    with whoever runs the library (no `person_in_charge`). It comes from exactly one of the two.

    What, who and by when are part of the minutes, or of the visit, and freeze with them; what
    becomes of it is not, and is written down all the same (`FollowUpNote`): it is closed, opened
    again, given another day or put into other hands.

    `person_in_charge` and `due_on` are those of today, which lists and tasks go by. When one of
    them is changed for the first time, both are kept as the minutes say them (`minuted_…`), and the
    minutes are drawn from there.
    """

    class Closing(models.TextChoices):
        DONE = "done", "Selesai"
        DROPPED = "dropped", "Tidak perlu lagi"

    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        verbose_name="rapat",
        related_name="followups",
        null=True,
        editable=False,
    )
    visit = models.ForeignKey(
        Visit,
        models.CASCADE,
        verbose_name="kunjungan",
        related_name="followups",
        null=True,
        editable=False,
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
        Person,
        models.PROTECT,
        verbose_name="siapa",
        related_name="followups",
        null=True,
        db_index=False,
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
    closed_as = PlainCharField(
        "ditutup sebagai", max_length=10, choices=Closing, blank=True, editable=False
    )
    closing_note = PlainTextField(
        "catatan penyelesaian", max_length=2000, blank=True, editable=False
    )

    objects = FollowUpQuerySet.as_manager()
    history_parents = ("meeting", "visit")
    has_child_history = True
    history_title = ("what",)
    history_position = "order"
    frozen_when = Q(meeting__state__in=Meeting.FROZEN) | Q(visit__state=Visit.State.SENT)

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
                name="advocacy_followup_one_origin",
                condition=Q(meeting__isnull=False, visit__isnull=True)
                | Q(meeting__isnull=True, visit__isnull=False),
                violation_error_message=(
                    "Tindak lanjut berasal dari tepat satu rapat atau satu kunjungan."
                ),
            ),
            models.CheckConstraint(
                name="advocacy_followup_held_by_a_person",
                condition=Q(visit__isnull=False) | Q(person_in_charge__isnull=False),
                violation_error_message="Pilih siapa yang memegang tindak lanjut ini.",
            ),
            models.CheckConstraint(
                name="advocacy_followup_closed_as_something",
                condition=Q(closed_at__isnull=True, closed_as="")
                | Q(closed_at__isnull=False) & ~Q(closed_as=""),
                violation_error_message="Tindak lanjut ditutup sebagai selesai atau tidak perlu.",
            ),
            models.CheckConstraint(
                name="advocacy_followup_minuted_whole",
                condition=Q(minuted_person__isnull=True, minuted_due_on__isnull=True)
                | Q(minuted_person__isnull=False, minuted_due_on__isnull=False)
                | Q(visit__isnull=False, minuted_due_on__isnull=False),
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
        return record_url("advocacy:followup_detail", self.pk)

    # Where it comes from ------------------------------------------------------------------------
    @property
    def origin(self):
        """The meeting or the visit that left it."""
        return self.meeting if self.meeting_id else self.visit

    @property
    def team(self):
        return self.origin.team

    @property
    def origin_day(self):
        return self.meeting.starts.date() if self.meeting_id else self.visit.visited_on

    @property
    def origin_text(self):
        """Rapat bulanan, 19 Juni 2019; or Kunjungan ke Perpustakaan Desa Mayang, 12 Juni 2019."""
        if self.visit_id:
            return str(self.visit)
        return f"{self.meeting.title}, {dates.long_date(self.meeting.starts)}"

    @property
    def origin_url(self):
        """Where it stands in the minutes, or in the report of the visit."""
        return f"{self.origin.get_absolute_url()}#tindak-lanjut-{self.pk}"

    @property
    def history_url(self):
        """Where its history is told: with that of its origin."""
        name = "meeting" if self.meeting_id else "visit"
        return reverse(f"advocacy:{name}_history", args=[self.origin.pk])

    @property
    def is_called_off(self):
        """Whether its meeting was cancelled, or its visit is not sent yet."""
        if self.meeting_id:
            return self.meeting.state == Meeting.State.CANCELLED
        return self.visit.is_draft

    @property
    def manager_name(self):
        """What whoever runs the library is called, who holds what is in nobody else's hands."""
        return f"Pengelola {self.visit.library_name}"

    @staticmethod
    def implausible_due(due_on, day, origin="rapat"):
        """Return what is wrong with this due date for a follow-up of that day, or ""."""
        if due_on < day:
            return (
                f"Tanggal tindak lanjut tidak boleh sebelum tanggal {origin},"
                f" {dates.long_date(day)}."
            )
        if due_on - day > timedelta(days=3 * 366):
            return f"Periksa tahunnya: tenggatnya lebih dari tiga tahun setelah {origin}."
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
        return self._kept_name or self._name_of(self.person_in_minutes)

    @property
    def _kept_name(self):
        kept = self.origin.kept and self.origin.kept["followups"].get(str(self.pk))
        return kept["name"] if kept else ""

    def _name_of(self, person):
        return person.name if person else self.manager_name

    # How it stands ------------------------------------------------------------------------------
    @property
    def holder(self):
        """
        Who holds it, by name: as the approved minutes say while it is still the one they name, else
        as called now.
        """
        is_theirs = self.person_in_charge_id == self.person_in_minutes_id
        return (is_theirs and self._kept_name) or self._name_of(self.person_in_charge)

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
        if self.closed_as == self.Closing.DROPPED:
            return Status(self.Closing.DROPPED.label)
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
        if not self.is_open or self.is_called_off:
            return False
        holder = self.person_in_charge
        own = (
            holder is not None
            and holder.user_id == user.pk
            and user.has_perm("advocacy.close_followup", self)
        )
        return own or user.has_perm("advocacy.change_followup", self)

    def close(self, *, by, note, version=None, closing=Closing.DONE, visit=None):
        """
        Close it; the note says what came of it. A `visit` that found it so closes it whoever holds
        it.
        """
        self._refuse_unless_open(by, visit)
        if not note.strip():
            raise TransitionError("Tuliskan apa hasilnya.")
        self.closed_at, self.closed_by, self.closing_note = timezone.now(), by, note.strip()
        self.closed_as = closing
        names = ("closed_at", "closed_by", "closed_as", "closing_note")
        return self.write_as(*names, by=by, version=version, when=IS_OPEN)

    def go_on(self, *, by, due_on=None, person=None, version=None, visit=None):
        """
        Note down that something was done for it; from now on it is due on that day and in the hands
        of that person, where they are named. A `visit` may note it down whoever holds it.
        """
        self._refuse_unless_open(by, visit)
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
        if self.is_open or self.is_called_off:
            return False
        if self.closed_by is None or not self.closed_by.is_active:
            return user.has_perm("advocacy.change_followup", self)
        works_here = user.has_perm("advocacy.close_followup", self) or user.has_perm(
            "advocacy.change_followup", self
        )
        return self.closed_by_id == user.pk and works_here

    def reopen(self, *, by, version=None, visit=None):
        """
        Open it again: it was not done after all. What was said of it then stays in its progress and
        its history. A `visit` that closed it and is corrected opens it again.
        """
        if self.is_open:
            raise TransitionError("Tindak lanjut ini masih terbuka.")
        if visit is None and not self.may_be_reopened_by(by):
            raise TransitionError("Tindak lanjut dibuka lagi oleh yang menyelesaikannya.")
        self.closed_at, self.closed_by, self.closing_note, self.closed_as = None, None, "", ""
        names = ("closed_at", "closed_by", "closed_as", "closing_note")
        return self.write_as(*names, by=by, version=version, when=IS_CLOSED)

    def _refuse_unless_open(self, by, visit=None):
        if not self.is_open:
            raise TransitionError("Tindak lanjut ini sudah diselesaikan.")
        if visit is None and not self.may_be_closed_by(by):
            raise TransitionError(
                "Tindak lanjut diselesaikan oleh yang memegangnya atau oleh sekretariat."
            )
