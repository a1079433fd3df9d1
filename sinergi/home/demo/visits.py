"""
Storylines of visits to village libraries: two rounds in the year of the article, and two in the
months before the day of loading. All of them are samples.

The data stands in visits.toml. What an earlier visit recommended is answered by the next one at the
same library, or closed by hand.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from advocacy.actions import (
    VisitReport,
    add_photo,
    close_followup,
    record_visit,
    reopen_visit,
)
from advocacy.models import FollowUp, RecommendationAnswer, Visit, VisitAttendance
from sinergi.home.demo.checklists import stored_answers
from sinergi.home.demo.plans import VISITS
from sinergi.home.demo.timeline import at, workday_after, workday_before
from sinergi.home.demo.world import draw_shelves
from villages.models import Library

DATA = Path(__file__).with_suffix(".toml")


def visit_storylines(world):
    """Yield a storyline of each visit in visits.toml."""
    for row in tomllib.loads(DATA.read_text(encoding="utf-8"))["visits"]:
        yield visit_storyline(world, **row)


def visit_storyline(
    world,
    *,
    village,
    day=None,
    days_ago=0,
    clock="15.10",
    by="sekretariat",
    sent=True,
    photos=(),
    reopened=None,
    recommended=(),
    **said,
):
    """Yield the moments of a visit: it is written, sent, and what it recommended is closed."""
    day = day or workday_before(world.days_ago(days_ago))
    yield at(day, clock)
    by = world.users[by]
    report = _report(world, village, day, recommended, **said)
    visit = record_visit(report, by=by, send=sent and not photos)
    for text in photos:
        add_photo(visit=visit, safe=world.picture(text, draw=draw_shelves), by=by)
    if photos and sent:
        record_visit(VisitReport(visit=visit, version=visit.version), by=by, send=True)
    if reopened:
        yield from _corrected(world, visit, by, **reopened)
    closings = [
        (workday_after(day + timedelta(days=row["done_in"])), row)
        for row in recommended
        if "done_in" in row
    ]
    for closed_on, row in sorted(closings, key=lambda closing: closing[0]):
        yield at(closed_on, "15.40")
        _close(world, visit, **row)


def _report(
    world, village, day, recommended, *, went, guests=(), met, findings, answers=None, answered=()
):
    """Return a new visit and its rows."""
    visit = Visit(
        team=world.team,
        visited_on=day,
        purpose="both",
        met=met,
        findings=findings,
        activity=world.activity(VISITS, day),
    )
    visit.set_library(village_library(village))
    version = world.checklist.versions.in_force()
    visit.checklist_version = version
    visit.answers = stored_answers(world, version, answers or {})
    return VisitReport(
        visit=visit,
        attendance=[*_members(world, day, went), *_guests(guests)],
        recommendations=[_answer(visit, day, **row) for row in answered],
        followups=[_recommendation(world, day, **row) for row in recommended],
    )


def village_library(village):
    """Return the library of the village of this name."""
    rows = Library.objects.select_related("village", "regency", "province")
    return rows.get(name=f"Perpustakaan Desa {village}")


def _members(world, day, went):
    for membership in world.team.members_on(day):
        if membership.person.name in went:
            row = VisitAttendance(person=membership.person)
            row.take_from(membership)
            yield row


def _guests(guests):
    for name, institution in guests:
        yield VisitAttendance(name=name, institution=institution, is_guest=True)


def _recommendation(world, day, *, what, due_in, who=None, **_):
    """Return what is left to this member, or to whoever runs the library."""
    person = world.people[who] if who else None
    return FollowUp(what=what, person_in_charge=person, due_on=day + timedelta(days=due_in))


def _answer(visit, day, *, what, answer, note, due_in=None):
    """Return what the visit says of the open recommendation with these words."""
    followup = FollowUp.objects.recommended_to(visit.library).open().get(what=what)
    due_on = None if due_in is None else day + timedelta(days=due_in)
    return RecommendationAnswer(followup=followup, answer=answer, note=note, due_on=due_on)


def _corrected(world, visit, by, *, reason, findings):
    """Yield the moments of a visit that is taken back by the chair, corrected and sent again."""
    yield at(workday_after(visit.visited_on + timedelta(days=1)), "09.05")
    reopen_visit(visit=_stored(visit), by=world.chair, reason=reason)
    yield at(workday_after(visit.visited_on + timedelta(days=2)), "10.25")
    visit = _stored(visit)
    visit.findings = findings
    record_visit(VisitReport(visit=visit, version=visit.version), by=by, send=True)


def _close(world, visit, *, what, result, **_):
    """Close it by the person in charge, if they have an account, else by the secretariat."""
    followup = FollowUp.objects.with_names().get(visit=visit, what=what)
    holder = followup.person_in_charge
    by = (holder and holder.user) or world.secretariat
    close_followup(followup=followup, note=result, by=by)


def _stored(visit):
    return Visit.objects.select_related(
        "team__province", "library__village", "library__regency", "library__province"
    ).get(pk=visit.pk)
