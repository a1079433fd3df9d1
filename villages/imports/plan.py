"""
What a list would do, row by row, before anything is written. Pure: the same rows, places and answers give the same plan.

The preview shows a plan, and applying makes it anew inside its transaction: only if it is still the one that was shown
(`fingerprint`) is anything written.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial

from villages import spelling
from villages.imports.cells import LIBRARY_FIELDS, CellError, same, tidy
from villages.imports.cells import year as tidy_year
from villages.imports.rows import Row, Skipped
from villages.matching import Match

NEW, CHANGED, UNCHANGED, PROBLEM, SKIPPED = "new", "changed", "unchanged", "problem", "skipped"
#: The answer that takes a row out of the import.
SKIP = "lewati"
CELL, TWICE = "cell", "twice"
#: Problems that are answered with a regency, and that no answer but leaving the row out can solve.
ANSWERED_BY_REGENCY, ONLY_SKIPPED = {Match.UNKNOWN_REGENCY}, {Match.OUTSIDE}
#: Problems that every row has for itself.
OF_ONE_ROW = {Match.NO_VILLAGE, Match.NO_REGENCY, Match.AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A question. Rows with the same `key` are one question, answered together. `choices` are codes of villages or
    regencies, or row numbers, that are known beforehand; `field` and `message` belong to a cell.
    """

    key: str
    kind: str
    regency: str = ""
    choices: tuple[str, ...] = ()
    field: str = ""
    message: str = ""


@dataclass(slots=True)
class Planned:
    """One row and what it would do. `changes`: (column, stored, new); `joins`: the year in which it makes a participant."""

    row: Row
    outcome: str = ""
    code: str = ""
    how: str = ""
    note: str = ""
    values: dict = field(default_factory=dict)
    changes: tuple = ()
    year: int | None = None
    joins: int | None = None
    library: int | None = None
    version: int | None = None
    problem: Problem | None = None

    @property
    def number(self):
        return self.row.number

    def skip(self, why):
        self.outcome, self.note, self.problem = SKIPPED, why, None

    def ask(self, problem):
        self.outcome, self.problem = PROBLEM, problem


@dataclass
class Plan:
    """`answers` problem → the answer that was taken; `settled` problem → the rows it settled."""

    rows: list[Planned]
    skipped: list[Skipped]
    atlas: object
    answers: dict
    settled: dict

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
            told = (planned.number, planned.outcome, planned.code, planned.values, planned.changes, planned.joins)
            digest.update(repr(told).encode())
        return digest.hexdigest()[:20]


class Desk:
    """A person's answers, and which of them were taken for which rows."""

    def __init__(self, answers):
        self.answers, self.taken, self.rows = answers, {}, defaultdict(list)

    def ask(self, problem, one, accepts):
        """The answer to this problem if there is one that fits; otherwise the row becomes a question. None: it is settled."""
        answer = self.answers.get(problem.key)
        if answer is None or not (answer == SKIP or accepts(answer)):
            one.ask(problem)
            return None
        self.taken[problem] = answer
        self.rows[problem].append(one)
        if answer == SKIP:
            one.skip("dikeluarkan")
            return None
        return answer


def make_plan(rows, skipped, *, atlas, libraries, participations, answers, year, regency=""):
    """
    `libraries`: village code → (id, version, *LIBRARY_FIELDS); `participations`: set of (library id, year); `answers`:
    problem key → answer; `year`: the programme year of rows that name none; `regency`: the name of the regency that the
    list is of, for a list that names none in its rows.
    """
    planned, desk = [], Desk(answers)
    for row in rows:
        one = Planned(row._replace(regency=regency) if regency and not row.regency and not row.regency_code else row)
        planned.append(one)
        _place(one, atlas, desk)
        if not one.outcome:
            _read_cells(one, desk, year)
    _settle_repeats(planned, desk)
    made = set()
    for one in planned:
        if not one.outcome:
            _compare(one, libraries, participations, made)
    return Plan(planned, skipped, atlas, desk.taken, desk.rows)


def _place(one, atlas, desk):
    """Find the village; a question that was answered is settled as the person said."""
    written = one.row.written
    match = atlas.match(written)
    if not match.code and match.how in ANSWERED_BY_REGENCY:
        key = f"kab|{spelling.plain(written.province)}|{(written.regency or written.regency_code).casefold()}"
        problem = Problem(key, match.how, choices=match.choices)
        regency = desk.ask(problem, one, lambda code: code in atlas.regencies and atlas.within in (None, code[:2]))
        if regency is None:
            return
        match = atlas.match(written, regency_choice=regency)
    one.note = match.note
    if match.code:
        one.code, one.how = match.code, match.how
        return
    problem = Problem(_key_of(one.row, match), match.how, match.regency, match.choices)
    if code := desk.ask(problem, one, lambda code: _may_mean(code, match, atlas)):
        one.code, one.how = code, Match.CHOICE


def _may_mean(code, match, atlas):
    """
    A person's choice stays inside the regency that the row names, and the list's province; only where the row names a
    district of another regency may it be the village there.
    """
    if match.how in ONLY_SKIPPED or code not in atlas.villages:
        return False
    in_regency = not match.regency or code[:5] == match.regency or (match.how == Match.DISTRICT and code in match.choices)
    return in_regency and atlas.within in (None, code[:2])


def _key_of(row, match):
    """Rows with one key are one question. Two rows of a name that stands twice may mean one village each."""
    if match.how == Match.OUTSIDE:
        return f"luar|{match.regency}"
    district = "".join(spelling.district(row.district)[:1])
    name = f"{match.regency}|{district}|{spelling.plain(row.village)}"
    return f"baris|{row.number}|{name}" if match.how in OF_ONE_ROW else f"desa|{name}"


def _read_cells(one, desk, year):
    """Tidy what the row says; the first cell that cannot be taken is asked about. Every row needs a programme year."""
    row, one.year = one.row, year
    for name in (*LIBRARY_FIELDS, "year"):
        text = getattr(row, name)
        if not text and (name != "year" or year):
            continue
        read = tidy_year if name == "year" else partial(tidy, name)
        try:
            value = read(text)
        except CellError as error:
            # That no row has a year is one question; a cell that cannot be read is its row's own.
            key = f"baris|{row.number}|{name}|{text}" if text else f"sel|{name}|"
            problem = Problem(key, CELL, field=name, message=str(error))
            needed = name == "year" and not year
            text = desk.ask(problem, one, partial(_is_readable, read, needed))
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


def _settle_repeats(planned, desk):
    """
    A village that the list names more than once. Rows that say the same, or complete each other, are one; where they
    contradict each other a person chooses.
    """
    by_code = defaultdict(list)
    for one in planned:
        if not one.outcome:
            by_code[one.code].append(one)
    for code, group in by_code.items():
        if len(group) > 1:
            _settle(code, group, desk)


def _settle(code, group, desk):
    said = defaultdict(set)
    for one in group:
        for name, value in one.values.items():
            said[name].add(value)
    if any(len(values) > 1 for values in said.values()):
        numbers = tuple(str(one.number) for one in group)
        problem = Problem(f"ganda|{code}|{','.join(numbers)}", TWICE, code[:5], numbers)
        chosen = None
        for one in group:
            number = desk.ask(problem, one, lambda answer: answer in numbers)
            if number == str(one.number):
                chosen = one
        if chosen is None:
            return
        for one in group:
            one.values = one.values if one is chosen else {}
        group = [chosen, *(one for one in group if one is not chosen)]
    first, years, values = group[0], {group[0].year}, {}
    for one in group:
        values |= one.values
        one.values = {}
        if one is not first and one.year in years:
            one.skip(f"baris {first.number} yang dipakai")
        years.add(one.year)
    # What they say belongs to the library, which the earliest of them makes.
    min((one for one in group if not one.outcome), key=lambda one: one.number).values = values


def _compare(one, libraries, participations, made):
    """`made`: the villages that get their library by an earlier row, which then takes part in one more year by this one."""
    stored = libraries.get(one.code)
    if stored is None:
        one.outcome, one.joins = CHANGED if one.code in made else NEW, one.year
        made.add(one.code)
        return
    one.library, one.version, *columns = stored
    if one.values:
        old = dict(zip(LIBRARY_FIELDS, columns, strict=True))
        one.changes = tuple((name, old[name], value) for name, value in one.values.items() if not same(name, old[name], value))
    one.joins = one.year if one.year and (one.library, one.year) not in participations else None
    one.outcome = CHANGED if one.changes or one.joins else UNCHANGED
