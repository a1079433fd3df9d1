"""The minutes of a meeting, with decisions and follow-ups."""

from advocacy.documents.attendance_sheets import attendee_data, total_text
from programs.documents import letterhead_data
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, DRAFT, Document
from sinergi.kit.text import joined


def minutes_data(meeting):
    """
    Return what the minutes of this meeting say.

    Once they are approved nothing in it is read from anywhere but what was kept with the approval
    and the rows that are frozen with it. A follow-up stands as it was agreed, whatever became of it
    since.
    """
    words = meeting.words
    approved = meeting.state == meeting.State.APPROVED
    people = [attendee_data(row) for row in meeting.attendance.all()]
    return letterhead_data(words["letterhead"]) | {
        "title": f"Notula: {meeting.title}",
        "subject": meeting.title,
        "mark": "" if approved else DRAFT,
        "details": [
            [label, told]
            for label, told in (
                ("Jenis", joined(", ", meeting.get_kind_display(), words["regency"])),
                ("Waktu", words["when"]),
                ("Tempat", meeting.place),
                ("Tautan", meeting.link),
                ("Surat undangan", meeting.invitation_number),
                ("Rencana kerja", words["activity"]),
                ("Pimpinan", name_in(words["chair"])),
                ("Notulis", name_in(words["note_taker"])),
            )
            if told
        ],
        "when": words["when"],
        "place": meeting.place,
        "chair": name_in(words["chair"]),
        "audience": audience_data(meeting, words),
        "agenda": agenda_data(meeting),
        "followups": [
            {"number": str(number), "what": row.what}
            | {"who": name_in(words["followups"][str(row.pk)])}
            | {"due": dates.long_date(row.due_in_minutes)}
            for number, row in enumerate(meeting.followups.order_by("order", "pk"), 1)
        ],
        "rows": [{"number": str(number)} | row for number, row in enumerate(people, 1)],
        "total": total_text(people),
        "note_taker": name_in(words["note_taker"]) or BLANK,
        "approved": f"Disahkan {dates.long_date(approved_on(meeting))}" if approved else "",
        "approver_position": "Mengesahkan" if approved else "Ketua Tim",
        "approver": words["by"].get("approved", "") if approved else BLANK,
    }


def agenda_data(meeting):
    """Return the items of the agenda, each decision with its number through the whole minutes."""
    items, decisions = [], 0
    for number, row in enumerate(meeting.agenda.all(), 1):
        decisions += bool(row.decision)
        items.append(
            {
                "number": str(number),
                "topic": row.topic,
                "notes": row.notes,
                "decision": row.decision,
                "decision_number": f"K{decisions}" if row.decision else "",
            }
        )
    return items


def audience_data(meeting, words):
    """Return the parts of an audience that stand in the place of an agenda; [] of others."""
    if not meeting.is_audience:
        return []
    cases = [
        f"{case['institution']}: {case['asked']}"
        for case in (words["cases"][str(row.pk)] for row in meeting.audience_cases.all())
    ]
    parts = (
        ("Diterima oleh", meeting.received_by),
        ("Sasaran yang dibahas", "\n".join(cases)),
        ("Pokok yang disampaikan", meeting.points),
        ("Jawaban", meeting.answer),
        ("Langkah berikutnya", meeting.next_step),
    )
    return [{"heading": heading, "text": text} for heading, text in parts if text]


def name_in(person):
    """Return the name in what minutes keep of a person, or ""."""
    return person["name"] if person else ""


def approved_on(meeting):
    """Return the day of the approval on the clock of the province."""
    return dates.in_zone(meeting.approved_at, meeting.province.time_zone).date()


MINUTES = Document(
    slug="notula",
    label="Notula",
    template="minutes",
    get_data=minutes_data,
    is_available=lambda meeting: meeting.has_minutes,
    made_at=lambda meeting: meeting.approved_at,
)
