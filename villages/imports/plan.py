"""
What a list would do, row by row, before anything is written. Pure: the same rows, places and
answers give the same plan.

The preview shows a plan, and applying makes it anew inside its transaction: only if it is still the
one that was shown (`fingerprint`) is anything written.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial

from villages import spelling
from villages.imports.cells import LIBRARY_FIELDS, CellError, clean_cell, clean_year, is_same_value
from villages.imports.problems import (
    ABOVE,
    ANSWERED_BY_REGENCY,
    CELL,
    CHANGED,
    KEEP,
    NEW,
    OF_ONE_ROW,
    ONLY_SKIPPED,
    PROBLEM,
    SKIPPED,
    SWAP,
    SWAPPED,
    UNCHANGED,
    PlannedRow,
    Problem,
    Resolver,
)
from villages.imports.repeats import settle_repeats
from villages.imports.rows import SkippedRow
from villages.matching import Match, match_place
from villages.row_numbers import row_label, table_of

#: Of the rows that name a village and a district, how many must fit together swapped for it to be
#: asked.
SWAPPED_SHARE = 1 / 3


@dataclass
class ImportPlan:
    """`answers` problem → the answer that was taken; `settled` problem → the rows it settled."""

    rows: list[PlannedRow]
    skipped: list[SkippedRow]
    atlas: object
    answers: dict
    settled: dict
    tables: tuple = ()

    def label_of(self, number):
        """Return a row's number as a person finds it in the file."""
        return row_label(number, self.tables)

    @property
    def counts(self):
        counts = Counter(planned.outcome for planned in self.rows)
        counts[SKIPPED] += len(self.skipped)
        return {outcome: counts[outcome] for outcome in (PROBLEM, CHANGED, NEW, UNCHANGED, SKIPPED)}

    def of(self, *outcomes):
        return [planned for planned in self.rows if planned.outcome in outcomes]

    @property
    def ready(self):
        """The rows that would write something."""
        return self.of(NEW, CHANGED)

    @property
    def found(self):
        """The rows whose village is known and taken."""
        return self.of(NEW, CHANGED, UNCHANGED)

    def questions(self):
        """Problem → its rows, in the order of the file."""
        found = defaultdict(list)
        for planned in self.of(PROBLEM):
            found[planned.problem].append(planned)
        return found

    @property
    def fingerprint(self):
        """What would be written, and over which stored values, in few letters."""
        digest = hashlib.sha256()
        for planned in self.ready:
            written = (
                planned.number,
                planned.outcome,
                planned.code,
                planned.values,
                planned.changes,
                planned.joins,
            )
            digest.update(repr(written).encode())
        return digest.hexdigest()[:20]


def make_plan(
    rows, skipped, *, atlas, libraries, participations, answers, year, regency="", tables=()
):
    """
    `libraries`: village code → (id, version, *LIBRARY_FIELDS); `participations`: set of (library
    id, year); `answers`: problem key → answer; `year`: the programme year of rows that name none;
    `regency`: the name of the regency that the list is of, for a list that names none in its rows;
    `tables`: the names of the tables that the rows stand in.
    """
    planned, resolver, above = [], Resolver(answers, tables), RegencyAbove(atlas)
    rows = [
        (
            row._replace(regency=regency)
            if regency and not row.regency and not row.regency_code
            else row
        )
        for row in rows
    ]
    swapped = _seem_swapped(rows, atlas)
    for row in rows:
        one = PlannedRow(row)
        planned.append(one)
        if swapped:
            _swap(one, resolver)
        if not one.outcome:
            _place(one, atlas, resolver, above.of(row))
        above.pass_by(one)
        if not one.outcome:
            _read_cells(one, resolver, year)
    settle_repeats(planned, resolver, atlas)
    made = set()
    for one in planned:
        if not one.outcome:
            _compare(one, libraries, participations, made)
    return ImportPlan(planned, skipped, atlas, resolver.taken, resolver.rows, tables)


def _seem_swapped(rows, atlas):
    """
    Return whether the villages stand in the districts' column and the districts in the villages':
    more rows fit together so than as they are written. A village that is called as its district
    fits both ways.
    """
    both = [row for row in rows if row.village and row.district]
    possible = [row for row in both if atlas.districts_named(row.village)]
    needed = len(both) * SWAPPED_SHARE
    if not possible or len(possible) < needed:
        return False
    swapped = sum(_fits(atlas, row.district, row.village) for row in possible)
    return swapped >= needed and swapped > sum(
        _fits(atlas, row.village, row.district) for row in both
    )


def _fits(atlas, village, district):
    """Return whether a district of this name has a village of this name."""
    districts = atlas.districts_named(district)
    return any(
        found[:8] == code
        for code in districts
        for found in atlas.villages_named(village, code[:5], [code])
    )


def _swap(one, resolver):
    if not (one.row.village and one.row.district):
        return
    answer = resolver.resolve(
        Problem("tukar|kolom", SWAPPED), one, lambda answer: answer in (SWAP, KEEP)
    )
    if answer == SWAP:
        one.row = one.row._replace(village=one.row.district, district=one.row.village)


class RegencyAbove:
    """The regency of the last row above in the same table that has one."""

    def __init__(self, atlas):
        self.atlas, self.table, self.regency = atlas, None, ""

    def of(self, row):
        return self.regency if table_of(row.number) == self.table else ""

    def pass_by(self, one):
        row = one.row
        named = self.atlas.regency_of(row.regency, row.province) if row.regency else ()
        regency = (
            one.code[:5]
            or (one.problem.regency if one.problem else "")
            or (named[0] if len(named) == 1 else "")
        )
        self.table, self.regency = table_of(row.number), regency or self.of(row)


def _place(one, atlas, resolver, above):
    """Find the village; a question that was answered is settled as the person said."""
    written, regency = one.row.written, ""
    match = match_place(atlas, written)
    if not match.code and match.how in ANSWERED_BY_REGENCY:
        there = (written.regency or written.regency_code).casefold()
        key = f"kab|{spelling.plain_key(written.province)}|{there}"
        above = above if means_above(written.regency) else ""
        problem = Problem(key, match.how, choices=match.choices, above=above)
        regency = resolver.resolve(problem, one, partial(_is_regency, atlas, above))
        if regency is None:
            return
        regency = above if regency == ABOVE else regency
        match = match_place(atlas, written, regency)
    if not match.code and match.how == Match.NO_REGENCY and above:
        problem = Problem(
            _key_of(one.row, match), match.how, match.regency, match.choices, above=above
        )
        answer = resolver.resolve(
            problem, one, lambda answer: answer == ABOVE or _may_mean(answer, match, atlas)
        )
        if answer != ABOVE:
            one.note = match.note
            if answer:
                one.code, one.how = answer, Match.CHOICE
            return
        regency = above
        match = match_place(atlas, written, regency)
    if not match.code and match.how == Match.UNLISTED:
        district = resolver.resolve(
            _district_problem(written, match, atlas),
            one,
            partial(_is_district_of, match.regency, atlas),
        )
        if district is None:
            return
        match = match_place(atlas, written, regency, district)
    one.note = match.note
    if match.code:
        one.code, one.how = match.code, match.how
        return
    problem = Problem(_key_of(one.row, match), match.how, match.regency, match.choices)
    if code := resolver.resolve(problem, one, lambda code: _may_mean(code, match, atlas)):
        one.code, one.how = code, Match.CHOICE


def means_above(text):
    """
    Return whether this is what people write below a name that goes on: a pair of strokes, "sda",
    "idem".
    """
    letters = "".join(filter(str.isalnum, text.casefold()))
    return bool(text) and letters in ("", "sda", "idem", "sama")


def _is_regency(atlas, above, answer):
    return (
        bool(above)
        if answer == ABOVE
        else answer in atlas.regencies and atlas.within in (None, answer[:2])
    )


def _district_problem(written, match, atlas):
    """
    Return one question for each pair of a written district and the one that its villages lie in.
    """
    own = match.choices[0][:8]
    near = [
        code for code in atlas.similar.districts(written.district, match.regency) if code != own
    ]
    key = f"kec|{match.regency}|{spelling.district_key(written.district)}|{own}"
    return Problem(key, Match.UNLISTED, match.regency, (own, *near))


def _is_district_of(regency, atlas, code):
    return code in atlas.districts and code[:5] == regency


def _may_mean(code, match, atlas):
    """
    Return whether a person may choose this village: it lies in the regency that the row names, and
    in the list's province; only where the row names a district of another regency may it be the
    village there.
    """
    if match.how in ONLY_SKIPPED or code not in atlas.villages:
        return False
    in_regency = (
        not match.regency
        or code[:5] == match.regency
        or (match.how == Match.DISTRICT and code in match.choices)
    )
    return in_regency and atlas.within in (None, code[:2])


def _key_of(row, match):
    """
    Return the key of a row's question; rows with one key are one question. Two rows of a name that
    stands twice may mean one village each.
    """
    if match.how == Match.OUTSIDE:
        return f"luar|{match.regency}"
    district = "".join(spelling.district_keys(row.district)[:1])
    name = f"{match.regency}|{district}|{spelling.plain_key(row.village)}"
    return f"baris|{row.number}|{name}" if match.how in OF_ONE_ROW else f"desa|{name}"


def _read_cells(one, resolver, year):
    """
    Tidy what the row says; the first cell that cannot be taken is asked about. Every row needs a
    programme year.
    """
    row, one.year = one.row, year
    for name in (*LIBRARY_FIELDS, "year"):
        text = getattr(row, name)
        if not text and (name != "year" or year):
            continue
        read = clean_year if name == "year" else partial(clean_cell, name)
        try:
            value = read(text)
        except CellError as error:
            # That no row has a year is one question; a cell that cannot be read is its row's own.
            key = f"baris|{row.number}|{name}|{text}" if text else f"sel|{name}|"
            problem = Problem(key, CELL, field=name, message=str(error))
            needed = name == "year" and not year
            text = resolver.resolve(problem, one, partial(_is_readable, read, needed))
            if text is None:
                return
            value = read(text) if text else None  # an emptied cell says nothing
        if name == "year":
            one.year = value or year
        elif value:
            one.values[name] = value


def _is_readable(read, needed, text):
    try:
        return bool(read(text)) if text else not needed
    except CellError:
        return False


def _compare(one, libraries, participations, made):
    """
    Compare a row with what is stored. `made`: the villages that get their library by an earlier
    row, which then takes part in one more year by this one.
    """
    stored = libraries.get(one.code)
    if stored is None:
        one.outcome, one.joins = CHANGED if one.code in made else NEW, one.year
        made.add(one.code)
        return
    one.library, one.version, *columns = stored
    if one.values:
        old = dict(zip(LIBRARY_FIELDS, columns, strict=True))
        one.changes = tuple(
            (name, old[name], value)
            for name, value in one.values.items()
            if not is_same_value(name, old[name], value)
        )
    one.joins = one.year if one.year and (one.library, one.year) not in participations else None
    one.outcome = CHANGED if one.changes or one.joins else UNCHANGED
