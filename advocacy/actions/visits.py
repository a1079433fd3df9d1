"""Writes that span a visit and its rows, and what it makes of earlier recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from advocacy.models import (
    FollowUp,
    FollowUpNote,
    RecommendationAnswer,
    Visit,
    VisitAttendance,
    VisitPhoto,
)
from advocacy.models.visits import MAX_PHOTOS
from sinergi.kit import uploads
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import SafeFile


@dataclass(kw_only=True)
class VisitReport:
    """
    A visit with everything that is written together with it.

    `attendance` and `followups` (its recommendations) come in their order; `photos` are new ones
    with their keys, `removed` rows to be deleted. `version` or `idempotency_key` is what the write
    checks (`Record.save_submission`).
    """

    visit: Visit
    attendance: Sequence[VisitAttendance] = ()
    recommendations: Sequence[RecommendationAnswer] = ()
    followups: Sequence[FollowUp] = ()
    photos: Sequence[tuple[UUID, SafeFile]] = ()
    removed: Sequence[Record] = ()
    version: int | None = None
    idempotency_key: UUID | None = None


@transaction.atomic
def record_visit(report, *, by, send=False):
    """
    Write a visit and all its rows, or nothing; with `send`, hand it in.

    The visit is written first: its one UPDATE decides whether this page is still the latest and the
    visit still a draft, so the rows below need no guard of their own. Raises StaleRecord,
    FrozenRecord, Duplicate or TransitionError.
    """
    visit = report.visit
    visit.save_submission(by=by, version=report.version, idempotency_key=report.idempotency_key)
    for row in report.removed:
        if isinstance(row, FollowUp) and (reason := row.why_kept()):
            raise TransitionError(reason)
        row.delete_as(by=by)
    for rows in (report.attendance, report.followups):
        for order, row in enumerate(rows):
            row.order = order
            if isinstance(row, FollowUp):
                row.province_id = visit.province_id
            _write(row, visit, by)
    for row in report.recommendations:
        _write(row, visit, by)
    for key, safe in report.photos:
        add_photo(visit=visit, safe=safe, by=by, idempotency_key=key)
    if send:
        send_visit(visit=visit, by=by)
    return visit


@transaction.atomic
def send_visit(*, visit, by, version=None):
    """
    Hand a visit in, and close or move the recommendations that it has answered. Raises StaleRecord
    or TransitionError.
    """
    visit.send(by=by, version=version)
    rows = visit.recommendation_answers.select_related("followup__province").order_by("pk")
    for row in rows:
        _apply(row, visit, by)


def _apply(row, visit, by):
    """
    Make of a follow-up what the visit says of it; one that is closed by now stays as it is, and the
    visit keeps its word.
    """
    followup, answer = row.followup, RecommendationAnswer.Answer
    if not followup.is_open:
        return
    note = FollowUpNote(followup=followup, visit=visit, text=row.note)
    is_overtaken = _is_overtaken(followup, visit)
    if row.answer == answer.OPEN or is_overtaken:
        moved = row.due_on if row.due_on != followup.due_on and not is_overtaken else None
        if moved is None and visit.followup_notes.filter(followup=followup, text=row.note).exists():
            return  # sent before, reopened, and sent again with the same words
        followup.go_on(by=by, due_on=moved, visit=visit)
        note.due_on = moved
    else:
        dropped = row.answer == answer.DROPPED
        closing = FollowUp.Closing.DROPPED if dropped else FollowUp.Closing.DONE
        followup.close(by=by, note=row.note, closing=closing, visit=visit)
        note.kind, note.created_at = FollowUpNote.Kind.CLOSED, followup.closed_at
    note.save_new(by=by)


def _is_overtaken(followup, visit):
    """
    Return whether something else was noted of a follow-up since this visit answered it first: what
    came later stands, and sending the visit anew only adds its word.
    """
    first = visit.followup_notes.filter(followup=followup).order_by("pk").first()
    if first is None:
        return False
    return (
        followup.progress.filter(pk__gt=first.pk)
        .exclude(pk__in=visit.followup_notes.values("pk"))
        .exists()
    )


@transaction.atomic
def reopen_visit(*, visit, by, reason, version=None):
    """
    Take a sent visit back to be corrected. What it closed is open again until it is sent anew.
    Raises StaleRecord or TransitionError.
    """
    visit.reopen(by=by, reason=reason, version=version)
    closings = visit.followup_notes.filter(kind=FollowUpNote.Kind.CLOSED)
    for note in closings.select_related("followup"):
        followup = note.followup
        later = followup.progress.filter(pk__gt=note.pk)
        if not followup.is_open and not later.exists():
            followup.reopen(by=by, visit=visit)
            text = f"{visit} dibuka kembali: {reason.strip()}"[:2000]
            FollowUpNote(
                followup=followup, visit=visit, kind=FollowUpNote.Kind.REOPENED, text=text
            ).save_new(by=by)


def add_photo(*, visit, safe, by, idempotency_key=None):
    """
    Store a photograph of a visit (sinergi.kit.uploads.SafeFile): of a draft, or one that was
    announced with a visit sent before. Raises Duplicate where this key of this person has brought
    one already, or TransitionError.
    """
    VisitPhoto.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if not visit.expects_photo(str(idempotency_key)):
        raise TransitionError(
            "Kunjungan ini sudah dikirim tanpa foto ini. Minta Ketua Tim atau sekretariat membuka"
            " kembali kunjungannya."
        )
    if visit.photos.count() >= MAX_PHOTOS:
        raise TransitionError(f"Paling banyak {MAX_PHOTOS} foto untuk satu kunjungan.")
    photo = VisitPhoto(visit=visit, idempotency_key=idempotency_key, size=safe.content.size)
    try:
        with uploads.replacing_file(photo, safe):
            return photo.save_new(by=by)
    except IntegrityError:
        VisitPhoto.refuse_duplicate(
            by=by, idempotency_key=idempotency_key
        )  # the other sending was quicker
        raise


def _write(row, visit, by):
    """Save a row that is new or differs from what is stored."""
    row.visit = visit
    if row.pk is None or row.differs_from_stored():
        row.save_as(by=by)
