"""
Write a meeting of the demonstration: planned, held, sent, approved, its follow-ups closed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from advocacy.actions import MeetingMinutes, record_meeting
from advocacy.models import AgendaItem, Attendance, FollowUp, Meeting
from sinergi.home.demo.timeline import at, workday_after, workday_before

State, Kind, Presence = Meeting.State, Meeting.Kind, Attendance.Presence
OFFICE_ROOM = "Ruang rapat Dinas Kearsipan dan Perpustakaan"
ALWAYS_THERE = 3  # of those the roster begins with; of the others one is now and then excused


@dataclass(frozen=True)
class SampleFollowUp:
    """A follow-up; `closed_on` is None while it is open."""

    what: str
    who: str
    due: date
    closed_on: date | None = None
    result: str = ""


@dataclass(frozen=True)
class SampleMeeting:
    """
    A meeting and what becomes of it.

    `agenda` is (topic, notes, decision), `guests` (name, institution); `until` is the state in
    which the meeting stays, and `review_note` the reason of one that is sent back.
    """

    key: str
    title: str
    day: date
    agenda: tuple = ()
    followups: tuple[SampleFollowUp, ...] = ()
    kind: str = Kind.INTERNAL
    start: str = "09.00"
    end: str = "11.30"
    place: str = OFFICE_ROOM
    regency: str | None = None
    activity: str = ""  # title of a planned activity
    guests: tuple = ()
    cases: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # of the members; empty: all but a few
    chair: str = "Sekretaris DKPUS"
    planned_on: date | None = None
    until: str = State.APPROVED
    review_note: str = ""
    more: dict = field(default_factory=dict)  # further columns, of an audience


def meeting_storyline(world, sample):
    """Yield the moments of a meeting, from its planning to its last follow-up."""
    yield at(sample.planned_on or workday_before(sample.day - timedelta(days=10)), "10.20")
    meeting = build_meeting(world, sample).save_as(by=world.secretariat)
    yield from minutes_storyline(world, sample, meeting)


def build_meeting(world, sample):
    """Return the planned meeting, not saved."""
    return Meeting(
        kind=sample.kind,
        title=sample.title,
        starts_at=at(sample.day, sample.start),
        place=sample.place,
        regency_id=sample.regency,
        activity=world.activity(sample.activity, sample.day),
        chair=world.people[sample.chair],
        note_taker=world.people["PIC Program DKPUS"],
        **world.team_fields,
    )


def minutes_storyline(world, sample, meeting):
    """Yield the moments of a meeting from the day on which it is held."""
    yield at(sample.day, sample.end)
    meeting = _stored(meeting)
    _write(world, sample, meeting)
    world.meetings[sample.key] = meeting
    if sample.until == State.HELD:
        return
    sent = workday_after(sample.day + timedelta(days=1))
    yield at(sent, "09.35")
    _stored(meeting).submit(by=world.secretariat)
    if sample.until == State.SUBMITTED:
        return
    if sample.until == State.RETURNED:
        yield at(workday_after(sent + timedelta(days=3)), "14.10")
        _stored(meeting).send_back(by=world.chair, reason=sample.review_note)
        return
    approved = at(workday_after(sent + timedelta(days=2)), "08.50")
    closed = [
        (at(followup.closed_on, "15.30"), followup)
        for followup in sample.followups
        if followup.closed_on
    ]
    for moment, followup in sorted([(approved, None), *closed], key=lambda step: step[0]):
        yield moment
        if followup is None:
            _stored(meeting).approve(by=world.chair)
        else:
            _close(world, meeting, followup)


def _stored(meeting):
    return Meeting.objects.select_related("team__province", "province").get(pk=meeting.pk)


def _write(world, sample, meeting):
    meeting.ends_at = at(sample.day, sample.end)
    for name, value in sample.more.items():
        setattr(meeting, name, value)
    record_meeting(
        MeetingMinutes(
            meeting=meeting,
            version=meeting.version,
            roster=_roster(world, sample),
            guests=[
                Attendance(name=name, institution=office, is_guest=True, presence=Presence.PRESENT)
                for name, office in sample.guests
            ],
            agenda=[
                AgendaItem(topic=topic, notes=notes, decision=decision)
                for topic, notes, decision in sample.agenda
            ],
            followups=[
                FollowUp(
                    what=followup.what,
                    person_in_charge=world.people[followup.who],
                    due_on=followup.due,
                )
                for followup in sample.followups
            ],
            cases=[world.cases[key] for key in sample.cases],
        ),
        by=world.secretariat,
    )


def _roster(world, sample):
    """
    Return the attendance of the members of that day.

    In a draft it is not known yet whether the last two came.
    """
    rows, members = [], world.team.members_on(sample.day)
    for order, membership in enumerate(members):
        row = Attendance(person=membership.person, order=order, presence=Presence.PRESENT)
        row.take_from(membership)
        if sample.present and row.name not in sample.present:
            row.presence = Presence.ABSENT
        elif (
            not sample.present
            and order >= ALWAYS_THERE
            and (order + sample.day.toordinal()) % 6 == 0
        ):
            row.presence, row.note = Presence.EXCUSED, "Tugas luar"
        if sample.until == State.HELD and order >= len(members) - 2:
            row.presence, row.note = "", ""
        rows.append(row)
    return rows


def _close(world, meeting, sample):
    """Close it by the person in charge, if they have an account, else by the secretariat."""
    followup = FollowUp.objects.select_related("meeting", "province", "person_in_charge__user").get(
        meeting=meeting.pk, what=sample.what
    )
    followup.close(by=followup.person_in_charge.user or world.secretariat, note=sample.result)
