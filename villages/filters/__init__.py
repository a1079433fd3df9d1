"""Filter forms over places."""

from villages.filters.libraries import LibraryFilter
from villages.filters.regions import PlaceFilter, provinces, regencies
from villages.filters.villages import VillageFilter

__all__ = ["LibraryFilter", "PlaceFilter", "VillageFilter", "provinces", "regencies"]
