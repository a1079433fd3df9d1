"""The team's work plan."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programs.models.teams import Team
from programs.querysets.plans import WorkPlanQuerySet
from sinergi.kit.database_errors import references_to
from sinergi.kit.dates import MONTHS
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import FrozenRecord, Record
from sinergi.kit.periods import NoOverlap
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by

MOST_ACTIVITIES = 500  # of one plan


def in_use_message(what, rows):
    kinds = sorted({str(row._meta.verbose_name) for row in rows})
    return (
        f"{what} sudah mempunyai {' dan '.join(kinds)}, jadi tidak dapat dihapus. Lepaskan atau"
        " pindahkan dulu."
    )


class WorkPlan(Stateful, Record):
    """
    The work plan of a team for a year or a half-year.

    draft → submitted → approved, or returned with a reason and submitted again. An approved plan is
    changed by opening a revision (revising → submitted → …). While it is submitted or approved
    nothing in it is written; what was handed in is kept word for word (PlanSubmission). Its version
    counts every change of its activities too, so that nobody hands in or approves what they have
    not seen.
    """

    class Period(models.TextChoices):
        YEAR = "year", "Satu tahun"
        FIRST_HALF = "first_half", "Semester I"
        SECOND_HALF = "second_half", "Semester II"

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SUBMITTED = "submitted", "Menunggu tinjauan"
        RETURNED = "returned", "Perlu perbaikan"
        APPROVED = "approved", "Disetujui"
        REVISING = "revising", "Revisi disusun"

    EDITABLE = (State.DRAFT, State.RETURNED, State.REVISING)
    FROZEN = (State.SUBMITTED, State.APPROVED)
    TONES = {
        State.DRAFT: Tone.DRAFT,
        State.SUBMITTED: Tone.WAITING,
        State.RETURNED: Tone.CHANGED,
        State.APPROVED: Tone.APPROVED,
        State.REVISING: Tone.DRAFT,
    }

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="plans", editable=False
    )
    starts_on = models.DateField("mulai", editable=False)
    ends_on = models.DateField("sampai", editable=False)
    note = PlainTextField(
        "pengantar",
        max_length=2000,
        blank=True,
        help_text="Tujuan atau tema periode ini, bila ada.",
    )

    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    round = models.PositiveSmallIntegerField("versi diajukan", default=0, editable=False)
    submitted_at, submitted_by = stamp_at("diajukan pada"), stamp_by("diajukan oleh")
    returned_at, returned_by = stamp_at("dikembalikan pada"), stamp_by("dikembalikan oleh")
    return_reason = PlainTextField(
        "yang perlu diperbaiki", max_length=2000, blank=True, editable=False
    )
    approved_at, approved_by = stamp_at("disetujui pada"), stamp_by("disetujui oleh")
    revised_at, revised_by = stamp_at("revisi dibuka pada"), stamp_by("revisi dibuka oleh")
    revise_reason = PlainTextField("alasan revisi", max_length=2000, blank=True, editable=False)

    objects = WorkPlanQuerySet.as_manager()
    frozen_when = Q(state__in=FROZEN)

    class Meta:
        verbose_name = "rencana kerja"
        verbose_name_plural = "rencana kerja"
        ordering = ["-starts_on", "-pk"]
        permissions = [
            ("submit_workplan", "Dapat mengajukan rencana kerja dan membuka revisinya"),
            ("approve_workplan", "Dapat menyetujui dan mengembalikan rencana kerja"),
        ]
        constraints = [
            models.CheckConstraint(
                name="programs_workplan_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="Rencana kerja berakhir sesudah mulai.",
            ),
            models.CheckConstraint(
                name="programs_workplan_returned_with_reason",
                condition=~Q(state="returned") | ~Q(return_reason=""),
                violation_error_message="Tuliskan yang perlu diperbaiki.",
            ),
            models.CheckConstraint(
                name="programs_workplan_revised_with_reason",
                condition=~Q(state="revising") | ~Q(revise_reason=""),
                violation_error_message="Tuliskan alasan revisinya.",
            ),
            models.CheckConstraint(
                name="programs_workplan_approved_by_another",
                condition=~Q(state="approved")
                | Q(approved_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(approved_by=F("submitted_by")),
                violation_error_message=(
                    "Rencana disetujui oleh orang lain, bukan oleh yang mengajukannya."
                ),
            ),
            NoOverlap(
                fields=["team"],
                name="programs_workplan_one_at_a_time",
                violation_error_message="Tim sudah mempunyai rencana kerja untuk masa itu.",
            ),
        ]
        indexes = [models.Index(fields=["team", "-starts_on"], name="programs_workplan_team")]

    def __str__(self):
        return f"Rencana kerja {self.period_text}"

    def get_absolute_url(self):
        return record_url("programs:plan_detail", self.pk)

    @property
    def province_id(self):
        return self.team.province_id

    # Its period ---------------------------------------------------------------------------------
    def set_period(self, year, period):
        first, last = {"year": (1, 12), "first_half": (1, 6), "second_half": (7, 12)}[period]
        self.starts_on, self.ends_on = (
            date(year, first, 1),
            date(year, last, monthrange(year, last)[1]),
        )

    @property
    def year(self):
        return self.starts_on.year

    @property
    def months(self):
        """The numbers of its months: [7, …, 12]."""
        return list(range(self.starts_on.month, self.ends_on.month + 1))

    @property
    def period(self):
        whole = len(self.months) == 12
        return (
            self.Period.YEAR
            if whole
            else self.Period.FIRST_HALF
            if self.months[0] == 1
            else self.Period.SECOND_HALF
        )

    @property
    def period_text(self):
        """The period in words: "2019", or "Semester II 2019"."""
        return (
            str(self.year)
            if self.period == self.Period.YEAR
            else f"{self.period.label} {self.year}"
        )

    @property
    def months_text(self):
        """Its first and last month: "Juli sampai Desember"."""
        return f"{MONTHS[self.months[0] - 1]} sampai {MONTHS[self.months[-1] - 1]}"

    # Its state ----------------------------------------------------------------------------------
    @property
    def is_editable(self):
        return self.state in self.EDITABLE

    @property
    def status(self):
        return Status(self.get_state_display(), self.TONES[self.state])

    @property
    def takes_comments(self):
        """Whether it was handed in, and is not approved."""
        return self.round > 0 and self.state != self.State.APPROVED

    @property
    def holding(self):
        """
        The submission that holds: the last one approved, also while a revision of it is under way;
        or None.
        """
        return self.submissions.holding().first()

    @property
    def submitted(self):
        """
        The submission that awaits the chair or was approved; None while the plan may be edited.
        """
        return (
            None
            if self.is_editable
            else self.submissions.filter(number=self.round).with_people().first()
        )

    @property
    def letterhead(self):
        """What its paper says of the team, as the team is called today."""
        return self.team.letterhead_words

    def may_be_approved_by(self, user):
        """Whether this account may approve the plan: nobody approves what they handed in."""
        return self.state == self.State.SUBMITTED and (
            user is None or self.submitted_by_id != user.pk
        )

    def why_kept(self):
        """
        Say why the plan cannot be deleted: it was handed in, or something is tied to its
        activities. "" if it can.
        """
        if self.round:
            return "Rencana ini sudah pernah diajukan, jadi tetap tersimpan."
        rows = references_to(self.activities.all())
        return in_use_message("Kegiatan rencana ini", rows) if rows else ""

    def bump_version(self, *, by):
        """
        Lock the plan's row for a change of its activities and raise its version, inside the
        transaction of that change.

        Raises FrozenRecord when the plan is submitted or approved.
        """
        rows = WorkPlan.objects.filter(pk=self.pk, state__in=self.EDITABLE)
        if not rows.update(version=F("version") + 1, updated_at=timezone.now(), updated_by=by):
            raise FrozenRecord(self)

    def missing_for_submission(self):
        """Return, as messages, what the plan needs before it can be handed in."""
        rows = list(
            self.activities.order_by("role", "order", "pk").values_list("title", "person_in_charge")
        )
        if not rows:
            return ["Tambahkan paling sedikit satu kegiatan."]
        unnamed = [title for title, person in rows if person is None]
        if not unnamed:
            return []
        more = f", dan {len(unnamed) - 5} lainnya" if len(unnamed) > 5 else ""
        return [f"Pilih penanggung jawab untuk: {'; '.join(unnamed[:5])}{more}."]

    def submit(self, *, by, version=None):
        """Hand it to the chair. What it says is kept in programs.actions.submit_plan."""
        if self.state in self.EDITABLE and (missing := self.missing_for_submission()):
            raise TransitionError(" ".join(missing))
        if self.state in self.EDITABLE:
            self.round += 1
        return self.move(
            self.State.SUBMITTED,
            by=by,
            version=version,
            sources=self.EDITABLE,
            stamp="submitted",
            also=["round"],
        )

    def send_back(self, *, by, reason, version=None):
        return self.move(
            self.State.RETURNED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="returned",
            reason_field="return_reason",
            reason=reason,
        )

    def approve(self, *, by, version=None):
        """Approve it: from here on it holds, and changes by a revision only."""
        if self.state == self.State.SUBMITTED and not self.may_be_approved_by(by):
            raise TransitionError(
                "Rencana ini Anda ajukan sendiri; yang menyetujui harus orang lain."
            )
        return self.move(
            self.State.APPROVED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="approved",
        )

    def revise(self, *, by, reason, version=None):
        """
        Open an approved plan for a revision; what was approved goes on to hold until the revision
        is.
        """
        return self.move(
            self.State.REVISING,
            by=by,
            version=version,
            sources=[self.State.APPROVED],
            stamp="revised",
            reason_field="revise_reason",
            reason=reason,
        )

    def clean(self):
        if (
            self._state.adding
            and self.starts_on
            and abs(self.starts_on.year - self.team.today.year) > 20
        ):
            raise ValidationError("Periksa tahunnya.")
