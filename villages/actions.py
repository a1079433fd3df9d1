"""Writes that span the tables of regions."""

from dataclasses import dataclass, field

from django.db import transaction

from villages import gazetteer
from villages.models import District, Province, Regency, Village

#: Level in the official list → the table it fills, parents first.
TABLES = {1: Province, 2: Regency, 3: District, 4: Village}
BATCH = 2000


@dataclass
class LoadResult:
    """What a load did, as codes."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)


def _columns(place):
    """The row's values, in the order of `_names`, as the official list has them."""
    code = place.code
    if place.level == 1:
        return (code, place.name, gazetteer.time_zone(code))
    if place.level == 2:
        return (code, place.name, code[:2])
    if place.level == 3:
        return (code, place.name, code[:5], code[:2])
    return (code, place.name, place.kind, place.postal_code, code[:8], code[:5], code[:2])


def _names(model):
    return ["code", "name", *(f.attname for f in model._meta.concrete_fields if f.attname not in {"code", "name"})]


@transaction.atomic
def load_regions(*, province=None):
    """
    Bring the regions of the country, or of the province with this code, to the official list.

    Reads both sides, compares in memory, writes only what differs. A region that the list no longer has stays (a
    library may stand there) and is reported as gone.
    """
    listed = {level: {} for level in TABLES}
    for place in gazetteer.places(province):
        listed[place.level][place.code] = _columns(place)
    result = LoadResult()
    for level, model in TABLES.items():
        names = _names(model)
        rows = model.objects.all()
        if province:
            rows = rows.filter(**{"code" if level == 1 else "province": province})
        stored = {row[0]: row for row in rows.values_list(*names)}
        new = [row for code, row in listed[level].items() if code not in stored]
        changed = [row for code, row in listed[level].items() if code in stored and stored[code] != row]
        model.objects.bulk_create([model(**dict(zip(names, row, strict=True))) for row in new], batch_size=BATCH)
        model.objects.bulk_update([model(**dict(zip(names, row, strict=True))) for row in changed], names[1:], batch_size=500)
        result.new += [row[0] for row in new]
        result.changed += [row[0] for row in changed]
        result.gone += stored.keys() - listed[level].keys()
        result.unchanged += len(listed[level]) - len(new) - len(changed)
    return result
