"""Writes of a quarterly report together with the versions that were handed in."""

from django.db import transaction

from villages.models import ReportSubmission


@transaction.atomic
def save_report(*, report, by, version=None, idempotency_key=None, submit=False):
    """
    Write a report; with `submit`, hand it in. Raises StaleRecord, FrozenRecord, Duplicate or
    TransitionError, and then has written nothing.
    """
    report.save_submission(by=by, version=version, idempotency_key=idempotency_key)
    if submit:
        submit_report(report=report, by=by)
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
