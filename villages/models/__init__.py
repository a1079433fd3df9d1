from villages.models.aliases import DistrictAlias, VillageAlias
from villages.models.imports import ImportBatch, ImportContent, ImportRow
from villages.models.libraries import Library
from villages.models.participations import Participation
from villages.models.regions import District, Province, Regency, Village
from villages.models.reports import LibraryReport, ReportSubmission
from villages.models.thresholds import Threshold, ThresholdSet

__all__ = [
    "District",
    "DistrictAlias",
    "ImportBatch",
    "ImportContent",
    "ImportRow",
    "Library",
    "LibraryReport",
    "Participation",
    "Province",
    "Regency",
    "ReportSubmission",
    "Threshold",
    "ThresholdSet",
    "Village",
    "VillageAlias",
]
