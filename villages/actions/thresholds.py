"""Writes of the thresholds of a year."""

from django.db import transaction

from sinergi.kit.models import StaleRecord
from villages.models import Threshold, ThresholdSet
from villages.reports.indicators import INDICATORS


@transaction.atomic
def create_thresholds(*, thresholds, by, idempotency_key=None):
    """
    Write a new set as a draft, with the limits of the set before it, or the samples where there is
    none. Raises Duplicate.
    """
    thresholds.save_submission(by=by, idempotency_key=idempotency_key)
    earlier = ThresholdSet.objects.filter(
        province=thresholds.province_id, year__lt=thresholds.year
    ).order_by("-year")
    limits = {}
    if before := earlier.first():
        limits = before.limits
    for indicator in INDICATORS:
        one = limits.get(indicator.key, indicator.sample)
        Threshold(
            threshold_set=thresholds,
            indicator=indicator.key,
            green=one.green,
            yellow=one.yellow,
            weight=one.weight,
        ).save_new(by=by)
    return thresholds


@transaction.atomic
def save_thresholds(*, thresholds, rows, by, version):
    """
    Write a draft and its rows (Threshold) together; only rows that differ. Raises StaleRecord or
    FrozenRecord.
    """
    thresholds.save_submission(by=by, version=version)
    for row in rows:
        if row.differs_from_stored("green", "yellow", "weight"):
            row.save_as(by=by)
    return thresholds


@transaction.atomic
def publish_thresholds(*, thresholds, by, reason, version):
    """
    Put a draft in force as it is stored. Raises StaleRecord, FrozenRecord or TransitionError.
    """
    stored = ThresholdSet.objects.for_scores().get(pk=thresholds.pk)
    if stored.version != version:
        raise StaleRecord(stored)
    return stored.publish(by=by, reason=reason, version=version)
