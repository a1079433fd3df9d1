"""The life of a meeting as a line of steps, for the margin of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from advocacy.models import Meeting
from sinergi.kit.dates import moment_text


@dataclass(frozen=True)
class Step:
    label: str
    note: str = ""
    css: str = ""
    at: datetime | None = None


def timeline_of(meeting, names):
    """
    `names`: {stamp: who made it}. What happened, in order, then what the meeting waits for and what
    comes after.
    """
    stamps = [
        ("created", "Dicatat", ""),
        ("held", "Dicatat sudah berlangsung", ""),
        ("submitted", "Notula dikirim", ""),
        ("taken_back", "Ditarik kembali", ""),
        ("returned", "Diminta diperbaiki", meeting.return_reason),
        ("reopened", "Dibuka kembali", meeting.reopen_reason),
        ("approved", "Disahkan", ""),
        ("cancelled", "Dibatalkan", meeting.cancel_reason),
    ]
    steps = []
    for name, label, reason in stamps:
        at, by = (
            getattr(meeting, f"{name}_at"),
            names.get(name, ""),
        )  # minutes approved before a stamp was there keep no name for it
        if at:
            note = f"{moment_text(timezone.localtime(at))}{f' · {reason}' if reason else ''}"
            steps.append(Step(f"{label} oleh {by}" if by else label, note, at=at))
    steps.sort(key=lambda step: step.at)
    state = meeting.state
    if state == Meeting.State.PLANNED:
        steps += [
            Step("Menunggu rapat berlangsung", css="now"),
            Step("Notula dikirim", css="upcoming"),
        ]
    elif state in (Meeting.State.HELD, Meeting.State.RETURNED):
        steps += [
            Step("Notula sedang ditulis", css="now"),
            Step("Disahkan Ketua Tim", css="upcoming"),
        ]
    elif state == Meeting.State.SUBMITTED:
        steps += [
            Step("Menunggu pengesahan Ketua Tim", css="now"),
            Step("Disahkan", css="upcoming"),
        ]
    return steps
