"""Writes that span a meeting and its rows."""

from django.db import transaction
from django.utils import timezone

from advocacy.actions.cases import reach_audience
from advocacy.models import Attachment, AudienceCase, FollowUp, Meeting
from sinergi.kit.models import StaleRecord
from sinergi.kit.related import sync_related
from sinergi.kit.transitions import TransitionError

#: What the minutes say of a follow-up.
MINUTED = ("what", "person_in_charge_id", "due_on", "minuted_person_id", "minuted_due_on")


@transaction.atomic
def record_meeting(
    *,
    meeting,
    sent,
    roster,
    guests,
    agenda,
    followups,
    removed,
    attachments,
    dropped,
    submit,
    by,
    cases=(),
):
    """
    Write a meeting and all its rows on behalf of `by`, or nothing at all; with `submit`, hand it to
    the chair too. `cases` are those that an audience is about; one that has taken place brings them
    to that stage.

    The meeting comes first: its one UPDATE decides whether this page is still the latest and the
    minutes are still open, so the rows below need no guard of their own. `sent` is what it checks
    (`Record.save_submission`). Raises StaleRecord, FrozenRecord, Duplicate or TransitionError.
    """
    meeting.save_submission(by=by, **sent)
    for row in [*removed, *dropped]:
        if isinstance(row, FollowUp) and (told := row.why_kept()):
            raise TransitionError(told)
        row.delete_as(by=by)
    for order, row in enumerate(guests):
        row.order = order
    for rows in (roster, guests):
        for row in rows:
            _write(row, meeting, by)
    for rows in (agenda, followups):
        for order, row in enumerate(rows):
            moved, row.order = row.order != order, order
            _write(row, meeting, by, changed=moved)
    for attachment in attachments:
        # Only a file that still waits: of two sendings of one form, the first takes it.
        if not Attachment.objects.filter(pk=attachment.pk, meeting__isnull=True).exists():
            raise StaleRecord(meeting)
        attachment.meeting = meeting
        attachment.save_as(by=by)
    if cases and not meeting.is_audience:
        raise TransitionError("Sasaran advokasi hanya dibahas dalam audiensi.")
    new = sync_related(
        meeting.audience_cases.all(),
        "case",
        cases,
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
        reach_audience(meeting, new, by=by)
    if submit:
        meeting.submit(by=by)
    return meeting


@transaction.atomic
def hold_meeting(*, meeting, by, version=None):
    """
    It has taken place; the cases of an audience come to that stage. Raises StaleRecord or
    TransitionError.
    """
    meeting.hold(by=by, version=version)
    rows = meeting.audience_cases.select_related("case") if meeting.is_audience else []
    reach_audience(meeting, [row.case for row in rows], by=by)


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
