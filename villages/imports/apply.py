"""Writing what a plan says, and taking it back: each in one transaction, all of it or nothing."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError
from villages import spelling
from villages.imports.batches import plan_of
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.plan import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.matching import Match
from villages.models import ImportContent, ImportRow, Library, Participation, Village, VillageAlias

#: Columns that a new library is made with and nobody has filled yet.
UNTOUCHED = ("email", "opening_hours")


class PlanChanged(Exception):
    """What would be written is no longer what the person was shown. Nothing was written."""

    def __init__(self):
        super().__init__("Data berubah sejak pratinjau ini ditampilkan. Periksa lagi, lalu terapkan.")


@transaction.atomic
def apply_batch(batch, *, by, shown=None, rows=None, skipped=None, leave_problems=False):
    """
    Write all that is ready in this batch, and return the plan.

    `shown`: the fingerprint of the plan the person saw; raises PlanChanged when it is another now. Raises TransitionError
    while a question is open (`leave_problems`: leave those rows out instead) or when the batch was applied already,
    StaleRecord or IntegrityError when somebody else wrote the same rows meanwhile. All of them: nothing was written.
    """
    plan = plan_of(batch, rows, skipped)
    if plan.of(PROBLEM) and not leave_problems:
        raise TransitionError(f"{len(plan.of(PROBLEM))} baris belum dipilih. Jawab dulu, atau keluarkan barisnya.")
    if shown is not None and plan.fingerprint != shown:
        raise PlanChanged
    counts = plan.counts
    batch.new_count, batch.changed_count, batch.unchanged_count = counts[NEW], counts[CHANGED], counts[UNCHANGED]
    batch.problem_count, batch.skipped_count = counts[PROBLEM], counts[SKIPPED]
    batch.mark_applied(by=by, version=batch.version)
    moment = timezone.now()
    made = _make_libraries(plan, by, moment)
    _change_libraries(plan, by)
    joined = _make_participations(plan, made, by, moment)
    _keep_rows(batch, plan, made, joined)
    _keep_histories(batch, by)
    _remember_names(batch, plan, by)
    ImportContent.objects.filter(batch=batch).update(
        unchanged=ImportContent.pack([(one.number, one.code) for one in plan.of(UNCHANGED)])
    )
    return plan


def stamps(by, moment):
    """The stamp columns of a new record."""
    user = by.pk if by else None
    return {"created_at": moment, "created_by_id": user, "updated_at": moment, "updated_by_id": user, "version": 1}


def _insert(model, rows, by, moment):
    """Insert dicts of columns, all with the same keys, as new records."""
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    names, same = [*first], stamps(by, moment)
    values = tuple(same.values())
    bulk.insert(model, [*names, *same], ((*row.values(), *values) for row in (first, *rows)))


def library_columns(one, place_name):
    """The columns of the library that a new row makes."""
    return {
        "level": Library.Level.VILLAGE,
        "province_id": one.code[:2],
        "regency_id": one.code[:5],
        "village_id": one.code,
        "name": one.values.get("name") or f"Perpustakaan {place_name}"[:150],
        **{name: one.values.get(name, "") for name in LIBRARY_FIELDS[1:]},
        **dict.fromkeys(UNTOUCHED, ""),
    }


def _make_libraries(plan, by, moment):
    """Make the new rows' libraries; returns village code → (id, columns written)."""
    new = plan.of(NEW)
    if not new:
        return {}
    names = _place_names(one.code for one in new)
    written = {one.code: library_columns(one, names[one.code]) for one in new}
    _insert(Library, written.values(), by, moment)
    made = Library.objects.filter(created_at=moment, level=Library.Level.VILLAGE).values_list("village_id", "pk")
    return {code: (pk, written[code]) for code, pk in made.iterator(chunk_size=5000) if code in written}


def _place_names(codes):
    """Village code → "Desa Kapuk"."""
    kinds, names = dict(Village.Kind.choices), {}
    for part in bulk.parts(codes):
        for code, kind, name in Village.objects.filter(pk__in=part).values_list("pk", "kind", "name"):
            names[code] = f"{kinds[kind]} {name}"
    return names


def _change_libraries(plan, by):
    changed = [one for one in plan.of(CHANGED) if one.changes]
    if changed:
        current = _columns_of(one.library for one in changed)
        rows = []
        for one in changed:
            columns = current.get(one.library, {}) | {name: new for name, _, new in one.changes}
            rows.append((one.library, one.version, *(columns.get(name, "") for name in LIBRARY_FIELDS)))
        bulk.update(Library, LIBRARY_FIELDS, rows, by=by)


def _columns_of(ids, names=LIBRARY_FIELDS):
    """Library id → its columns now."""
    found = {}
    for part in bulk.parts(ids):
        for pk, *values in Library.objects.filter(pk__in=part).values_list("pk", *names):
            found[pk] = dict(zip(names, values, strict=True))
    return found


def _make_participations(plan, made, by, moment):
    """Make the participations; returns (library id, year) → id."""
    wanted = [{"library_id": _library_of(one, made), "year": one.joins} for one in plan.ready if one.joins]
    _insert(Participation, wanted, by, moment)
    if not wanted:
        return {}
    rows = Participation.objects.filter(created_at=moment).values_list("library_id", "year", "pk")
    return {(library, year): pk for library, year, pk in rows.iterator(chunk_size=5000)}


def _library_of(one, made):
    return one.library or made[one.code][0]


def _keep_rows(batch, plan, made, joined):
    names = ["batch_id", "number", "outcome", "written", "note", "village_id", "library_id", "participation_id"]
    names += ["before", "after", "made_year", "left_because"]

    def rows():
        for one in plan.of(NEW, CHANGED, PROBLEM, SKIPPED):
            library = participation = None
            before, after = {}, {}
            if one.outcome in (NEW, CHANGED):
                library = _library_of(one, made)
                participation = joined.get((library, one.joins))
                before = {name: old for name, old, _ in one.changes}
                after = {name: new for name, _, new in one.changes}
                if one.outcome == NEW:
                    after = {name: made[one.code][1][name] for name in LIBRARY_FIELDS}
            note = (one.note or (one.problem.kind if one.problem else ""))[:250]
            yield (batch.pk, one.number, one.outcome, written_as(one.row), note, one.code or None, library, participation,
                   before, after, one.joins, "")  # fmt: skip
        for row in plan.skipped:
            yield batch.pk, row.number, SKIPPED, row.text[:250], row.reason, None, None, None, {}, {}, None, ""

    bulk.insert(ImportRow, names, rows())


def written_as(row):
    """How a row names its place: "Siliu, KAB. BELITUNG"."""
    return ", ".join(filter(None, [row.village or row.code or row.name, row.district, row.regency]))[:250]


def _keep_histories(batch, by):
    rows = ImportRow.objects.filter(batch=batch)
    new, changed = rows.filter(outcome=NEW), rows.filter(outcome=CHANGED).exclude(after={})
    made = rows.filter(participation__isnull=False)
    bulk.keep_history(Library.objects.filter(pk__in=new.values("library")), "+", by=by)
    bulk.keep_history(Library.objects.filter(pk__in=changed.values("library")), "~", by=by)
    bulk.keep_history(Participation.objects.filter(pk__in=made.values("participation")), "+", by=by)


def _remember_names(batch, plan, by):
    """What a person chose for a name that the official list does not have is known from now on, in that regency."""
    chosen = defaultdict(set)
    for one in plan.ready + plan.of(UNCHANGED):
        if one.how == Match.CHOICE and spelling.plain(one.row.village):
            chosen[one.code[:5], spelling.plain(one.row.village)].add((one.code, one.row.village[:150]))
    for (regency, key), meanings in chosen.items():
        codes = {code for code, _ in meanings}
        known = plan.atlas.villages_named(key, regency) or VillageAlias.objects.filter(regency=regency, key=key).exists()
        if len(codes) == 1 and not known and len(key) <= 150:
            code, written = min(meanings)
            VillageAlias(regency_id=regency, key=key, written=written, village_id=code, batch=batch).save_as(by=by)


# Undoing ------------------------------------------------------------------------------------------------------------------
@transaction.atomic
def undo_batch(batch, *, by, version=None):
    """
    Take back what this batch did, as far as it is still so: what it made and nobody has changed or used since is removed,
    columns it changed and that still say so get their old value. The rest stays, with the reason in its row.

    Raises TransitionError when there is nothing to undo, StaleRecord when somebody writes the same libraries at this moment.
    """
    rows = list(batch.rows.filter(outcome__in=[NEW, CHANGED]).order_by("-number"))
    left = {}
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
    _forget_names(batch, by)
    for row in rows:
        if row.pk in left:
            row.left_because = left[row.pk][:250]
    ImportRow.objects.bulk_update([row for row in rows if row.pk in left], ["left_because"], batch_size=500)
    return batch


def _users_of(model, ids, ignored):
    """id → what else refers to these records, in words: "2 kunjungan"."""
    found = defaultdict(list)
    for relation in model._meta.related_objects:
        other, field = relation.related_model, relation.field
        if other in ignored or other._meta.model_name.startswith("historical"):
            continue
        for part in bulk.parts(ids):
            for pk in other._base_manager.filter(**{f"{field.name}__in": part}).values_list(field.attname, flat=True):
                found[pk].append(other._meta.verbose_name)
    return {pk: f"sudah dipakai: {len(labels)} {labels[0]}" for pk, labels in found.items()}


def _leaving_participations(rows, left):
    """The ids of the participations that go."""
    ids = [row.participation_id for row in rows if row.participation_id]
    used = _users_of(Participation, ids, {ImportRow})
    touched = set()
    for part in bulk.parts(ids):
        touched |= set(Participation.objects.filter(pk__in=part).exclude(version=1).values_list("pk", flat=True))
    going = []
    for row in rows:
        if row.made_year and row.participation_id is None:
            left[row.pk] = f"kepesertaan {row.made_year} sudah dihapus"
        elif row.participation_id in used:
            left[row.pk] = f"kepesertaan {row.made_year} {used[row.participation_id]}"
        elif row.participation_id in touched:
            left[row.pk] = f"kepesertaan {row.made_year} sudah diubah sesudahnya"
        elif row.participation_id:
            going.append(row.participation_id)
    return going


def _restored_columns(rows, left):
    """(id, version, *LIBRARY_FIELDS) of the libraries that get old values back."""
    changed = [row for row in rows if row.outcome == CHANGED and row.after]
    now = _columns_of((row.library_id for row in changed if row.library_id), ("version", *LIBRARY_FIELDS))
    restored = {}
    for row in changed:
        columns = now.get(row.library_id)
        if columns is None:
            left[row.pk] = "perpustakaannya sudah dihapus"
            continue
        still = [name for name, value in row.after.items() if columns[name] == value]
        for name in still:
            columns[name] = row.before[name]
            restored[row.library_id] = (row.library_id, columns["version"], *(columns[name] for name in LIBRARY_FIELDS))
        if len(still) < len(row.after):
            left[row.pk] = "sudah diubah sesudahnya: " + ", ".join(_label(name) for name in row.after if name not in still)
    return list(restored.values())


def _leaving_libraries(rows, left, removed):
    """(id, version) of the libraries that go."""
    new = [row for row in rows if row.outcome == NEW]
    ids = [row.library_id for row in new if row.library_id]
    now = _columns_of(ids, ("version", *LIBRARY_FIELDS, *UNTOUCHED))
    used = _users_of(Library, ids, {ImportRow, Participation})
    removed, staying = set(removed), set()
    for part in bulk.parts(ids):
        pairs = Participation.objects.filter(library__in=part).values_list("library_id", "pk")
        staying |= {library for library, pk in pairs if pk not in removed}
    going = []
    for row in new:
        columns = now.get(row.library_id)
        if columns is None:
            left[row.pk] = "perpustakaannya sudah dihapus"
        elif any(columns[name] != row.after.get(name, "") for name in (*LIBRARY_FIELDS, *UNTOUCHED)):
            left[row.pk] = "perpustakaannya sudah diubah sesudahnya"
        elif row.library_id in used:
            left[row.pk] = f"perpustakaannya {used[row.library_id]}"
        elif row.library_id in staying:
            left.setdefault(row.pk, "perpustakaannya sudah menjadi peserta tahun lain")
        else:
            going.append((row.library_id, columns["version"]))
    return going


def _label(name):
    return Library._meta.get_field(name).verbose_name


def _forget_names(batch, by):
    """Names learnt from this batch, unless somebody has changed them or a later list was read with their help."""
    for alias in VillageAlias.objects.filter(batch=batch, version=1):
        later = ImportRow.objects.filter(batch_id__gt=batch.pk, village=alias.village_id, batch__state="applied")
        if not later.exists():
            alias.delete_as(by=by)
