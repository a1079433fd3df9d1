"""
The storyline of what is asked on visits: the sample for village libraries, published, and its next
version a year later.
"""

from datetime import date

from advocacy.actions import begin_draft, create_sample, publish_draft, save_questions
from advocacy.questions import Outcome, Question
from sinergi.home.demo.timeline import at

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
    yield at(date(2020, 1, 20), "09.00")
    checklist.refresh_from_db()
    draft = begin_draft(checklist=checklist, by=by, version=checklist.version)
    yield at(date(2020, 1, 20), "09.40")
    *others, last = draft.asked
    asked = [*others, ONE_MORE, last]
    save_questions(draft=draft, questions=asked, by=by, version=draft.version)
    yield at(date(2020, 1, 22), "13.30")
    publish_draft(draft=draft, by=by, version=draft.version)
