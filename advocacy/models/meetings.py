"""Meetings of the team, from the plan to the approved minutes."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from advocacy.models.invitations import InvitationMixin
from advocacy.models.meeting_schedules import ScheduleMixin
from advocacy.models.minutes import MinutesMixin, tied_words
from advocacy.querysets.meetings import MeetingQuerySet
from programs.models import Person, PlannedActivity, Team
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by
from villages.models import Province, Regency
from villages.models.regions import PROVINCE_LENGTH


class Meeting(ScheduleMixin, MinutesMixin, InvitationMixin, Stateful, Record):
    """
    A meeting and its minutes (notula).

    planned → held → submitted → approved; submitted may be returned (for a reason) or taken back by
    who sent it, approved may be reopened (for a reason), planned or held may be cancelled (for a
    reason), cancelled put back on the calendar. What is submitted, approved or cancelled is not
    written any more, nor are its rows, approved minutes by nobody at all: no save gets through
    (`frozen_when`), only the next transition.

    What minutes take from other records (names of people, offices, places, cases) is kept with
    their approval (`kept`), and drawn from there until they are reopened.

    A meeting whose day is not fixed yet ("Juli 2019") stands on the first of its month with
    `day_is_set` off; a draft that does not say when it began stands at the first hour of its day
    with `time_is_set` off.
    """

    class Kind(models.TextChoices):
        INTERNAL = "internal", "Pertemuan internal"
        STAKEHOLDER_PROVINCE = "stakeholder_province", "Pertemuan pemangku kepentingan provinsi"
        STAKEHOLDER_REGENCY = "stakeholder_regency", "Pertemuan pemangku kepentingan kabupaten/kota"
        AUDIENCE = "audience", "Audiensi"
        PEER_LEARNING = "peer_learning", "Peer learning meeting"
        OTHER = "other", "Lainnya"

    class State(models.TextChoices):
        PLANNED = "planned", "Terjadwal"
        HELD = "held", "Draf notula"
        SUBMITTED = "submitted", "Menunggu pengesahan"
        RETURNED = "returned", "Perlu perbaikan"
        APPROVED = "approved", "Disahkan"
        CANCELLED = "cancelled", "Dibatalkan"

        @property
        def status(self):
            return Status(self.label, _TONES[self])

    #: States in which the content may be written.
    EDITABLE = (State.PLANNED, State.HELD, State.RETURNED)

    #: The others: neither the meeting nor one of its rows is written.
    FROZEN = (State.SUBMITTED, State.APPROVED, State.CANCELLED)

    #: States of a meeting that did not take place, or not yet.
    NOT_HELD = (State.PLANNED, State.CANCELLED)

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="meetings", editable=False
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="meetings", editable=False
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="meetings",
        null=True,
        blank=True,
    )
    kind = PlainCharField("jenis", max_length=25, choices=Kind, default=Kind.INTERNAL)
    title = PlainCharField("judul", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai", null=True, blank=True)
    day_is_set = models.BooleanField("tanggal sudah ditetapkan", default=True)
    time_is_set = models.BooleanField("waktu mulai sudah diisi", default=True)
    place = PlainCharField("tempat", max_length=200, blank=True)
    link = PlainCharField(
        "tautan rapat daring",
        max_length=500,
        blank=True,
        validators=[
            URLValidator(
                ["http", "https"],
                message="Tulis tautan lengkap, misalnya https://contoh.go.id/rapat.",
            )
        ],
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="meetings",
        help_text="Rapat yang berlangsung dihitung sebagai kemajuan kegiatan ini.",
    )
    received_by = PlainCharField(
        "diterima oleh",
        max_length=200,
        blank=True,
        help_text="Jabatan atau nama yang menerima tim.",
    )
    points = PlainTextField("pokok yang disampaikan", max_length=5000, blank=True)
    answer = PlainTextField("jawaban", max_length=5000, blank=True)
    next_step = PlainCharField("langkah berikutnya", max_length=300, blank=True)
    chair = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="pimpinan rapat",
        null=True,
        blank=True,
        related_name="+",
    )
    note_taker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="notulis", null=True, blank=True, related_name="+"
    )

    kept = models.JSONField("kata-kata saat disahkan", null=True, editable=False)
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.PLANNED, editable=False
    )
    held_at, held_by = stamp_at("dicatat berlangsung pada"), stamp_by("dicatat berlangsung oleh")
    submitted_at, submitted_by = stamp_at("dikirim pada"), stamp_by("dikirim oleh")
    taken_back_at, taken_back_by = (
        stamp_at("ditarik kembali pada"),
        stamp_by("ditarik kembali oleh"),
    )
    returned_at, returned_by = (
        stamp_at("diminta diperbaiki pada"),
        stamp_by("diminta diperbaiki oleh"),
    )
    return_reason = PlainTextField(
        "yang perlu diperbaiki", max_length=2000, blank=True, editable=False
    )
    approved_at, approved_by = stamp_at("disahkan pada"), stamp_by("disahkan oleh")
    reopened_at, reopened_by = stamp_at("dibuka kembali pada"), stamp_by("dibuka kembali oleh")
    reopen_reason = PlainTextField(
        "alasan dibuka kembali", max_length=2000, blank=True, editable=False
    )
    cancelled_at, cancelled_by = stamp_at("dibatalkan pada"), stamp_by("dibatalkan oleh")
    cancel_reason = PlainTextField("alasan dibatalkan", max_length=2000, blank=True, editable=False)
    replanned_at, replanned_by = (
        stamp_at("dijadwalkan lagi pada"),
        stamp_by("dijadwalkan lagi oleh"),
    )

    history_hidden = frozenset({"letter_kept"})
    history_title = ("title",)
    objects = MeetingQuerySet.as_manager()
    frozen_when = ~Q(state__in=EDITABLE)  # handed to the chair, approved or called off

    class Meta:
        verbose_name = "rapat"
        verbose_name_plural = "rapat"
        ordering = ["-starts_at", "-id"]
        permissions = [
            ("submit_meeting", "Dapat mengirim notula"),
            ("approve_meeting", "Dapat mengesahkan, mengembalikan, dan membuka kembali notula"),
            ("cancel_meeting", "Dapat membatalkan rapat dan menjadwalkannya lagi"),
        ]
        constraints = [
            models.CheckConstraint(
                name="advocacy_meeting_ends_after_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Waktu selesai harus sesudah waktu mulai.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_regency_if_of_regency",
                condition=~Q(kind="stakeholder_regency") | Q(regency__isnull=False),
                violation_error_message=(
                    "Pilih kabupaten/kota untuk pertemuan pemangku kepentingan kabupaten/kota."
                ),
            ),
            models.CheckConstraint(
                name="advocacy_meeting_regency_in_province",
                condition=Q(regency__isnull=True)
                | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
                violation_error_message="Kabupaten/kota ini tidak berada di provinsi tim.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_audience_parts_of_audience",
                condition=Q(kind="audience")
                | Q(received_by="", points="", answer="", next_step=""),
                violation_error_message="Isian audiensi hanya untuk jenis Audiensi.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_held_on_a_day",
                condition=Q(day_is_set=True) | Q(state__in=["planned", "cancelled"]),
                violation_error_message="Rapat yang sudah berlangsung memerlukan tanggal.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_sent_with_a_time",
                condition=Q(time_is_set=True) | ~Q(state__in=["submitted", "approved"]),
                violation_error_message="Notula yang dikirim memerlukan waktu mulai.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_returned_with_reason",
                condition=~Q(state="returned") | ~Q(return_reason="", reopen_reason=""),
                violation_error_message="Tuliskan yang perlu diperbaiki.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_approved_keeps_its_words",
                condition=Q(state="approved", kept__isnull=False)
                | ~Q(state="approved") & Q(kept__isnull=True),
                violation_error_message="Notula yang disahkan menyimpan kata-katanya saat itu.",
            ),
            models.CheckConstraint(
                name="advocacy_meeting_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                violation_error_message="Tuliskan alasan pembatalan.",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="advocacy_meeting_recent"),
            models.Index(
                fields=["province", "-starts_at", "-id"], name="advocacy_meeting_prov_recent"
            ),
            models.Index(
                fields=["province", "state", "-starts_at", "-id"],
                name="advocacy_meeting_prov_state",
            ),
            models.Index(fields=["state", "-starts_at", "-id"], name="advocacy_meeting_state"),
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(state="submitted"),
                name="advocacy_meeting_to_approve",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return record_url("advocacy:meeting_detail", self.pk)

    # State --------------------------------------------------------------------------------------
    @property
    def is_editable(self):
        return self.state in self.EDITABLE

    @property
    def status(self):
        return self.State(self.state).status

    @property
    def has_minutes(self):
        """Whether it took place, so that the page reads as minutes."""
        return self.state not in self.NOT_HELD

    @property
    def is_audience(self):
        return self.kind == self.Kind.AUDIENCE

    def may_be_tied_by(self, user):
        """
        Return whether this person writes meetings here and there is an activity to choose, or one
        to let go of.
        """
        if not user.has_perm("advocacy.change_meeting", self):
            return False
        if self.activity_id is not None or self.state == self.State.CANCELLED:
            return self.activity_id is not None
        return PlannedActivity.objects.offered_to(
            self.team, self.starts.date(), log="meetings"
        ).exists()

    def tie(self, activity, *, by, version=None):
        """
        Say which planned activity the meeting belongs to, or (None) that it belongs to none. That
        is no part of the minutes, so it stays possible after their approval, and their paper keeps
        the one of then; what was called off belongs to none.
        """
        if self.state == self.State.CANCELLED and activity is not None:
            raise TransitionError(
                "Rapat ini dibatalkan, jadi tidak dihitung sebagai kemajuan kegiatan."
            )
        offered = PlannedActivity.objects.offered_to(self.team, self.starts.date(), log="meetings")
        if activity is not None and not offered.contains(activity):
            raise TransitionError(
                "Kegiatan ini bukan bagian dari rencana kerja tim pada masa rapat ini."
            )
        self.activity = activity
        self.kept = Meeting.objects.values_list("kept", flat=True).get(pk=self.pk)
        if self.kept is not None:
            self.kept = tied_words(self.kept, activity)
        still = ~Q(state=self.State.CANCELLED) if activity else None
        return self.write_as("activity", "kept", by=by, version=version, when=still)


_TONES = {
    Meeting.State.PLANNED: Tone.SCHEDULED,
    Meeting.State.HELD: Tone.DRAFT,
    Meeting.State.SUBMITTED: Tone.WAITING,
    Meeting.State.RETURNED: Tone.CHANGED,
    Meeting.State.APPROVED: Tone.APPROVED,
    Meeting.State.CANCELLED: Tone.DRAFT,
}
