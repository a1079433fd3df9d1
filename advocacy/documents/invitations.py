"""The letter that invites to a meeting."""

from programs.documents import letterhead_data
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, CALLED_OFF, DRAFT, Document
from sinergi.kit.text import joined


def invitation_data(meeting):
    """Return what the letter of invitation to this meeting says."""
    words = meeting.words
    head = letterhead_data(words["letterhead"])
    agenda = [item.topic for item in meeting.agenda.all()]
    day = dates.long_date(meeting.invited_on) if meeting.invited_on else BLANK
    complete = meeting.is_invitation_complete
    called_off = meeting.state == meeting.State.CANCELLED
    return head | {
        "title": f"Undangan: {meeting.title}",
        "mark": CALLED_OFF if called_off else "" if complete else DRAFT,
        "reference": [
            ["Nomor", meeting.invitation_number or BLANK],
            ["Hal", f"Undangan {meeting.get_kind_display().lower()}"],
        ],
        "number": meeting.invitation_number or BLANK,
        "place_and_day": joined(", ", head["seat"], day),
        "guests": [guest_data(row) for row in meeting.attendance.all()],
        "subject": meeting.title,
        "opening": (
            f"Dengan hormat, kami mengundang Bapak/Ibu menghadiri"
            f" {meeting.get_kind_display().lower()} {words['team']}, yang diadakan pada:"
        ),
        "details": [
            [label, told]
            for label, told in (
                ("Hari, tanggal", day_text(meeting)),
                ("Waktu", hours_text(meeting)),
                ("Tempat", meeting.place),
                ("Tautan", meeting.link),
                ("Pimpinan", words["chair"]["name"] if words["chair"] else ""),
            )
            if told
        ],
        "day": day_text(meeting),
        "hours": hours_text(meeting),
        "place": meeting.place,
        "link": meeting.link,
        "agenda": agenda,
        "closing": "Atas perhatian dan kehadiran Bapak/Ibu, kami mengucapkan terima kasih.",
        "inviter_position": meeting.inviter_position or f"Kepala {words['letterhead']['office']}",
        "inviter_name": meeting.inviter_name or BLANK,
        "copies_to": [line for line in meeting.copies_to.splitlines() if line.strip()],
    }


def guest_data(row):
    """Return who is invited, by parts, and `full`: as the letter addresses them."""
    return {
        "name": row.name,
        "position": row.position,
        "institution": row.institution,
        "full": joined(", ", row.name, row.position, row.institution),
    }


def day_text(meeting):
    """Return the day in words; of a meeting without one its month, and that it is not set."""
    if meeting.day_is_set:
        return dates.full_date(meeting.starts)
    return f"{dates.month_year(meeting.starts)}, tanggal belum ditetapkan"


def hours_text(meeting):
    """Return pukul 09.00–11.15 WIB; without an end "sampai selesai", without a day nothing."""
    if not meeting.day_is_set or not meeting.time_is_set:
        return ""
    until = f"–{dates.clock(meeting.ends)}" if meeting.ends_at else ""
    after = "" if meeting.ends_at else " sampai selesai"
    return f"pukul {dates.clock(meeting.starts)}{until} {meeting.zone}{after}"


INVITATION = Document(
    slug="undangan",
    label="Surat undangan",
    template="invitation",
    get_data=invitation_data,
)
