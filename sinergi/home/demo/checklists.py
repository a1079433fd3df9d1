"""
The storyline of what is asked on visits: the sample for village libraries, published, and its next
version before the second round of visits, with a question in other words, one less and one more.
"""

from dataclasses import replace
from datetime import date

from advocacy.actions import begin_draft, create_sample, publish_draft, save_questions
from advocacy.questions import NO, YES, Outcome, Question, clean_answer
from sinergi.home.demo.timeline import at

#: What the answers in visits.toml call the questions of the sample, in their order.
NAMES = (
    "open",
    "days",
    "hours",
    "training",
    "computers",
    "internet",
    "guestbook",
    "visitors",
    "participants",
    "event",
    "support",
    "budget",
    "obstacle",
)
RENAMED = {"computers": "Komputer yang dapat dipakai pemustaka"}
REMOVED = "event"
ONE_MORE = Question(
    "",
    "Kegiatan diberitakan media sejak kunjungan lalu",
    section="Komitmen",
    outcome=Outcome.COMMITMENT,
)


def checklist_storylines(world):
    """Yield the storylines of this module."""
    yield sample(world)


def sample(world):
    yield at(date(2019, 2, 11), "09.30")
    by = world.users["admin"]
    checklist = create_sample(province=world.team.province, by=by)
    draft = checklist.versions.get()
    yield at(date(2019, 2, 14), "10.15")
    publish_draft(draft=draft, by=by, version=draft.version)
    world.checklist = checklist
    world.questions = dict(zip(NAMES, (one.key for one in draft.asked), strict=True))
    yield at(date(2019, 8, 27), "09.00")
    checklist.refresh_from_db()
    draft = begin_draft(checklist=checklist, by=by, version=checklist.version)
    yield at(date(2019, 8, 27), "09.40")
    save_questions(draft=draft, questions=_changed(world, draft), by=by, version=draft.version)
    world.questions["media"] = draft.asked[-2].key
    yield at(date(2019, 8, 29), "13.30")
    publish_draft(draft=draft, by=by, version=draft.version)


def _changed(world, draft):
    """Return the questions of the next version."""
    texts = {world.questions[name]: text for name, text in RENAMED.items()}
    *others, last = [
        replace(one, text=texts.get(one.key, one.text))
        for one in draft.asked
        if one.key != world.questions[REMOVED]
    ]
    return [*others, ONE_MORE, last]


def stored_answers(world, version, said):
    """Return {key: answer} of {name of a question: what a person would choose or type}."""
    asked = {one.key: one for one in version.asked}
    answers = {}
    for name, value in said.items():
        question = asked[world.questions[name]]
        answers[question.key] = clean_answer(question, _texts(question, value))
    return answers


def _texts(question, value):
    """Return what the fields of the form would send."""
    if isinstance(value, bool):
        return [YES if value else NO]
    keys = {choice.label: choice.key for choice in question.choices}
    values = value if isinstance(value, list) else [value]
    return [keys[one] if keys else str(one) for one in values]
