"""Writes that span the tables of regions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction

from villages import gazetteer
from villages.models import District, Province, Regency, Village

#: Level in the official list → the table it fills, parents first.
TABLES: dict[int, type[models.Model]] = {1: Province, 2: Regency, 3: District, 4: Village}
BATCH = 2000


@dataclass
class RegionChanges:
    """
    What the official list would change in the tables: `new` (code, name), `renamed` (code, old
    name, new name), `changed` codes of which something else differs (a postal code, a kind), `gone`
    and `back` (code, name) of codes that the list no longer has, or has again.
    """

    new: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    back: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    writes: list[tuple[type[models.Model], list, list, list]] = field(
        default_factory=list, repr=False
    )

    def __bool__(self):
        return any(new or changed or gone for _, new, changed, gone in self.writes)


def region_row(place):
    """Return the row's values as the official list has them, in the order of `region_columns`."""
    code = place.code
    if place.level == 1:
        return (code, place.name, "", gazetteer.time_zone(code))
    if place.level == 2:
        return (code, place.name, "", code[:2])
    if place.level == 3:
        return (code, place.name, "", code[:5], code[:2])
    return (code, place.name, "", place.kind, place.postal_code, code[:8], code[:5], code[:2])


def region_columns(model):
    """Return the columns of a region's table, the code first."""
    first = ["code", "name", "gone_in"]
    return [*first, *(f.attname for f in model._meta.concrete_fields if f.attname not in first)]


def compare_regions(
    *, province: str | None = None, places: Iterable[gazetteer.Place] | None = None
) -> RegionChanges:
    """
    Compare the official list with the tables, for the country or the province with this code. Write
    nothing.

    `places`: another edition than the one of the package.
    """
    listed = {level: {} for level in TABLES}
    for place in gazetteer.list_places(province) if places is None else places:
        listed[place.level][place.code] = region_row(place)
    changes = RegionChanges()
    for level, model in TABLES.items():
        rows = model.objects.all()
        if province:
            rows = rows.filter(**{"code" if level == 1 else "province": province})
        stored = {row[0]: row for row in rows.values_list(*region_columns(model))}
        new = [row for code, row in listed[level].items() if code not in stored]
        changed = [
            row for code, row in listed[level].items() if code in stored and stored[code] != row
        ]
        gone = [row for code, row in stored.items() if code not in listed[level] and not row[2]]
        changes.writes.append((model, new, changed, [row[0] for row in gone]))
        changes.new += [row[:2] for row in new]
        changes.gone += [row[:2] for row in gone]
        changes.unchanged += len(listed[level]) - len(new) - len(changed)
        for code, name, *_ in changed:
            old = stored[code]
            if old[2]:
                changes.back.append((code, name))
            elif old[1] != name:
                changes.renamed.append((code, old[1], name))
            else:
                changes.changed.append(code)
    return changes


@transaction.atomic
def apply_regions(changes: RegionChanges) -> RegionChanges:
    """
    Write these changes. A code that the list no longer has is marked, never deleted: a library may
    stand there.
    """
    for model, new, changed, gone in changes.writes:
        names = region_columns(model)
        model.objects.bulk_create(
            [model(**dict(zip(names, row, strict=True))) for row in new], batch_size=BATCH
        )
        model.objects.bulk_update(
            [model(**dict(zip(names, row, strict=True))) for row in changed],
            names[1:],
            batch_size=500,
        )
        for start in range(0, len(gone), BATCH):
            model.objects.filter(pk__in=gone[start : start + BATCH]).update(
                gone_in=gazetteer.EDITION
            )
    return changes


def load_regions(*, province: str | None = None) -> RegionChanges:
    """Bring the regions of the country, or of this province, to the official list."""
    return apply_regions(compare_regions(province=province))


class LoadedMeanwhile(Exception):
    """Somebody else has loaded this province since it was looked for. Nothing was written."""


def load_new_province(code: str) -> RegionChanges:
    """
    Load a province of which the tables have no village yet; raises LoadedMeanwhile.

    What is there already is compared and changed by `manage.py load_regions` alone, which shows
    each change first.
    """
    if Village.objects.filter(province=code).exists():
        raise LoadedMeanwhile
    try:
        return load_regions(province=code)
    except IntegrityError as error:
        if Village.objects.filter(province=code).exists():  # written by another in the same moment
            raise LoadedMeanwhile from error
        raise
