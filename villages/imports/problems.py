"""Problems of the rows of a list, and how a person's answers settle them."""

import dataclasses
from collections import defaultdict
from dataclasses import dataclass

from villages.imports.rows import ListRow
from villages.matching import Match
from villages.row_numbers import row_label

NEW, CHANGED, UNCHANGED, PROBLEM, SKIPPED = "new", "changed", "unchanged", "problem", "skipped"
#: The answer that takes a row out of the import.
SKIP = "lewati"
#: … that makes several rows of one village one, and those to columns that seem to be swapped.
SAME, SWAP, KEEP = "sama", "tukar", "biarkan"
#: … that takes the regency of the row above, for one that writes none, or a sign that says so.
ABOVE = "atas"
CELL, TWICE, DISTRICTS, SWAPPED = "cell", "twice", "districts", "swapped"
#: Problems that are answered with a regency, and that no answer but leaving the row out can solve.
ANSWERED_BY_REGENCY, ONLY_SKIPPED = {Match.UNKNOWN_REGENCY}, {Match.OUTSIDE}
#: What an answer is taken from; all else is answered with a village.
ANSWERED_BY_ROW = {TWICE, DISTRICTS}
#: Problems that every row has for itself.
OF_ONE_ROW = {Match.NO_VILLAGE, Match.NO_REGENCY, Match.AMBIGUOUS, Match.NEARER}
#: How the keys of answers begin that say nothing once another sheet, header or column is read.
OF_A_LAYOUT = ("baris|", "ganda|", "kembar|", "tukar|")
#: Of how many rows a question offers one: a village on 20,000 rows is mended in the list, not on a
#: page.
OFFERED = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A question. Rows with the same `key` are one question, answered together. `choices` are codes of
    villages, districts or regencies, or row numbers, that are known beforehand; `labels`: rows as
    the file numbers them; `more`: how many there are beyond the choices; `above`: the regency of
    the row above, where that may be the answer; `field` and `message` belong to a cell.
    """

    key: str
    kind: str
    regency: str = ""
    choices: tuple[str, ...] = dataclasses.field(default=(), compare=False)
    field: str = ""
    message: str = ""
    labels: tuple[str, ...] = dataclasses.field(default=(), compare=False)
    more: int = dataclasses.field(default=0, compare=False)
    above: str = dataclasses.field(default="", compare=False)


@dataclass(slots=True)
class PlannedRow:
    """
    One row and what it would do. `changes`: (column, stored, new); `joins`: the year in which it
    makes a participant.
    """

    row: ListRow
    outcome: str = ""
    code: str = ""
    how: str = ""
    note: str = ""
    values: dict = dataclasses.field(default_factory=dict)
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
        """Leave the row out of the import."""
        self.outcome, self.note, self.problem = SKIPPED, why, None

    def hold(self, problem):
        """Hold the row back until the problem is settled."""
        self.outcome, self.problem = PROBLEM, problem


class Resolver:
    """
    Settles problems by a person's `answers` (problem key → answer), and keeps which of them were
    taken for which rows. `tables`: the names of the tables that the rows stand in.
    """

    def __init__(self, answers, tables=()):
        self.answers, self.tables, self.taken, self.rows = answers, tables, {}, defaultdict(list)

    def label_of(self, number):
        return row_label(int(number), self.tables)

    def resolve(self, problem, one, accepts):
        """
        Return the answer to this problem if there is one that fits; otherwise the row becomes a
        question. None: it is settled.
        """
        answer = self.answers.get(problem.key)
        if answer is None or not (answer == SKIP or accepts(answer)):
            one.hold(problem)
            return None
        self.taken[problem] = answer
        self.rows[problem].append(one)
        if answer == SKIP:
            one.skip("dikeluarkan")
            return None
        return answer
