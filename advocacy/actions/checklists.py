"""Writes of checklists and their versions."""

from django.db import transaction

from advocacy.checklist_sample import SAMPLE
from advocacy.models import Checklist, ChecklistVersion
from advocacy.models.checklists import WITHDRAWN, Purpose
from advocacy.questions import with_keys, write_questions
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from villages.models import Library


@transaction.atomic
def create_checklist(*, checklist, by, questions=(), idempotency_key=None):
    """Write a new checklist with its first draft. Raises Duplicate."""
    checklist.save_submission(by=by, idempotency_key=idempotency_key)
    asked, last_key = with_keys(questions, (), 0)
    ChecklistVersion(
        checklist=checklist, number=1, questions=write_questions(asked), last_key=last_key
    ).save_as(by=by)
    return checklist


def create_sample(*, province, by, idempotency_key=None):
    """
    Write the sample for village libraries, as a draft of this province (None: of the whole country)
    that is marked as a sample. Raises Duplicate.
    """
    checklist = Checklist(
        name="Contoh: kunjungan ke perpustakaan desa",
        level=Library.Level.VILLAGE,
        purpose=Purpose.BOTH,
        province=province,
        is_sample=True,
    )
    return create_checklist(
        checklist=checklist, questions=SAMPLE, by=by, idempotency_key=idempotency_key
    )


@transaction.atomic
def begin_draft(*, checklist, by, version):
    """
    Begin the next version as a copy of the last published one. Raises StaleRecord, FrozenRecord or
    TransitionError.
    """
    claim(checklist, version)
    if checklist.versions.drafts().exists():
        raise TransitionError("Daftar periksa ini sudah mempunyai draf.")
    last = checklist.versions.in_force()
    return ChecklistVersion(
        checklist=checklist,
        number=last.number + 1,
        questions=last.questions,
        last_key=last.last_key,
    ).save_as(by=by)


def save_questions(*, draft, questions, by, version):
    """
    Write the questions of a draft; new ones get their keys. Raises StaleRecord, FrozenRecord once
    it is published, or TransitionError once its checklist is withdrawn.
    """
    if Checklist.objects.filter(pk=draft.checklist_id, withdrawn_at__isnull=False).exists():
        raise TransitionError(WITHDRAWN)
    asked, draft.last_key = with_keys(questions, draft.asked, draft.last_key)
    draft.questions = write_questions(asked)
    return draft.save_submission(by=by, version=version)


@transaction.atomic
def publish_draft(*, draft, by, version):
    """
    Publish a draft as it was shown. Its checklist comes first, so that nothing is published once it
    is withdrawn. Raises StaleRecord, FrozenRecord or TransitionError.
    """
    checklist = Checklist.objects.get(pk=draft.checklist_id)
    checklist.claim()
    return draft.publish(by=by, version=version)


def claim(checklist, version):
    """Take the next version of the checklist, if this is the one that was shown."""
    if checklist.version != version:
        raise StaleRecord(checklist)
    checklist.claim()
