"""Problems as questions on a page, with what was answered."""

import hashlib

from django.utils.functional import cached_property

from villages.imports.cells import CellError, clean_cell, clean_year
from villages.imports.columns import LABELS
from villages.imports.problems import CELL, DISTRICTS, SKIP, SWAPPED
from villages.imports.rows import ListRow
from villages.imports.wording import (
    place_named,
    problem_choices,
    problem_hint,
    problem_title,
    takes_other,
)
from villages.matching import Match

MAX_TYPED = 32_767  # characters


#: In which order a problem shows its row.
CELLS = (
    "village",
    "regency",
    "district",
    *(name for name in ListRow._fields[1:] if name not in ("village", "regency", "district")),
)


#: What may be named instead of what is offered, where it is not a village.
OTHER = {Match.UNKNOWN_REGENCY: "Kabupaten/kota lain", Match.UNLISTED: "Kecamatan lain"}


#: Which cell a problem is about, where it is not the village.
WRONG = {
    Match.UNKNOWN_REGENCY: "regency",
    Match.NO_REGENCY: "regency",
    **dict.fromkeys([Match.DISTRICT, Match.UNLISTED, Match.NEARER, DISTRICTS, SWAPPED], "district"),
}


class ImportQuestion:
    """
    A problem as it stands on the page: its rows, its choices, and what was answered. What is not
    shown costs nothing.
    """

    def __init__(self, problem, rows, plan, answer=None):
        self.problem, self.rows, self.plan, self.answer = problem, rows, plan, answer
        self.token = hashlib.sha256(problem.key.encode()).hexdigest()[:12]
        self.is_cell, self.takes_other = problem.kind == CELL, takes_other(problem)
        self.other = OTHER.get(problem.kind, "Desa lain")
        self.cell = getattr(self.row, problem.field, "") if self.is_cell else ""
        self.label = LABELS.get(problem.field, "")
        self.error, self.sent, self.unanswered = "", None, ""

    @property
    def row(self):
        return self.rows[0].row

    @property
    def title(self):
        return problem_title(self.problem, self.row, self.plan.atlas)

    @property
    def hint(self):
        return problem_hint(self.problem, self.row, self.plan.atlas, len(self.rows))

    @cached_property
    def choices(self):
        return problem_choices(self.problem, self.row, self.plan.atlas)

    @cached_property
    def values(self):
        return {choice.value for choice in self.choices}

    @property
    def checked(self):
        """The value of the choice that is marked."""
        if self.sent:
            return self.sent[0]
        return self.answer if self.answer in self.values else ""

    @property
    def typed(self):
        if self.sent:
            return self.sent[1]
        if self.answer is None or (self.is_cell and self.answer == SKIP):
            return self.cell
        return "" if self.checked else self.answer

    def display_value(self, answer):
        """Return an answer in words."""
        if answer is None:
            return "(belum dipilih)"
        names = {choice.value: choice.label for choice in self.choices}
        atlas = self.plan.atlas
        places = (
            atlas.villages.get(answer) or atlas.districts.get(answer) or atlas.regencies.get(answer)
        )
        return names.get(answer) or places or answer or "(dikosongkan)"

    def demand(self):
        """Say beside the question that it needs an answer."""
        self.unanswered = (
            "Betulkan isinya, kosongkan, atau keluarkan barisnya."
            if self.is_cell
            else "Pilih artinya."
        )

    @property
    def cells(self):
        """(text, whether it is what is wrong, name) of each cell of the row."""
        wrong = WRONG.get(self.problem.kind, "village")
        return [
            (
                getattr(self.row, field),
                field == (self.problem.field or wrong),
                LABELS[field].lower(),
            )
            for field in CELLS
            if getattr(self.row, field) or field in ("regency", "district", "village")
        ]

    @property
    def numbers(self):
        """ "7", "7 dan 9", "7, 9, 12 dan 40 lain" """
        numbers = [self.plan.label_of(one.number) for one in self.rows[:4]]
        if len(self.rows) > 4:
            return f"{', '.join(numbers[:3])} dan {len(self.rows) - 3} lain"
        return " dan ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))

    def read(self, data):
        """Take the answer from a POST; what cannot be taken stays as it was typed, with `error`."""
        if f"jawab-{self.token}" not in data and f"isi-{self.token}" not in data:
            return  # it was not on the page
        checked, before = data.get(f"jawab-{self.token}", ""), self.typed
        typed = data.get(f"isi-{self.token}", "").replace("\x00", "").strip()[:MAX_TYPED]
        self.sent, self.answer = (checked, typed), None
        if self.is_cell:
            self._read_cell(checked, typed)
        elif typed and checked in ("", "lain"):
            code, self.error = place_named(typed, self.problem, self.plan.atlas)
            self.answer = code or None
        elif typed and typed != before:
            self.error = "Anda memilih dan juga menulis. Pilih salah satu."
        elif checked == "lain":
            self.error = "Tulis namanya, atau pilih yang lain."
        elif checked in self.values:
            self.answer = checked

    def _read_cell(self, checked, typed):
        if checked == SKIP:
            self.answer = SKIP
        elif typed != self.cell[:MAX_TYPED]:
            try:
                if typed or not self.cell:
                    clean_year(typed) if self.problem.field == "year" else clean_cell(
                        self.problem.field, typed
                    )
                self.answer = typed
            except CellError as error:
                self.error = str(error)


def questions_of(plan):
    """Return the open questions of the plan, and those that have been answered."""
    open_ones = [ImportQuestion(problem, rows, plan) for problem, rows in plan.questions().items()]
    settled = [
        ImportQuestion(problem, plan.settled[problem], plan, answer)
        for problem, answer in plan.answers.items()
    ]
    return open_ones, settled
