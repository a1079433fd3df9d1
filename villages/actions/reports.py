"""Writes of a quarterly report together with the versions that were handed in."""

from functools import partial

from django.db import transaction

from sinergi.kit import uploads
from villages.models import ReportSubmission


@transaction.atomic
def save_report(*, report, by, safe=None, drop_photo=False, submit=False, **sent):
    """
    Write a report, with the photograph that came along (SafeFile), or without the one it had; with
    `submit`, hand it in. `sent`: its version or its idempotency key. Raises StaleRecord,
    FrozenRecord, Duplicate or TransitionError, and then has written nothing.

    A photograph that makes way before it was ever handed in is deleted: nothing rests on it, and
    the consent to keep it may have been taken back.
    """
    key, files = report.key, [report.file.name, report.thumbnail.name]
    if drop_photo and safe is None:
        report.remove_photo()
    with uploads.replacing_file(report, safe):
        report.save_submission(by=by, **sent)
        if submit:
            submit_report(report=report, by=by)
    if report.key != key and not report.submissions.with_photo(key).exists():
        for name in filter(None, files):
            transaction.on_commit(partial(report.file.storage.delete, name), robust=True)
    return report


@transaction.atomic
def submit_report(*, report, by, version=None):
    """
    Hand a report in, and keep what it says word for word. Raises StaleRecord or TransitionError.
    """
    report.submit(by=by, version=version)
    last = report.submissions.order_by("-number").values_list("number", flat=True).first()
    kept = ReportSubmission(report=report, number=(last or 0) + 1, content=report.content)
    kept.save_new(by=by)
    return report
