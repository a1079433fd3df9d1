"""What is sent to a person about the follow-ups in their hands."""

from sinergi.kit import dates
from sinergi.kit.chats import chat_text
from sinergi.kit.text import thousands


def deadline_text(row, today):
    """tenggat 5 Juli 2019, terlambat 12 hari"""
    late = row.days_late(today)
    told = f"tenggat {dates.long_date(row.due_on)}"
    return f"{told}, terlambat {thousands(late)} hari" if late else told


def reminder_of_person(person, rows, today, url):
    """`rows` are the open follow-ups in the hands of this person, the first due on top."""
    lines = [
        f"Dengan hormat, {person.name}.",
        "Tindak lanjut yang masih kami tunggu dari Anda:",
        "",
    ]
    lines += [
        f"{number}. {row.what} ({deadline_text(row, today)})" for number, row in enumerate(rows, 1)
    ]
    lines += ["", "Bila sudah selesai, mohon catat hasilnya. Terima kasih."]
    return chat_text(
        "pengingat",
        f"Pengingat untuk {person.name}",
        lines,
        url,
        phone=person.phone,
        foot="Catat di: {url}",
    )
