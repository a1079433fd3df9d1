"""What became of the questions of a checklist between two of its versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.questions import Question


@dataclass(frozen=True)
class QuestionChange:
    """
    What became of one question between two versions: new (no `before`), gone (no `after`), or
    changed. `parts` are (what, before, after) of what differs.
    """

    before: Question | None
    after: Question | None
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def question(self):
        return self.after or self.before


PARTS = (
    ("Pertanyaan", lambda one: one.text),
    ("Bagian", lambda one: one.section),
    ("Bentuk jawaban", lambda one: one.kind_text),
    ("Pilihan", lambda one: one.choices_text),
    ("Wajib dijawab", lambda one: "ya" if one.required else "tidak"),
    ("Penjelasan", lambda one: one.help),
    ("Hasil program", lambda one: one.outcome_text),
)


def parts_of(question):
    """Return [(what, how it reads)] of everything a question says."""
    return [(what, read(question)) for what, read in PARTS]


def question_changes(before: Sequence[Question], after: Sequence[Question]):
    """Return the QuestionChange of every question that is not the same in both."""
    old, new = ({one.key: one for one in questions} for questions in (before, after))
    changes = []
    for question in after:
        then = old.get(question.key)
        if then is None:
            changes.append(QuestionChange(None, question))
        elif parts := tuple(
            (what, read(then), read(question))
            for what, read in PARTS
            if read(then) != read(question)
        ):
            changes.append(QuestionChange(then, question, parts))
    return changes + [QuestionChange(one, None) for one in before if one.key not in new]


def is_reordered(before: Sequence[Question], after: Sequence[Question]):
    """Return whether the questions that are in both stand in another order."""
    common = {one.key for one in before} & {one.key for one in after}
    orders = [[one.key for one in part if one.key in common] for part in (before, after)]
    return orders[0] != orders[1]
