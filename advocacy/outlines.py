"""What stored minutes say, as the meeting form compares two versions of them."""

from advocacy.forms.attendance import line_of_guest
from advocacy.forms.meetings import MeetingForm, outline_of_meeting
from sinergi.kit import dates


def outline_of(meeting):
    """Return what the stored meeting says, under the same labels as `MeetingMultiForm.outline`."""
    words = meeting.words
    lines = outline_of_meeting(
        meeting, {name: getattr(meeting, name) for name in MeetingForm.Meta.fields}, []
    )
    lines |= {
        "Waktu": words["when"],
        "Tingkat": words["regency"] or "Provinsi",
        "Pimpinan rapat": words["chair"]["name"] if words["chair"] else "",
        "Notulis": words["note_taker"]["name"] if words["note_taker"] else "",
        "Kegiatan dalam rencana": words["activity"] or "Di luar rencana",
        "Sasaran advokasi": "; ".join(
            sorted(f"{case['institution']}: {case['asked']}" for case in words["cases"].values())
        ),
    }
    guests = 0
    for row in meeting.attendance.all():
        if row.is_guest:
            guests += 1
            lines[f"Tamu {guests}"] = line_of_guest(row)
        else:
            lines[f"Kehadiran {row.name}"] = " ".join(
                filter(None, [row.get_presence_display() or "belum ditandai", row.note])
            )
    for number, item in enumerate(meeting.agenda.all(), 1):
        lines |= {
            f"Agenda {number} topik": item.topic,
            f"Agenda {number} catatan": item.notes,
            f"Agenda {number} keputusan": item.decision,
        }
    for number, row in enumerate(meeting.followups.order_by("order", "pk"), 1):
        lines |= {
            f"Tindak lanjut {number} apa": row.what,
            f"Tindak lanjut {number} siapa": words["followups"][str(row.pk)]["name"],
            f"Tindak lanjut {number} kapan": dates.long_date(row.due_in_minutes),
        }
    return lines
