"""Writes that span a meeting and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from advocacy.actions.cases import advance_to_audience
from advocacy.models import (
    AdvocacyCase,
    AgendaItem,
    Attachment,
    Attendance,
    AudienceCase,
    FollowUp,
    Meeting,
)
from sinergi.kit.models import Record, StaleRecord
from sinergi.kit.related import sync_related
from sinergi.kit.transitions import TransitionError

#: What the minutes say of a follow-up.
MINUTED = ("what", "person_in_charge_id", "due_on", "minuted_person_id", "minuted_due_on")


@dataclass(kw_only=True)
class MeetingMinutes:
    """
    A meeting with everything that is written together with it.

    `guests`, `agenda` and `followups` come in their order. `cases` are those that an audience is
    about, `attachments` files that waited for it, `removed` rows and files to be deleted. `version`
    or `idempotency_key` is what the write checks (`Record.save_submission`).
    """

    meeting: Meeting
    roster: Sequence[Attendance] = ()
    guests: Sequence[Attendance] = ()
    agenda: Sequence[AgendaItem] = ()
    followups: Sequence[FollowUp] = ()
    cases: Sequence[AdvocacyCase] = ()
    attachments: Sequence[Attachment] = ()
    removed: Sequence[Record] = ()
    version: int | None = None
    idempotency_key: UUID | None = None


@transaction.atomic
def record_meeting(minutes, *, by, submit=False):
    """
    Write a meeting and all its rows, or nothing; with `submit`, hand the minutes to the chair.

    The cases of an audience that has taken place come to that stage. The meeting is written first:
    its one UPDATE decides whether this page is still the latest and the minutes are still open, so
    the rows below need no guard of their own. Raises StaleRecord, FrozenRecord, Duplicate or
    TransitionError.
    """
    meeting = minutes.meeting
    meeting.save_submission(by=by, version=minutes.version, idempotency_key=minutes.idempotency_key)
    for row in minutes.removed:
        if isinstance(row, FollowUp) and (reason := row.why_kept()):
            raise TransitionError(reason)
        row.delete_as(by=by)
    for order, row in enumerate(minutes.guests):
        row.order = order
    for rows in (minutes.roster, minutes.guests):
        for row in rows:
            _write(row, meeting, by)
    for rows in (minutes.agenda, minutes.followups):
        for order, row in enumerate(rows):
            moved, row.order = row.order != order, order
            _write(row, meeting, by, changed=moved)
    for attachment in minutes.attachments:
        # Only a file that still waits: of two sendings of one form, the first takes it.
        if not Attachment.objects.filter(pk=attachment.pk, meeting__isnull=True).exists():
            raise StaleRecord(meeting)
        attachment.meeting = meeting
        attachment.save_as(by=by)
    if minutes.cases and not meeting.is_audience:
        raise TransitionError("Sasaran advokasi hanya dibahas dalam audiensi.")
    new = sync_related(
        meeting.audience_cases.all(),
        "case",
        minutes.cases,
        new=lambda case: AudienceCase(meeting=meeting, case=case),
        by=by,
    )
    if (
        meeting.state == Meeting.State.PLANNED
        and meeting.day_is_set
        and meeting.starts_at <= timezone.now()
    ):
        hold_meeting(meeting=meeting, by=by)
    elif meeting.has_minutes:
        advance_to_audience(meeting, new, by=by)
    if submit:
        meeting.submit(by=by)
    return meeting


@transaction.atomic
def hold_meeting(*, meeting, by, version=None):
    """
    Note down that a meeting has taken place; the cases of an audience come to that stage. Raises
    StaleRecord or TransitionError.
    """
    meeting.hold(by=by, version=version)
    rows = meeting.audience_cases.select_related("case") if meeting.is_audience else []
    advance_to_audience(meeting, [row.case for row in rows], by=by)


def _write(row, meeting, by, changed=False):
    """Save a row that is new or differs from what is stored."""
    row.meeting = meeting
    if isinstance(row, FollowUp):
        row.province_id = meeting.province_id
        if row.pk and not row.is_open and row.differs_from_stored(*MINUTED):
            raise TransitionError(
                f"Tindak lanjut “{row.what}” sudah diselesaikan, jadi isinya tidak dapat diubah."
            )
    if row.pk is None or changed or row.differs_from_stored():
        row.save_as(by=by)
