"""The attendance sheet of a meeting: blank, to be signed in the room, or as it was filled in."""

from advocacy.documents.invitations import day_text, hours_text, invited_to
from programs.documents import letterhead_data
from sinergi.kit.documents import BLANK, CALLED_OFF, DRAFT, Document, requested_number
from sinergi.kit.text import joined

#: Empty rows for those who come without having been named: as many as fill a page, and the most.
EMPTY_ROWS, MOST_EMPTY_ROWS = 8, 100


def blank_sheet_data(meeting, *, empty_rows=EMPTY_ROWS):
    """Return the sheet to be signed: those who are invited, then `empty_rows` without a name."""
    invited = [attendee_data(row) | {"presence": ""} for row in invited_to(meeting)]
    nobody = {"name": "", "institution": "", "position": "", "presence": ""}
    rows = [*invited, *(dict(nobody) for _ in range(empty_rows))]
    return sheet_data(meeting, rows) | {
        "title": f"Daftar hadir: {meeting.title}",
        "heading": "Daftar hadir",
        "filled": False,
        "mark": CALLED_OFF if meeting.state == meeting.State.CANCELLED else "",
        "total": "",
    }


def filled_sheet_data(meeting):
    """Return the sheet as the minutes have it; a draft until these are approved."""
    rows = [attendee_data(row) for row in meeting.attendance.all()]
    return sheet_data(meeting, rows) | {
        "title": f"Daftar hadir terisi: {meeting.title}",
        "heading": "Daftar hadir",
        "filled": True,
        "mark": "" if meeting.state == meeting.State.APPROVED else DRAFT,
        "total": total_text(rows),
    }


def sheet_data(meeting, rows):
    """Return what both sheets say."""
    words = meeting.words
    head = letterhead_data(words["letterhead"])
    return head | {
        "details": [
            [label, told]
            for label, told in (
                ("Rapat", meeting.title),
                ("Hari, tanggal", day_text(meeting)),
                ("Waktu", hours_text(meeting)),
                ("Tempat", meeting.place),
            )
            if told
        ],
        "rows": [{"number": str(number)} | row for number, row in enumerate(rows, 1)],
        "place_and_day": joined(", ", head["seat"], BLANK),
        "signer_position": "Pimpinan rapat",
        "signer_name": words["chair"]["name"] if words["chair"] else BLANK,
    }


def attendee_data(row):
    """Return one person of the list, as they were that day."""
    return {
        "name": row.name,
        "institution": row.institution,
        "position": joined(", ", row.role, row.position),
        "presence": joined(": ", row.get_presence_display() or "Belum ditandai", row.note),
    }


def total_text(rows):
    """Return how many of these rows (attendee_data) were there."""
    present = sum(row["presence"].split(":")[0] == "Hadir" for row in rows)
    return f"Hadir {present} dari {len(rows)} orang." if rows else ""


ATTENDANCE_SHEET = Document(
    slug="daftar-hadir",
    label="Daftar hadir kosong",
    template="attendance_sheet",
    get_data=blank_sheet_data,
    get_options=lambda query: {
        "empty_rows": requested_number(query, "kosong", EMPTY_ROWS, MOST_EMPTY_ROWS)
    },
)
FILLED_ATTENDANCE_SHEET = Document(
    slug="daftar-hadir-terisi",
    label="Daftar hadir terisi",
    template="attendance_sheet",
    get_data=filled_sheet_data,
    is_available=lambda meeting: meeting.has_minutes,
)
