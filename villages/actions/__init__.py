"""Writes that span tables."""

from villages.actions.regions import (
    TABLES,
    LoadedMeanwhile,
    RegionChanges,
    apply_regions,
    compare_regions,
    load_new_province,
    load_regions,
    region_columns,
    region_row,
)

__all__ = [
    "TABLES",
    "LoadedMeanwhile",
    "RegionChanges",
    "apply_regions",
    "compare_regions",
    "load_new_province",
    "load_regions",
    "region_columns",
    "region_row",
]
