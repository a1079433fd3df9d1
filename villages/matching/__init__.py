"""
Which village of the official list a row means: found for certain, or asked of a person. Never a
guess.

In this order: a Kemendagri code that the names beside it confirm; the name within its regency (and
district, where one is written), exact under villages.spelling and unique; a name that a person has
once said what it means (VillageAlias). All else is a problem, with the nearest names of that
regency to choose from. So is a district that the list does not have, however certain the name
beside it is, unless a person has once said what it means (DistrictAlias). Pure: no database, no
clock, no chance.
"""

from villages.matching.atlas import Atlas
from villages.matching.match import Match, WrittenPlace, match_place

__all__ = ["Atlas", "Match", "WrittenPlace", "match_place"]
