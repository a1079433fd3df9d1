"""
What minutes take from other records, in words: kept when they are approved, and drawn from there
from then on.
"""

from sinergi.kit.transitions import names_of

STAMPS = [
    "created",
    "held",
    "submitted",
    "taken_back",
    "returned",
    "reopened",
    "approved",
    "cancelled",
]


def words_of(meeting):
    """
    The names that the minutes of this meeting would show now; three queries beside those for what
    is not loaded yet.

    Rows are found by their key. Position and institution are those of the day, as the roster has
    them; of who is not in it, those of today.
    """
    that_day = {row.person_id: row for row in meeting.attendance.filter(person__isnull=False)}
    followups = meeting.followups.select_related(
        "person_in_charge__institution", "minuted_person__institution"
    )
    cases = meeting.audience_cases.select_related("case__institution")
    return {
        "team": meeting.team.name,
        "when": meeting.when_text,
        "regency": meeting.regency.name if meeting.regency_id else "",
        "activity": str(meeting.activity or ""),
        "chair": person_words(meeting.chair, that_day),
        "note_taker": person_words(meeting.note_taker, that_day),
        "followups": {
            str(row.pk): person_words(row.person_in_minutes, that_day) for row in followups
        },
        "cases": {
            str(row.pk): {"institution": row.case.institution.name, "asked": row.case.asked}
            for row in cases
        },
        "by": names_of(meeting, STAMPS),
    }


def person_words(person, that_day):
    """{name, position, institution} of a person, or None; `that_day` is {person: attendance}."""
    if person is None:
        return None
    row = that_day.get(person.pk)
    office = person.institution.name if person.institution_id else ""
    return {
        "name": person.name,
        "position": row.position if row else person.position,
        "institution": row.institution if row else office,
    }
