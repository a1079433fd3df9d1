"""
What minutes need before they can be sent: drafts are saved with gaps, and the gaps are asked for in
the end.
"""

from typing import NamedTuple

from django.utils import timezone


class Gap(NamedTuple):
    """
    `field` is where it is filled in: a field of the meeting form, or "attendance" or "agenda",
    which are sections of it.
    """

    field: str
    message: str


def gaps_of(meeting, *, attendance, agenda, cases):
    """
    The gaps of this meeting with these rows, which need not be stored, in the order of the form.
    """
    gaps = [*_of_day(meeting), *_of_people(meeting)]
    if meeting.is_audience:
        gaps += _of_audience(meeting, cases)
    gaps += _of_attendance(attendance)
    if not meeting.is_audience and not agenda:
        gaps.append(Gap("agenda", "Isi paling sedikit satu agenda."))
    return gaps


def _of_day(meeting):
    if not meeting.day_is_set:
        yield Gap("day", "Tetapkan tanggal rapat.")
    elif meeting.starts_at and meeting.starts_at > timezone.now():
        yield Gap(
            "day",
            "Notula dikirim setelah rapat berlangsung; menurut tanggalnya, baru"
            f" {meeting.when_text}.",
        )
    if meeting.day_is_set and not meeting.time_is_set:
        yield Gap("start", "Isi waktu mulai.")


def _of_people(meeting):
    if not meeting.chair_id:
        yield Gap("chair", "Pilih pimpinan rapat.")
    if not meeting.note_taker_id:
        yield Gap("note_taker", "Pilih notulis.")


def _of_attendance(rows):
    unmarked = [row.name for row in rows if not row.presence]
    if unmarked:
        who = "semua yang diundang" if len(unmarked) == len(rows) > 1 else ", ".join(unmarked)
        yield Gap("attendance", f"Tandai kehadiran: {who}.")
    elif not any(row.presence == "present" for row in rows):
        yield Gap("attendance", "Tandai paling sedikit satu orang yang hadir.")


def _of_audience(meeting, cases):
    """Its points and the answer stand in the place of an agenda."""
    if not cases:
        yield Gap("cases", "Pilih paling sedikit satu sasaran advokasi.")
    for field, message in AUDIENCE_PARTS.items():
        if not getattr(meeting, field):
            yield Gap(field, message)


AUDIENCE_PARTS = {
    "received_by": "Isi siapa yang menerima tim.",
    "points": "Tuliskan pokok yang disampaikan.",
    "answer": "Tuliskan jawaban yang diterima.",
}
