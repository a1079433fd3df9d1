"""Writes of a follow-up and of the log of its progress, which belong together."""

from django.db import transaction

from advocacy.models import FollowUpNote
from sinergi.kit import uploads
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError


def note_progress(*, note, seen, safe=None, by, idempotency_key=None):
    """
    Write down how far a follow-up is, with the file that came along, and move it where the note
    says so; or nothing of it.

    `seen` is the version of the follow-up that the person was looking at. Raises StaleRecord (of
    the follow-up), TransitionError once it is closed, or Duplicate.
    """
    FollowUpNote.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    with uploads.replacing_file(note, safe):
        try:
            note.followup.go_on(
                by=by, due_on=note.due_on, person=note.person, version=-1 if seen is None else seen
            )
        except StaleRecord:
            FollowUpNote.refuse_duplicate(
                by=by, idempotency_key=idempotency_key
            )  # the same sending was quicker
            raise
        note.idempotency_key = idempotency_key
        note.save_new(by=by)
    return note


def close_followup(*, followup, note, safe=None, by, version=None, idempotency_key=None):
    """
    Close a follow-up with what came of it and its evidence. Raises StaleRecord, TransitionError, or
    Duplicate when this closing is stored already.
    """
    FollowUpNote.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    entry = FollowUpNote(followup=followup, kind=FollowUpNote.Kind.CLOSED, text=note.strip())
    with uploads.replacing_file(entry, safe):
        try:
            followup.close(by=by, note=note, version=version)
        except (StaleRecord, TransitionError):
            FollowUpNote.refuse_duplicate(
                by=by, idempotency_key=idempotency_key
            )  # the same sending was quicker
            raise
        entry.created_at, entry.idempotency_key = followup.closed_at, idempotency_key
        entry.save_new(by=by)
    return followup


@transaction.atomic
def reopen_followup(*, followup, reason, by, version=None):
    """Open a closed follow-up again, for a reason. Raises StaleRecord or TransitionError."""
    followup.reopen(by=by, version=version)
    FollowUpNote(followup=followup, kind=FollowUpNote.Kind.REOPENED, text=reason.strip()).save_new(
        by=by
    )
    return followup
