"""The questions of today beside their last answers: plain values, which know no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from advocacy.questions import Kind, Question, display_answer


@dataclass(frozen=True)
class Answered:
    """What was answered on a day, to the questions as they were asked then: {key: answer}."""

    day: date
    questions: tuple[Question, ...]
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LastAnswer:
    """
    A question of today beside its last answer: `text` in the words of then, and the `day`.

    `is_new`: it was never asked before. `same` is what "sama seperti lalu" would answer; None where
    the last answer does not answer the question of today.
    """

    question: Question
    text: str = ""
    day: date | None = None
    is_new: bool = True
    same: object = None


def line_up(questions: Iterable[Question], earlier: Iterable[Answered]) -> list[LastAnswer]:
    """
    Return each question beside its last answer; `earlier` are the visits before, the newest first.
    """
    asked, last = set(), {}
    for visit in earlier:
        for then in visit.questions:
            asked.add(then.key)
            value = visit.answers.get(then.key)
            if value is not None:
                last.setdefault(then.key, (visit.day, then, value))
    return [
        _beside(one, *last[one.key])
        if one.key in last
        else LastAnswer(one, is_new=one.key not in asked)
        for one in questions
    ]


def _beside(question, day, then, value):
    same = value if answers_too(question, then, value) else None
    return LastAnswer(question, display_answer(then, value), day, is_new=False, same=same)


def answers_too(question: Question, then: Question, value):
    """
    Return whether an answer to the question as it was asked then answers it as it is asked now:
    what is measured is measured in the same unit, and what was chosen can still be chosen.
    """
    if question.kind != then.kind or question.unit != then.unit:
        return False
    keys = {Kind.ONE: [value], Kind.SEVERAL: value}.get(question.kind, ())
    return set(keys) <= {choice.key for choice in question.choices}
