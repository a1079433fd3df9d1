"""What is sent about a meeting: invitation, change, cancellation, reminder, and its minutes."""

from datetime import timedelta

from sinergi.kit import dates
from sinergi.kit.chats import chat_text


def where(meeting):
    """Return the lines that say where it is."""
    lines = [f"Tempat: {meeting.place}"] if meeting.place else []
    return [*lines, f"Tautan: {meeting.link}"] if meeting.link else lines


def invitation(meeting, agenda, url):
    """`agenda` are its items, in their order."""
    lines = [
        f"Dengan hormat, {meeting.team.name} mengundang Bapak/Ibu menghadiri:",
        "",
        meeting.title,
        f"Waktu: {meeting.when_text}",
        *where(meeting),
    ]
    if meeting.invitation_number:
        lines.append(f"Surat undangan: {meeting.invitation_number}")
    if agenda:
        lines += ["", "Agenda:", *_numbered(item.topic for item in agenda)]
    lines += ["", "Mohon kehadirannya. Terima kasih."]
    return chat_text("undangan", "Undangan", lines, url)


def change(meeting, before, url):
    """`before` is the meeting as it was until its last change (advocacy.meeting_changes)."""
    head = (
        f"Rapat “{meeting.title}” yang sebelumnya dibatalkan dijadwalkan lagi."
        if before.is_cancelled
        else f"Pemberitahuan perubahan rapat “{meeting.title}”."
    )
    lines = [
        head,
        "",
        f"Semula: {_when_and_where(before)}.",
        f"Menjadi: {_when_and_where(meeting)}.",
        "",
        "Mohon dicatat. Terima kasih.",
    ]
    return chat_text("perubahan", "Perubahan jadwal", lines, url)


def _when_and_where(meeting):
    places = [meeting.place and f"di {meeting.place}", meeting.link and f"tautan {meeting.link}"]
    return ", ".join(filter(None, [meeting.when_text, *places]))


def cancellation(meeting, url):
    lines = [
        f"Pemberitahuan: rapat “{meeting.title}” dibatalkan.",
        f"Semula: {meeting.when_text}.",
        f"Alasan: {meeting.cancel_reason}",
        "",
        "Mohon maaf atas perubahan ini. Terima kasih.",
    ]
    return chat_text("pembatalan", "Pembatalan", lines, url)


def reminder(meeting, today, url):
    """`today` on the clock of its province."""
    day = meeting.starts.date()
    near = {today: "hari ini, ", today + timedelta(days=1): "besok, "}.get(day, "")
    lines = [
        f"Mengingatkan rapat “{meeting.title}”, {near}{meeting.when_text}.",
        *where(meeting),
        "",
        "Mohon hadir tepat waktu. Terima kasih.",
    ]
    return chat_text("pengingat", "Pengingat", lines, url)


def minutes(meeting, *, attendance, agenda, followups, url):
    """`followups` carry their `words`; what is not approved yet says so."""
    is_final = meeting.state == meeting.State.APPROVED
    lines = [
        f"Ringkasan notula “{meeting.title}”",
        f"{meeting.words['when']}.",
        *([] if is_final else ["Masih draf, belum disahkan."]),
        _presence(attendance),
    ]
    decisions = [item.decision for item in agenda if item.decision]
    if decisions:
        numbered = (f"K{number}. {text}" for number, text in enumerate(decisions, 1))
        lines += ["", "Keputusan:", *numbered]
    if followups:
        tasks = (
            f"{row.what}: {row.words['name']}, {dates.long_date(row.due_in_minutes)}"
            for row in followups
        )
        lines += ["", "Tindak lanjut:", *_numbered(tasks)]
    foot = "Notula lengkap: {url}"
    return chat_text("notula", "Ringkasan notula", lines, url, foot=foot)


def _presence(attendance):
    members = [row for row in attendance if not row.is_guest]
    present = sum(row.presence == row.Presence.PRESENT for row in members)
    guests = sum(row.is_guest and row.presence == row.Presence.PRESENT for row in attendance)
    told = f"Hadir {present} dari {len(members)} yang diundang"
    return f"{told}, dan {guests} tamu." if guests else f"{told}."


def _numbered(texts):
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]
