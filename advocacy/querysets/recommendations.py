"""Named reads over answers to recommendations."""

from sinergi.kit.querysets import ScopedQuerySet


class RecommendationAnswerQuerySet(ScopedQuerySet):
    province_path = "visit__province"
    regency_path = "visit__regency"
