"""Named reads over places."""

from villages.querysets.aliases import AliasQuerySet
from villages.querysets.imports import ImportBatchQuerySet
from villages.querysets.libraries import LibraryQuerySet
from villages.querysets.participations import ParticipationQuerySet
from villages.querysets.regions import PlaceQuerySet, ProvinceQuerySet, RegencyQuerySet, count_of
from villages.querysets.reports import LibraryReportQuerySet, ReportSubmissionQuerySet
from villages.querysets.shared import SharedQuerySet
from villages.querysets.thresholds import ThresholdQuerySet, ThresholdSetQuerySet
from villages.querysets.villages import VillageQuerySet

__all__ = [
    "AliasQuerySet",
    "ImportBatchQuerySet",
    "LibraryQuerySet",
    "LibraryReportQuerySet",
    "ParticipationQuerySet",
    "PlaceQuerySet",
    "ProvinceQuerySet",
    "RegencyQuerySet",
    "ReportSubmissionQuerySet",
    "SharedQuerySet",
    "ThresholdQuerySet",
    "ThresholdSetQuerySet",
    "VillageQuerySet",
    "count_of",
]
