"""
The questions of a checklist, and the answers to them: plain values, which know no table.

A version of a checklist stores its questions as JSON (`write_questions`, `read_questions`). A
question keeps its key through every version, so that the answers of two visits can be laid beside
each other (advocacy.last_answers) even where its words were changed in between.

What an answer is stored as, by the question's kind:

    yes_no           true or false
    number           a whole number from 0
    decimal          a decimal number from 0 as text, with a point: "6.5"
    one              the key of the choice
    several          a list of keys, in the order of the choices
    text             text

Whatever was not answered is None, or is not there at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.db.models import TextChoices

from sinergi.kit.text import plain_text, thousands
from villages.reports.fields import Outcome

MAX_QUESTIONS = 100
MAX_CHOICES = 20
MAX_TEXT, MAX_SECTION, MAX_UNIT, MAX_LABEL, MAX_HELP = 300, 100, 30, 150, 300
MAX_ANSWER = 2000  # characters of a text
#: What no count of a village library reaches.
TOO_LARGE = 10**9

#: Of questions and of choices; the numbers of both are counted together.
KEY, CHOICE_KEY = re.compile(r"k([1-9]\d{0,5})", re.ASCII), re.compile(r"c[1-9]\d{0,5}", re.ASCII)
#: 1250 or 1.250, as numbers are written in Bahasa Indonesia.
WHOLE = re.compile(r"\d+|\d{1,3}(\.\d{3})+", re.ASCII)
#: The same with up to two decimals; a keyboard may have nothing but the point.
DECIMAL = re.compile(r"(?P<whole>\d+|\d{1,3}(?:\.\d{3})+)(?:,(?P<part>\d{1,2}))?", re.ASCII)
POINT = re.compile(r"(?P<whole>\d+)\.(?P<part>\d{1,2})", re.ASCII)


class Kind(TextChoices):
    """What an answer is."""

    YES_NO = "yes_no", "Ya atau tidak"
    NUMBER = "number", "Jumlah (angka bulat)"
    DECIMAL = "decimal", "Ukuran (boleh berkoma)"
    ONE = "one", "Satu dari beberapa pilihan"
    SEVERAL = "several", "Beberapa dari pilihan"
    TEXT = "text", "Tulisan"


#: Those that are counted in a unit, and those that choose.
MEASURED = (Kind.NUMBER, Kind.DECIMAL)
CHOOSING = (Kind.ONE, Kind.SEVERAL)
YES, NO = "ya", "tidak"
YES_NO = ((YES, "Ya"), (NO, "Tidak"))


class MalformedQuestions(ValueError):
    """These are no questions; the message says what is wrong with them, for whoever reads a log."""


class InvalidAnswer(ValueError):
    """The question cannot be answered so; the message is for the person who did."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str


@dataclass(frozen=True)
class Question:
    """
    One question. `key` is "" until it is first saved. `unit` is what is counted ("hari"), `section`
    the heading it stands under, `outcome` a value of Outcome or "".
    """

    key: str
    text: str
    section: str = ""
    kind: Kind = Kind.YES_NO
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    help: str = ""
    outcome: str = ""

    @property
    def kind_text(self):
        """Return kind and unit: Jumlah (angka bulat), hari"""
        return ", ".join(filter(None, [self.kind.label, self.unit]))

    @property
    def outcome_text(self):
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def choices_text(self):
        return "; ".join(choice.label for choice in self.choices)

    @property
    def outline(self):
        """Return all it says beside its words: Layanan; Jumlah (angka bulat), hari; …"""
        required = "wajib dijawab" if self.required else ""
        said = [self.section, self.kind_text, self.choices_text, required, self.outcome_text]
        return "; ".join(filter(None, [*said, self.help]))


# Stored -----------------------------------------------------------------------------------------
def write_questions(questions: Iterable[Question]):
    """Return the questions as JSON; `read_questions` gives the same back."""
    return [
        {
            "key": one.key,
            "text": one.text,
            "section": one.section,
            "kind": one.kind.value,
            "unit": one.unit,
            "choices": [{"key": choice.key, "label": choice.label} for choice in one.choices],
            "required": one.required,
            "help": one.help,
            "outcome": str(one.outcome),
        }
        for one in questions
    ]


def read_questions(stored) -> tuple[Question, ...]:
    """
    Return the questions of this JSON. Raises MalformedQuestions: nothing is guessed or left out.
    """
    if not isinstance(stored, list) or len(stored) > MAX_QUESTIONS:
        raise MalformedQuestions(f"not a list of at most {MAX_QUESTIONS} questions")
    questions = tuple(_read_question(one) for one in stored)
    keys = [one.key for one in questions]
    keys += [choice.key for one in questions for choice in one.choices]
    if len(set(keys)) < len(keys):
        raise MalformedQuestions("a key stands twice")
    return questions


def _read_question(stored):
    names = {one.name for one in fields(Question)}
    if not isinstance(stored, dict) or set(stored) != names:
        raise MalformedQuestions(f"a question has exactly {sorted(names)}")
    texts = {"text": MAX_TEXT, "section": MAX_SECTION, "unit": MAX_UNIT, "help": MAX_HELP}
    for name, longest in texts.items():
        _check_text(stored[name], longest, name)
    if not stored["text"]:
        raise MalformedQuestions("a question without words")
    if stored["kind"] not in Kind.values or stored["outcome"] not in ("", *Outcome.values):
        raise MalformedQuestions("an unknown kind or outcome")
    if not isinstance(stored["required"], bool):
        raise MalformedQuestions("required is true or false")
    question = Question(
        **stored | {"kind": Kind(stored["kind"]), "choices": _read_choices(stored["choices"])}
    )
    _check_key(question.key, KEY)
    if question.unit and question.kind not in MEASURED:
        raise MalformedQuestions("a unit of something that is not measured")
    if bool(question.choices) != (question.kind in CHOOSING) or len(question.choices) == 1:
        raise MalformedQuestions("choices belong to kinds that choose, at least two")
    return question


def _read_choices(stored):
    if not isinstance(stored, list) or len(stored) > MAX_CHOICES:
        raise MalformedQuestions(f"not a list of at most {MAX_CHOICES} choices")
    for one in stored:
        if not isinstance(one, dict) or set(one) != {"key", "label"}:
            raise MalformedQuestions("a choice has a key and a label")
        _check_key(one["key"], CHOICE_KEY)
        _check_text(one["label"], MAX_LABEL, "label")
    if not all(one["label"] for one in stored):
        raise MalformedQuestions("a choice without words")
    if len({label_key(one["label"]) for one in stored}) < len(stored):
        raise MalformedQuestions("two choices of the same words")
    return tuple(Choice(**one) for one in stored)


def _check_text(value, longest, name):
    if not isinstance(value, str) or len(value) > longest or value != plain_text(value):
        raise MalformedQuestions(f"{name} is not a plain text of at most {longest} characters")


def _check_key(key, pattern):
    if not isinstance(key, str) or not pattern.fullmatch(key):
        raise MalformedQuestions(f"a key is {pattern.pattern}")


# Keys -------------------------------------------------------------------------------------------
def with_keys(questions: Iterable[Question], before: Iterable[Question], last_key: int):
    """
    Return (the questions with their keys, the last key given out).

    One number is counted up for all keys of a checklist, so that none is ever given to another
    question. A question keeps the key it was given, the first of two that claim the same. Its
    choices keep those of the same question `before`, where the words are the same; a choice whose
    words were changed is another choice, for nobody can know whether it means the same.
    """
    known, taken, made = {one.key: one for one in before}, set(), []
    for question in questions:
        key = question.key
        if key in taken or not 1 <= _number_of(key) <= last_key:
            last_key += 1
            key = f"k{last_key}"
        taken.add(key)
        old = {label_key(one.label): one.key for one in known[key].choices} if key in known else {}
        choices = []
        for choice in question.choices:
            choice_key = old.get(label_key(choice.label))
            if choice_key is None:
                last_key += 1
                choice_key = f"c{last_key}"
            choices.append(Choice(choice_key, choice.label))
        made.append(replace(question, key=key, choices=tuple(choices)))
    return tuple(made), last_key


def _number_of(key):
    """Return the number of a key, or 0 of what is none."""
    match = KEY.fullmatch(key)
    return int(match[1]) if match else 0


def label_key(words):
    """Return words as they are compared: without case, extra spaces and a full stop."""
    return " ".join(words.casefold().split()).rstrip(".")


# Answers ----------------------------------------------------------------------------------------
def clean_answer(question: Question, texts: Sequence[str]):
    """
    Return what is stored for these texts of a form, or None where nothing was answered. Raises
    InvalidAnswer.
    """
    multiline = question.kind == Kind.TEXT
    given = [one for text in texts if (one := plain_text(text, multiline=multiline).strip())]
    if not given:
        return None
    if question.kind == Kind.SEVERAL:
        return _chosen(question, given)
    if len(given) > 1:
        raise InvalidAnswer("Beri satu jawaban saja.")
    return {
        Kind.YES_NO: _yes_or_no,
        Kind.NUMBER: _whole_number,
        Kind.DECIMAL: _decimal_number,
        Kind.ONE: lambda text: _chosen(question, [text])[0],
        Kind.TEXT: _text,
    }[question.kind](given[0])


def _yes_or_no(text):
    if text not in (YES, NO):
        raise InvalidAnswer("Pilih Ya atau Tidak.")
    return text == YES


def _whole_number(text):
    text = text.replace(" ", "")
    if not WHOLE.fullmatch(text):
        raise InvalidAnswer("Tulis angka bulat, misalnya 12. Bila tidak ada, tulis 0.")
    return _within_reason(int(text.replace(".", "")[:20]))


def _decimal_number(text):
    text = text.replace(" ", "")
    match = POINT.fullmatch(text) or DECIMAL.fullmatch(text)
    if not match:
        raise InvalidAnswer("Tulis angka, misalnya 6 atau 6,5. Bila tidak ada, tulis 0.")
    whole = _within_reason(int(match["whole"].replace(".", "")[:20]))
    part = (match["part"] or "").rstrip("0")
    return f"{whole}.{part}" if part else str(whole)


def _within_reason(number):
    if number >= TOO_LARGE:
        raise InvalidAnswer("Angka ini terlalu besar. Periksa lagi.")
    return number


def _chosen(question, keys):
    if not set(keys) <= {choice.key for choice in question.choices}:
        raise InvalidAnswer("Pilih dari daftarnya.")
    return [choice.key for choice in question.choices if choice.key in keys]


def _text(text):
    if len(text) > MAX_ANSWER:
        raise InvalidAnswer(f"Paling banyak {MAX_ANSWER} huruf; sekarang {len(text)}.")
    return text


def display_answer(question: Question, value):
    """Return a stored answer in the words of the question that it answered; "" for none."""
    if value is None:
        return ""
    labels = {choice.key: choice.label for choice in question.choices}
    match question.kind:
        case Kind.YES_NO:
            return "Ya" if value else "Tidak"
        case Kind.NUMBER:
            return f"{thousands(value)} {question.unit}".strip()
        case Kind.DECIMAL:
            whole, _, part = value.partition(".")
            number = ",".join(filter(None, [thousands(int(whole)), part]))
            return f"{number} {question.unit}".strip()
        case Kind.ONE:
            return labels[value]
        case Kind.SEVERAL:
            return "; ".join(labels[key] for key in value)
        case _:
            return value


def form_texts(question: Question, value):
    """Return what the fields of a form hold for a stored answer: `clean_answer` reads it back."""
    if value is None:
        return []
    match question.kind:
        case Kind.YES_NO:
            return [YES if value else NO]
        case Kind.DECIMAL:
            return [value.replace(".", ",")]
        case Kind.SEVERAL:
            return list(value)
        case _:
            return [str(value)]


def unanswered(questions: Iterable[Question], answers: Mapping[str, object]):
    """Return the questions that have to be answered and are not."""
    return [one for one in questions if one.required and answers.get(one.key) is None]
