"""Whether what people were told is stored is there, once."""

from advocacy.models import Commitment, FollowUpNote, Meeting, Realisation, Visit
from villages.models import Library, LibraryReport

#: Kind of record → the rows that hold a token.
STORED = {
    "meeting": lambda token: Meeting.objects.filter(title=token),
    "approval": lambda token: Meeting.objects.filter(pk=token, state="approved"),
    "note": lambda token: FollowUpNote.objects.filter(text=token),
    "commitment": lambda token: Commitment.objects.filter(description=token),
    "realisation": lambda token: Realisation.objects.filter(note=token),
    "visit": lambda token: Visit.objects.filter(findings=token, state="sent"),
    "library": lambda token: Library.history.filter(head=token),
    "report": lambda token: LibraryReport.history.filter(story=token),
}


def missing_of(stored):
    """Return those of (kind, token) that are not there exactly once."""
    return [(kind, token) for kind, token in stored if STORED[kind](token).count() != 1]
