from villages.models.aliases import DistrictAlias, VillageAlias
from villages.models.imports import ImportBatch, ImportContent, ImportRow
from villages.models.libraries import Library
from villages.models.participations import Participation
from villages.models.references import ProgramReference
from villages.models.regions import District, Province, Regency, Village
from villages.models.report_submissions import ReportSubmission
from villages.models.reports import LibraryReport
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
    "ProgramReference",
    "Province",
    "Regency",
    "ReportSubmission",
    "Threshold",
    "ThresholdSet",
    "Village",
    "VillageAlias",
]
