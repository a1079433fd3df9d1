from villages.models.imports import ImportBatch, ImportContent, ImportRow, VillageAlias
from villages.models.libraries import Library
from villages.models.participations import Participation
from villages.models.regions import District, Province, Regency, Village

__all__ = [
    "District",
    "ImportBatch",
    "ImportContent",
    "ImportRow",
    "Library",
    "Participation",
    "Province",
    "Regency",
    "Village",
    "VillageAlias",
]
