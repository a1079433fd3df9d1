"""Follow-ups: what, who, by when, and whether it was done."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from advocacy.models.meetings import Meeting
from advocacy.querysets.meetings import FollowUpQuerySet
from programs.models import Person
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError, when, who
from villages.models import Province

OPEN, CLOSED = Q(closed_at__isnull=True), Q(closed_at__isnull=False)


class FollowUp(Record):
    """
    A task that a meeting gave to one person.

    What, who and by when are part of the minutes and freeze with them; closing it is not, and stays possible.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="rapat", related_name="followups", editable=False)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False, db_index=False
    )
    order = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    #: The indexes of province and person are those below, in the order of the lists: beside an index of the column alone
    #: PostgreSQL may take that one, and sort all that a person holds.
    what = PlainCharField("apa", max_length=300)
    person_in_charge = models.ForeignKey(Person, models.PROTECT, verbose_name="siapa", related_name="followups", db_index=False)
    due_on = models.DateField("kapan")
    closed_at, closed_by = when("selesai pada"), who("diselesaikan oleh")
    closing_note = PlainTextField("catatan penyelesaian", max_length=2000, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()
    told_with = ("meeting",)
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
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=OPEN, name="advocacy_followup_open"),
            models.Index(fields=["province", "due_on", "id"], condition=OPEN, name="advocacy_followup_open_prov"),
            models.Index(fields=["person_in_charge", "due_on", "id"], condition=OPEN, name="advocacy_followup_open_person"),
            models.Index(fields=["person_in_charge", "province", "due_on", "id"], name="advocacy_followup_person"),
            models.Index(fields=["due_on", "id"], condition=CLOSED, name="advocacy_followup_done"),
            models.Index(fields=["province", "due_on", "id"], condition=CLOSED, name="advocacy_followup_done_prov"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#tindak-lanjut-{self.pk}"

    @staticmethod
    def implausible_due(due_on, meeting):
        """What is wrong with this due date for a follow-up of that meeting, or ""."""
        day = meeting.starts.date()
        if due_on < day:
            return f"Tanggal tindak lanjut tidak boleh sebelum tanggal rapat, {dates.long_date(day)}."
        if due_on - day > timedelta(days=3 * 366):
            return "Periksa tahunnya: tenggatnya lebih dari tiga tahun setelah rapat."
        return ""

    @property
    def holder(self):
        """Who holds it, by name: as the approved minutes say, else as they are called now."""
        kept = self.meeting.kept and self.meeting.kept["followups"].get(str(self.pk))
        return kept["name"] if kept else self.person_in_charge.name

    @property
    def is_open(self):
        return self.closed_at is None

    def days_late(self, today=None):
        """Days past the due date of an open follow-up, else 0; `today` in the zone of the province."""
        today = today or dates.today_in(self.province.time_zone)
        return max((today - self.due_on).days, 0) if self.is_open else 0

    def may_be_closed_by(self, user):
        """The person in charge, or whoever may change the team's follow-ups."""
        if not self.is_open or self.meeting.state == Meeting.State.CANCELLED:
            return False
        own = self.person_in_charge.user_id == user.pk and user.has_perm("advocacy.close_followup", self)
        return own or user.has_perm("advocacy.change_followup", self)

    def close(self, *, by, note, version=None):
        """Done; the note says what came of it."""
        if not self.is_open:
            raise TransitionError("Tindak lanjut ini sudah diselesaikan.")
        if not self.may_be_closed_by(by):
            raise TransitionError("Tindak lanjut diselesaikan oleh yang memegangnya atau oleh sekretariat.")
        if not note.strip():
            raise TransitionError("Tuliskan apa hasilnya.")
        self.closed_at, self.closed_by, self.closing_note = timezone.now(), by, note.strip()
        still_open = Q(closed_at__isnull=True)
        return self.write_as("closed_at", "closed_by", "closing_note", by=by, version=version, when=still_open)
