"""Taking back what a batch did, as far as it is still so: in one transaction."""

from collections import defaultdict

from django.db import transaction

from sinergi.kit import bulk
from villages.imports.apply import UNTOUCHED, columns_of
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.problems import CHANGED, NEW
from villages.models import (
    DistrictAlias,
    ImportBatch,
    ImportRow,
    Library,
    Participation,
    VillageAlias,
)


@transaction.atomic
def undo_batch(batch, *, by, version=None):
    """
    Take back what this batch did, as far as it is still so: what it made and nobody has changed or
    used since is removed, columns it changed and that still say so get their old value. The rest
    stays, with the reason in its row. Cases of the expansion that were opened with the list go
    along, unless they have moved on or the row of their village stays.

    Raises TransitionError when there is nothing to undo, StaleRecord when somebody writes the same
    libraries at this moment.
    """
    rows = list(batch.rows.filter(outcome__in=[NEW, CHANGED]).order_by("-number"))
    left = defaultdict(list)
    removed = _leaving_participations(rows, left)
    restored = _restored_columns(rows, left)
    doomed = _leaving_libraries(rows, left, removed)
    batch.left_count = len(left)
    batch.mark_undone(by=by, version=batch.version if version is None else version)
    if restored:
        bulk.update(Library, LIBRARY_FIELDS, restored, by=by)
        for part in bulk.parts(pk for pk, *_ in restored):
            bulk.keep_history(Library.objects.filter(pk__in=part), "~", by=by)
    for part in bulk.parts(removed):
        ImportRow.objects.filter(participation__in=part).update(participation=None)
    bulk.delete(Participation, ((pk, 1) for pk in removed), by=by)
    for part in bulk.parts(pk for pk, _ in doomed):
        ImportRow.objects.filter(library__in=part).update(library=None)
    bulk.delete(Library, doomed, by=by)
    batch.expansion_cases.take_back(by=by, kept={row.village_id for row in rows if row.pk in left})
    _forget_names(batch, by)
    for row in rows:
        if row.pk in left:
            row.left_because = "; ".join(left[row.pk])[:250]
    ImportRow.objects.bulk_update(
        [row for row in rows if row.pk in left], ["left_because"], batch_size=500
    )
    return batch


def _users_of(model, ids, ignored):
    """Return id → what else refers to these records, in words: "sudah dipakai: 2 kunjungan"."""
    found = defaultdict(list)
    for relation in model._meta.related_objects:
        other, field = relation.related_model, relation.field
        if other in ignored or other._meta.model_name.startswith("historical"):
            continue
        for part in bulk.parts(ids):
            for pk in other._base_manager.filter(**{f"{field.name}__in": part}).values_list(
                field.attname, flat=True
            ):
                found[pk].append(other._meta.verbose_name)
    return {pk: f"sudah dipakai: {len(labels)} {labels[0]}" for pk, labels in found.items()}


def _leaving_participations(rows, left):
    """Return the ids of the participations that go."""
    ids = [row.participation_id for row in rows if row.participation_id]
    used = _users_of(Participation, ids, {ImportRow})
    touched = set()
    for part in bulk.parts(ids):
        touched |= set(
            Participation.objects.filter(pk__in=part)
            .exclude(version=1)
            .values_list("pk", flat=True)
        )
    going = []
    for row in rows:
        if row.made_year and row.participation_id is None:
            left[row.pk].append(f"kepesertaan {row.made_year} sudah dihapus")
        elif row.participation_id in used:
            left[row.pk].append(f"kepesertaan {row.made_year} {used[row.participation_id]}")
        elif row.participation_id in touched:
            left[row.pk].append(f"kepesertaan {row.made_year} sudah diubah sesudahnya")
        elif row.participation_id:
            going.append(row.participation_id)
    return going


def _restored_columns(rows, left):
    """Return (id, version, *LIBRARY_FIELDS) of the libraries that get old values back."""
    changed = [row for row in rows if row.outcome == CHANGED and row.after]
    now = columns_of(
        (row.library_id for row in changed if row.library_id), ("version", *LIBRARY_FIELDS)
    )
    restored = {}
    for row in changed:
        columns = now.get(row.library_id)
        if columns is None:
            left[row.pk].append("perpustakaannya sudah dihapus")
            continue
        still = [name for name, value in row.after.items() if columns[name] == value]
        for name in still:
            columns[name] = row.before[name]
            restored[row.library_id] = (
                row.library_id,
                columns["version"],
                *(columns[name] for name in LIBRARY_FIELDS),
            )
        if len(still) < len(row.after):
            names = ", ".join(_label(name) for name in row.after if name not in still)
            left[row.pk].append(f"sudah diubah sesudahnya: {names}")
    return list(restored.values())


def _leaving_libraries(rows, left, removed):
    """Return (id, version) of the libraries that go."""
    new = [row for row in rows if row.outcome == NEW]
    ids = [row.library_id for row in new if row.library_id]
    now = columns_of(ids, ("version", *LIBRARY_FIELDS, *UNTOUCHED))
    used = _users_of(Library, ids, {ImportRow, Participation})
    removed, staying = set(removed), set()
    for part in bulk.parts(ids):
        pairs = Participation.objects.filter(library__in=part).values_list("library_id", "pk")
        staying |= {library for library, pk in pairs if pk not in removed}
    going = []
    for row in new:
        columns = now.get(row.library_id)
        if columns is None:
            left[row.pk].append("perpustakaannya sudah dihapus")
        elif any(
            columns[name] != row.after.get(name, "") for name in (*LIBRARY_FIELDS, *UNTOUCHED)
        ):
            left[row.pk].append("perpustakaannya sudah diubah sesudahnya")
        elif row.library_id in used:
            left[row.pk].append(f"perpustakaannya {used[row.library_id]}")
        elif row.library_id in staying:
            left[row.pk].append("perpustakaannya sudah menjadi peserta tahun lain")
        else:
            going.append((row.library_id, columns["version"]))
            continue
        if row.participation_id in removed:
            left[row.pk].append(f"kepesertaan {row.made_year} dihapus")
    return going


def _label(name):
    return Library._meta.get_field(name).verbose_name


def _forget_names(batch, by):
    """
    Delete the names learnt from this batch, unless somebody has changed them or a later list was
    read with their help.
    """
    later = ImportBatch.objects.filter(
        applied_at__gt=batch.applied_at, state=ImportBatch.State.APPLIED
    )
    for model, name in ((VillageAlias, "aliases_used"), (DistrictAlias, "district_aliases_used")):
        used = {pk for ids in later.values_list(name, flat=True) for pk in ids}
        for alias in model.objects.filter(batch=batch, version=1).exclude(pk__in=used):
            alias.delete_as(by=by)
