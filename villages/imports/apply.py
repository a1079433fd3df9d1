"""Writing what a plan says: in one transaction, all of it or nothing."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError
from villages import spelling
from villages.imports.batches import plan_of
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.wording import problem_reason
from villages.matching import Match
from villages.models import (
    DistrictAlias,
    ImportContent,
    ImportRow,
    Library,
    Participation,
    Village,
    VillageAlias,
)

#: Columns that a new library is made with and nobody has filled yet.
UNTOUCHED = ("email", "opening_hours")


class PlanChanged(Exception):
    """What would be written is no longer what the person was shown. Nothing was written."""

    def __init__(self):
        super().__init__(
            "Data berubah sejak pratinjau ini ditampilkan. Periksa lagi, lalu terapkan."
        )


@transaction.atomic
def apply_batch(batch, *, by, shown=None, rows=None, skipped=None, leave_problems=False):
    """
    Write all that is ready in this batch, and return the plan.

    `shown`: the fingerprint of the plan the person saw; raises PlanChanged when it is another now.
    Raises TransitionError while a question is open (`leave_problems`: leave those rows out instead)
    or when the batch was applied already, StaleRecord or IntegrityError when somebody else wrote
    the same rows meanwhile. All of them: nothing was written.
    """
    plan = plan_of(batch, rows, skipped)
    if plan.of(PROBLEM) and not leave_problems:
        raise TransitionError(
            f"{len(plan.of(PROBLEM))} baris belum dipilih. Jawab dulu, atau keluarkan barisnya."
        )
    if shown is not None and plan.fingerprint != shown:
        raise PlanChanged
    counts = plan.counts
    batch.new_count, batch.changed_count, batch.unchanged_count = (
        counts[NEW],
        counts[CHANGED],
        counts[UNCHANGED],
    )
    batch.problem_count, batch.skipped_count = counts[PROBLEM], counts[SKIPPED]
    batch.aliases_used, batch.district_aliases_used = (
        _aliases_used(plan),
        _district_aliases_used(plan),
    )
    batch.mark_applied(by=by, version=batch.version)
    moment = timezone.now()
    made = _make_libraries(plan, by, moment)
    _change_libraries(plan, by)
    joined = _make_participations(plan, made, by, moment)
    _keep_rows(batch, plan, made, joined)
    _keep_histories(batch, by)
    _remember_names(batch, plan, by)
    _remember_districts(batch, plan, by)
    ImportContent.objects.filter(batch=batch).update(
        unchanged=ImportContent.pack([(one.number, one.code) for one in plan.of(UNCHANGED)])
    )
    return plan


def stamp_values(by, moment):
    """Return the stamp columns of a new record."""
    user = by.pk if by else None
    return {
        "created_at": moment,
        "created_by_id": user,
        "updated_at": moment,
        "updated_by_id": user,
        "version": 1,
    }


def _insert(model, rows, by, moment):
    """Insert dicts of columns, all with the same keys, as new records."""
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    names, same = [*first], stamp_values(by, moment)
    values = tuple(same.values())
    bulk.insert(model, [*names, *same], ((*row.values(), *values) for row in (first, *rows)))


def library_columns(one, place_name):
    """Return the columns of the library that a new row makes."""
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
    """Make the new rows' libraries; return village code → (id, columns written)."""
    new = plan.of(NEW)
    if not new:
        return {}
    names = _place_names(one.code for one in new)
    written = {one.code: library_columns(one, names[one.code]) for one in new}
    _insert(Library, written.values(), by, moment)
    made = Library.objects.filter(created_at=moment, level=Library.Level.VILLAGE).values_list(
        "village_id", "pk"
    )
    return {
        code: (pk, written[code]) for code, pk in made.iterator(chunk_size=5000) if code in written
    }


def _place_names(codes):
    """Return village code → "Desa Kapuk"."""
    kinds, names = dict(Village.Kind.choices), {}
    for part in bulk.parts(codes):
        for code, kind, name in Village.objects.filter(pk__in=part).values_list(
            "pk", "kind", "name"
        ):
            names[code] = f"{kinds[kind]} {name}"
    return names


def _change_libraries(plan, by):
    changed = [one for one in plan.of(CHANGED) if one.changes]
    if changed:
        current = columns_of(one.library for one in changed)
        rows = []
        for one in changed:
            columns = current.get(one.library, {}) | {name: new for name, _, new in one.changes}
            rows.append(
                (one.library, one.version, *(columns.get(name, "") for name in LIBRARY_FIELDS))
            )
        bulk.update(Library, LIBRARY_FIELDS, rows, by=by)


def columns_of(ids, names=LIBRARY_FIELDS):
    """Return library id → its columns now."""
    found = {}
    for part in bulk.parts(ids):
        for pk, *values in Library.objects.filter(pk__in=part).values_list("pk", *names):
            found[pk] = dict(zip(names, values, strict=True))
    return found


def _make_participations(plan, made, by, moment):
    """Make the participations; return (library id, year) → id."""
    wanted = [
        {"library_id": _library_of(one, made), "year": one.joins} for one in plan.ready if one.joins
    ]
    _insert(Participation, wanted, by, moment)
    if not wanted:
        return {}
    rows = Participation.objects.filter(created_at=moment).values_list("library_id", "year", "pk")
    return {(library, year): pk for library, year, pk in rows.iterator(chunk_size=5000)}


def _library_of(one, made):
    return one.library or made[one.code][0]


def _keep_rows(batch, plan, made, joined):
    names = [
        "batch_id",
        "number",
        "outcome",
        "written",
        "note",
        "village_id",
        "library_id",
        "participation_id",
    ]
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
            note = (problem_reason(one, plan) if one.problem else one.note)[:250]
            yield (
                batch.pk,
                one.number,
                one.outcome,
                written_as(one.row),
                note,
                one.code or None,
                library,
                participation,
                before,
                after,
                one.joins,
                "",
            )
        for row in plan.skipped:
            yield (
                batch.pk,
                row.number,
                SKIPPED,
                row.text[:250],
                row.reason,
                None,
                None,
                None,
                {},
                {},
                None,
                "",
            )

    bulk.insert(ImportRow, names, rows())


def written_as(row):
    """Return how a row names its place: "Siliu, KAB. BELITUNG"."""
    return ", ".join(
        filter(None, [row.village or row.code or row.name, row.district, row.regency])
    )[:250]


def _keep_histories(batch, by):
    rows = ImportRow.objects.filter(batch=batch)
    new, changed = rows.filter(outcome=NEW), rows.filter(outcome=CHANGED).exclude(after={})
    made = rows.filter(participation__isnull=False)
    bulk.keep_history(Library.objects.filter(pk__in=new.values("library")), "+", by=by)
    bulk.keep_history(Library.objects.filter(pk__in=changed.values("library")), "~", by=by)
    bulk.keep_history(Participation.objects.filter(pk__in=made.values("participation")), "+", by=by)


def _aliases_used(plan):
    """
    Return the ids of the aliases that rows were found by, so that undoing an earlier list does not
    take them away.
    """
    keys = {
        (one.code[:5], spelling.plain_key(one.row.village))
        for one in plan.rows
        if one.how == Match.ALIAS
    }
    if not keys:
        return []
    found = VillageAlias.objects.filter(regency__in={regency for regency, _ in keys}).values_list(
        "pk", "regency_id", "key"
    )
    return [pk for pk, regency, key in found if (regency, key) in keys]


def _district_aliases_used(plan):
    found = {
        (one.code[:5], spelling.district_key(one.row.district), one.code[:8])
        for one in plan.found
        if one.row.district
    }
    aliases = DistrictAlias.objects.filter(regency__in={regency for regency, *_ in found})
    rows = aliases.values_list("pk", "regency_id", "key", "district_id")
    return [pk for pk, *names in rows if tuple(names) in found]


def _remember_names(batch, plan, by):
    """
    Save as aliases what a person chose for names that the official list does not have in that
    regency.
    """
    chosen = defaultdict(set)
    for one in plan.found:
        if one.how == Match.CHOICE and spelling.plain_key(one.row.village):
            chosen[one.code[:5], spelling.plain_key(one.row.village)].add(
                (one.code, one.row.village[:150])
            )
    for (regency, key), meanings in chosen.items():
        codes = {code for code, _ in meanings}
        known = (
            plan.atlas.villages_named(key, regency)
            or VillageAlias.objects.filter(regency=regency, key=key).exists()
        )
        if len(codes) == 1 and not known and len(key) <= 150:
            code, written = min(meanings)
            VillageAlias(
                regency_id=regency, key=key, written=written, village_id=code, batch=batch
            ).save_as(by=by)


def _remember_districts(batch, plan, by):
    """
    Save as aliases what a person accepted or chose for districts that the official list does not
    have, where a row was found by it.
    """
    found = {one.number for one in plan.found}
    for problem, district in plan.answers.items():
        rows = (
            [one for one in plan.settled[problem] if one.number in found]
            if problem.kind == Match.UNLISTED
            else ()
        )
        if not rows:
            continue
        written, regency = spelling.without_district_words(rows[0].row.district), problem.regency
        key = spelling.district_key(written)
        known = DistrictAlias.objects.filter(regency=regency, key=key, district=district).exists()
        if not known and max(len(key), len(written)) <= 150:
            alias = DistrictAlias(
                regency_id=regency, key=key, written=written, district_id=district, batch=batch
            )
            alias.save_as(by=by)
