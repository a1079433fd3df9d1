"""The report of a visit: who went, what was asked and seen, and what was recommended."""

from datetime import date

from advocacy.questions import display_answer
from programs.documents import letterhead_data, letterhead_of
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, DRAFT, Document, facts_of
from sinergi.kit.text import joined


def visit_report_data(visit):
    """
    Return what the report of this visit says.

    Once the visit is sent nothing in it is read from anywhere but what was kept with it and the
    rows that are frozen with it; only photographs that were announced may still arrive.
    """
    words = visit.words
    head = letterhead_data(words["letterhead"])
    people = list(visit.attendance.all())
    return head | {
        "title": f"Laporan kunjungan: {words['library']}, {dates.long_date(visit.visited_on)}",
        "subject": words["library"],
        "mark": DRAFT if visit.is_draft else "",
        "details": facts_of(
            ("Perpustakaan", words["library"]),
            ("Tempat", words["place"]),
            ("Hari, tanggal", dates.full_date(visit.visited_on)),
            ("Maksud", visit.get_purpose_display()),
            ("Bertemu dengan", visit.met),
            ("Rencana kerja", words.get("paper_activity", words["activity"])),
        ),
        "rows": [
            {
                "number": str(number),
                "name": joined(" ", row.name, "(tamu)" if row.is_guest else ""),
                "institution": row.institution,
                "position": joined(", ", row.role, row.position),
            }
            for number, row in enumerate(people, 1)
        ],
        "answered": answered_data(visit, words),
        "sections": checklist_data(visit, words),
        "findings": visit.findings or "Tidak ada temuan yang dicatat.",
        "recommendations": [
            {
                "number": str(number),
                "what": row.what,
                "who": words["followups"][str(row.pk)]["name"],
                "due": dates.long_date(row.due_in_minutes),
            }
            for number, row in enumerate(visit.followups.order_by("order", "pk"), 1)
        ],
        **photos_data(visit),
        "place_and_day": joined(
            ", ", head["seat"], BLANK if visit.is_draft else dates.long_date(sent_on(visit))
        ),
        "signer_position": "Yang melaporkan",
        "signer_name": words["by"].get("sent") or words["by"].get("created") or BLANK,
    }


def answered_data(visit, words):
    """Return what the visit says of the recommendations that it found open."""
    rows = []
    for number, row in enumerate(visit.recommendation_answers.order_by("pk"), 1):
        due = f"tenggat baru {dates.long_date(row.due_on)}" if row.due_on else ""
        rows.append(
            {
                "number": str(number),
                "what": words["answers"][str(row.pk)]["what"],
                "who": words["answers"][str(row.pk)]["holder"],
                "answer": joined(", ", row.get_answer_display() or "Belum dijawab", due),
                "note": row.note,
            }
        )
    return rows


def checklist_data(visit, words):
    """Return the questions of the checklist by section, each with its answer and the last one."""
    return [
        {
            "heading": heading or "Daftar periksa",
            "rows": [
                {
                    "question": question.text,
                    "answer": answer or "tidak dijawab",
                    "earlier": f"{dates.long_date(day)}: {earlier}" if day else "",
                }
                for question, answer, day, earlier in rows
            ],
        }
        for heading, rows in answered_sections(visit, words["earlier"])
    ]


def answered_sections(visit, earlier):
    """
    Return [(heading, [(question, answer, day, earlier answer)])] in words; `earlier` is {key: day
    and text}, as the words of the visit have it.
    """
    sections = []
    for question in visit.questions:
        if not sections or sections[-1][0] != question.section:
            sections.append((question.section, []))
        answer = display_answer(question, visit.answers.get(question.key))
        last = earlier.get(question.key)
        day, text = (date.fromisoformat(last["day"]), last["text"]) if last else (None, "")
        sections[-1][1].append((question, answer, day, text))
    return sections


def photos_data(visit):
    """Return the names of the photographs, and how many there are and are still to come."""
    photos = list(visit.photos.all())
    coming = visit.photos_to_come(photos)
    count = f"{len(photos)} foto" if photos else "Tidak ada foto"
    return {
        "photos": [photo.original_name for photo in photos],
        "photos_text": f"{len(photos)} foto, {coming} menyusul." if coming else f"{count}.",
    }


def sent_on(visit):
    """Return the day on which it was sent, on the clock of the province."""
    return dates.in_zone(visit.sent_at, visit.province.time_zone).date()


VISIT_REPORT = Document(
    slug="laporan",
    label="Laporan kunjungan",
    template="visit_report",
    get_data=visit_report_data,
    get_letterhead=lambda visit: letterhead_of(visit.team, visit.kept),
    made_at=lambda visit: None if visit.is_draft else visit.sent_at,
)
