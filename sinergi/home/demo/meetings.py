"""
How a meeting of the demonstration is told: planned, held, sent, approved, its follow-ups done.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from advocacy.actions import Minutes, record_meeting
from advocacy.models import AgendaItem, Attendance, FollowUp, Meeting
from sinergi.home.demo.telling import at, workday_after, workday_before

State, Kind, Presence = Meeting.State, Meeting.Kind, Attendance.Presence
OFFICE_ROOM = "Ruang rapat Dinas Kearsipan dan Perpustakaan"
ALWAYS_THERE = 3  # of those the roster begins with; of the others one is now and then excused


@dataclass(frozen=True)
class Task:
    """A follow-up; `done` is the day on which it was closed, None while it is open."""

    what: str
    who: str
    due: date
    done: date | None = None
    came: str = ""


@dataclass(frozen=True)
class Occasion:
    """
    A meeting as it went. `agenda`: (topic, notes, decision); `guests`: (name, institution);
    `until`: where it stands.
    """

    key: str
    title: str
    day: date
    agenda: tuple = ()
    tasks: tuple[Task, ...] = ()
    kind: str = Kind.INTERNAL
    start: str = "09.00"
    end: str = "11.30"
    place: str = OFFICE_ROOM
    regency: str | None = None
    activity: str = ""
    guests: tuple = ()
    cases: tuple[str, ...] = ()
    came: tuple[str, ...] = ()  # of the members; empty: all but a few
    chair: str = "Sekretaris DKPUS"
    planned: date | None = None
    until: str = State.APPROVED
    asked_to_mend: str = ""
    more: dict = field(default_factory=dict)  # what an audience says


def told(world, occasion):
    """The whole thread."""
    yield at(occasion.planned or workday_before(occasion.day - timedelta(days=10)), "10.20")
    meeting = planned(world, occasion).save_as(by=world.desk)
    yield from minutes(world, occasion, meeting)


def planned(world, occasion):
    """The meeting ahead, not saved."""
    return Meeting(
        kind=occasion.kind,
        title=occasion.title,
        starts_at=at(occasion.day, occasion.start),
        place=occasion.place,
        regency_id=occasion.regency,
        activity=world.activity(occasion.activity, occasion.day),
        chair=world.people[occasion.chair],
        note_taker=world.people["PIC Program DKPUS"],
        **world.of_team,
    )


def minutes(world, occasion, meeting):
    """From the day it was held."""
    yield at(occasion.day, occasion.end)
    meeting = _stored(meeting)
    _write(world, occasion, meeting)
    world.meetings[occasion.key] = meeting
    if occasion.until == State.HELD:
        return
    sent = workday_after(occasion.day + timedelta(days=1))
    yield at(sent, "09.35")
    _stored(meeting).submit(by=world.desk)
    if occasion.until == State.SUBMITTED:
        return
    if occasion.until == State.RETURNED:
        yield at(workday_after(sent + timedelta(days=3)), "14.10")
        _stored(meeting).send_back(by=world.chair, reason=occasion.asked_to_mend)
        return
    approved = at(workday_after(sent + timedelta(days=2)), "08.50")
    closed = [(at(task.done, "15.30"), task) for task in occasion.tasks if task.done]
    for moment, task in sorted([(approved, None), *closed], key=lambda step: step[0]):
        yield moment
        if task is None:
            _stored(meeting).approve(by=world.chair)
        else:
            _close(world, meeting, task)


def _stored(meeting):
    return Meeting.objects.select_related("team__province", "province").get(pk=meeting.pk)


def _write(world, occasion, meeting):
    meeting.ends_at = at(occasion.day, occasion.end)
    for name, value in occasion.more.items():
        setattr(meeting, name, value)
    record_meeting(
        Minutes(
            meeting=meeting,
            version=meeting.version,
            roster=_roster(world, occasion),
            guests=[
                Attendance(name=name, institution=office, is_guest=True, presence=Presence.PRESENT)
                for name, office in occasion.guests
            ],
            agenda=[
                AgendaItem(topic=topic, notes=notes, decision=decision)
                for topic, notes, decision in occasion.agenda
            ],
            followups=[
                FollowUp(what=task.what, person_in_charge=world.people[task.who], due_on=task.due)
                for task in occasion.tasks
            ],
            cases=[world.cases[key] for key in occasion.cases],
        ),
        by=world.desk,
    )


def _roster(world, occasion):
    """The members of that day. A draft does not know of the last two yet whether they came."""
    rows, members = [], world.team.members_on(occasion.day)
    for order, membership in enumerate(members):
        row = Attendance(person=membership.person, order=order, presence=Presence.PRESENT)
        row.take_from(membership)
        if occasion.came and row.name not in occasion.came:
            row.presence = Presence.ABSENT
        elif (
            not occasion.came
            and order >= ALWAYS_THERE
            and (order + occasion.day.toordinal()) % 6 == 0
        ):
            row.presence, row.note = Presence.EXCUSED, "Tugas luar"
        if occasion.until == State.HELD and order >= len(members) - 2:
            row.presence, row.note = "", ""
        rows.append(row)
    return rows


def _close(world, meeting, task):
    """By whoever holds it, if they have an account, else by the secretariat."""
    followup = FollowUp.objects.select_related("meeting", "province", "person_in_charge__user").get(
        meeting=meeting.pk, what=task.what
    )
    followup.close(by=followup.person_in_charge.user or world.desk, note=task.came)
